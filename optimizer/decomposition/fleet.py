"""Whole answers that the blocks of a part offer: dived for at prices, and improved where most is to be gained."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from optimizer.decomposition import search_block
from optimizer.decomposition.block import Block
from optimizer.decomposition.offers import Offers, told
from optimizer.decomposition.relaxation import Desk, Relaxation, Sides

#: Seconds of the first search around an answer; each further search of the same block takes so much longer.
FIRST_SECONDS, LONGER = 0.4, 2.5
#: A block whose answer is this near to its bound, as a share, is done.
DONE = 2e-5
#: Rounds of cuts for the point of the relaxation near which whole answers are sought.
CUTS = 4


class Finder(Protocol):
    """Finds whole answers of one block near points of its relaxation."""

    def find(
        self, block: Block, cost: np.ndarray, upper: np.ndarray, near: np.ndarray, known: bool
    ) -> np.ndarray | None:
        """A whole answer (n,) of the block, cheap at `cost` (n,), up to `upper` (n,), near a point; None if none. Less
        is tried where the point is a known answer.
        """
        ...


class Fleet:
    """The blocks of a part, numbered from `first` on, that offer whole answers and prove bounds.

    `closed` is always (links,) true for linking rows that no answer may use, where all others are free.
    """

    def __init__(
        self, relaxations: Sequence[Relaxation], finders: Sequence[Finder | None], links: int, first: int = 0
    ) -> None:
        self._relaxations, self._finders, self._links, self._first = relaxations, finders, links, first
        self._tries = np.zeros(len(relaxations), np.int64)
        self._desk, self._presolving = Desk(), Desk(presolve=True)

    def strengthen(self, prices: np.ndarray, rounds: int, quick: bool | None = None) -> tuple[np.ndarray, Offers]:
        """Bounds at `prices` (links,) after up to `rounds` rounds of cuts, (blocks,), -inf where a solve fails; and
        whole answers near these relaxations, of the blocks that have a finder: `quick` ones, others, or none (None).
        """
        bounds, found = np.full(len(self._relaxations), -np.inf), []
        for place, relaxation in enumerate(self._relaxations):
            answer, finder, block = (
                relaxation.answer(prices, self._desk, rounds),
                self._finders[place],
                relaxation.block,
            )
            if answer is None:
                continue
            bounds[place] = answer.bound
            if finder is not None and quick is not None:
                block = relaxation.block
                found.append((place, finder.find(block, block.priced(prices), block.upper, answer.x, quick)))
        return bounds, self._told([(place, x) for place, x in found if x is not None])

    def offer(self, prices: np.ndarray, closed: np.ndarray, which: np.ndarray, known: Offers) -> Offers:
        """A whole answer at `prices` of each of these blocks (numbers) that are here, no dearer than those `known`."""
        mine = which[(which >= self._first) & (which < self._first + len(self._relaxations))] - self._first
        by_block = _by_block(known)
        return self._told([(int(place), self._found(int(place), prices, closed, by_block)) for place in mine])

    def improve(
        self, prices: np.ndarray, bound_prices: np.ndarray, closed: np.ndarray, chosen: Offers, bounds: np.ndarray,
        seconds: float,
    ) -> tuple[Offers, np.ndarray]:  # fmt: skip
        """For some seconds better answers at `prices`, and bounds at `bound_prices`, of blocks where the answer
        `chosen` (one of each block of the program) and `bounds` (of all blocks) lie furthest apart; the answers, and
        the bounds of the blocks that are here.
        """
        ends, found = time.monotonic() + seconds, []
        here = slice(self._first, self._first + len(self._relaxations))
        bounds, values = bounds[here].copy(), (chosen.cost - chosen.usage @ bound_prices)[here]
        answers = _by_block(chosen)
        for place in self._widest(values, bounds):
            left = ends - time.monotonic()
            if left <= 0:
                break
            x, bound = self._searched(place, prices, bound_prices, closed, answers, left)
            bounds[place] = max(bounds[place], bound)
            found.append((place, x))
        return self._told(found), bounds

    def _told(self, found: list[tuple[int, np.ndarray | None]]) -> Offers:
        whole = [(place, x) for place, x in found if x is not None]
        blocks = [self._relaxations[place].block for place, _ in whole]
        numbers = [self._first + place for place, _ in whole]
        return told(numbers, [x for _, x in whole], blocks, self._links, len(found) - len(whole))

    def _found(
        self, place: int, prices: np.ndarray, closed: np.ndarray, known: dict[int, list[Kept]]
    ) -> np.ndarray | None:
        relaxation, finder = self._relaxations[place], self._finders[place]
        sides, start = self._sides(relaxation, closed), self._start(place, prices, closed, known)
        cost, x = relaxation.block.priced(prices), start
        if finder is not None:
            near = known.get(self._first + place, [])
            other = near[0].x(len(cost)) if start is None and near else None
            x = self._near(relaxation, finder, prices, sides, start, other)
        if x is None or finder is None:
            x = search_block.first(relaxation, prices, sides, self._desk, start)
        if x is None:
            x, _ = search_block.in_full(relaxation, cost, None, self._presolving, 10 * FIRST_SECONDS, sides)
        return x

    def _near(
        self, relaxation: Relaxation, finder: Finder, prices: np.ndarray, sides: Sides, start: np.ndarray | None,
        other: np.ndarray | None,
    ) -> np.ndarray | None:  # fmt: skip
        """A known answer or a better one near it; or one near an `other` answer, which uses closed rows; where nothing
        is known, one near the strengthened relaxation.
        """
        block, cost = relaxation.block, relaxation.block.priced(prices)
        if start is not None:
            x = finder.find(block, cost, sides[1], start, True)
            return start if x is None or cost @ x >= cost @ start else x
        if other is not None:
            return finder.find(block, cost, sides[1], other, False)
        with search_block.within(relaxation, sides):
            answer = relaxation.answer(prices, self._desk, CUTS)
        return None if answer is None else finder.find(block, cost, sides[1], answer.x, False)

    def _start(
        self, place: int, prices: np.ndarray, closed: np.ndarray, known: dict[int, list[Kept]]
    ) -> np.ndarray | None:
        """The cheapest at `prices` of a block's known answers that use no closed row."""
        block = self._relaxations[place].block
        barred, cost = _barred(block, closed), block.priced(prices)
        answers = [kept.x(len(cost)) for kept in known.get(self._first + place, [])]
        return min((x for x in answers if not x[barred].any()), key=lambda x: float(cost @ x), default=None)

    def _sides(self, relaxation: Relaxation, closed: np.ndarray) -> Sides:
        block = relaxation.block
        return block.lower, np.where(_barred(block, closed), block.lower, block.upper)

    def _searched(
        self, place: int, prices: np.ndarray, bound_prices: np.ndarray, closed: np.ndarray,
        known: dict[int, list[Kept]], left: float,
    ) -> tuple[np.ndarray | None, float]:  # fmt: skip
        """A search by HiGHS near the block's relaxation, or from the second time on in full, with a bound."""
        relaxation, start = self._relaxations[place], self._start(place, prices, closed, known)
        block, sides, desk = relaxation.block, self._sides(relaxation, closed), self._presolving
        seconds = min(FIRST_SECONDS * LONGER ** self._tries[place], left)
        self._tries[place] += 1
        if self._tries[place] == 1 and start is not None:
            return search_block.around(relaxation, prices, start, self._desk, desk, seconds, sides), -np.inf
        x, _ = search_block.in_full(relaxation, block.priced(prices), start, desk, seconds, sides)
        own, cost = (block.lower, block.upper), block.priced(bound_prices)
        return x, search_block.in_full(relaxation, cost, x, desk, seconds, own)[1]

    def _widest(self, values: np.ndarray, bounds: np.ndarray) -> Iterator[int]:
        """Blocks, the one with most to gain a second first, until all are done; `bounds` may rise between."""
        while len(values):
            apart = np.where(np.isfinite(bounds), values - bounds, np.abs(values))
            gain = np.where(apart > DONE * np.abs(values), apart / LONGER**self._tries, 0.0)
            best = int(np.argmax(gain))
            if not gain[best] > 0:
                return
            yield best


@dataclass(frozen=True)
class Kept:
    """A known answer without its zeros."""

    place: np.ndarray
    value: np.ndarray

    def x(self, columns: int) -> np.ndarray:
        """The answer in full."""
        x = np.zeros(columns)
        x[self.place] = self.value
        return x


def _by_block(offers: Offers) -> dict[int, list[Kept]]:
    found: dict[int, list[Kept]] = {}
    starts = offers.x.indptr
    for place, block in enumerate(offers.block.tolist()):
        entries = slice(starts[place], starts[place + 1])
        found.setdefault(block, []).append(Kept(offers.x.indices[entries], offers.x.data[entries]))
    return found


def _barred(block: Block, closed: np.ndarray) -> np.ndarray:
    """Columns of a block that use a closed row (n,)."""
    rows = np.flatnonzero(closed)
    return np.asarray((block.usage[rows] > 0).sum(axis=0)).ravel() > 0
