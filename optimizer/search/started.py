"""What an earlier plan ships, as a whole answer of each SKU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.decomposition import search_block
from optimizer.decomposition.block import Block, places
from optimizer.decomposition.fleet import Finder
from optimizer.decomposition.offers import Offers, told
from optimizer.decomposition.relaxation import Desk, Relaxation, Sides
from optimizer.decomposition.strengthening import FIRST_EFFORT, QUICK_EFFORT
from optimizer.network.gather import position
from optimizer.network.network import Network


@dataclass(frozen=True)
class Shipped:
    """What a SKU shipped: `columns` (shipments,) of its block say how many cases, or units where any quantity goes;
    those at `places` among them were `amounts`, the others nothing.
    """

    columns: np.ndarray
    places: np.ndarray
    amounts: np.ndarray

    def sides(self, block: Block) -> Sides:
        """Column bounds of the block between which it ships the same, as far as its own bounds let it."""
        lower, upper = block.lower.copy(), block.upper.copy()
        amounts = np.zeros(len(self.columns))
        amounts[self.places] = self.amounts
        lower[self.columns] = upper[self.columns] = np.clip(amounts, lower[self.columns], upper[self.columns])
        return lower, upper


def shipped_by_sku(net: Network, program: Program, blocks: Sequence[Block], ship: pd.DataFrame) -> list[Shipped]:
    """What each SKU of a slice shipped, by `ship`: lane (code), sku (name), period, units. Shipments that the network
    does not know are left out.
    """
    columns, amounts = _shipments(net, program, places(blocks, sum(len(family) for family in program.variables)), ship)
    sku = net.shipments["sku"].to_numpy()
    order = np.argsort(sku, kind="stable")
    starts = np.searchsorted(sku[order], np.arange(len(blocks) + 1))
    parts = (order[start:stop] for start, stop in zip(starts[:-1], starts[1:], strict=True))
    return [_some(columns[part], amounts[part]) for part in parts]


class Recalling:
    """Finds whole answers of SKUs, numbered from `first` on, that ship what they shipped."""

    def __init__(
        self, relaxations: Sequence[Relaxation], finders: Sequence[Finder | None], shipped: Sequence[Shipped],
        first: int, links: int,
    ) -> None:  # fmt: skip
        self._relaxations, self._finders, self._shipped = relaxations, finders, shipped
        self._first, self._links = first, links

    def offers(self, prices: np.ndarray) -> Offers:
        """The cheapest answer at `prices` (links,) of each SKU that ships the same, or one near that where none does.

        However little time is left: it takes some milliseconds a SKU, and a plan comes of it.
        """
        return told(self._answers(prices), self._links)

    def _answers(self, prices: np.ndarray) -> Iterator[tuple[int, np.ndarray | None, Block]]:
        desk = Desk()
        for place, shipped in enumerate(self._shipped):
            relaxation = self._relaxations[place]
            x = _answer(relaxation, self._finders[place], shipped, prices, desk)
            yield self._first + place, x, relaxation.block


def _answer(
    relaxation: Relaxation, finder: Finder | None, shipped: Shipped, prices: np.ndarray, desk: Desk
) -> np.ndarray | None:
    block = relaxation.block
    sides, cost = shipped.sides(block), block.priced(prices)
    if finder is not None:
        same = replace(block, lower=sides[0], upper=sides[1])
        for like, effort in ((same, FIRST_EFFORT), (block, QUICK_EFFORT)):
            x = finder.find(like, cost, like.upper, sides[0], effort)
            if x is not None:
                return x
    return search_block.first(relaxation, prices, sides, desk, None)


def shipped_units(net: Network, ship: pd.DataFrame) -> np.ndarray:
    """Units of each shipment of a network (shipments,) by `ship`: lane (code), sku (name), period, units."""
    code = net.ground.sku_index.get_indexer(ship["sku"])
    keys = pd.DataFrame({"lane": ship["lane"], "sku": code, "period": ship["period"], "units": ship["units"]})
    keys = keys[code >= 0].drop_duplicates(["lane", "sku", "period"], keep="last")
    found = position(keys, net.shipments, ["lane", "sku", "period"])
    return np.where(found >= 0, np.append(keys["units"].to_numpy(), 0.0)[found], 0.0)


def _shipments(
    net: Network, program: Program, place: np.ndarray, ship: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """The column in its block that says how much each shipment is, and how much it was, each (shipments,)."""
    units, columns = shipped_units(net, ship), place[program.columns["ship"]]
    cased = net.cased["shipment"].to_numpy()
    columns[cased] = place[program.columns["cases"]]
    units[cased] = np.round(units[cased] / net.cased["multiple"].to_numpy())
    return columns, units


def _some(columns: np.ndarray, amounts: np.ndarray) -> Shipped:
    there = np.flatnonzero(amounts)
    return Shipped(columns.astype(np.int32), there.astype(np.int32), amounts[there])
