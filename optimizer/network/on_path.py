"""The index sets of SKUs on one sample path, and those of all paths together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer.network import limits, service
from optimizer.network.bounds import filling_units, spare_units, targeted_units, useful_aboard
from optimizer.network.cover import Cover, cover
from optimizer.network.reachable import ahead, earliest_periods
from optimizer.network.shipments import shipments
from optimizer.network.stock import ageing, stock
from optimizer.network.survey import Survey


@dataclass(frozen=True)
class Part:
    """The index sets of SKUs on one sample path."""

    shipments: pd.DataFrame
    stock: pd.DataFrame
    ageing: pd.DataFrame
    deliveries: pd.DataFrame
    wants: pd.DataFrame
    slow: pd.DataFrame
    targets: pd.DataFrame
    cover: Cover


def on_paths(ground: Survey, reach: np.ndarray, decided: np.ndarray) -> tuple[list[Part], np.ndarray]:
    """The index sets on every path, and the most units of a SKU that can be anywhere, (K,); `reach` (L, R) days,
    `decided` (sailings, K) decision days.

    What is decided now may serve a different part of demand on each path: units that are of use on any of them may be
    there on all.
    """
    paths, now = ground.on_paths(), decided < ground.committed_until
    wanted = np.any([_wanted(one, reach) for one in paths], axis=0)
    targets = [limits.targets(one) for one in paths]
    targeted = [targeted_units(one, mine) for one, mine in zip(paths, targets, strict=True)]
    spare, periods = spare_units(ground), len(ground.scenario.calendar)
    fillings = filling_units(ground) * (periods - 1)  # an order may be filled up every period
    demand = np.sum([one.demand.sum(axis=(0, 2)) for one in paths], axis=0)
    useful = useful_aboard(paths, reach, now, spare, targeted)
    parts = [
        _part(one, reach, decided, wanted, most, mine) for one, most, mine in zip(paths, useful, targets, strict=True)
    ]
    return parts, spare + fillings + demand + np.sum(targeted, axis=0)


def _part(
    ground: Survey, reach: np.ndarray, decided: np.ndarray, wanted: np.ndarray, useful: np.ndarray,
    targets: pd.DataFrame,
) -> Part:  # fmt: skip
    earliest = earliest_periods(ground, decided >= ground.scenario.calendar.starts[0])
    shipped = shipments(ground, decided, earliest, wanted, useful)
    held, delivered = stock(ground, earliest), service.deliveries(ground, earliest)
    return Part(
        shipments=shipped,
        stock=held,
        ageing=ageing(ground, held),
        deliveries=delivered,
        wants=service.wants(ground),
        slow=service.slow_limits(ground, delivered),
        targets=targets,
        cover=cover(ground, reach, _possible(ground, earliest, shipped)),
    )


def together(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all paths, those of each together."""
    return tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)


def together_covers(parts: list[Cover]) -> Cover:
    """The end-stock index sets of all paths; what is worth what is the same on each."""
    keys, held, wanted = (together([getattr(part, name) for part in parts]) for name in ("keys", "stock", "demand"))
    return replace(parts[0], keys=keys, stock=held, demand=wanted)


def _wanted(ground: Survey, reach: np.ndarray) -> np.ndarray:
    """Whether a SKU may move to a location for what this path brings, (L, K): demand, a price without limit or a target
    is within reach of it, or it is at home, where dead stock finds cheaper room and a filler completes an order.
    """
    sold = (ground.demand > 0).any(axis=2)
    open_ended = (ground.scenario["regions"]["kind"] != "customers").to_numpy()
    priced = ~np.isnan(service.prices(ground, ground.scenario.calendar.starts[:1]))[:, :, 0]
    targeted = np.zeros((len(ground.locations), len(ground.skus)), dtype=bool)
    table = ground.scenario["stock_targets"]
    targeted[ground.locations.get_indexer(table["location"]), ground.sku_index.get_indexer(table["sku"])] = True
    sellable = np.isfinite(reach).astype(float) @ (sold | (priced & open_ended[:, None])) > 0
    return sellable | (ground.once(ahead) @ targeted) | (ground.kinds == "domestic")[:, None]


def _possible(ground: Survey, earliest: np.ndarray, shipped: pd.DataFrame) -> np.ndarray:
    periods = len(ground.scenario.calendar)
    possible = (earliest < periods) & (ground.kinds != "supplier")[:, None]
    late = shipped[shipped["arrival"] == periods]
    possible[late["destination"], late["sku"]] = True
    coming = ground.receipts[ground.receipts["period"] == periods]
    possible[coming["location"], coming["sku"]] = True
    return possible
