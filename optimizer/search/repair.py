"""What a choice of answers lacks is made good: SKUs are asked again, at other prices or with rows closed to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optimizer.decomposition.offers import Offers
from optimizer.search.booking import Booked
from optimizer.search.pricing import Pricing

#: About so many SKUs are asked to make good what is lacking, though more could.
ASKED = 1_000
#: SKUs that use so many times what is too much of a row are asked to do without it.
AMPLE = 5.0


@dataclass
class Repair:
    """Repairs one choice, `prices` (links,) being those at which its answers were found and `raised` (links,) what a
    unit that is lacking is worth at most.

    Where a row lacks something for the first time, SKUs are asked at dearer prices. Later it is closed to as many of
    them as it takes: what nobody uses lacks nothing, so that repairs come to an end wherever every SKU can do without.
    """

    pricing: Pricing
    booked: Booked
    prices: np.ndarray
    raised: np.ndarray

    def __post_init__(self) -> None:
        self._seen = np.zeros(len(self.prices), dtype=bool)

    def mended(self, chosen: Offers, lacks: np.ndarray) -> Offers:
        """Answers that some SKUs had better give instead of those `chosen` (one of every SKU, in order), so that less
        is lacking; `lacks` (links,) units: more of a row is wanted where positive, less of it where negative.
        """
        rows, missing = self.pricing.rows, lacks != 0
        again = missing & self._seen
        self._seen |= missing
        self._seen |= rows.orders & np.isin(np.arange(len(lacks)), rows.closing[missing])
        return self._without(chosen, np.where(again, lacks, 0.0)) if again.any() else self._dearer(chosen, lacks)

    def _dearer(self, chosen: Offers, lacks: np.ndarray) -> Offers:
        """What some SKUs answer where the lacking rows are dearer."""
        asked = _users(chosen, np.isin(self.pricing.rows.kin, self.pricing.rows.kin[lacks != 0]))
        asked = self.pricing.some(asked, ASKED)
        prices = self.prices + np.sign(lacks) * self.raised
        fresh = self.pricing.offer(self.booked, prices, chosen.only(asked), asked)
        return fresh.only(self._enough(chosen, fresh, lacks))

    def _without(self, chosen: Offers, lacks: np.ndarray) -> Offers:
        """What SKUs answer without the rows that lack something: all that share an order that is not worth placing, as
        many as it takes of those that use too much of something else.
        """
        closed = np.zeros(len(lacks), dtype=bool)
        closed[self.pricing.rows.closing[lacks != 0]] = True
        orders = closed & self.pricing.rows.orders
        must = _users(chosen, orders)
        asked = np.union1d(must, self._heaviest(chosen, np.where(orders[self.pricing.rows.closing], 0.0, lacks)))
        without = replace(self.booked, closed=self.booked.closed | closed)
        self.booked = replace(self.booked, closed=self.booked.closed | orders)
        fresh = self.pricing.offer(without, self.prices, chosen.only(asked), asked)
        others = np.where(orders[self.pricing.rows.closing], 0.0, lacks)
        all_of = np.flatnonzero(np.isin(fresh.block, must))
        return fresh.only(np.union1d(all_of, self._enough(chosen, fresh, others)))

    def _heaviest(self, chosen: Offers, lacks: np.ndarray) -> np.ndarray:
        """Numbers of the SKUs that use most of the lacking rows, several times as much as is too much."""
        found = [np.zeros(0, np.int64)]
        for row in np.flatnonzero(lacks):
            used = np.abs(np.asarray(chosen.usage[:, [row]].todense()).ravel())
            order = np.argsort(-used, kind="stable")
            enough = int(np.searchsorted(np.cumsum(used[order]), AMPLE * abs(lacks[row]))) + 1
            found.append(order[: min(enough, np.count_nonzero(used))])
        return chosen.block[np.unique(np.concatenate(found))]

    def _enough(self, chosen: Offers, fresh: Offers, lacks: np.ndarray) -> np.ndarray:
        """Fresh answers (positions), those first that cost least for what they make good, until nothing is lacking."""
        rows = np.flatnonzero(lacks)
        before = chosen.only(fresh.block)
        change = fresh.usage - before.usage
        dearer = np.maximum(fresh.cost - before.cost - change @ self.prices, 0.0)
        helps = np.asarray(change[:, rows].todense()) * np.sign(lacks[rows])
        wanted, taken = np.abs(lacks[rows]), list[int]()
        gain = np.minimum(np.maximum(helps, 0.0) / wanted, 1.0).sum(axis=1)
        useful = np.flatnonzero(gain > 0)
        for place in useful[np.argsort(dearer[useful] / gain[useful], kind="stable")]:
            if (helps[place][wanted > 0] > 0).any():
                wanted, taken = wanted - helps[place], [*taken, int(place)]
        return np.array(taken, np.int64)


def _users(chosen: Offers, rows: np.ndarray) -> np.ndarray:
    """Numbers of the SKUs whose answers use any of the rows, (links,) true."""
    return chosen.block[np.asarray(abs(chosen.usage[:, np.flatnonzero(rows)]).sum(axis=1)).ravel() > 0]
