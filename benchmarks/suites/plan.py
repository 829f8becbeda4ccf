"""How good a plan is after some seconds: our search, and solvers alone on the whole program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks import scenarios
from benchmarks.alone import alone, plain
from benchmarks.fingerprint import fingerprint
from benchmarks.gaps import faults
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.plan_table import plan_table
from optimizer import solve
from optimizer.errors import NoPlan
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.solver import Limits

#: Threads of every solver.
THREADS = 2
#: Our search, and solvers that get the whole program at once.
METHODS = ("search", "highs", "cbc", "scip")

SPECS = (
    Spec(
        "small-seller",
        "a sample: days and weeks, one warehouse, containers that are never full",
        scenarios.sample("small-seller"),
        smoke=at(3, seconds=(1,)),
        run=at(12, seconds=(10,)),
        full=at(12, seconds=(10, 60)),
    ),
    Spec(
        "temu-migration",
        "a sample: from direct mail to stock in two warehouses, weight breaks",
        scenarios.sample("temu-migration"),
        smoke=at(3, seconds=(1,)),
        run=at(40, seconds=(10, 60)),
        full=at(40, seconds=(10, 60, 120, 600)),
    ),
    Spec(
        "multi-market",
        "a sample: two homes, six warehouses, all modes",
        scenarios.sample("multi-market"),
        smoke=at(3, seconds=(1,)),
        run=at(300, seconds=(60,)),
        full=at(300, seconds=(60, 120, 600)),
    ),
    Spec(
        "catalogue",
        "the size of a catalogue with whole cases and containers, tight storage, least orders",
        scenarios.catalogue,
        smoke=at(3, seconds=(1,)),
        run=at(12, seconds=(10,)) + at(50, seconds=(10, 60)) + at(300, seconds=(60,)),
        full=at(12, seconds=(10, 60)) + at(50, seconds=(10, 60, 120, 600)) + at(300, seconds=(60, 120, 600)),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """All of them, side by side."""
    return METHODS


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """The plan after the seconds of the case, with gap 0: what it costs, its bound, its gap, how long each stage took.

    The seconds are those of the search alone; what is done before and after it comes on top.
    """
    scenario = spec.made(case.size, case.level)
    limits = Limits(seconds=float(case.seconds or 0.0), threads=THREADS)
    facts = {"scenario": fingerprint(scenario), "threads": THREADS}
    if case.method == "search":
        return {**facts, **_searched(scenario, limits)}
    return {**facts, **alone(scenario, case.method, limits)}


def _searched(scenario: Scenario, limits: Limits) -> dict[str, Any]:
    try:
        return plain(solve.plan(scenario, gap=0.0, limits=limits))
    except NoPlan:
        return {"status": "none", "plan": None, "bound": None}


PLAN = Suite("plan", "How good is a plan after some seconds?", SPECS, methods, measure, plan_table, faults=faults)
