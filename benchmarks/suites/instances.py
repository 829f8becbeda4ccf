"""Published instances: our plan and bound beside the published optimum."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from benchmarks import scenarios
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.instances_table import instances_table
from optimizer import solve
from optimizer.errors import OptimizerError
from optimizer.solvers.solver import Limits

THREADS = 2
#: Plans and bounds may cross a published optimum by this share of it: the tolerances of solvers.
TOLERANCE = 1e-6

_SITES = tuple(f"cap{number}" for number in (41, 42, 43, 44, 51, 61, 62, 63, 64, 71, 72, 73, 74))
_NETWORKS = ("c33", "c35", "c25_100_10_V_L_5", "c25_100_10_F_L_5", "c25_100_30_V_T_5")
_RETAILERS = tuple(f"N50T15DD_DF0{number}" for number in range(1, 6))
_LOTS = ("example_3_9", "problem_3_27", "problem_3_29", "scmo_ww_hw_c")


def _family(name: str, why: str, smoke: tuple[Step, ...], run: tuple[Step, ...], full: tuple[Step, ...]) -> Spec:
    return Spec(name, why, scenarios.instance(name), smoke, run, full)


SPECS = (
    _family(
        "wagner-whitin",
        "lot sizing with a fee for each order: textbook answers",
        smoke=at("example_3_9", seconds=(5,)),
        run=at(*_LOTS, seconds=(60,)),
        full=at(*_LOTS, seconds=(60,)),
    ),
    _family(
        "facility-location",
        "which warehouses to open: fees and capacities of departures",
        smoke=at("cap41", seconds=(5,)),
        run=at(*_SITES, seconds=(60,)),
        full=at(*_SITES, seconds=(60,)),
    ),
    _family(
        "network-design",
        "which lanes to use, many SKUs together: fees, capacities, transfers",
        smoke=at("c25_100_10_V_L_5", seconds=(5,)),
        run=at(*_NETWORKS, seconds=(60,)),
        full=at(*_NETWORKS, "c37", "c39", seconds=(600,)),
    ),
    _family(
        "one-warehouse-many-retailers",
        "two stages of lot sizing with fees that change by the day",
        smoke=at("N50T15DD_DF01", seconds=(2,)),
        run=at("N50T15DD_DF01", seconds=(60,)),
        full=at(*_RETAILERS, seconds=(60, 600)),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Our search."""
    return ("search",)


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """The plan with gap 0, through the whole pipeline; raises where plan or bound crosses the published optimum."""
    scenario, optimum = scenarios.published(spec.name)[str(case.size)]
    limits = Limits(seconds=float(case.seconds or 0.0), threads=THREADS)
    plan = solve.plan(scenario, gap=0.0, limits=limits)
    published = None if math.isnan(optimum) else optimum
    if published is not None:
        refuse_crossing(plan.total_cost, plan.bound, published)
    bound = plan.bound if math.isfinite(plan.bound) else None
    found = {"plan": plan.total_cost, "bound": bound, "status": plan.status, "published": published}
    return {**found, "seconds": dict(plan.seconds), "threads": THREADS}


def refuse_crossing(plan: float, bound: float, published: float) -> None:
    """Raise where a plan costs less than a proven optimum, or a bound lies above it."""
    if plan < published * (1 - TOLERANCE) or bound > published * (1 + TOLERANCE):
        raise OptimizerError(f"plan {plan} and bound {bound} do not enclose the published optimum {published}")


INSTANCES = Suite(
    "instances",
    "Are published optima found and proven?",
    SPECS,
    methods,
    measure,
    instances_table,
    missing=scenarios.data_missing,
)
