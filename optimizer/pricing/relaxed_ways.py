"""Compiled: the cheapest way of a unit from where it is to every place and period, forward through time."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.relaxed_arrays import Fares, Routes, Stocks, Ways
from optimizer.pricing.relaxed_compiled import compiled


@compiled
def fare(sku: int, routes: Routes, stocks: Stocks, fares: Fares, ways: Ways) -> None:
    """Price what the SKU's shipments and stock cost, and find where its shipments by period and origin start."""
    volume, weight = stocks.volume[sku], stocks.weight[sku]
    begin, end = stocks.ship_start[sku], stocks.ship_start[sku + 1]
    bought = stocks.buy_start[sku + 1] - stocks.buy_start[sku]
    places, periods = routes.rent.shape
    for row in range(end - begin):
        sailing = stocks.ship_sailing[begin + row]
        ways.fare[row] = (
            stocks.ship_cost[begin + row] + volume * fares.volume[sailing] + weight * fares.weight[sailing]
            + fares.units[sailing]
        )  # fmt: skip
        if row < bought:
            ways.fare[row] += stocks.buy_value[stocks.buy_start[sku] + row] * fares.value[sailing]
    row = bought
    for period in range(periods):
        for place in range(places + 1):
            ways.first[period, place] = row
            while row < end - begin:
                sailing = stocks.ship_sailing[begin + row]
                if routes.period[sailing] != period or routes.origin[sailing] > place or place == places:
                    break
                row += 1
        ways.first[period, places] = row
    for place in range(places):
        ways.spent[place, 0] = 0.0
        for period in range(periods):
            hold = volume * (routes.rent[place, period] + fares.held[place, period])
            hold += stocks.capital[sku] * routes.days[period]
            ways.spent[place, period + 1] = ways.spent[place, period] + hold


@compiled
def _board(row: int, base: float, source: int, sailing: int, periods: int, routes: Routes, ways: Ways) -> None:
    """Let a unit that costs `base` at the origin take a shipment."""
    cost, place, arrival = base + ways.fare[row], routes.destination[sailing], routes.arrival[sailing]
    if arrival < periods:
        if cost < ways.come[source, place, arrival]:
            ways.come[source, place, arrival], ways.by[source, place, arrival] = cost, row
    else:
        bucket = routes.bucket[sailing]
        if cost < ways.land[source, place, bucket]:
            ways.land[source, place, bucket], ways.boat[source, place, bucket] = cost, row


@compiled
def _stay(source: int, place: int, period: int, volume: float, routes: Routes, ways: Ways) -> None:
    """Cost of a unit available in a period, where age never matters: what has come now, or was held before."""
    held = np.inf
    if period > 0:
        held = ways.ready[source, place, period - 1] + ways.spent[place, period] - ways.spent[place, period - 1]
    if ways.come[source, place, period] <= held:
        ways.ready[source, place, period], ways.since[source, place, period] = ways.come[source, place, period], period
    else:
        ways.ready[source, place, period] = held
        ways.since[source, place, period] = ways.since[source, place, period - 1]


@compiled
def _stay_and_age(
    source: int, place: int, period: int, head: int, volume: float, routes: Routes, ways: Ways
) -> int:  # fmt: skip
    """The same where rent grows with age: the best of all periods in which a unit may have come.

    `head`: the last such period that may still be best; `older` chains the others. One that is dearer than a later one
    stays so, for its rent grows faster, and leaves the chain. Returns the new head.
    """
    if ways.come[source, place, period] < np.inf:
        ways.older[place, period] = head
        head = period
    best, kept, since = np.inf, -1, head
    spent = ways.spent[place]
    while since >= 0:
        cost = ways.come[source, place, since] + spent[period] - spent[since]
        cost += volume * routes.aged[place, since, period]
        following = ways.older[place, since]
        if cost < best:
            best = cost
            ways.ready[source, place, period], ways.since[source, place, period] = cost, since
            if kept >= 0:
                ways.older[place, kept] = since
            kept = since
        since = following
    if kept >= 0:
        ways.older[place, kept] = -1
    return head


@compiled
def _begin(sku: int, source: int, place: int, time: int, routes: Routes, stocks: Stocks, ways: Ways) -> None:
    """Nothing is reached yet, but where the source is."""
    periods = routes.rent.shape[1]
    ways.ready[source], ways.come[source], ways.land[source] = np.inf, np.inf, np.inf
    ways.by[source], ways.boat[source] = -1, -1
    if source == 0:
        bought = stocks.buy_start[sku + 1] - stocks.buy_start[sku]
        for row in range(bought):
            _board(row, 0.0, 0, stocks.ship_sailing[stocks.ship_start[sku] + row], periods, routes, ways)
    elif time > periods:
        ways.land[source, place, time - periods - 1] = 0.0
    else:
        ways.come[source, place, time] = 0.0


@compiled
def find(
    sku: int, source: int, place: int, time: int, lot: int, routes: Routes, stocks: Stocks, ways: Ways
) -> None:  # fmt: skip
    """Cheapest ways of one source: at `place` from `time` on (above T: lands in bucket time - T - 1), or suppliers.

    `lot` >= 0: its units are opening stock whose age adds a row of `lot_aged`.
    """
    places, periods = routes.rent.shape
    volume, begin = stocks.volume[sku], stocks.ship_start[sku]
    _begin(sku, source, place, time, routes, stocks, ways)
    if time > periods:
        return
    heads = ways.heads
    heads[:] = -1
    if lot >= 0:
        ways.come[source, place, 0] = np.inf
    for period in range(time, periods + 1):
        for here in range(places):
            if routes.ages[here] or (lot >= 0 and here == place):
                heads[here] = _stay_and_age(source, here, period, heads[here], volume, routes, ways)
            else:
                _stay(source, here, period, volume, routes, ways)
            if lot >= 0 and here == place:
                cost = ways.spent[here, period] + volume * routes.lot_aged[lot, period]
                if cost <= ways.ready[source, here, period]:
                    ways.ready[source, here, period], ways.since[source, here, period] = cost, -1
            if period == periods or ways.ready[source, here, period] == np.inf:
                continue
            for row in range(ways.first[period, here], ways.first[period, here + 1]):
                sailing = stocks.ship_sailing[begin + row]
                _board(row, ways.ready[source, here, period], source, sailing, periods, routes, ways)
