"""The search in the whole program: whole numbers for what is booked, then all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.formulation.bookings import FAMILIES
from optimizer.search.budget import LAST_SECONDS, Budget
from optimizer.search.first_plan import plan_around
from optimizer.search.improving import WORTH_IT, improving
from optimizer.search.model import Model, relaxing
from optimizer.search.rebooking import rebook
from optimizer.search.standing import WholeStanding
from optimizer.solvers.solver import Limits, Progress, Solver, Watch

#: Share of the time left in which what is booked alone must be whole: a small program that proves most of what the
#: whole one could.
BOOKED_SHARE = 0.6
#: Share of the time in which better bookings are sought.
REBOOKED = 0.35
#: A plan that is known is far from the relaxation where more than this share of the mission cost lies between them.
FAR = 0.2


def whole(made: Model, with_solver: Solver, left: Budget, standing: WholeStanding) -> str:
    """Better bookings where there is a plan already, a plan around the relaxation where there is none or only one that
    is far from it, of an earlier run that had no time, say; then better bounds beside better plans; the status of the
    relaxation.
    """
    known = standing.x is not None
    if known:
        _rebook(made, with_solver, left(), standing)
    relaxed = relaxing(with_solver, made).solve(made.relaxed, left())
    if relaxed.status in ("infeasible", "unbounded"):
        return relaxed.status
    standing.lift(relaxed.bound)
    if not made.form.integer.any():
        standing.offer(relaxed.x)
    elif relaxed.x is not None and not standing.enough and (not known or _far(standing)):
        before, within = standing.objective, left()
        if not known:  # any plan is better than one with nothing booked, which would be made in this time otherwise
            within = replace(within, seconds=max(within.seconds, LAST_SECONDS))
        standing.offer(plan_around(made, with_solver, relaxed.x, within))
        if standing.objective < before:
            _rebook(made, with_solver, left(), standing)
    if not standing.enough:
        _climb(made, with_solver, left, standing)
    return relaxed.status


def _far(standing: WholeStanding) -> bool:
    return standing.objective - standing.bound > FAR * standing.mission


def _rebook(made: Model, with_solver: Solver, limits: Limits, standing: WholeStanding) -> None:
    rebook(made, with_solver, replace(limits, seconds=REBOOKED * limits.seconds), standing)


def _climb(made: Model, with_solver: Solver, left: Budget, standing: WholeStanding) -> None:
    """What is booked in whole numbers, then all that must be whole; beside that the plan is improved SKU by SKU."""
    with improving(made, with_solver, left(), standing):
        if any(made.program.columns[name].stop > made.program.columns[name].start for name in FAMILIES):
            _step(made, with_solver, left(), standing)
        if not standing.enough:
            limits = _near_enough(left(), standing)
            whole = with_solver.solve(made.form, limits, start=standing.x, watch=_watch(made, standing, True))
            standing.lift(whole.bound)
            standing.offer(whole.x)


def _step(made: Model, with_solver: Solver, limits: Limits, standing: WholeStanding) -> None:
    """Solve with whole numbers for what is booked only: a valid bound, and a plan around its containers."""
    integer = np.zeros(len(made.form.cost), dtype=bool)
    for name in FAMILIES:
        integer[made.program.columns[name]] = True
    part = replace(made.relaxed, integer=integer & made.form.integer)
    limits = replace(limits, seconds=BOOKED_SHARE * limits.seconds)
    answer = with_solver.solve(part, limits, start=standing.x, watch=_watch(made, standing, False))
    standing.lift(answer.bound)
    if answer.x is not None and not standing.enough:
        standing.offer(plan_around(made, with_solver, answer.x, limits))


def _watch(made: Model, standing: WholeStanding, whole: bool) -> Watch:
    """Follows a solve. Small programs end at the solver's own gap, since the clock decides when a watch looks."""
    small = len(made.form.cost) < WORTH_IT

    def watch(now: Progress) -> bool:
        enough = standing.hear(now, whole)
        return standing.stopped if small else enough

    return watch


def _near_enough(limits: Limits, standing: WholeStanding) -> Limits:
    """Limits at whose gap the solver itself stops: a little less than what is asked for, as a share of the mission cost
    of the plan so far, which may still fall.
    """
    asked = 0.9 * standing.gap * standing.mission if np.isfinite(standing.mission) else 0.0
    return replace(limits, absolute_gap=max(limits.absolute_gap, asked))
