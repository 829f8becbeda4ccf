"""What finds whole answers of SKUs near points of their relaxations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.algebra.program import Program
from optimizer.decomposition.block import Block
from optimizer.network.network import Network
from optimizer.pricing.whole import TRIALS, Wholes

#: Moves that are tried from an answer to other prices.
FEWER = 300


@dataclass(frozen=True)
class Near:
    """Whole answers of one SKU by local search (`decomposition.fleet.Finder`)."""

    wholes: Wholes
    place: int

    def find(
        self, block: Block, cost: np.ndarray, upper: np.ndarray, near: np.ndarray, known: bool
    ) -> np.ndarray | None:
        """A whole answer (n,) of the block, cheap at `cost` (n,), up to `upper` (n,), near a point; None if none."""
        trials = FEWER if known else TRIALS
        found = self.wholes.answer(self.place, block, cost, near, upper, trials)
        return None if found is None else found.x


def finders(net: Network, program: Program, blocks: Sequence[Block]) -> list[Near]:
    """What finds whole answers of each SKU of a slice."""
    wholes = Wholes(net, program, blocks)
    return [Near(wholes, place) for place in range(len(blocks))]
