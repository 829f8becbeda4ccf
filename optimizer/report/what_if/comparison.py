"""What-ifs held against their base: differences, and what of them is proven."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optimizer.report.what_if.figures import GROUPS, Figures


@dataclass(frozen=True)
class Answered:
    """A what-if with the figures of its plan, or, where it has none, with what was said instead.

    `name`, `description`: in English and in Chinese. `changes`: as they were written. `sweep`: the target of the sweep
    that it is a step of, and `at` the value there.
    """

    name: tuple[str, str]
    description: tuple[str, str]
    changes: tuple[str, ...]
    figures: Figures | None
    message: str = ""
    sweep: str = ""
    at: float | None = None


@dataclass(frozen=True)
class Comparison:
    """`scenario`: name of the base; `days`: first and last one of its horizon; `asked`: how many what-ifs there were
    to plan, more than `answers` where the run was interrupted; `notes`: what must be known to compare costs.
    """

    scenario: str
    currency: str
    days: tuple[str, str]
    base: Figures
    answers: tuple[Answered, ...]
    asked: int
    notes: tuple[str, ...] = ()

    @property
    def planned(self) -> tuple[Answered, ...]:
        """The what-ifs that have a plan."""
        return tuple(answer for answer in self.answers if answer.figures is not None)

    def shown(self) -> Iterator[tuple[str, str, str]]:
        """Group, name and kind of every figure that some plan has, in the order in which they are shown; how full
        containers are only where some plan has any.
        """
        everyone = [self.base, *(answer.figures for answer in self.answers if answer.figures is not None)]
        found = {
            (figure.group, figure.name): figure.kind
            for plan in everyone
            for figure in plan.values
            if figure.group != "container" or not math.isnan(figure.value)
        }
        for group in GROUPS:
            yield from ((group, name, kind) for (of, name), kind in found.items() if of == group)


@dataclass(frozen=True)
class Difference:
    """What a what-if costs more than its base: of the plans found, and between which bounds that of the best plans is
    proven to lie.
    """

    found: float
    least: float
    most: float

    @property
    def certain(self) -> bool:
        """Whether it is proven which of the two is dearer."""
        return self.least > 0 or self.most < 0


def difference(base: Figures, figures: Figures) -> Difference:
    """The best plan of each costs no more than the one found and no less than its bound; so do their differences."""
    least = figures.bound - base.total_cost
    most = figures.total_cost - base.bound
    return Difference(figures.total_cost - base.total_cost, least, most)


def share_of_mission(base: Figures, amount: float) -> float:
    """An amount as a share of the mission cost of the base; NaN where that is nothing."""
    mission = base["key", "mission_cost"]
    return amount / mission if mission > 0 else math.nan


def series(comparison: Comparison) -> list[tuple[str, Sequence[Answered]]]:
    """The sweeps: target, and its steps in order of the value; of those with two plans and more."""
    targets = dict.fromkeys(answer.sweep for answer in comparison.planned if answer.sweep)
    found = [(target, [one for one in comparison.planned if one.sweep == target]) for target in targets]
    return [(target, sorted(steps, key=lambda one: one.at or 0.0)) for target, steps in found if len(steps) > 1]
