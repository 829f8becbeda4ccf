"""Each SKU as a small network: what is left to decide once its whole cases are fixed is a flow of least cost.

Nodes: 0 for all the rest of the world; stock rows; demands; limits of slow delivery; stock targets; stock left at the
end by bucket; demand after the end by bucket. Stock that is carried over takes one arc for each age tier: first in,
first out, only what exceeds the receipts of the last days is as old, so the first arcs have room for those alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from optimizer.network.gather import position
from optimizer.network.network import Network


class Layout(NamedTuple):
    """One SKU. Arcs: `tail`, `head`, `most` (arcs,); cost = `sign` x the cost of `column` + the cost of the arc
    `before`, where there are such (else -1). `above` (nodes,): the arc of a first tree; `supply` (nodes,): units known.

    Cases (a row each): `case` (column of the block), `units` of a step, `source` and `sink` (nodes), `leaves` and
    `comes` (place x periods + period; -1: from outside, beyond the horizon), `goal` (place to which they go), `order`
    (-1: none). Orders: `least` (units), `placed` (column). Tiers: `tier` (arc), `under` (the arc before it), `since`
    and `until` (as `comes`: what came from `since` to `until` is younger), `young` (units of opening stock that are).
    `coming` (places x periods,): receipts known, `held` with opening stock; `periods` (1,); `territory` (places,).
    `wanted` (targets,): units asked for, in the order of their arcs. `tracked`: columns of receipts summed up to
    `moment`.
    """

    tail: np.ndarray
    head: np.ndarray
    most: np.ndarray
    column: np.ndarray
    sign: np.ndarray
    before: np.ndarray
    above: np.ndarray
    supply: np.ndarray
    case: np.ndarray
    units: np.ndarray
    source: np.ndarray
    sink: np.ndarray
    leaves: np.ndarray
    comes: np.ndarray
    goal: np.ndarray
    order: np.ndarray
    least: np.ndarray
    placed: np.ndarray
    tier: np.ndarray
    under: np.ndarray
    since: np.ndarray
    until: np.ndarray
    young: np.ndarray
    coming: np.ndarray
    held: np.ndarray
    periods: np.ndarray
    territory: np.ndarray
    wanted: np.ndarray
    tracked: np.ndarray
    moment: np.ndarray


@dataclass
class Arcs:
    """Arcs of all SKUs as they are drawn; a table of sku, tail, head, most, column, sign and the arc before each."""

    parts: list[np.ndarray] = field(default_factory=list)
    count: int = 0

    def draw(self, sku, tail, head, most, column, sign=1.0, before=-1) -> np.ndarray:  # type: ignore[no-untyped-def]
        """Numbers of new arcs."""
        table = np.empty((7, len(sku)))
        for row, values in enumerate((sku, tail, head, most, column, sign, before)):
            table[row] = values
        self.parts.append(table)
        self.count += len(sku)
        return np.arange(self.count - len(sku), self.count)


@dataclass
class Nodes:
    """Number of each node within its SKU and the arc above it, family by family; `supply` units that are known."""

    tables: dict[str, pd.DataFrame]
    count: np.ndarray
    number: dict[str, np.ndarray]
    above: dict[str, np.ndarray]
    supply: dict[str, np.ndarray]

    def at(self, family: str, entries: pd.DataFrame, on: list) -> np.ndarray:  # type: ignore[type-arg]
        """Node of the family for each entry, 0 where there is none."""
        found = position(self.tables[family], entries, on)
        return np.where(found >= 0, self.number[family][found], 0) if len(self.number[family]) else np.zeros_like(found)


def nodes_of(net: Network) -> Nodes:
    """All nodes of a network."""
    tables = {
        "stock": net.stock, "wants": net.wants, "slow": net.slow, "targets": net.targets,
        "left": net.cover.stock, "later": net.cover.demand,
    }  # fmt: skip
    count, number = np.ones(len(net.ground.skus), dtype=np.int64), {}
    for name, table in tables.items():
        sku = table["sku"].to_numpy()
        number[name] = count[sku] + rank(sku)
        count = count + np.bincount(sku, minlength=len(count))
    supply = {name: np.zeros(len(table)) for name, table in tables.items()}
    supply["stock"] = (net.stock["opening"] + net.stock["receipts"]).to_numpy()
    supply["wants"] = -net.wants["units"].to_numpy()
    left = net.cover.stock.assign(row=np.arange(len(net.cover.stock))).sort_values(["sku", "location", "bucket"])
    landed = left["landing"] - left.groupby(["sku", "location"])["landing"].shift(fill_value=0.0)
    supply["left"][left["row"]] = landed
    above = {name: np.full(len(table), -1) for name, table in tables.items()}
    return Nodes(tables, count, number, above, supply)


def rank(sku: np.ndarray) -> np.ndarray:
    """Place of each row among those of its SKU."""
    order = np.argsort(sku, kind="stable")
    found = np.empty(len(sku), dtype=np.int64)
    found[order] = np.arange(len(sku)) - np.searchsorted(sku[order], sku[order])
    return found
