"""What the linking rows are: families, rows of one supplier, and which row to close where one cannot be kept."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.program import Program
from optimizer.decomposition.master import Linking
from optimizer.decomposition.offers import Offers
from optimizer.network.network import Network


class LinkRows:
    """The linking rows of a program, in order: `family` (links,) number of the family of rows of each; `kin` (links,)
    the same number for all rows of a supplier's orders and another for every other row; `closing` (links,) the row
    without which nothing of a row can be lacking; `orders` (links,) true for rows that say whether an order is placed.
    """

    def __init__(self, net: Network, program: Program, linking: Linking) -> None:
        self._rows, self._place = program.rows, np.full(linking.form.matrix.shape[0], -1)
        self._place[linking.links] = np.arange(len(linking.links))
        family = np.zeros(len(self._place), np.int64)
        for number, rows in enumerate(program.rows.values()):
            family[rows] = number
        self.family = family[linking.links]
        self.kin, self.closing = np.arange(len(linking.links)), np.arange(len(linking.links))
        self.orders = np.zeros(len(linking.links), dtype=bool)
        least, placed = self.of("supplier_minimum"), self.of("supplier_minimum_placed")
        self.closing[least], self.orders[placed] = placed, True
        supplier = len(linking.links) + net.supplier_orders["origin"].to_numpy()
        self.kin[least] = self.kin[placed] = supplier

    def of(self, name: str) -> np.ndarray:
        """Positions among the linking rows of a family of rows."""
        return self._place[self._rows[name]]

    def penalty(self, offers: Offers, prices: np.ndarray, times: float, worth: float) -> np.ndarray:
        """What a missing unit of each linking row is charged at first (links,): so many times the highest of `prices`
        (links,) in its family of rows, and at least `worth` times what `offers` cost for a unit that they use of the
        family. Much higher ones would be safer, but no solver keeps its tolerances beside them.
        """
        used, cost = np.asarray(abs(offers.usage).sum(axis=0)).ravel(), np.abs(offers.cost).sum()
        count = self.family.max(initial=0) + 1
        highest, units = np.zeros(count), np.bincount(self.family, used, count)
        np.maximum.at(highest, self.family, np.abs(prices))
        per_unit = np.divide(cost, units, out=np.zeros(count), where=units > 0)
        return np.maximum(np.maximum(times * highest, worth * per_unit)[self.family], 1e-6)
