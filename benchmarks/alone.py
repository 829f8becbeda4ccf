"""A plan as plain values, and the plan of a solver that gets the whole program at once."""

from __future__ import annotations

import math
from typing import Any

from benchmarks.phases import Phases
from benchmarks.spec import LeftOut
from optimizer import solve
from optimizer.errors import PlanBroken, UsageError
from optimizer.formulation.interpret import interpret
from optimizer.plan.measures import measure as measures_of
from optimizer.plan.plan import Plan
from optimizer.plan.verify import verify
from optimizer.scenario.scenario import Scenario
from optimizer.search.search import settled
from optimizer.solvers.registry import solver as named_solver
from optimizer.solvers.solver import Limits

#: What is kept of the measures of a plan.
MEASURES = ("bound", "gap", "mission_cost", "gap_base", "fill_rate", "mismatch")


def alone(scenario: Scenario, name: str, limits: Limits) -> dict[str, Any]:
    """What the solver of that name makes of the whole program; its plan is settled and verified like any other.

    Raises LeftOut where the solver is not installed.
    """
    try:
        solver = named_solver(name)
    except UsageError as error:
        raise LeftOut(str(error)) from error
    phases = Phases()
    made = phases("formulate", solve.model, scenario)
    answer = phases("solve", solver.solve, made.form, limits)
    if answer.x is None:
        bound = answer.bound if math.isfinite(answer.bound) else None
        return {"status": answer.status, "plan": None, "bound": bound, "seconds": phases.medians()}
    # A stopped solver leaves fees paid and quantities charged for nothing, which verify would not take.
    x = settled(made.form, solver, answer.x, limits)
    tables = phases("interpret", interpret, made.net, made.program, answer.x if x is None else x)
    plan = Plan(scenario, tables, answer.bound, answer.status, solver.name)
    if violations := phases("verify", verify, plan):
        raise PlanBroken(violations)
    return {**plain(plan), "seconds": phases.medians()}


def plain(plan: Plan) -> dict[str, Any]:
    """What is kept of a plan."""
    return kept(measures_of(plan).as_dict(), plan.status, dict(plan.seconds))


def kept(measures: dict[str, Any], status: str, seconds: dict[str, float]) -> dict[str, Any]:
    """What is kept of the measures of a plan, as plain values."""
    found = {name: measures[name] for name in MEASURES}
    return {"status": status, "plan": measures["total_cost"], **found, "seconds": seconds}
