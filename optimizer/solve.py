"""The one orchestrator: check, connect, formulate, solve, interpret, verify."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Event, Thread

import numpy as np

from optimizer.algebra.program import Program
from optimizer.algebra.standard_form import StandardForm
from optimizer.errors import NoPlan, PlanBroken, Problem, Refused
from optimizer.decomposition.neighbourhoods import Neighbourhoods
from optimizer.formulation.blocks import blocks
from optimizer.formulation.first_cases import rounded
from optimizer.formulation.first_structure import structure
from optimizer.formulation.formulate import STRENGTHENING, formulate
from optimizer.formulation.interpret import interpret
from optimizer.formulation.mission import mission_cost, mission_floor
from optimizer.network.locks import impossible_locks
from optimizer.network.network import Network, connect
from optimizer.plan.plan import Plan
from optimizer.plan.verify import verify
from optimizer.rates.missing import missing_rates
from optimizer.scenario.check import problems
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.registry import solver as named_solver
from optimizer.solvers.solver import Answer, Limits, Progress, Solver, Watch

#: Models up to this many columns are relaxed with their strengthening rows.
STRENGTHENED_COLUMNS = 60_000


@dataclass(frozen=True)
class Model:
    """A scenario made into a program, with the mission cost as a vector over its columns."""

    net: Network
    program: Program
    form: StandardForm
    mission: np.ndarray
    mission_constant: float
    floor: float

    @cached_property
    def relaxed(self) -> StandardForm:
        """The linear relaxation; of a large model without the rows that only strengthen it, which would triple its
        time.
        """
        if len(self.form.cost) <= STRENGTHENED_COLUMNS:
            return self.form.relaxed
        return self.program.without(STRENGTHENING).standard_form().relaxed

    def mission_of(self, x: np.ndarray) -> float:
        """What the gap of an answer `x` (n,) is measured against."""
        return max(float(self.mission @ x) + self.mission_constant, self.floor)


def check(scenario: Scenario) -> list[Problem]:
    """Every rule that the input breaks; a scenario with an empty list can be planned."""
    return list(problems(scenario)) or [*missing_rates(scenario), *impossible_locks(scenario)]


def model(scenario: Scenario) -> Model:
    """The model of a checked scenario."""
    net = connect(scenario)
    program = formulate(net)
    mission, constant = mission_cost(net, program)
    return Model(net, program, program.standard_form(), mission, constant, mission_floor(net))


def plan(
    scenario: Scenario,
    *,
    solver: str = "highs",
    limits: Limits | None = None,
    gap: float | None = None,
    watch: Watch | None = None,
    stage: Callable[[str], None] = lambda name: None,
) -> Plan:
    """The best plan found within the limits, verified.

    `gap` is the share of the mission cost at which the search stops (default: of the scenario's settings); `watch`
    follows the solver and may stop it; `stage` hears the name of each stage as it begins. Raises Refused, NoPlan,
    PlanBroken.
    """
    clock = _Clock(stage)
    settings = scenario.settings.solve
    limits = limits or Limits(seconds=settings.seconds, threads=settings.threads, seed=settings.seed)
    with_solver = named_solver(solver)
    clock.begins("check")
    if found := check(scenario):
        raise Refused(found)
    clock.begins("formulate")
    made = model(scenario)
    clock.begins("solve")
    answer = search(made, with_solver, limits, settings.gap if gap is None else gap, watch)
    clock.begins("verify")
    tables = interpret(made.net, made.program, _found(answer))
    result = Plan(scenario, tables, answer.bound, answer.status, with_solver.name, clock.ends())
    if violations := verify(result):
        raise PlanBroken(violations)
    return result


def search(made: Model, with_solver: Solver, limits: Limits, gap: float, watch: Watch | None = None) -> Answer:
    """Solve a model: the relaxation, a first plan rounded from it, then the whole from there until the gap is reached.

    Raises KeyboardInterrupt only where there is no plan yet.
    """
    left = _Budget(limits)
    if not made.form.integer.any():
        return with_solver.solve(made.form, limits, watch=watch)
    relaxed = with_solver.solve(made.relaxed, left())
    if relaxed.status in ("infeasible", "unbounded"):
        return relaxed
    start = first_plan(made, with_solver, relaxed.x, left()) if relaxed.x is not None else None
    if start is not None and (early := _rated(made, start, relaxed.bound, gap, limits)).status == "optimal":
        return early
    best = _improved(made, with_solver, left(), start, _until(made, gap, relaxed.bound, watch))
    best = settled(made.form, with_solver, best, limits)
    if best.x is None:
        return best
    return _rated(made, best.x, max(best.bound, relaxed.bound), gap, limits)


def _improved(made: Model, with_solver: Solver, limits: Limits, start: np.ndarray | None, enough: Watch) -> Answer:
    """The best of two searches side by side: the solver on the whole, which also proves bounds, and block by block from
    the first plan, which finds plans where the whole is too large for the solver's own search."""
    if start is None:
        return with_solver.solve(made.form, limits, watch=enough)
    around = Neighbourhoods(made.form, blocks(made.net, made.program), start, limits.seed)
    stop = Event()
    aside = Thread(target=around.run, args=(with_solver, limits, stop), name="neighbourhoods", daemon=True)
    aside.start()

    def watch(progress: Progress) -> bool:
        objective, x = around.best
        return enough(replace(progress, objective=objective, x=x) if objective < progress.objective else progress)

    try:
        answer = with_solver.solve(made.form, replace(limits, threads=1), start=start, watch=watch)
    finally:
        stop.set()
        aside.join()
    objective, x = around.best
    return answer if answer.objective <= objective else replace(answer, status="feasible", x=x, objective=objective)


def _rated(made: Model, x: np.ndarray, bound: float, gap: float, limits: Limits) -> Answer:
    """An answer with its cost and bound: "optimal" where it is within the gap. A bound above the answer was wrong and
    is void.
    """
    objective = float(made.form.cost @ x + made.form.offset)
    if bound > objective + 1e-6 * (1 + abs(objective)):
        bound = -np.inf
    close = objective - bound <= gap * made.mission_of(x) + limits.absolute_gap
    return Answer("optimal" if close else "feasible", x, objective, min(bound, objective), 0.0)


def first_plan(made: Model, with_solver: Solver, relaxed: np.ndarray, limits: Limits) -> np.ndarray | None:
    """A feasible answer from the relaxed one: containers and orders made whole, the rest solved again, cases made
    whole, the rest solved again; None if that fails.
    """
    booked = _around(made, with_solver, structure(made.net, _values(made, relaxed)), limits)
    if booked is None:
        return None
    return _around(made, with_solver, rounded(made.net, _values(made, booked)), limits)


def _values(made: Model, x: np.ndarray) -> dict[str, np.ndarray]:
    return {name: x[place] for name, place in made.program.columns.items()}


def _around(made: Model, with_solver: Solver, whole: dict[str, np.ndarray], limits: Limits) -> np.ndarray | None:
    """The relaxed program solved around whole values of some families."""
    lower, upper = made.form.lower.copy(), made.form.upper.copy()
    for name, values in whole.items():
        place = made.program.columns[name]
        lower[place] = upper[place] = values
    return with_solver.solve(replace(made.relaxed, lower=lower, upper=upper), limits).x


def settled(form: StandardForm, with_solver: Solver, answer: Answer, limits: Limits) -> Answer:
    """The answer with its whole numbers kept and the rest solved to the optimum around them.

    A search that is stopped leaves continuous decisions where its last step left them: stock that is older than need
    be, say.
    """
    if answer.x is None:
        return answer
    whole = np.round(answer.x)
    lower, upper = (np.where(form.integer, whole, side) for side in (form.lower, form.upper))
    around = with_solver.solve(
        replace(form.relaxed, lower=lower, upper=upper), replace(limits, seconds=max(limits.seconds, 10.0))
    )
    if around.x is None:
        return answer
    x = np.where(form.integer, whole, around.x)
    return replace(answer, x=x, objective=float(form.cost @ x + form.offset))


def _until(made: Model, gap: float, bound: float, watch: Watch | None) -> Watch:
    """A watch that stops once the gap of the mission cost is reached, and lets the caller's watch listen and stop.

    `bound` is proven already.
    """
    mission = [np.inf]

    def enough(progress: Progress) -> bool:
        if progress.x is not None:
            mission[0] = made.mission_of(progress.x)
        known = replace(progress, bound=max(progress.bound, bound))
        told = bool(watch(known)) if watch is not None else False
        return told or bool(np.isfinite(mission[0]) and known.objective - known.bound <= gap * mission[0])

    return enough


def _found(answer: Answer) -> np.ndarray:
    if answer.x is not None:
        return answer.x
    if answer.status == "infeasible":
        raise NoPlan(
            "No plan keeps all the rules. Locks and lane limits are the only hard ones: see which locks ask for more "
            "than stock and capacity allow, and loosen them."
        )
    raise NoPlan(f"No plan was found within the limits ({answer.status}). Give more --seconds, or another --solver.")


class _Budget:
    """Limits with the seconds that are left of them."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._ends = limits, time.monotonic() + limits.seconds

    def __call__(self) -> Limits:
        return replace(self._limits, seconds=max(self._ends - time.monotonic(), 0.0))


class _Clock:
    """Seconds by stage."""

    def __init__(self, stage: Callable[[str], None]) -> None:
        self._stage, self._seconds, self._name, self._since = stage, {}, "", time.monotonic()

    def begins(self, name: str) -> None:
        self.ends()
        self._name = name
        self._stage(name)

    def ends(self) -> dict[str, float]:
        now = time.monotonic()
        if self._name:
            self._seconds[self._name] = self._seconds.get(self._name, 0.0) + now - self._since
        self._since = now
        return dict(self._seconds)
