"""How good a plan is after some seconds: our search, and solvers alone on the whole program."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from benchmarks import scenarios
from benchmarks.fingerprint import fingerprint
from benchmarks.phases import Phases
from benchmarks.spec import Case, LeftOut, Level, Spec, Step, Suite, at
from benchmarks.suites.plan_table import faults, plan_table
from optimizer import solve
from optimizer.errors import NoPlan, PlanBroken, UsageError
from optimizer.formulation.interpret import interpret
from optimizer.plan.measures import measure as measures_of
from optimizer.plan.plan import Plan
from optimizer.plan.verify import verify
from optimizer.scenario.scenario import Scenario
from optimizer.search.search import settled
from optimizer.solvers.registry import solver as named_solver
from optimizer.solvers.solver import Limits, Solver

#: Threads of every solver.
THREADS = 2
#: Our search, and solvers that get the whole program at once.
METHODS = ("search", "highs", "cbc", "scip")
#: What is kept of the measures of a plan.
MEASURES = ("bound", "gap", "mission_cost", "gap_base", "fill_rate", "mismatch")

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
    scenario = spec.scenario(case.size)
    limits = Limits(seconds=float(case.seconds or 0.0), threads=THREADS)
    facts = {"scenario": fingerprint(scenario), "threads": THREADS}
    if case.method == "search":
        return {**facts, **_searched(scenario, limits)}
    try:
        alone = named_solver(case.method)
    except UsageError as error:
        raise LeftOut(str(error)) from error
    return {**facts, **_alone(scenario, alone, limits)}


def _searched(scenario: Scenario, limits: Limits) -> dict[str, Any]:
    try:
        return _plain(solve.plan(scenario, gap=0.0, limits=limits))
    except NoPlan:
        return {"status": "none", "plan": None, "bound": None}


def _alone(scenario: Scenario, with_solver: Solver, limits: Limits) -> dict[str, Any]:
    """The solver gets the whole program at once; its plan is settled and verified like any other."""
    phases = Phases()
    made = phases("formulate", solve.model, scenario)
    answer = phases("solve", with_solver.solve, made.form, limits)
    if answer.x is None:
        bound = answer.bound if math.isfinite(answer.bound) else None
        return {"status": answer.status, "plan": None, "bound": bound, "seconds": phases.medians()}
    # A stopped solver leaves fees paid and quantities charged for nothing, which verify would not take.
    x = settled(made.form, with_solver, answer.x, limits)
    tables = phases("interpret", interpret, made.net, made.program, answer.x if x is None else x)
    plan = Plan(scenario, tables, answer.bound, answer.status, with_solver.name)
    if violations := phases("verify", verify, plan):
        raise PlanBroken(violations)
    return {**_plain(plan), "seconds": phases.medians()}


def _plain(plan: Plan) -> dict[str, Any]:
    measures = measures_of(plan).as_dict()
    kept = {name: measures[name] for name in MEASURES}
    return {"status": plan.status, "plan": plan.total_cost, **kept, "seconds": dict(plan.seconds)}


PLAN = Suite("plan", "How good is a plan after some seconds?", SPECS, methods, measure, plan_table, faults=faults)
