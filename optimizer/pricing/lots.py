"""Lot-sizing rows of a SKU: what whole cases must have brought before demand can be served.

Over a set of places, each with an interval of periods, stock before + what the past sends + case pack x (cases that
come less cases that go) is at least what is delivered and left. Demand of a chosen part of the deliveries then asks
for whole cases, or is left undelivered: a mixed-integer rounding inequality (Nemhauser and Wolsey 1990). Which part
breaks it most is known in closed form: deliveries that lack a smaller share of their demand than what the cases that
come lack to be whole. Several roundings over the same places are mixed (Günlük and Pochet 2001), which lot sizing in
constant batches needs (Pochet and Wolsey, Production Planning by Mixed Integer Programming, 2006, chapter 9). Least
orders add flow cover inequalities.
"""

from __future__ import annotations

import numpy as np

from optimizer.decomposition.cuts import Cuts
from optimizer.pricing.rows_flows import Flows

#: Rows broken by less, in cases, are no help; nor is a choice this near to one of its two sides.
LEAST_VIOLATION, NEARLY = 1e-3, 0.02


class LotRows:
    """Finds lot-sizing rows of one SKU."""

    def __init__(self, flows: Flows) -> None:
        self.flows = flows

    def violated(self, x: np.ndarray, most: int) -> Cuts:
        """At most so many rows that `x` (n,) breaks, the worst first."""
        # Compiled code takes a while to load, and is needed by large catalogues only.
        from optimizer.pricing.rows_find import found

        starts, columns, values, lower = found(self.flows, x, most, LEAST_VIOLATION * self.flows.pack)
        return Cuts(starts, columns, values, lower, len(x))

    def choice(self, x: np.ndarray) -> np.ndarray | None:
        """The orders, where `x` (n,) places less than one in all; else None."""
        placed = x[self.flows.orders].sum()
        return self.flows.orders if NEARLY < placed < 1 - NEARLY else None
