"""Compiled: what it costs to bring a unit of each source to each demand, bucket after the horizon and stock target."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.relaxed_arrays import Match, Routes, Stocks, Ways
from optimizer.pricing.relaxed_compiled import compiled

#: Kinds of ends that take any number of units.
DELIVERED, LEFT, LANDED = 0, 1, 2


@compiled
def lay(sku: int, routes: Routes, stocks: Stocks, match: Match) -> tuple[int, int]:
    """Sizes and alternatives of a SKU's columns, but for what suppliers can do; numbers of sources and of columns.

    The columns: each want by class of delivery time, so that slow deliveries serve patient customers alone (nested
    limits are a split of the demand); cells of demand after the horizon; and targets.
    """
    classes = routes.share.shape[1] - 1
    wants, column = stocks.want_start[sku], 0
    for want in range(wants, stocks.want_start[sku + 1]):
        region, units = stocks.want_region[want], stocks.want_units[want]
        for kind in range(classes):
            match.size[column] = units * routes.share[region, kind] - units * routes.share[region, kind + 1]
            match.other[column] = stocks.want_lost[want]
            column += 1
    for cell in range(stocks.cell_start[sku], stocks.cell_start[sku + 1]):
        match.size[column], match.other[column] = stocks.cell_units[cell], 0.0
        column += 1
    source = 1
    for row in range(stocks.source_start[sku], stocks.source_start[sku + 1]):
        match.supply[source] = stocks.source_units[row]
        source += 1
    for target in range(stocks.target_start[sku], stocks.target_start[sku + 1]):
        match.size[column] = match.supply[source] = stocks.target_least[target]
        match.other[column] = np.inf
        source, column = source + 1, column + 1
    return source, column


@compiled
def reach(sku: int, source: int, columns: int, routes: Routes, stocks: Stocks, ways: Ways, match: Match) -> None:
    """Costs from one source, whose ways are known, to every column, and to its cheapest free end."""
    for column in range(columns):
        match.cost[column, source] = np.inf
    match.free[source] = np.inf
    classes = routes.share.shape[1] - 1
    begin = stocks.deliver_start[sku]
    for row in range(begin, stocks.deliver_start[sku + 1]):
        lane = stocks.deliver_lane[row]
        place = routes.lane_place[lane]
        if place >= 0:
            cost = ways.ready[source, place, stocks.deliver_period[row]] + stocks.deliver_cost[row]
        else:
            cost = stocks.deliver_cost[row] if source == 0 else np.inf
        if stocks.deliver_want[row] < 0:
            if cost < match.free[source]:
                match.free[source], match.exit[source, 0], match.exit[source, 1] = cost, DELIVERED, row - begin
            continue
        column = stocks.deliver_want[row] * classes + routes.lane_class[lane]
        if cost < match.cost[column, source]:
            match.cost[column, source], match.way[column, source] = cost, row - begin
    wants = stocks.want_start[sku + 1] - stocks.want_start[sku]
    for want in range(wants):  # patient customers take fast deliveries too
        for column in range(want * classes + 1, want * classes + classes):
            if match.cost[column - 1, source] < match.cost[column, source]:
                match.cost[column, source] = match.cost[column - 1, source]
                match.way[column, source] = match.way[column - 1, source]
    _cover(sku, source, wants * classes, routes, stocks, ways, match)


@compiled
def _cover(sku: int, source: int, first: int, routes: Routes, stocks: Stocks, ways: Ways, match: Match) -> None:
    """Costs to be left or to land beyond the horizon, by itself and for demand there."""
    places, ends = routes.rent.shape
    for place in range(places):
        left = ways.ready[source, place, ends] - stocks.cleared[sku, place]
        if left < match.free[source]:
            match.free[source], match.exit[source, 0], match.exit[source, 1] = left, LEFT, place
        for bucket in range(routes.buckets + 1):
            if ways.land[source, place, bucket] < match.free[source]:
                match.free[source] = ways.land[source, place, bucket]
                match.exit[source, 0], match.exit[source, 1] = LANDED, place * (routes.buckets + 1) + bucket
    begin = stocks.cover_start[sku]
    for row in range(begin, stocks.cover_start[sku + 1]):
        place = stocks.cover_place[row]
        cost = ways.ready[source, place, ends] - stocks.cleared[sku, place]
        for bucket in range(stocks.cover_bucket[row] + 1):
            cost = min(cost, ways.land[source, place, bucket])
        cost -= stocks.cover_gain[row]
        column = first + stocks.cover_cell[row]
        if cost < match.cost[column, source]:
            match.cost[column, source], match.way[column, source] = cost, row - begin


@compiled
def aim(sku: int, sources: int, columns: int, stocks: Stocks, ways: Ways, match: Match) -> None:
    """Costs to stock targets: a unit held there in its period earns the price of falling short, up to the target.

    A capacity is a source and a column of that size: the source, just after the period, serves its own column for
    nothing, which stands for stock that is missing; once its units go elsewhere, others must be held in their stead.
    """
    begin, end = stocks.target_start[sku], stocks.target_start[sku + 1]
    for target in range(begin, end):
        place, period = stocks.target_place[target], stocks.target_period[target]
        hold = ways.spent[place, period + 1] - ways.spent[place, period] - stocks.target_price[target]
        column, own = columns - (end - target), sources - (end - target)
        for source in range(sources):
            match.cost[column, source] = ways.ready[source, place, period] + hold
        match.cost[column, own] = 0.0


@compiled
def settle(sources: int, columns: int, targets: int, match: Match) -> float:
    """Make the best of suppliers and loss each column's alternative; returns what leaves a target's column unfilled.

    That is more than any change of flows could save.
    """
    largest = 1.0
    for column in range(columns):
        for source in range(sources):
            if match.cost[column, source] < np.inf:
                largest = max(largest, abs(match.cost[column, source]))
    for source in range(sources):
        if match.free[source] < np.inf:
            largest = max(largest, abs(match.free[source]))
    unfilled = 4.0 * (sources + 1) * largest
    for column in range(columns):
        if column >= columns - targets:
            match.other[column] = unfilled
        match.other[column] = min(match.other[column], match.cost[column, 0])
    return unfilled
