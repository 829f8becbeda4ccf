"""What a plan for few sample paths is worth on futures that it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from benchmarks import scenarios
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.unseen_table import unseen_table
from benchmarks.unseen import TOGETHER, rolling, unseen, with_count
from optimizer import solve
from optimizer.plan.mission import mission_cost
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.solver import Limits

#: Numbers of paths that plans are made for; draws of fresh ones that they are held against, and paths of each; replays.
COUNTS: dict[Level, tuple[int, ...]] = {"smoke": (1, 2), "run": (1, 2, 4, 8), "full": (1, 2, 4, 8, 16)}
FRESH: dict[Level, tuple[int, int]] = {"smoke": (1, TOGETHER), "run": (10, 20), "full": (10, 20)}
RUNS: dict[Level, int] = {"smoke": 0, "run": 4, "full": 10}
#: Share of the mission cost at which the search for a plan may stop.
GAP = 0.002
#: Seconds that a case may take beside the search for its plan: replays make a hundred plans and more.
AROUND = 4 * 3600.0
#: Most seconds for each week's plan of a replay: a hundred of them, each from the one before.
WEEKLY = 5.0
#: Days of the shorter commit window.
WINDOW = 28


def _windowed(skus: int) -> Scenario:
    scenario = scenarios.sample("small-seller")(skus)
    return replace(scenario, settings=replace(scenario.settings, commit_days=WINDOW))


def _spec(name: str, why: str, make: Callable[[int], Scenario]) -> Spec:
    return Spec(
        name,
        why,
        make,
        smoke=at(1, seconds=(5.0,)),
        run=at(3, seconds=(20.0,)),
        full=(*at(3, seconds=(20.0,)), *at(12, seconds=(120.0,))),
    )


SPECS = (
    _spec(
        "small-seller",
        "a dozen products, days first and weeks after, by air and sea; all that is shipped is decided now",
        scenarios.sample("small-seller"),
    ),
    _spec("four-weeks", "the same, where what is shipped after four weeks is decided on each path", _windowed),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Every number of paths."""
    return [f"{count} paths" for count in COUNTS[level]]


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """Total cost in the sample, by each draw of fresh paths, and of replays in which nobody knows the future."""
    count, seconds = int(case.method.split()[0]), float(case.seconds or 0.0)
    scenario = with_count(spec.made(case.size, case.level), count, 1)
    made = solve.plan(scenario, method="whole", gap=GAP, limits=Limits(seconds=seconds, threads=1, seed=1))
    found = unseen(made, scenario, *FRESH[case.level], seconds)
    return {
        "sample": made.total_cost,
        "bound": made.bound,
        "mission": mission_cost(made),
        "draws": list(found.costs),
        "paths": FRESH[case.level][1],
        "rolling": rolling(scenario, count, min(seconds, WEEKLY), RUNS[case.level]),
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
    around=AROUND,
)
