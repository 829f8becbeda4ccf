"""Where the relaxations of a worker's SKUs stand: open, or packed slice by slice where they are many."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from typing import overload

from optimizer.decomposition.relaxation import Relaxation
from optimizer.search.slices import Slice

#: A worker with more SKUs packs those of all slices but one: open, one takes some 200 kB; packed, about 20.
PACKED_ABOVE = 3_000
#: Level of compression: one pass over a slice must cost little beside what is done with it.
LEVEL = 1


class Shelf(Sequence[Relaxation]):
    """The relaxations of some slices, in order. Where they are packed, what they have learnt (bases and cuts) is lost
    with each slice that makes room for another.
    """

    def __init__(self, skus: int) -> None:
        self._packs = skus > PACKED_ABOVE
        self._slices: list[bytes | list[Relaxation]] = []
        self._starts = [0]
        self._open: tuple[int, list[Relaxation]] = (-1, [])

    def put(self, part: Slice) -> None:
        """Add the SKUs of a slice."""
        kept = part.relaxations()
        self._starts.append(self._starts[-1] + len(kept))
        self._slices.append(zlib.compress(pickle.dumps(part, 5), LEVEL) if self._packs else kept)

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, place: int) -> Relaxation: ...
    @overload
    def __getitem__(self, place: slice) -> list[Relaxation]: ...
    def __getitem__(self, place: int | slice) -> Relaxation | list[Relaxation]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        which = self._slice_of(place)
        return self._opened(which)[place - self._starts[which]]

    def __iter__(self) -> Iterator[Relaxation]:
        for which in range(len(self._slices)):
            yield from self._opened(which)

    def _slice_of(self, place: int) -> int:
        low, high = 0, len(self._slices) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._starts[middle] <= place else (low, middle - 1)
        return low

    def _opened(self, which: int) -> list[Relaxation]:
        kept = self._slices[which]
        if isinstance(kept, list):
            return kept
        if self._open[0] != which:
            self._open = which, pickle.loads(zlib.decompress(kept)).relaxations()
        return self._open[1]
