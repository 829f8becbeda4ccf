"""A catalogue dealt out to workers, SKU by SKU in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

import numpy as np
import pandas as pd

from optimizer.decomposition.crew import Each
from optimizer.decomposition.offers import Offers
from optimizer.network.horizon import horizon
from optimizer.scenario.scenario import Scenario
from optimizer.search import slices

#: What of the demand a plan for one path of it reads; of large catalogues the spread takes more room than all the rest.
EXPECTED = ["sku", "region", "starts_on", "days", "mean"]
#: What an earlier plan shipped, as shipments of a scenario.
Earlier = Callable[[Scenario], pd.DataFrame]


class Dealt(Sequence[slices.Share]):
    """A scenario dealt out to workers. A share is made each time that it is asked for: together they take as much room
    as the scenario.
    """

    def __init__(self, scenario: Scenario, workers: int, earlier: Earlier | None) -> None:
        self._beyond, self._earlier = horizon(scenario), earlier
        self._scenario = scenario.with_tables(demand=scenario["demand"][EXPECTED])
        self._names = scenario["skus"]["sku"].to_numpy(dtype=object)
        self._workers, self._turn = max(min(workers, len(self._names)), 1), 0

    @property
    def names(self) -> np.ndarray:
        """The SKUs in the order of their numbers."""
        return np.concatenate([self._names[turn :: self._workers] for turn in range(self._workers)])

    @property
    def firsts(self) -> list[int]:
        """The number of the first SKU of each share, and how many SKUs there are."""
        counts = [len(self._names[turn :: self._workers]) for turn in range(self._workers)]
        return [0, *np.cumsum(counts).tolist()]

    def some(self, which: np.ndarray, most: int) -> np.ndarray:
        """About so many, `most`, of some SKUs (numbers, in order): every so manieth, or where workers lay slices aside
        all of them in a slice of each worker, or as many as it takes, so that few need be opened; others each time.
        """
        if not slices.packs(int(max(np.diff(self.firsts)))):
            return which[:: max(len(which) // most, 1)]
        worker = np.searchsorted(self.firsts, which, side="right") - 1
        part = (which - np.array(self.firsts)[worker]) // slices.SLICE
        count = -(-int(max(np.diff(self.firsts))) // slices.SLICE)
        turn = (part - self._turn) % count
        last = int(np.flatnonzero(np.cumsum(np.bincount(turn, minlength=count)) >= min(most, len(which)))[0])
        self._turn += last + 1
        return which[turn <= last]

    def each(self, offers: Offers) -> Each:
        """Offers of any SKUs, to each worker its own."""
        worker = np.searchsorted(self.firsts, offers.block, side="right") - 1
        return Each(offers.only(np.flatnonzero(worker == place)) for place in range(len(self)))

    def __len__(self) -> int:
        return self._workers

    @overload
    def __getitem__(self, place: int) -> slices.Share: ...
    @overload
    def __getitem__(self, place: slice) -> list[slices.Share]: ...
    def __getitem__(self, place: int | slice) -> slices.Share | list[slices.Share]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        part = self._scenario.only(self._names[place :: self._workers])
        ship = None if self._earlier is None else self._earlier(part)
        return slices.Share(part, self.firsts[place], self._beyond, -(-slices.GROUPS // self._workers), ship)


def shares(scenario: Scenario, workers: int, earlier: Earlier | None = None) -> Dealt:
    """The scenario dealt out to workers, SKU by SKU in turn, so that slow and fast movers are spread alike; SKUs are
    numbered share by share. `earlier` tells what an earlier plan shipped of some SKUs, if there is one.
    """
    return Dealt(scenario, workers, earlier)
