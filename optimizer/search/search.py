"""The search for a plan: the relaxation, a first plan, then better bounds beside better plans."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.neighbourhoods import Neighbourhoods
from optimizer.formulation.blocks import blocks
from optimizer.search.budget import Budget
from optimizer.search.first_plan import plan_around
from optimizer.search.model import Model
from optimizer.search.standing import Standing
from optimizer.solvers.polish import trimmed
from optimizer.solvers.solver import Answer, Limits, Solver, Watch

#: Families whose whole numbers alone are asked for, one step after the other, and the share of the time left that a
#: step may take. Whole containers alone are a small program that proves most of what the whole one could.
LADDER = ((("containers",), 0.5), (("containers", "departures", "supplier_orders"), 0.4))


def search(made: Model, with_solver: Solver, limits: Limits, gap: float, watch: Watch | None = None) -> Answer:
    """Solve a model until the gap (a share of the mission cost) is reached or the time is over.

    Raises KeyboardInterrupt only where there is no plan yet.
    """
    left, standing = Budget(limits), Standing(made, limits, gap, watch)
    relaxed = with_solver.solve(made.relaxed, left())
    if relaxed.status in ("infeasible", "unbounded"):
        return relaxed
    standing.lift(relaxed.bound)
    if not made.form.integer.any():
        standing.offer(relaxed.x)
    elif relaxed.x is not None:
        standing.offer(plan_around(made, with_solver, relaxed.x, left()))
    if not standing.enough:
        _climb(made, with_solver, left, standing)
    standing.offer(settled(made.form, with_solver, standing.x, limits))
    return standing.answer()


def _climb(made: Model, with_solver: Solver, left: Budget, standing: Standing) -> None:
    """Ever larger parts of the whole numbers, then all of them; beside that the plan is improved SKU by SKU."""
    with _improving(made, with_solver, left(), standing):
        for families, share in LADDER:
            if not standing.enough and any(
                made.program.columns[name].stop > made.program.columns[name].start for name in families
            ):
                _step(made, with_solver, left(), standing, families, share)
        if not standing.enough:
            whole = with_solver.solve(made.form, left(), start=standing.x, watch=lambda now: standing.follow(now, True))
            standing.lift(whole.bound)
            standing.offer(whole.x)


def _step(
    made: Model, with_solver: Solver, limits: Limits, standing: Standing, families: tuple[str, ...], share: float
) -> None:
    """Solve with whole numbers of some families only: a valid bound, and a plan around its containers."""
    integer = np.zeros(len(made.form.cost), dtype=bool)
    for name in families:
        integer[made.program.columns[name]] = True
    part = replace(made.relaxed, integer=integer & made.form.integer)
    limits = replace(limits, seconds=share * limits.seconds)
    answer = with_solver.solve(part, limits, start=standing.x, watch=lambda now: standing.follow(now, False))
    standing.lift(answer.bound)
    if answer.x is not None and not standing.enough:
        standing.offer(plan_around(made, with_solver, answer.x, limits))


@contextmanager
def _improving(made: Model, with_solver: Solver, limits: Limits, standing: Standing) -> Iterator[None]:
    """Improve the plan block by block in a thread beside what the caller does."""
    if standing.x is None:
        yield
        return
    around, stop = Neighbourhoods(made.form, blocks(made.net, made.program), limits.seed), Event()
    aside = Thread(target=around.run, args=(standing, with_solver, limits, stop), name="neighbourhoods", daemon=True)
    aside.start()
    try:
        yield
    finally:
        stop.set()
        aside.join()


def settled(form: StandardForm, with_solver: Solver, x: np.ndarray | None, limits: Limits) -> np.ndarray | None:
    """The answer with its whole numbers kept and the rest solved to the optimum around them.

    A search that is stopped leaves continuous decisions where its last step left them: stock that is older than need
    be, say.
    """
    if x is None:
        return None
    whole = np.round(x)
    lower, upper = (np.where(form.integer, whole, side) for side in (form.lower, form.upper))
    fixed = replace(form.relaxed, lower=lower, upper=upper)
    around = with_solver.solve(fixed, replace(limits, seconds=max(limits.seconds, 10.0)))
    return None if around.x is None else trimmed(form, np.where(form.integer, whole, around.x))
