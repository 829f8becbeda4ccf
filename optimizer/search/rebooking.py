"""A plan whose containers, departures and orders are sought by themselves, cases and the rest around them."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from optimizer.decomposition.descent import descents
from optimizer.decomposition.held import Held
from optimizer.formulation.bookings import Bookings
from optimizer.search.first_plan import plan_with
from optimizer.search.improving import WORTH_IT
from optimizer.search.model import Model
from optimizer.search.standing import WholeStanding
from optimizer.solvers.solver import Limits, Progress, Solver


def rebook(made: Model, with_solver: Solver, limits: Limits, standing: WholeStanding) -> None:
    """Seek better bookings from those of the best plan on, until the time is over or nothing is gained any more, and
    offer the plans around them. Only HiGHS can, and small programs are soon solved as they are.
    """
    bookings = Bookings(made.net, made.program)
    if standing.x is None or standing.enough or with_solver.name != "highs" or len(made.form.cost) < WORTH_IT:
        return
    if not made.form.integer[bookings.columns].any():
        return
    held, stop = Held(made.lean, bookings.columns, limits), _stopped(limits, standing)
    begun, random = bookings.kept(standing.x), np.random.default_rng(limits.seed)
    for _ in descents(held, begun, bookings.near, random, stop):
        standing.offer(plan_with(made, with_solver, held.x, limits))


def _stopped(limits: Limits, standing: WholeStanding) -> Callable[[], bool]:
    """Whether the time is over, or the search is to end."""
    ends = time.monotonic() + limits.seconds
    return lambda: standing.follow(Progress(0.0, np.inf, -np.inf)) or time.monotonic() > ends
