"""The whole answers of SKUs that are known, and which of them are cheapest."""

from __future__ import annotations

import numpy as np

from optimizer.decomposition.mixes import grouped
from optimizer.decomposition.offers import Offers


class Offered:
    """All offers of so many SKUs over some linking rows, `all`, in the order in which they came."""

    def __init__(self, blocks: int, links: int) -> None:
        self.all, self._blocks = Offers.none(links), blocks
        self._turns: list[np.ndarray] = []

    def __len__(self) -> int:
        return len(self.all)

    def keep(self, fresh: Offers) -> np.ndarray:
        """Take offers in; their places among all."""
        places = len(self.all) + np.arange(len(fresh))
        self.all = self.all + fresh
        if len(fresh) == len(np.unique(fresh.block)) == self._blocks:
            self._turns.append(places)
        return places

    @property
    def complete(self) -> bool:
        """Whether every SKU has made an offer."""
        return len(np.unique(self.all.block)) == self._blocks

    @property
    def turns(self) -> int:
        """How often all SKUs have made an offer at one time."""
        return len(self._turns)

    def in_groups(self, groups: int) -> Offers:
        """What groups of SKUs have offered at one time, added up; their first offers where that never was."""
        turns = self._turns or [np.unique(self.all.block, return_index=True)[1]]
        return grouped(self.all.worth(np.concatenate(turns)), self._blocks, groups)

    def least(self, value: np.ndarray, closed: np.ndarray) -> np.ndarray:
        """The least of some values (offers,) for each SKU, of offers that use nothing `closed` (links,); infinite where
        there is none.
        """
        least, open_ = np.full(self._blocks, np.inf), ~self._barred(closed)
        np.minimum.at(least, self.all.block[open_], value[open_])
        return least

    def cheapest(self, prices: np.ndarray, closed: np.ndarray) -> np.ndarray:
        """The offer of each SKU (positions) that is cheapest at prices, of those that use nothing closed if any."""
        value = self.all.cost - self.all.usage @ prices
        order = np.lexsort((value, self._barred(closed), self.all.block))
        return order[np.flatnonzero(np.diff(self.all.block[order], prepend=-1))]

    def _barred(self, closed: np.ndarray) -> np.ndarray:
        """Offers (offers,) true that use something closed."""
        return np.asarray(abs(self.all.usage[:, np.flatnonzero(closed)]).sum(axis=1)).ravel() > 0
