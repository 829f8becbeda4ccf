"""When what is decided today can be in a location at the earliest, by any mode."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.alerts.rows import LEAST_UNITS
from optimizer.plan.ledger import Facts, Ledger
from optimizer.plan.ledger.dated import day_numbers
from optimizer.scenario.departures import decision_days


def earliest(ledger: Ledger, at_hand: np.ndarray | None = None) -> np.ndarray:
    """The first period in which more of each SKU can be at each location (locations with suppliers, SKUs).

    More comes from suppliers, in time for the first departure that production and the frozen fence allow; and, where
    `at_hand` (stores, SKUs, periods: `mismatch.movable`) is told, from stores with at least a carton that could leave,
    be it idle or meant for another place, a slower ship or a later one. The number of periods where nothing comes
    within the horizon.
    """
    facts = ledger.facts
    found = np.full((len(facts.locations), len(facts.goods)), facts.periods, dtype=np.int64)
    stores = facts.locations.index.get_indexer(facts.stores)
    if at_hand is not None:
        cartons = at_hand >= facts.goods["pack"].to_numpy()[None, :, None] - 1e-6
        found[stores] = _first(facts, cartons)
    ways = [_way(facts, name) for name in facts.lanes.index]
    for _ in facts.locations.index:
        before = found.copy()
        for way in ways:
            way(found)
        if np.array_equal(before, found):
            break
    if at_hand is not None:  # what stands there already needs no carton to be sold
        found[stores] = np.minimum(found[stores], _first(facts, at_hand >= LEAST_UNITS))
    return found


def _first(facts: Facts, there: np.ndarray) -> np.ndarray:
    """The first period in which it is so (stores, SKUs); the number of periods if it never is."""
    return np.where(there.any(axis=2), there.argmax(axis=2), facts.periods)


def _way(facts: Facts, lane: str):
    """A function that moves goods along a lane: it lowers the earliest period of its destination where it can."""
    origin, destination = facts.lanes.at[lane, "origin"], facts.lanes.at[lane, "destination"]
    begin, end = facts.locations.index.get_loc(origin), facts.locations.index.get_loc(destination)
    trips = facts.departures[facts.departures["lane"] == lane].sort_values("period")
    trips = trips[day_numbers(trips["departs_on"]) >= facts.first + facts.scenario.settings.frozen_days]
    if origin in facts.suppliers:
        bought = _bought(facts, origin, trips)

        def way(found: np.ndarray) -> None:
            found[end] = np.minimum(found[end], bought)
    else:
        arrivals = _arrivals(facts, trips)

        def way(found: np.ndarray) -> None:
            found[end] = np.minimum(found[end], arrivals[found[begin]])

    return way


def _arrivals(facts: Facts, trips: pd.DataFrame) -> np.ndarray:
    """The first arrival of what is ready in each period (T + 1,)."""
    arrivals = np.full(facts.periods + 1, facts.periods, dtype=np.int64)
    arrivals[trips["period"].to_numpy()] = trips["arrival_period"].to_numpy()
    return np.minimum.accumulate(arrivals[::-1])[::-1]


def _bought(facts: Facts, supplier: str, trips: pd.DataFrame) -> np.ndarray:
    """The first arrival of what is ordered today (SKUs,)."""
    first = np.full(len(facts.goods), facts.periods, dtype=np.int64)
    offers = facts.offers[facts.offers["supplier"] == supplier]
    departs = trips["departs_on"].to_numpy().astype("datetime64[D]")
    earliest_decision = np.datetime64(facts.first + facts.scenario.settings.frozen_days, "D")
    for days, rows in offers.groupby("production_days"):
        due = decision_days(facts.scenario["closures"], supplier, departs, np.full(len(departs), int(days)))
        arrivals = trips["arrival_period"].to_numpy()[due >= earliest_decision]
        first[facts.goods.index.get_indexer(rows["sku"])] = arrivals.min(initial=facts.periods)
    return first
