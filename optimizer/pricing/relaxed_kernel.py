"""Compiled: the exact relaxation of one SKU's block after the other at prices of the linking rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from optimizer.pricing.relaxed_arrays import Fares, Match, Point, Routes, Stocks, Used, Ways
from optimizer.pricing.relaxed_compiled import OPTIONS, compiled
from optimizer.pricing.relaxed_ends import aim, lay, reach, settle
from optimizer.pricing.relaxed_match import assign, bound
from optimizer.pricing.relaxed_trace import note
from optimizer.pricing.relaxed_ways import fare, find
from optimizer.pricing.stamp import stamp

#: Share by which a column may exceed its bound.
TOLERANCE = 1e-9


@compiled
def matched(sku: int, routes: Routes, stocks: Stocks, fares: Fares, ways: Ways, match: Match) -> tuple[int, int, bool]:
    """Find ways and the best match; numbers of sources and columns, and whether that is an answer."""
    sources, columns = lay(sku, routes, stocks, match)
    targets, sent = stocks.target_start[sku], stocks.source_start[sku]
    pledged = stocks.target_start[sku + 1] - targets
    fare(sku, routes, stocks, fares, ways)
    for source in range(sources):
        place, time, lot = -1, 0, -1
        if source >= sources - pledged:
            target = targets + source - (sources - pledged)
            place, time = stocks.target_place[target], stocks.target_period[target] + 1
        elif source > 0:
            row = sent + source - 1
            place, time, lot = stocks.source_place[row], stocks.source_time[row], stocks.source_lot[row]
        find(sku, source, place, time, lot, routes, stocks, ways)
        reach(sku, source, columns, routes, stocks, ways, match)
    aim(sku, sources, columns, stocks, ways, match)
    unfilled = settle(sources, columns, pledged, match)
    answered = match.free[0] >= 0.0 and assign(sources, columns, match)
    for column in range(columns - pledged, columns):
        if match.other[column] == unfilled:
            served = 0.0
            for source in range(1, sources):
                served += match.flow[column, source]
            answered = answered and served >= match.size[column] * (1 - TOLERANCE)
    return sources, columns, answered


@compiled
def _kept(sku: int, routes: Routes, stocks: Stocks, point: Point) -> bool:
    """Count up what is on hand and what that costs; whether all bounds of columns are kept."""
    places, periods = routes.rent.shape
    most = stocks.most[sku] * (1 + TOLERANCE)
    kept = True
    for place in range(places):
        level = 0.0
        for period in range(periods):
            level += point.held[place, period]
            point.held[place, period] = level
            hold = stocks.volume[sku] * routes.rent[place, period] + stocks.capital[sku] * routes.days[period]
            point.total[0] += level * hold
            kept = kept and level <= most
    for row in range(stocks.ship_start[sku + 1] - stocks.ship_start[sku]):
        units = point.ship[row]
        if units > 0.0:
            point.total[0] += units * stocks.ship_cost[stocks.ship_start[sku] + row]
            kept = kept and units <= stocks.ship_most[stocks.ship_start[sku] + row] * (1 + TOLERANCE)
    for row in range(stocks.deliver_start[sku + 1] - stocks.deliver_start[sku]):
        kept = kept and point.deliver[row] <= most
    return kept


@compiled
def _use(sku: int, group: int, routes: Routes, stocks: Stocks, point: Point, used: Used) -> None:
    """Add what the SKU ships and holds to what its group does."""
    bought, volume = stocks.buy_start[sku + 1] - stocks.buy_start[sku], stocks.volume[sku]
    for row in range(stocks.ship_start[sku + 1] - stocks.ship_start[sku]):
        units = point.ship[row]
        if units > 0.0:
            sailing = stocks.ship_sailing[stocks.ship_start[sku] + row]
            used.volume[group, sailing] += units * volume
            used.weight[group, sailing] += units * stocks.weight[sku]
            used.units[group, sailing] += units
            if row < bought:
                used.value[group, sailing] += units * stocks.buy_value[stocks.buy_start[sku] + row]
    places, periods = routes.rent.shape
    for place in range(places):
        for period in range(periods):
            used.held[group, place, period] += volume * point.held[place, period]


@compiled
def _erase(sku: int, stocks: Stocks, point: Point) -> None:
    """Nothing is done yet."""
    point.ship[: stocks.ship_start[sku + 1] - stocks.ship_start[sku]] = 0.0
    point.deliver[: stocks.deliver_start[sku + 1] - stocks.deliver_start[sku]] = 0.0
    point.cover[: stocks.cover_start[sku + 1] - stocks.cover_start[sku]] = 0.0
    point.held[:] = 0.0
    point.total[0] = 0.0


@compiled
def answer(sku: int, routes: Routes, stocks: Stocks, fares: Fares, ways: Ways, match: Match,
           point: Point) -> tuple[float, bool]:  # fmt: skip
    """One SKU's bound at prices, and whether `point` now is an optimal point of its relaxation."""
    _erase(sku, stocks, point)
    sources, columns, answered = matched(sku, routes, stocks, fares, ways, match)
    if not answered:
        return -np.inf, False
    note(sku, sources, columns, routes, stocks, ways, match, point)
    proven = bound(sources, columns, match)
    for want in range(stocks.want_start[sku], stocks.want_start[sku + 1]):
        units = stocks.want_units[want]
        proven += (units - units * routes.share[stocks.want_region[want], 0]) * stocks.want_lost[want]
    for target in range(stocks.target_start[sku], stocks.target_start[sku + 1]):
        proven += stocks.target_least[target] * stocks.target_price[target]
    return proven, _kept(sku, routes, stocks, point)


def _entry(version: int) -> Any:
    """The function to call from Python, kept on disk until the `version` of the sources changes."""

    @njit(cache=True, **OPTIONS)
    def answers(routes: Routes, stocks: Stocks, fares: Fares, ways: Ways, match: Match, point: Point,
                groups: np.ndarray, used: Used, bounds: np.ndarray, costs: np.ndarray,
                held: np.ndarray) -> int:  # fmt: skip
        """Answer for every SKU with `held`, which stays true where the answer is exact; fill bounds, costs and use."""
        for sku in range(len(bounds)):
            bounds[sku], costs[sku] = -np.inf, 0.0
            if not held[sku]:
                continue
            bounds[sku], held[sku] = answer(sku, routes, stocks, fares, ways, match, point)
            if held[sku]:
                costs[sku] = point.total[0]
                _use(sku, groups[sku], routes, stocks, point, used)
        return version

    return answers


answers = _entry(stamp("relaxed", Routes, Stocks, Fares, Ways, Match, Point, Used))
