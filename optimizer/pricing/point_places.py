"""Where each amount of a compiled answer of the relaxation stands among the columns of its SKU's block."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.network.gather import position
from optimizer.network.network import Network
from optimizer.pricing import relaxed_routes


class Places(NamedTuple):
    """One SKU whose goods all move in whole cases.

    `ship`: which case of its layout each shipment of `relaxed_arrays.Stocks` is; `deliver`, `cover`, `lost`: columns,
    in the order of the rows there; `held` (W, T): column of stock on hand, -1 where none can be; `most`: units that
    each order may bring; `aimed`: column of the stock that each stock target asks for, -1 for none.
    """

    ship: np.ndarray
    deliver: np.ndarray
    cover: np.ndarray
    lost: np.ndarray
    held: np.ndarray
    most: np.ndarray
    aimed: np.ndarray


def places_of(net: Network, program: Program, column: np.ndarray) -> list[Places]:
    """The places of every SKU; `column` (columns of the program,): column within its block.

    Those of a SKU whose goods move in other quantities say nothing.
    """
    count = len(net.ground.skus)
    ends = {"deliver": net.deliveries, "end_cover": net.cover.keys, "lost": net.wants}
    parts = [
        _shipped(net, count),
        *(_by_sku(table["sku"], column[program.columns[name]], count) for name, table in ends.items()),
    ]
    held = _held(net, column[program.columns["on_hand"]], count)
    most = _by_sku(net.sku_orders["sku"], net.sku_orders["most"].to_numpy(dtype=np.float64), count)
    at = position(net.stock, net.targets, ["location", "sku", "period"])
    on_hand = column[program.columns["on_hand"]]
    aimed = _by_sku(net.targets["sku"], np.where(at >= 0, on_hand[at], -1) if len(on_hand) else at, count)
    return [
        Places._make(
            [*(part[sku].astype(np.int32) for part in parts), held[sku], most[sku], aimed[sku].astype(np.int32)]
        )
        for sku in range(count)
    ]


def _shipped(net: Network, count: int) -> list[np.ndarray]:
    """Number among its SKU's cases of each shipment, in the order of `relaxed_stocks`; -1 where it has no cases."""
    place, ships = relaxed_routes.places(net.ground), net.shipments
    sku, origin = ships["sku"].to_numpy(), place[ships["origin"].to_numpy()]
    case, cased = np.full(len(ships), -1), net.cased["shipment"].to_numpy()
    order = np.argsort(sku[cased], kind="stable")
    counted = np.cumsum(np.bincount(sku[cased], minlength=count))
    case[cased[order]] = np.arange(len(cased)) - np.concatenate([[0], counted])[sku[cased][order]]
    order = np.lexsort((origin, ships["period"].to_numpy(), origin >= 0))
    return _by_sku(sku[order], case[order], count)


def _by_sku(sku: np.ndarray | pd.Series, values: np.ndarray, count: int) -> list[np.ndarray]:
    sku = np.asarray(sku)
    order = np.argsort(sku, kind="stable")
    starts = np.searchsorted(sku[order], np.arange(1, count))
    return np.split(values[order], starts)


def _held(net: Network, column: np.ndarray, count: int) -> np.ndarray:
    place, rows = relaxed_routes.places(net.ground), net.stock
    found = np.full((count, int(place.max(initial=-1)) + 1, len(net.ground.scenario.calendar)), -1, np.int32)
    found[rows["sku"], place[rows["location"]], rows["period"]] = column
    return found
