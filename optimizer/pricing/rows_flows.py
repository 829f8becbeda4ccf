"""The columns of a SKU's block that move units, as arrays that compiled separation reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Flows(NamedTuple):
    """Columns over L places and W periods: T of the horizon, then the buckets that follow it.

    Moves (M,): `moved` column, `origin` (-1: from outside), `departs`, `destination`, `arrives` (W: never), `steps`
    (cases of each step, whole numbers), `order` (place in `orders`, -1: none is asked for). `orders` (O,): columns that
    are 1 where anything is ordered. Ends (E,), deliveries and cover of later demand, sorted by period, wish and
    slowness, the slowest first: `taken` column, `place`, `period`, `wish` (number of the region and period), `days`,
    `most` (units that all ends of the wish that take so many days or longer may get together). `held` (L, T): column of
    stock at the end of each period, -1: none can be there. `least`, `short` (L, T): units that should be held, and the
    column of those that lack (-1: none). `known` (L, W + 1): units that the past sends, summed before each period.

    Cells number (place, period): place x (W + 1) + period, with a last row for what is outside: `into`, `out_of` (M,)
    cells of arrival and departure, `cell` (E,) of ends. `groups` (G, L): places that are looked at together; `homes`
    (L,): those that order.
    """

    pack: float
    groups: np.ndarray
    homes: np.ndarray
    moved: np.ndarray
    origin: np.ndarray
    departs: np.ndarray
    destination: np.ndarray
    arrives: np.ndarray
    steps: np.ndarray
    into: np.ndarray
    out_of: np.ndarray
    order: np.ndarray
    orders: np.ndarray
    taken: np.ndarray
    place: np.ndarray
    period: np.ndarray
    cell: np.ndarray
    wish: np.ndarray
    days: np.ndarray
    most: np.ndarray
    held: np.ndarray
    least: np.ndarray
    short: np.ndarray
    known: np.ndarray


class Now(NamedTuple):
    """What a point says of flows: moves (positions) and cases aboard where there are any, ends likewise with their
    units, units of all ends `served` (E,), units held before each period (L, T + 1) and lacking at its end (L, T), and
    share of each order (O,).
    """

    moves: np.ndarray
    cases: np.ndarray
    ends: np.ndarray
    units: np.ndarray
    served: np.ndarray
    before: np.ndarray
    lacking: np.ndarray
    ordered: np.ndarray


class Room(NamedTuple):
    """Room to work in, over W periods and buckets and L places.

    `net`, `known`, `wanted`, `missing`, `weights` (W + 1,), `before` (T + 1,): of a group or set, by period; `units`,
    `excess` (W + 1,): what ends get, and what they get beyond their most, summed before each period; `ends` (ends,) of
    a group, `starts` (W + 2,): where those of each period start; `steps` (W + 1, 3): a staircase; `inside`
    ((L + 1) x (W + 1),): marks of cells; `bought` (O,): units by order; `first`, `last` (L,): intervals; `other` (2, W
    + 1): `wanted` and `missing` of the choice before.
    """

    net: np.ndarray
    known: np.ndarray
    wanted: np.ndarray
    missing: np.ndarray
    weights: np.ndarray
    before: np.ndarray
    units: np.ndarray
    excess: np.ndarray
    ends: np.ndarray
    starts: np.ndarray
    steps: np.ndarray
    inside: np.ndarray
    bought: np.ndarray
    first: np.ndarray
    last: np.ndarray
    other: np.ndarray


class Sets(NamedTuple):
    """Sets of places and intervals whose rows are broken: `code` (n, 4): group, two periods and kind (see
    `rows_build`); `broken` (n,): by how many units.
    """

    code: np.ndarray
    broken: np.ndarray
