"""Compiled: what units do on their ways, back from where they end to where they come from."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.relaxed_arrays import Match, Point, Routes, Stocks, Ways
from optimizer.pricing.relaxed_compiled import compiled
from optimizer.pricing.relaxed_ends import DELIVERED, LEFT


@compiled
def trace(sku: int, source: int, place: int, period: int, units: float, routes: Routes, stocks: Stocks, ways: Ways,
           point: Point) -> None:  # fmt: skip
    """Note the stay and the shipments of units that are available at a place in a period, back to their source.

    `point.held` takes them as steps up and down.
    """
    volume = stocks.volume[sku]
    while True:
        since = ways.since[source, place, period]
        start = max(since, 0)
        point.held[place, start] += units
        point.held[place, period] -= units
        if since < 0:
            lot = stocks.source_lot[stocks.source_start[sku] + source - 1]
            point.total[0] += units * volume * routes.lot_aged[lot, period]
            return
        point.total[0] += units * volume * routes.aged[place, since, period]
        row = ways.by[source, place, since]
        if row < 0:
            return
        sailing = stocks.ship_sailing[stocks.ship_start[sku] + row]
        point.ship[row] += units
        place, period = routes.origin[sailing], routes.period[sailing]
        if place < 0:
            return


@compiled
def trace_landing(sku: int, source: int, place: int, bucket: int, units: float, routes: Routes, stocks: Stocks,
                   ways: Ways, point: Point) -> None:  # fmt: skip
    """The same for units that land beyond the horizon."""
    row = ways.boat[source, place, bucket]
    if row >= 0:
        sailing = stocks.ship_sailing[stocks.ship_start[sku] + row]
        point.ship[row] += units
        if routes.origin[sailing] >= 0:
            trace(sku, source, routes.origin[sailing], routes.period[sailing], units, routes, stocks, ways, point)


@compiled
def trace_cover(sku: int, source: int, row: int, units: float, routes: Routes, stocks: Stocks, ways: Ways,
                 point: Point) -> None:  # fmt: skip
    """The same for units matched to demand after the horizon."""
    at = stocks.cover_start[sku] + row
    place, periods = np.int64(stocks.cover_place[at]), routes.rent.shape[1]
    point.cover[row] += units
    point.total[0] -= units * stocks.cover_gain[at]
    best, bucket = ways.ready[source, place, periods] - stocks.cleared[sku, place], -1
    for landing in range(stocks.cover_bucket[at] + 1):
        if ways.land[source, place, landing] < best:
            best, bucket = ways.land[source, place, landing], landing
    if bucket >= 0:
        trace_landing(sku, source, place, bucket, units, routes, stocks, ways, point)
    else:
        point.total[0] -= units * stocks.cleared[sku, place]
        trace(sku, source, place, periods, units, routes, stocks, ways, point)


@compiled
def deliver(sku: int, source: int, row: int, units: float, routes: Routes, stocks: Stocks, ways: Ways,
            point: Point) -> None:  # fmt: skip
    """The same for units that are delivered."""
    at = stocks.deliver_start[sku] + row
    place = routes.lane_place[stocks.deliver_lane[at]]
    point.deliver[row] += units
    point.total[0] += units * stocks.deliver_cost[at]
    if place >= 0:
        trace(sku, source, place, np.int64(stocks.deliver_period[at]), units, routes, stocks, ways, point)


@compiled
def end(sku: int, source: int, column: int, wanted: int, routes: Routes, stocks: Stocks, ways: Ways, match: Match,
        units: float, point: Point) -> None:  # fmt: skip
    """Note what a source's units do for a column; the first `wanted` columns are wants, then cells, then targets."""
    cells = stocks.cell_start[sku + 1] - stocks.cell_start[sku]
    if column < wanted:
        deliver(sku, source, match.way[column, source], units, routes, stocks, ways, point)
    elif column < wanted + cells:
        trace_cover(sku, source, match.way[column, source], units, routes, stocks, ways, point)
    else:
        target = stocks.target_start[sku] + column - wanted - cells
        sent = stocks.source_start[sku + 1] - stocks.source_start[sku]
        if source != 1 + sent + column - wanted - cells:
            place, period = np.int64(stocks.target_place[target]), np.int64(stocks.target_period[target])
            point.held[place, period] += units
            point.held[place, period + 1] -= units
            point.total[0] -= units * stocks.target_price[target]
            trace(sku, source, place, period, units, routes, stocks, ways, point)


@compiled
def _release(sku: int, source: int, units: float, routes: Routes, stocks: Stocks, ways: Ways, match: Match,
             point: Point) -> None:  # fmt: skip
    """Note what units of a source do that serve no column."""
    kind, at = match.exit[source, 0], match.exit[source, 1]
    if kind == DELIVERED:
        deliver(sku, source, at, units, routes, stocks, ways, point)
    elif kind == LEFT:
        point.total[0] -= units * stocks.cleared[sku, at]
        trace(sku, source, at, routes.rent.shape[1], units, routes, stocks, ways, point)
    else:
        width = routes.buckets + 1
        trace_landing(sku, source, at // width, at % width, units, routes, stocks, ways, point)


@compiled
def note(sku: int, sources: int, columns: int, routes: Routes, stocks: Stocks, ways: Ways, match: Match,
         point: Point) -> None:  # fmt: skip
    """Turn the match into what the SKU does and what that costs."""
    classes, first = routes.share.shape[1] - 1, stocks.want_start[sku]
    wants = stocks.want_start[sku + 1] - first
    for row in range(wants):
        region, units = stocks.want_region[first + row], stocks.want_units[first + row]
        point.lost[row] = units - units * routes.share[region, 0]
    for column in range(columns):
        rest = match.size[column]
        for source in range(1, sources):
            units = match.flow[column, source]
            if units > 0.0:
                rest -= units
                end(sku, source, column, wants * classes, routes, stocks, ways, match, units, point)
        if rest > 0.0 and match.cost[column, 0] <= match.other[column]:
            end(sku, 0, column, wants * classes, routes, stocks, ways, match, rest, point)
        elif rest > 0.0 and column < wants * classes:
            point.lost[column // classes] += rest
    for row in range(wants):
        point.total[0] += point.lost[row] * stocks.want_lost[first + row]
    for source in range(1, sources):
        if match.rest[source] > 0.0:
            _release(sku, source, match.rest[source], routes, stocks, ways, match, point)
    for target in range(stocks.target_start[sku], stocks.target_start[sku + 1]):
        point.total[0] += stocks.target_least[target] * stocks.target_price[target]
