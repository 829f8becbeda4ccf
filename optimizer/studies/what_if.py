"""Plans of what-ifs, one after the other, each from what the plan of the base has left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pandas as pd

from optimizer import solve
from optimizer.decomposition.pool import Pool
from optimizer.errors import NoPlan, Problem, Refused
from optimizer.plan.plan import Plan
from optimizer.scenario.changes.applying import applied
from optimizer.scenario.changes.change import WhatIf
from optimizer.scenario.scenario import Scenario
from optimizer.search.means import Means
from optimizer.search.stored_start import Start, start_of
from optimizer.solvers.solver import Limits, Watch

#: Shares of the time that are the base's: every what-if begins with its plan.
BASE_SHARES = 2
#: Share of the time that is kept for what comes after the last plan: its figures, the comparison, workers that end.
KEPT = 0.03
#: Seconds that a search has however little is left: without any there is a plan, but no bound.
LEAST_SECONDS = 2.0


@dataclass(frozen=True)
class Case:
    """A what-if with the scenario that it makes of the base."""

    what_if: WhatIf
    scenario: Scenario


@dataclass(frozen=True)
class How:
    """How plans are looked for. `seconds`: wall time of them all, shared: what one leaves the others have; it began at
    `since` (of time.monotonic) where reading and checking are part of it. `watch` follows each search and may stop it,
    `stopped` tells whether it has; `stage` hears of whom each stage is, and its name. `warm`: each what-if begins with
    the plan of the base, and that with `start`.
    """

    seconds: float
    solver: str = "highs"
    method: str = "auto"
    watch: Watch | None = None
    stopped: Callable[[], bool] = lambda: False
    stage: Callable[[str, str], None] = lambda whose, name: None
    start: Start | None = None
    warm: bool = True
    since: float | None = None


@dataclass(frozen=True)
class Outcome:
    """A plan with what its search has left (`prices`, `skus`) and the seconds that it took; or, without one, why."""

    plan: Plan | None
    seconds: float
    left: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    message: str = ""


def cases(what_ifs: Sequence[WhatIf], base: Scenario) -> list[Case]:
    """Each what-if with its scenario, checked as every scenario is at the door.

    Raises Refused with all that is wrong with the base, or with any what-if.
    """
    if found := solve.check(base):
        raise Refused([replace(problem, table=f"base, {problem.table}") for problem in found])
    problems, made = list(_twice(what_ifs)), []
    for what_if in what_ifs:
        scenario, wrong = applied(what_if, base, solve.check)
        problems += wrong
        if scenario is not None:
            made.append(Case(what_if, scenario))
    if problems:
        raise Refused(problems)
    return made


def outcomes(base: Scenario, asked: Sequence[Case], how: How, made: Plan | None = None) -> Iterator[Outcome]:
    """The outcome of the base, then that of each what-if in order, as they are found; `made` is the plan of the base
    where there is one already. Base and what-ifs are those that `cases` has checked. Once somebody has stopped a search
    no other one begins.

    Raises NoPlan where the base has none, PlanBroken for a plan that breaks a rule.
    """
    with Pool() as pool:
        yield from _outcomes(base, asked, how, made, pool)


def _outcomes(base: Scenario, asked: Sequence[Case], how: How, made: Plan | None, pool: Pool) -> Iterator[Outcome]:
    share = _Shares(how, [0 if made is not None else BASE_SHARES, *[1] * len(asked)])
    if made is not None:
        before = Outcome(made, 0.0)
        share(before)
    else:
        before = _planned(base, share(None), replace(how, stage=partial(how.stage, "")), how.start, pool)
    yield before
    start = _start(before, how)
    for number, case in enumerate(asked):
        if how.stopped():
            return
        said = f"{number + 1}/{len(asked)}"
        try:
            before = _planned(case.scenario, share(before), replace(how, stage=partial(how.stage, said)), start, pool)
        except NoPlan as error:
            if how.stopped():
                return
            before = Outcome(None, 0.0, message=str(error))
        yield before


def _planned(scenario: Scenario, seconds: float, how: How, start: Start | None, pool: Pool) -> Outcome:
    left: dict[str, Any] = {}
    since = time.monotonic()
    keep, keep_skus = (partial(left.__setitem__, name) for name in ("prices", "skus"))
    means = Means(start=start, keep=keep, keep_skus=keep_skus, pool=pool)
    settings = scenario.settings.solve
    plan = solve.plan(
        scenario,
        solver=how.solver,
        method=how.method,
        limits=Limits(seconds=seconds, threads=settings.threads, seed=settings.seed),
        watch=how.watch,
        stage=how.stage,  # type: ignore[arg-type]
        means=means,
        checked=True,
    )
    cut_short = how.stopped() and plan.status != "optimal"
    plan = replace(plan, status="interrupted") if cut_short else plan
    return Outcome(plan, time.monotonic() - since, left)


def _start(base: Outcome, how: How) -> Start | None:
    if not how.warm or base.plan is None:
        return None
    prices = base.left.get("prices", how.start.prices if how.start is not None else None)
    return start_of(base.plan, prices)


def _twice(what_ifs: Sequence[WhatIf]) -> Iterator[Problem]:
    """Two what-ifs of one name could not be told apart."""
    seen: set[str] = set()
    for what_if in what_ifs:
        if what_if.name in seen:
            yield Problem("what-if", 0, "name", what_if.name, "it is there twice", "Remove one, or rename it")
        seen.add(what_if.name)


class _Shares:
    """Seconds of search for one plan after the other: its share of what is left, less what the plan before took beside
    its search and beyond its share: for starting workers, building, verifying, measuring, and writing where somebody
    writes each plan as it comes.
    """

    def __init__(self, how: How, weights: list[int]) -> None:
        self._asked = time.monotonic()
        began = self._asked if how.since is None else how.since
        self._ends, self._weights = began + (1 - KEPT) * how.seconds, weights
        self._given = self._beside = 0.0

    def __call__(self, before: Outcome | None) -> float:
        weight, total = self._weights[0], sum(self._weights)
        self._weights = self._weights[1:]
        now = time.monotonic()
        left = max(self._ends - now, 0.0)
        if before is not None and before.plan is not None:
            searched = min(self._given, before.plan.seconds.get("solve", 0.0))
            self._beside = max(now - self._asked - searched, 0.0)
        self._asked = now
        self._given = max(left * weight / max(total, 1) - self._beside, LEAST_SECONDS)
        return self._given
