"""The most units that can be of use, so that every column has a finite bound and every big-M comes from data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from optimizer.network.orders import supplier_orders
from optimizer.network.reachable import ahead
from optimizer.network.shipments import supplier_costs
from optimizer.network.survey import Survey


def spare_units(ground: Survey) -> np.ndarray:
    """Units of a SKU that may be about without demand for them, (K,): stock, goods in transit, a case at every place,
    least orders, one multiple, locks, and what the last plan ships where that has a price.

    Nothing more is ever bought than demand, one rounding up to whole cases wherever they arrive, one to a least order
    or multiple, what fills an order up to its least value, and what locks force.
    """
    spare = np.zeros(len(ground.skus))
    for table in (ground.lots, ground.receipts):
        spare += np.bincount(table["sku"], table["units"], minlength=len(spare))
    least = np.nan_to_num(ground.sourcing("moq")) + np.nan_to_num(ground.sourcing("order_multiple"))
    spare += least.max(axis=0, initial=0.0) + len(_stocking(ground)) * np.nan_to_num(ground.goods.case_pack)
    spare += filling_units(ground)
    settings, last = ground.scenario.settings, ground.scenario["last_plan"]
    if settings.change_rate > 0:  # to ship it again may be cheaper than to change it
        spare += np.bincount(ground.sku_index.get_indexer(last["sku"]), last["units"], minlength=len(spare))
    locks = ground.scenario["locks"]
    times = np.where(locks["date"].isna(), len(ground.scenario.calendar), 1)
    return spare + np.bincount(ground.sku_index.get_indexer(locks["sku"]), locks["least"] * times, minlength=len(spare))


def filling_units(ground: Survey) -> np.ndarray:
    """Units of a SKU that are worth the least order of every supplier by themselves, in the dearest period, (K,)."""
    orders, units = ground.once(supplier_orders), np.zeros(len(ground.skus))
    for supplier, rows in orders.groupby("origin"):
        days = ground.scenario.calendar.starts[rows["period"]]
        cost = np.stack([supplier_costs(ground, supplier, day) for day in days])
        least = np.broadcast_to(rows["least"].to_numpy()[:, None], cost.shape)
        units += np.divide(least, cost, out=np.zeros_like(cost), where=cost > 0).max(axis=0)
    return units


def targeted_units(ground: Survey, targets: pd.DataFrame) -> np.ndarray:
    """Units of a SKU that stock targets ask for, over all locations, (K,)."""
    most = targets.groupby(["location", "sku"], as_index=False)["least"].max()
    return np.bincount(most["sku"], most["least"], minlength=len(ground.skus))


def useful_aboard(
    paths: Sequence[Survey], reach: np.ndarray, now: np.ndarray, spare: np.ndarray, targeted: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """Most units of a SKU that are of use aboard a departure, (sailings, K) on each path: what they can still serve
    where they arrive, stock targets (`targeted`, (K,) on each path) included, and the spare ones, less the cases at
    places to which no way leads from there.

    What is decided now (`now`, (sailings, K)) is one shipment on all paths. Where another one that is decided now can
    take it further, it may have to be more than any path has use for: ten units for the west on one path and ten for
    the east on another, or ten by each of two ships of which one may be late, are twenty to be bought. But each unit
    serves on some path, so it is no more than all paths have use for together. Where none takes it further, the units
    that serve one path serve the others too, and the path with most use for them says how many.
    """
    own = [_served(ground, reach) + more for ground, more in zip(paths, targeted, strict=True)]
    joint, onward, ground = np.sum(own, axis=0), _onward(paths[0]), paths[0]
    stocking = _stocking(ground)
    elsewhere = np.outer((~ground.once(ahead)[:, stocking]).sum(axis=1), np.nan_to_num(ground.goods.case_pack))
    useful = []
    for ground, mine in zip(paths, own, strict=True):
        to, arrival = (ground.sailings[name].to_numpy() for name in ("destination", "arrival"))
        adds_up = now & (arrival <= onward[to])[:, None]
        served = np.where(adds_up, joint[to, arrival], mine[to, arrival])
        useful.append(np.minimum(served + spare - elsewhere[to], units_there_can_be(ground)))
    return useful


def _served(ground: Survey, reach: np.ndarray) -> np.ndarray:
    """Demand on its path that units can still serve that arrive at a location in a period, (L, T + 1, K)."""
    later = np.cumsum(ground.demand[:, :, ::-1], axis=2)[:, :, ::-1]
    periods = len(ground.scenario.calendar)
    after = np.concatenate([later, np.zeros((*later.shape[:2], 1))], axis=2)[:, :, : periods + 1]
    return np.einsum("lr,rkt->ltk", np.isfinite(reach).astype(float), after)


def _onward(ground: Survey) -> np.ndarray:
    """The last period in which a departure that is decided now leaves a location, (L,); -1 where none does."""
    departs = ground.sailings["departs_on"].to_numpy().astype("datetime64[D]")
    mine = ground.sailings[departs < ground.committed_until]
    last = np.full(len(ground.locations), -1)
    np.maximum.at(last, mine["origin"].to_numpy(), mine["period"].to_numpy())
    return last


def units_there_can_be(ground: Survey) -> np.ndarray:
    """Units of a SKU that there can ever be, (K,): stock and goods in transit where it cannot be bought; else inf."""
    held = np.zeros(len(ground.skus))
    for table in (ground.lots, ground.receipts):
        held += np.bincount(table["sku"], table["units"], minlength=len(held))
    return np.where(np.isnan(ground.unit_costs).all(axis=0), held, np.inf)


def _stocking(ground: Survey) -> np.ndarray:
    """Codes of the locations that hold stock of ours."""
    return np.flatnonzero(ground.kinds != "supplier")
