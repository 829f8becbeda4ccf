"""Solves a changed part again, and says what that costs more than the plan, line by line."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.search.first_plan import plan_around
from optimizer.search.model import Model
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from optimizer.studies.explain.part import Part

#: Where a re-solve stops, as a share of the mission cost of what is asked about.
GAP = 0.0001
#: Seconds that a re-solve has however long its beginning took.
LEAST_SECONDS = 0.5
#: An answer that breaks rules by no more is one.
FITS = 1e-6


@dataclass(frozen=True)
class Found:
    """A re-solve. `x` (n,) is None where no answer keeps the rules (`status` "infeasible") or none was found in time
    ("none"). `difference`: cost less that of the reference, and `lines` the same by cost line; `least` and `most`: the
    difference between the two optima is proven to lie between them.
    """

    status: str
    x: np.ndarray | None
    difference: float
    least: float
    most: float
    lines: dict[str, float]

    @property
    def loose(self) -> float:
        """How far the true difference may lie from the one that is told."""
        return max(self.difference - self.least, self.most - self.difference)


@dataclass(frozen=True)
class _Changed(Model):
    """A model whose form was changed: its relaxation is that of the form, however large it is."""

    @cached_property
    def relaxed(self) -> StandardForm:
        return self.form.relaxed


@dataclass(frozen=True)
class Resolver:
    """Solves changed forms of a part, each within so many seconds, and compares them with a reference: an answer (n,)
    of the part as it is, at most `above` dearer than its optimum.
    """

    part: Part
    seconds: float
    reference: np.ndarray
    above: float = 0.0

    def __call__(self, form: StandardForm, part: Part | None = None) -> Found:
        """The best answer of a form, which is that of `part` (default: the resolver's own) with some changes."""
        mine, started = part or self.part, time.monotonic()
        limits = Limits(seconds=self.seconds, relative_gap=0.0, absolute_gap=self.enough, threads=1)
        start = self._start(mine, form, limits) if form.integer.any() else None
        left = max(self.seconds - (time.monotonic() - started), LEAST_SECONDS)
        answer = Highs().solve(form, replace(limits, seconds=left), start)
        if answer.x is None:
            status = "infeasible" if answer.status == "infeasible" else "none"
            return Found(status, None, np.inf, answer.bound - self._cost, np.inf, {})
        lines, before = mine.lines(answer.x), self.part.lines(self.reference)
        by_line = {line: lines[line] - before[line] for line in lines}
        difference = sum(by_line.values())
        least = min(answer.bound - self._cost, difference)
        return Found(answer.status, answer.x, difference, least, difference + self.above, by_line)

    @property
    def enough(self) -> float:
        """Money that a re-solve does not go on for."""
        return max(GAP * self.part.model.mission_of(self.part.x), 1e-4)

    @property
    def _cost(self) -> float:
        return self.part.cost(self.reference)

    def _start(self, part: Part, form: StandardForm, limits: Limits) -> np.ndarray | None:
        """An answer to begin with: the reference itself where it keeps the rules still, or whole numbers near the
        relaxation.
        """
        if part is self.part and form.violation(self.reference) < FITS:
            return self.reference
        relaxed = Highs().solve(form.relaxed, limits)
        if relaxed.x is None:
            return None
        made = part.model
        changed = _Changed(made.net, made.program, form, made.mission, made.mission_constant, made.floor)
        return plan_around(changed, Highs(), relaxed.x, limits)


def at_its_best(part: Part, seconds: float) -> tuple[Found, Resolver]:
    """The part of a plan solved again with nothing changed, compared with the plan; and a resolver that compares with
    whichever is better: the plan, unless that leaves more than a re-solve would go on for.
    """
    begin = Resolver(part, seconds, part.x)
    found = begin(part.form)
    if found.x is None:  # no time at all
        return Found("none", part.x, 0.0, -np.inf, 0.0, {}), Resolver(part, seconds, part.x, np.inf)
    better = found.difference < -begin.enough
    reference = found.x if better else part.x
    above = (found.difference if better else 0.0) - found.least
    return found, Resolver(part, seconds, reference, max(above, 0.0))
