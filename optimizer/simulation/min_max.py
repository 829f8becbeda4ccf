"""Min-max: a place whose stock has fallen to its minimum is filled up to its maximum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.simulation.base_stock import fulfilled, protected, ways_of
from optimizer.simulation.pace import mean_and_spread
from optimizer.simulation.placing import position
from optimizer.simulation.policy import Decisions, Known
from optimizer.simulation.scene import WEEK
from optimizer.simulation.ways import Prefer


@dataclass(frozen=True)
class MinMax:
    """Minimum: what sells in the lead time and `min_days` more (fewer below 0); maximum: `order_days` beyond.
    Places that others are filled from count all stock below them. `weeks`: how far back the pace of sales is learnt
    from.
    """

    min_days: float = 14.0
    order_days: float = 21.0
    weeks: int = 8
    prefer: Prefer = "cheapest"
    name: str = "min-max"

    def decide(self, known: Known) -> Decisions:
        """Fill up the places that have fallen to their minimum."""
        ways = ways_of(known.scene, self.prefer)
        pace, _ = mean_and_spread(known, self.weeks)
        weekly = ways.with_all_below(ways.at_stores(pace))
        lowest = weekly * (protected(ways)[0] - 1.0 + self.min_days / WEEK)
        have = ways.with_all_below(position(known))
        needs = np.where((have <= lowest) & (weekly > 0), lowest + weekly * self.order_days / WEEK - have, 0.0)
        return Decisions(fulfilled(known, ways, np.maximum(needs, 0.0)).table())
