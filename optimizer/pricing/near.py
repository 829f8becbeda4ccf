"""What finds whole answers of SKUs near points of their relaxations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.algebra.program import Program
from optimizer.decomposition.block import Block
from optimizer.network.network import Network
from optimizer.pricing.relaxed_arrays import Point
from optimizer.pricing.whole import TRIALS, Wholes


@dataclass(frozen=True)
class Near:
    """Whole answers of one SKU by local search (`decomposition.fleet.Finder`)."""

    wholes: Wholes
    place: int

    def find(
        self, block: Block, cost: np.ndarray, upper: np.ndarray, near: np.ndarray, effort: float = 1.0
    ) -> np.ndarray | None:
        """A whole answer (n,) of the block, cheap at `cost` (n,), up to `upper` (n,), near a point; None if none."""
        found = self.wholes.answer(self.place, block, cost, near, upper, max(round(effort * TRIALS), 1))
        return None if found is None else found.x

    def spelled(self, block: Block, point: Point) -> np.ndarray | None:
        """A point that a kernel found, as columns (n,) of the block; None where the SKU has no layout."""
        return self.wholes.spelled(self.place, block, point)


def finders(net: Network, program: Program, blocks: Sequence[Block]) -> list[Near]:
    """What finds whole answers of each SKU of a slice."""
    wholes = Wholes(net, program, blocks)
    return [Near(wholes, place) for place in range(len(blocks))]
