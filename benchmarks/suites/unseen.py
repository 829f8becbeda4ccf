"""What a plan for few sample paths is worth on futures that it has not seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks import scenarios
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.unseen_table import unseen_table
from benchmarks.unseen import TOGETHER, unseen, with_count
from optimizer import solve
from optimizer.plan.mission import mission_cost
from optimizer.solvers.solver import Limits

#: Numbers of paths that plans are made for, and of fresh ones that they are held against, by level.
COUNTS: dict[Level, tuple[int, ...]] = {"smoke": (1, 2), "run": (1, 2, 4, 8), "full": (1, 2, 4, 8, 16)}
FRESH: dict[Level, int] = {"smoke": TOGETHER, "run": 200, "full": 200}
#: Share of the mission cost at which the search for a plan may stop.
GAP = 0.002

SPECS = (
    Spec(
        "small-seller",
        "a dozen products, days first and weeks after, by air and sea",
        scenarios.sample("small-seller"),
        smoke=at(1, seconds=(5.0,)),
        run=at(3, seconds=(20.0,)),
        full=(*at(3, seconds=(20.0,)), *at(12, seconds=(120.0,))),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Every number of paths."""
    return [f"{count} paths" for count in COUNTS[level]]


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """Total cost in the sample and on fresh paths, in one process; `deviation`: of the costs of batches of these."""
    count, seconds = int(case.method.split()[0]), float(case.seconds or 0.0)
    scenario = with_count(spec.made(case.size, case.level), count, 1)
    made = solve.plan(scenario, method="whole", gap=GAP, limits=Limits(seconds=seconds, threads=1, seed=1))
    found = unseen(made, FRESH[case.level], seconds)
    return {
        "sample": made.total_cost,
        "bound": made.bound,
        "mission": mission_cost(made),
        "batches": list(found.costs),
        "together": TOGETHER,
        "impossible": found.impossible,
        "late": found.late,
    }


UNSEEN = Suite(
    "unseen",
    "What is a plan for few sample paths worth on futures that it has not seen?",
    SPECS,
    methods,
    measure,
    unseen_table,
)
