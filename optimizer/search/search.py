"""The search for a plan: the relaxation, a first plan, then the whole beside one SKU at a time."""

from __future__ import annotations

from dataclasses import replace
from threading import Event, Thread

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.neighbourhoods import Neighbourhoods
from optimizer.formulation.blocks import blocks
from optimizer.search.budget import Budget
from optimizer.search.first_plan import first_plan
from optimizer.search.model import Model
from optimizer.solvers.solver import Answer, Limits, Progress, Solver, Watch


def search(made: Model, with_solver: Solver, limits: Limits, gap: float, watch: Watch | None = None) -> Answer:
    """Solve a model: the relaxation, a first plan rounded from it, then the whole from there until the gap is reached.

    Raises KeyboardInterrupt only where there is no plan yet.
    """
    left = Budget(limits)
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
