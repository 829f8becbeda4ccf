"""The search by prices, for programs that are too large to be solved as one."""

from __future__ import annotations

import numpy as np

from optimizer.search.budget import Budget
from optimizer.search.first_plan import plan_of
from optimizer.search.improving import improving
from optimizer.search.model import Model
from optimizer.search.pricing import Pricing
from optimizer.search.standing import Standing
from optimizer.solvers.solver import Progress, Solver

#: Share of the time left after a first plan that goes to better answers of single SKUs at prices; the rest goes to SKUs
#: together with what they share.
AT_PRICES = 0.5
#: Seconds between two looks at how the search stands.
LOOK_SECONDS = 1.0
#: Seconds in which the last plan is made ready, as a share of those that the first one took.
LAST = 1.5


def bound_by_prices(made: Model, left: Budget, standing: Standing) -> None:
    """A bound from every SKU's relaxation with lot-sizing rows, which the whole program's relaxation lacks."""

    def ended() -> bool:
        return standing.follow(Progress(0.0, np.inf, -np.inf), False) or left().seconds <= 0

    with Pricing(made.net.ground.scenario, left(), ended) as pricing:
        standing.lift(pricing.bound(made.floor)[0])


def by_prices(made: Model, with_solver: Solver, left: Budget, standing: Standing) -> None:
    """Bounds and shipments SKU by SKU at prices, made a plan, then improved SKU by SKU with all that they share."""

    def ended() -> bool:
        return standing.follow(Progress(0.0, np.inf, -np.inf), False) or left().seconds <= 0

    with Pricing(made.net.ground.scenario, left(), ended) as pricing:
        bound, last = pricing.bound(made.floor)
        standing.lift(bound)
        booked = pricing.book(last)
        pricing.dive(booked)
        before = left().seconds
        standing.offer(plan_of(made, with_solver, pricing.shipped(), booked.containers, left()))
        making = before - left().seconds
        spare = left().seconds - LAST * making
        ends = left().seconds - AT_PRICES * spare
        while not ended() and left().seconds > ends:
            standing.lift(pricing.improve(booked, min(LOOK_SECONDS * 3, left().seconds - ends)))
        if not standing.enough and spare > 0:
            standing.offer(plan_of(made, with_solver, pricing.shipped(), booked.containers, left()))
    with improving(made, with_solver, left(), standing) as done:
        while not ended() and left().seconds > making and not done.wait(LOOK_SECONDS):
            pass
