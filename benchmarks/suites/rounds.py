"""What smoothing of prices and groups of answers do to the rounds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from benchmarks import difficulties, scenarios
from benchmarks.relaxed import Asked, by_prices, plain
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.rounds_table import NOTHING_SHARED, rounds_table
from optimizer.decomposition.rounds import PLAIN, SMOOTHED

#: How prices are smoothed, and into how many groups answers are added up.
SMOOTHINGS = {"plain": PLAIN, "smoothed": SMOOTHED}
GROUPS = (5, 50, 200)
#: The gap (share of the cost) at which rounds end, and the most rounds there are.
GAP, MOST = 1e-5, 150

SPECS = (
    Spec(
        "catalogue",
        "the default catalogue: fees, brackets and containers are shared, rooms seldom full",
        scenarios.catalogue,
        smoke=at(4, seconds=(2,)),
        run=at(500, seconds=(120,)),
        full=at(500, 2_000, seconds=(300,)),
    ),
    Spec(
        "full-rooms",
        "rooms for a fifth of what the default catalogue has: many linking rows bind",
        partial(difficulties.storage, tightness="3.5"),
        smoke=at(4, seconds=(2,)),
        run=at(500, seconds=(120,)),
        full=at(500, 2_000, seconds=(300,)),
    ),
    Spec(
        NOTHING_SHARED,
        "no linking row binds: at most three passes over the SKUs",
        difficulties.nothing_shared,
        smoke=at(4, seconds=(2,)),
        run=at(500, seconds=(120,)),
        full=at(500, 2_000, seconds=(300,)),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Every smoothing with every number of groups; two of them in a smoke."""
    if level == "smoke":
        return ("plain 5", "smoothed 5")
    return [f"{name} {groups}" for name in SMOOTHINGS for groups in GROUPS]


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """Bound and cost after every round, in one process."""
    name, groups = case.method.split()
    seconds = float(case.seconds or 0.0)
    asked = Asked(1, seconds, GAP, int(groups), SMOOTHINGS[name], MOST)
    return plain(by_prices(spec.made(case.size, case.level), asked))


ROUNDS = Suite(
    "rounds", "What do smoothing and groups do to the rounds of prices?", SPECS, methods, measure, rounds_table
)
