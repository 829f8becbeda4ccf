"""The search by prices, for catalogues that are too large to be one program: SKU by SKU, tied together by prices."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from optimizer.errors import WorkersLost
from optimizer.scenario.scenario import Scenario
from optimizer.search.budget import Budget
from optimizer.search.choosing import Choosing, Taken
from optimizer.search.means import Means
from optimizer.search.pricing import Pricing
from optimizer.search.standing import Standing
from optimizer.solvers.solver import Progress

#: Seconds in which plan tables are made, as a share of those in which the SKUs were connected and formulated.
TABLES = 1.2
#: Rounds of offers before each choice; share of the time left, and seconds, that a choice may take.
TURNS, CHOICE, CHOICE_SECONDS = 3, 0.3, 12.0
#: Share of the time left in which single SKUs are searched after a choice that was no better.
SEARCHED = 0.2


def bound_by_prices(scenario: Scenario, left: Budget, standing: Standing, means: Means) -> None:
    """A bound from every SKU's relaxation with lot-sizing rows, which the whole program's relaxation lacks."""
    with Pricing(scenario, left(), _ended(standing, left, 0.0), means) as pricing:
        standing.lift(pricing.bound(whole=False)[0])


def by_prices(
    scenario: Scenario, left: Budget, standing: Standing[Taken], means: Means
) -> dict[str, pd.DataFrame] | None:
    """Bounds and whole answers SKU by SKU at prices, chosen from until the gap is reached or the time is over; the plan
    tables, or None without a plan. Ctrl-C, or workers that are lost, end the search once there is a plan.
    """
    begun = time.monotonic()
    with Pricing(scenario, left(), lambda: left().seconds <= 0, means) as pricing:
        reserve = TABLES * (time.monotonic() - begun)
        ended = _ended(standing, left, reserve)
        pricing.stop = ended
        try:
            bound, last = pricing.bound()
            standing.lift(bound)
            _chosen(Choosing(pricing, pricing.book(last), standing), left, ended, reserve, pricing.few)
        except (KeyboardInterrupt, WorkersLost):
            if standing.x is None:
                raise
            standing.stopped = True
        taken = standing.x
        if taken is None:
            return None
        pricing.tell_skus(taken.offers)
        return pricing.tables(taken.offers, taken.columns)


def _chosen(choosing: Choosing, left: Budget, ended: Callable[[], bool], reserve: float, few: bool) -> None:
    """Rounds of offers and choices in turn; once these bring nothing, single SKUs are searched."""
    choosing.begin()
    while True:
        spare = left().seconds - reserve
        ends = spare * (1 - CHOICE)
        for _ in range(TURNS):
            if ended() or left().seconds - reserve < spare - ends:
                break
            choosing.turn()
        better = choosing.choose(max(min(CHOICE_SECONDS, left().seconds - reserve), 1.0))
        if ended():
            return
        if not better and few:
            choosing.search(SEARCHED * (left().seconds - reserve))


def _ended(standing: Standing, left: Budget, reserve: float) -> Callable[[], bool]:
    def ended() -> bool:
        return standing.follow(Progress(0.0, np.inf, -np.inf)) or left().seconds <= reserve

    return ended
