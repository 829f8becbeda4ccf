"""The table of the suite `textbook`."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.markdown import NONE, reason, table
from benchmarks.spec import Line

HEADER = ("shop", "policy", "shops", "weeks that count", "cost of a week", "+-", "least possible", "above it", "missed")


class Level(NamedTuple):
    """A level up to which stock and orders are filled, and what a week costs so."""

    level: int
    cost: float


#: Of Poisson demand of 5 a week, a unit left at 1 and one lost at 9, by lead time in weeks: mean cost of a week of the
#: best of all policies, and the best base stock. Source: Zipkin (2008), Old and new methods for lost-sales inventory
#: systems; a dynamic program in the tests finds the same.
LEAST = {1: 5.44, 2: 6.09, 3: 6.53}
BASE_STOCK = {1: Level(13, 5.55), 2: Level(19, 6.32), 3: Level(23, 6.86)}
#: Our plan is to cost at most so much more than the least.
BAR = 0.05
#: Weeks that are taken together for the standard error: what is left of one is there in the next.
TOGETHER = 10


def textbook_table(lines: Sequence[Line]) -> str:
    """Cost of a week beside the least possible one; whether our plan keeps within the bar."""
    bars = [_bar(made) for made in lines if "measured" in made and made["method"] != "base stock"]
    return "\n".join([table(HEADER, [_row(made) for made in lines], texts=2), "", *bars]).rstrip()


def _lead(made: Line) -> int:
    return int(made["spec"].split("-")[-1])


def _above(made: Line) -> float:
    return statistics.fmean(made["measured"]["costs"]) / LEAST[_lead(made)] - 1


def _row(made: Line) -> list[str]:
    head = [made["spec"], made["method"], str(made["size"])]
    if "measured" not in made:
        return [*head, str(reason(made)), *[NONE] * (len(HEADER) - 4)]
    costs = made["measured"]["costs"]
    groups = [statistics.fmean(costs[start : start + TOGETHER]) for start in range(0, len(costs), TOGETHER)]
    return [
        *head,
        f"{len(costs) * made['size']:,}",
        f"{statistics.fmean(costs):.3f}",
        f"{statistics.stdev(groups) / len(groups) ** 0.5:.3f}" if len(groups) > 1 else NONE,
        f"{LEAST[_lead(made)]:.2f}",
        f"{100 * _above(made):+.1f} %",
        str(made["measured"]["missed"]),
    ]


def _bar(made: Line) -> str:
    above, wanted = _above(made), f"wanted at most {100 * BAR:g} % above"
    told = f"{100 * above:+.1f} % beside the least possible, {wanted}: {'met' if above <= BAR else 'missed'}."
    return f"- {made['spec']}, our plan for {made['method']}: {told}"
