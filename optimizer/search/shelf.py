"""Where the relaxations of a worker's SKUs stand: open, or packed slice by slice where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, overload

from optimizer.decomposition.block import Backs, Blocks
from optimizer.decomposition.cuts import Separator
from optimizer.decomposition.fleet import Finder
from optimizer.decomposition.relaxation import Relaxation
from optimizer.search.aside import Aside, Laid, Put
from optimizer.search.packing import packed, packed_backs, unpacked, unpacked_backs
from optimizer.search.slices import Slice, packs

Thing = TypeVar("Thing")
#: The SKUs of a slice: their relaxations, and what finds whole answers of each.
Opened = tuple[list[Relaxation], Sequence[Finder | None]]


class Shelf:
    """The SKUs of some slices, in order. Where they are packed, what their relaxations have learnt (bases and cuts) is
    lost with each slice that makes room for another. `aside`: where packed things wait.
    """

    def __init__(self, skus: int) -> None:
        self.packs = packs(skus)
        self._slices: list[Put | Opened] = []
        self._backs: list[Put | Backs] = []  # asked for at the end, when all else has gone
        self.aside = Aside()
        self._starts = [0]
        self._last: tuple[int, Opened] = (-1, ([], []))

    def put(self, part: Slice) -> None:
        """Add the SKUs of a slice."""
        self._starts.append(self._starts[-1] + len(part.blocks))
        things = part.blocks, part.separators, part.finders
        if self.packs:
            self._slices.append(self.aside.put(packed(*things)))
            self._backs.append(self.aside.put(packed_backs(part.blocks)))
        else:
            self._slices.append(_opened(*things))
            self._backs.append(part.blocks.backs)

    def __len__(self) -> int:
        return self._starts[-1]

    @property
    def relaxations(self) -> Sequence[Relaxation]:
        """The relaxation of each SKU."""
        return _Row(self, 0)

    @property
    def finders(self) -> Sequence[Finder | None]:
        """What finds whole answers of each SKU."""
        return _Row(self, 1)

    def slices(self) -> range:
        """Numbers of the slices."""
        return range(len(self._slices))

    def slice_of(self, place: int) -> tuple[int, int]:
        """The slice in which a SKU stands, and its place there."""
        low, high = 0, len(self._slices) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._starts[middle] <= place else (low, middle - 1)
        return low, place - self._starts[low]

    def opened(self, which: int) -> Opened:
        """The SKUs of a slice."""
        kept = self._slices[which]
        if not isinstance(kept, (bytes, Laid)):
            return kept
        if self._last[0] != which:
            self._last = (-1, ([], []))  # makes room first
            self._last = which, _opened(*unpacked(self.aside.get(kept)))
        return self._last[1]

    def keep_backs(self) -> None:
        """Keep nothing but what `backs` tells."""
        self._slices, self._last = [], (-1, ([], []))

    def backs(self, which: int) -> Backs:
        """What puts answers of the SKUs of a slice among its columns."""
        kept = self._backs[which]
        return kept if isinstance(kept, Backs) else unpacked_backs(self.aside.get(kept))


def _opened(blocks: Blocks, separators: list[Separator], finders: Sequence[Finder | None]) -> Opened:
    return [Relaxation(block, separator) for block, separator in zip(blocks, separators, strict=True)], finders


class _Row(Sequence[Thing], Generic[Thing]):
    """One of the two things that a shelf has of every SKU."""

    def __init__(self, shelf: Shelf, which: int) -> None:
        self._shelf, self._which = shelf, which

    def __len__(self) -> int:
        return len(self._shelf)

    @overload
    def __getitem__(self, place: int) -> Thing: ...
    @overload
    def __getitem__(self, place: slice) -> list[Thing]: ...
    def __getitem__(self, place: int | slice) -> Thing | list[Thing]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        which, local = self._shelf.slice_of(place)
        return self._shelf.opened(which)[self._which][local]  # type: ignore[return-value]

    def __iter__(self) -> Iterator[Thing]:
        for which in self._shelf.slices():
            yield from self._shelf.opened(which)[self._which]  # type: ignore[misc]
