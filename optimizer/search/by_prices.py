"""The search by prices, for catalogues that are too large to be one program: SKU by SKU, tied together by prices."""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd

from optimizer.decomposition.crew import Abandoned
from optimizer.decomposition.memory import give_back
from optimizer.errors import OptimizerError
from optimizer.formulation.joined import joined
from optimizer.scenario.scenario import Scenario
from optimizer.search.budget import Budget
from optimizer.search.choosing import LEAST_SECONDS, Choosing, Taken
from optimizer.search.earlier import Earlier
from optimizer.search.means import Means
from optimizer.search.pricing import Pricing
from optimizer.search.standing import Standing
from optimizer.solvers.solver import Progress

#: Rounds of offers before each choice, and where the search is hurried: there a second one gains a tenth of the first.
TURNS, HURRIED_TURNS = 3, 1
#: Share of the time left, and seconds, that a choice may take.
CHOICE, CHOICE_SECONDS = 0.3, 12.0
#: Share of the time left for a choice; the rest is for repairs of what it lacks.
CHOSEN = 0.8
#: Share of the time left in which single SKUs are searched after a choice that was no better.
SEARCHED = 0.2
_log = logging.getLogger(__name__)


def by_prices(
    scenario: Scenario, left: Budget, standing: Standing[Taken], means: Means
) -> dict[str, pd.DataFrame] | None:
    """Bounds and whole answers SKU by SKU at prices, chosen from until the gap is reached or the time is over; the plan
    tables, or None without a plan. Once there is a plan, Ctrl-C ends the search, and so does whatever goes wrong, which
    is told (`Means.note`); Ctrl-C in a search that was stopped before raises KeyboardInterrupt, and what the watch of
    the search raises reaches the caller.
    """
    parts = _parts(scenario, left, standing, means)
    give_back()  # joining takes the room of the tables once more, in which workers and offers were
    return None if parts is None else joined(parts)


def _parts(
    scenario: Scenario, left: Budget, standing: Standing[Taken], means: Means
) -> list[dict[str, pd.DataFrame]] | None:
    with Pricing(scenario, left(), means) as pricing:
        _follow(pricing, standing)
        try:
            choosing = Choosing(pricing, standing)
            bound, booked = pricing.bound(earlier=_recalled(choosing, pricing, standing))
            standing.lift(bound)
            if not standing.enough and choosing.begin(booked):  # an earlier plan may be near enough
                _chosen(choosing, pricing)
        except (KeyboardInterrupt, Exception) as error:
            if standing.x is None or error is standing.wrong:
                raise
            if isinstance(error, KeyboardInterrupt) and standing.stopped:
                raise  # whoever asks a second time does not want the plan any more
            _tell(error, means)
            standing.stopped = True
        taken = standing.x
        if taken is None:
            return None
        del choosing  # its offers make room for the tables
        pricing.tell_skus(taken.offers)
        return pricing.tables(taken.offers, taken.columns)


def _tell(error: BaseException, means: Means) -> None:
    """Tell why the search ends with the plan that it has, unless somebody has asked for that; of what nobody thought of
    also where.
    """
    _log.debug("the search ends with the plan that it has: %r", error)
    if isinstance(error, (KeyboardInterrupt, Abandoned)):
        return
    why = "memory has run out" if isinstance(error, MemoryError) else str(error) or type(error).__name__
    means.note(f"The search ended early and keeps its best plan: {why}")
    if not isinstance(error, (MemoryError, OptimizerError)):
        _log.warning("a defect ended the search", exc_info=error)


def _recalled(choosing: Choosing, pricing: Pricing, standing: Standing[Taken]) -> Earlier | None:
    """What an earlier plan comes to today, where there is one and it still keeps the rules, as a plan to begin with."""
    if pricing.recalls:
        choosing.recall(*pricing.recalled())
    taken = standing.x
    return None if taken is None else Earlier(standing.objective, standing.mission, taken.columns)


def _chosen(choosing: Choosing, pricing: Pricing) -> None:
    """Rounds of offers and choices in turn; where few SKUs bring nothing any more, single ones are searched."""
    while not pricing.stop():
        chosen_by = max(pricing.left * CHOICE, LEAST_SECONDS)
        for _ in range(HURRIED_TURNS if pricing.hurried else TURNS):
            if pricing.stop() or pricing.left < chosen_by:
                break
            choosing.turn()
        better = choosing.choose(min(CHOICE_SECONDS, CHOSEN * pricing.left))
        if not better and pricing.few and not pricing.stop():
            choosing.search(SEARCHED * pricing.left)


def _follow(pricing: Pricing, standing: Standing) -> None:
    """Let the search hear whether somebody has stopped it, and who watches hear how it stands."""

    def heard() -> bool:
        standing.step = pricing.step
        return standing.follow(Progress(0.0, np.inf, -np.inf))

    def abandoned() -> bool:
        return heard() and standing.x is not None

    pricing.proved = standing.lift
    pricing.stop, pricing.abandoned = (lambda: heard() or pricing.left <= 0), abandoned
