"""What the compiled answers of SKUs read and write: plain arrays in named tuples, which compiled code can take."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Routes(NamedTuple):
    """What all SKUs share. W stock places (no suppliers), T periods, S departures, D delivery lanes, R regions, C most
    delivery times of a region.

    `origin` (-1: a supplier), `destination` places; `period`, `arrival` (T: beyond the horizon), `bucket` (first one
    that ends after a landing beyond it) of each departure. `rent` (W, T): of a m3 for the period, at age 0; `days`
    (T,). `aged` (W, T + 1, T + 1): what age adds to the rent of a m3 received in one period until another one; `ages`
    (W,): whether it ever does; `lot_aged` (lots, T + 1): the same for opening stock by date. `lane_place` (-1: a
    supplier), `lane_region`, `lane_class` (D,): place among the delivery times of the region, fastest first, -1 for
    regions without demand. `share` (R, C + 1): customers who accept that class or a slower one. `buckets`: how many
    follow the horizon.
    """

    origin: np.ndarray
    destination: np.ndarray
    period: np.ndarray
    arrival: np.ndarray
    bucket: np.ndarray
    rent: np.ndarray
    days: np.ndarray
    aged: np.ndarray
    ages: np.ndarray
    lot_aged: np.ndarray
    lane_place: np.ndarray
    lane_region: np.ndarray
    lane_class: np.ndarray
    share: np.ndarray
    buckets: int


class Stocks(NamedTuple):
    """The SKUs of a slice. Arrays of one length per SKU are (K,) or (K, W); others are cut by `..._start` (K + 1,).

    `ship`: those from suppliers first (`buy`: their values at the supplier), then by period and origin; cost of a unit,
    most units. `deliver`: lane, period, row of `want` counted from the SKU's first one (-1: no demand), cost. `want`:
    region, units, cost of a lost unit. `cover`: place, `cell` counted likewise, bucket, gain. `source`: place, time
    (T + 1 + bucket: beyond), row of `lot_aged` (-1: received in the period), units. `target`: place, period, least
    units, price. `capital`: of a unit and day; `most`: units on hand; `cleared` (K, W): worth of a unit left.
    """

    volume: np.ndarray
    weight: np.ndarray
    capital: np.ndarray
    most: np.ndarray
    cleared: np.ndarray
    ship_start: np.ndarray
    ship_sailing: np.ndarray
    ship_cost: np.ndarray
    ship_most: np.ndarray
    buy_start: np.ndarray
    buy_value: np.ndarray
    deliver_start: np.ndarray
    deliver_lane: np.ndarray
    deliver_period: np.ndarray
    deliver_want: np.ndarray
    deliver_cost: np.ndarray
    want_start: np.ndarray
    want_region: np.ndarray
    want_units: np.ndarray
    want_lost: np.ndarray
    cover_start: np.ndarray
    cover_place: np.ndarray
    cover_cell: np.ndarray
    cover_bucket: np.ndarray
    cover_gain: np.ndarray
    cell_start: np.ndarray
    cell_units: np.ndarray
    source_start: np.ndarray
    source_place: np.ndarray
    source_time: np.ndarray
    source_lot: np.ndarray
    source_units: np.ndarray
    target_start: np.ndarray
    target_place: np.ndarray
    target_period: np.ndarray
    target_least: np.ndarray
    target_price: np.ndarray


class Fares(NamedTuple):
    """What linking rows add to costs: per departure for a m3, kg, unit and money of value, each (S,); (W, T) for a m3
    held.
    """

    volume: np.ndarray
    weight: np.ndarray
    units: np.ndarray
    value: np.ndarray
    held: np.ndarray


class Ways(NamedTuple):
    """Cheapest ways from each source of a SKU (0: suppliers) and how they come there.

    `ready` (sources, W, T + 1): cost of a unit available at a place in a period (T: left at the end); `since`: period
    in which it came there (-1: it was there, as a lot); `come`, `by` (..., T + 1): cost at arrival, and the shipment
    (-1: the source itself); `land`, `boat` (sources, W, B + 1): likewise for landings beyond, -1 for none. `older`,
    `heads`: chains of periods in which a unit may best have come. `spent` (W, T + 1): cost of holding a unit from the
    first period on; `first` (T, W + 1): where shipments by period and origin start; `fare`: priced cost of each.
    """

    ready: np.ndarray
    since: np.ndarray
    come: np.ndarray
    by: np.ndarray
    land: np.ndarray
    boat: np.ndarray
    older: np.ndarray
    heads: np.ndarray
    spent: np.ndarray
    first: np.ndarray
    fare: np.ndarray


class Match(NamedTuple):
    """Sources against what can take their units (columns: wants by class, cells, targets).

    `cost`, `way` (columns, sources): of a unit, and the delivery or cover row that ends it; `free`, `exit` (sources,
    2): cost of the cheapest end that takes any number, its kind (DELIVERED, LEFT or LANDED) and row or place; `size`,
    `other` (columns,): units wanted, cost of the alternative that is always there; `supply`, `rest`, `price`
    (sources,): units at first, not used yet, and what one is worth; `flow`, `gain` (columns, sources): units, and what
    one saves. `served` (sources, columns), `serving`: columns that each source serves; `swap`, `leave`: least loss from
    moving a unit to another source or to the alternative, of which columns (`swapped`, `left`), and whether that must
    be found anew (`dirty`); `onward`: next source on the best path, -1 for none. `turn`, `most` (columns,): columns
    that gain from any source, those first that gain most, and what each gains at most.
    """

    cost: np.ndarray
    way: np.ndarray
    free: np.ndarray
    exit: np.ndarray
    size: np.ndarray
    other: np.ndarray
    supply: np.ndarray
    rest: np.ndarray
    price: np.ndarray
    flow: np.ndarray
    gain: np.ndarray
    served: np.ndarray
    serving: np.ndarray
    swap: np.ndarray
    swapped: np.ndarray
    leave: np.ndarray
    left: np.ndarray
    onward: np.ndarray
    dirty: np.ndarray
    turn: np.ndarray
    most: np.ndarray


class Point(NamedTuple):
    """What one SKU does: units by shipment, delivery row and cover row, each counted from the SKU's first one, on hand
    (W, T + 1), lost by want; `total` (1,): what it costs at no prices.
    """

    ship: np.ndarray
    deliver: np.ndarray
    cover: np.ndarray
    lost: np.ndarray
    held: np.ndarray
    total: np.ndarray


class Used(NamedTuple):
    """What groups of SKUs put aboard each departure, (groups, S): m3, kg, units, money of value; and m3 held, (groups,
    W, T).
    """

    volume: np.ndarray
    weight: np.ndarray
    units: np.ndarray
    value: np.ndarray
    held: np.ndarray


def plain(fields: Any) -> Any:
    """The same named tuple with every array contiguous and writable: other kinds would be compiled for anew."""
    return fields._replace(**{
        name: np.require(field, requirements=["C", "W"])
        for name, field in fields._asdict().items() if isinstance(field, np.ndarray)
    })  # fmt: skip
