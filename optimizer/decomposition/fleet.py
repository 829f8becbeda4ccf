"""Whole answers that the blocks of a part offer: dived for at prices, and improved where most is to be gained."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.decomposition import search_block
from optimizer.decomposition.memory import give_back
from optimizer.decomposition.offers import Offers, joined, told
from optimizer.decomposition.patience import over
from optimizer.decomposition.relaxation import Desk, Relaxation, Sides
from optimizer.decomposition.strengthening import (
    FIRST_EFFORT,
    FULL_EFFORT,
    QUICK_EFFORT,
    Aim,
    Finder,
    Kernel,
    Known,
    Strengthening,
)

__all__ = ["Finder", "Fleet"]

#: Seconds of the first search around an answer; each further search of the same block takes so much longer.
FIRST_SECONDS, LONGER = 0.4, 2.5
#: How often the search for a first answer may take longer than the one before that failed.
MOST_LONGER = 2
#: A block whose answer is this near to its bound, as a share, is done.
DONE = 2e-5
#: Rounds of cuts for the point of the relaxation near which whole answers are sought.
CUTS = 4


class Fleet:
    """The blocks of a part, numbered from `first` on, that offer whole answers and prove bounds.

    `kernels`, one after the other, answer for the relaxations of all blocks, as in `decomposition.part`; each holds
    blocks that are opened together, unless all blocks are `at_hand`. `closed` is always (links,) true for linking rows
    that no answer may use, where all others are free.
    """

    def __init__(
        self, relaxations: Sequence[Relaxation], finders: Sequence[Finder | None], links: int, first: int = 0,
        kernels: Sequence[Kernel] = (), at_hand: bool = True,
    ) -> None:  # fmt: skip
        self._relaxations, self._finders, self._links, self._first = relaxations, finders, links, first
        self._kernels, self._at_hand = kernels, at_hand
        self._begun: list[tuple[int, Strengthening]] = []
        self._tries, self._failures = (np.zeros(len(relaxations), np.int64) for _ in range(2))
        self._desk, self._presolving = Desk(), Desk(presolve=True)

    def strengthen(
        self, prices: np.ndarray, rounds: int, quick: bool = False, seconds: float | None = None,
        closed: np.ndarray | None = None, known: Known | None = None, pause: float = np.inf,
    ) -> tuple[np.ndarray, Offers]:  # fmt: skip
        """Bounds at `prices` (links,), (blocks,); and whole answers that use nothing `closed`,
        of the blocks that have a finder: `quick` ones, or better ones.

        Within some `seconds` (None: no limit) up to `rounds` rounds of cuts are added where first answers and bounds
        lie furthest apart, in a hurry only where most of that lies; blocks that are opened together share in the time
        by their number. What is `known` of the blocks at these prices is not asked again. After `pause` seconds it
        returns once all blocks are begun, for `go_on` to take up the rest.
        """
        begun, count = time.monotonic(), len(self._relaxations)
        ends = np.inf if seconds is None else begun + seconds
        bounds, aim = np.full(count, -np.inf), Aim(prices, rounds, quick, closed)
        found, self._begun = [Offers.none(self._links)], []
        known = known or Known.nothing(count)
        for start, stop, kernel in self._spans():
            now = time.monotonic()
            here = self._relaxations[start:stop], self._finders[start:stop]
            part = Strengthening(aim, *here, self._desk, known.part(start, stop))
            asked = None if kernel is None else kernel.asked(prices)
            part.run(asked, now + (ends - now) * (stop - start) / (count - start), begun + pause)
            bounds[start:stop] = part.bounds
            if self._at_hand:
                self._begun.append((start, part))
            # Told span by span: an answer in full takes fifty times the room of what is not zero in it.
            found.append(self._told([(start + place, x) for place, x in part.taken()]))
            del here, part, asked  # they hold what must make room before the next is opened
            give_back()
        return bounds, joined(found)

    def go_on(self, seconds: float) -> tuple[np.ndarray, Offers]:
        """For some seconds bounds and answers of blocks that the last strengthening has not reached; bounds (blocks,)
        of all, and the answers that are new.
        """
        now, bounds, found = time.monotonic(), np.full(len(self._relaxations), -np.inf), []
        for turn, (start, part) in enumerate(self._begun, 1):
            part.go_on(now + seconds * turn / len(self._begun))
            found += [(start + place, x) for place, x in part.taken()]
            bounds[start : start + len(part.bounds)] = part.bounds
        return bounds, self._told(found)

    def _spans(self) -> Iterator[tuple[int, int, Kernel | None]]:
        """First block, the one after the last, and the kernel of blocks that are opened together."""
        if not self._kernels:
            yield 0, len(self._relaxations), None
        stop = 0
        for kernel in self._kernels:
            start, stop = stop, stop + len(kernel.supported)
            yield start, stop, kernel

    def offer(
        self, prices: np.ndarray, closed: np.ndarray, which: np.ndarray, known: Offers, seconds: float | None = None
    ) -> Offers:
        """A whole answer at `prices` of each of these blocks (numbers) that are here, no dearer than those `known`.

        After some `seconds` (None: no limit) a block answers with the cheapest one known that uses nothing closed; with
        the first that is found where there is none.
        """
        mine = which[(which >= self._first) & (which < self._first + len(self._relaxations))] - self._first
        by_block, ends = _by_block(known), np.inf if seconds is None else time.monotonic() + seconds
        return self._told((place, self._found(place, prices, closed, by_block, over(ends))) for place in mine.tolist())

    def improve(
        self, prices: np.ndarray, bound_prices: np.ndarray, closed: np.ndarray, chosen: Offers, bounds: np.ndarray,
        seconds: float,
    ) -> tuple[Offers, np.ndarray]:  # fmt: skip
        """For some seconds better answers at `prices`, and bounds at `bound_prices`, of blocks where the answer
        `chosen` (one of each block here) and `bounds` (of all blocks of the program) lie furthest apart; the answers,
        and the bounds of the blocks that are here.
        """
        ends, found = time.monotonic() + seconds, []
        here = slice(self._first, self._first + len(self._relaxations))
        bounds, values = bounds[here].copy(), chosen.cost - chosen.usage @ bound_prices
        answers = _by_block(chosen)
        for place in self._widest(values, bounds):
            if over(ends):
                break
            left = max(ends - time.monotonic(), 0.0)
            x, bound = self._searched(place, prices, bound_prices, closed, answers, left)
            bounds[place] = max(bounds[place], bound)
            found.append((place, x))
        return self._told(found), bounds

    def _told(self, found: Iterable[tuple[int, np.ndarray | None]]) -> Offers:
        return told(((self._first + place, x, self._relaxations[place].block) for place, x in found), self._links)

    def _found(
        self, place: int, prices: np.ndarray, closed: np.ndarray, known: dict[int, list[Kept]], late: bool
    ) -> np.ndarray | None:
        relaxation, finder = self._relaxations[place], self._finders[place]
        sides, start = self._sides(relaxation, closed), self._start(place, prices, closed, known)
        if late and start is not None:
            return start
        x = start if finder is None else self._near(relaxation, finder, prices, sides, start, late)
        if x is None or finder is None:
            x = search_block.first(relaxation, prices, sides, self._desk, start)
        if x is None:
            cost = relaxation.block.priced(prices)
            seconds = 10 * FIRST_SECONDS * LONGER ** min(self._failures[place], MOST_LONGER)
            x, _ = search_block.in_full(relaxation, cost, None, self._presolving, seconds, sides)
            self._failures[place] += x is None
        return x

    def _near(
        self, relaxation: Relaxation, finder: Finder, prices: np.ndarray, sides: Sides, start: np.ndarray | None,
        late: bool,
    ) -> np.ndarray | None:  # fmt: skip
        """A known answer or a better one near it; where none is known that uses nothing closed, one near the
        relaxation, strengthened unless it is late.
        """
        block, cost = relaxation.block, relaxation.block.priced(prices)
        if start is not None:
            x = finder.find(block, cost, sides[1], start, QUICK_EFFORT)
            return start if x is None or cost @ x >= cost @ start else x
        with search_block.within(relaxation, sides):
            answer = relaxation.answer(prices, self._desk, 0 if late else CUTS)
        effort = FIRST_EFFORT if late else FULL_EFFORT
        return None if answer is None else finder.find(block, cost, sides[1], answer.x, effort)

    def _start(
        self, place: int, prices: np.ndarray, closed: np.ndarray, known: dict[int, list[Kept]]
    ) -> np.ndarray | None:
        """The cheapest at `prices` of a block's known answers that use no closed row."""
        block = self._relaxations[place].block
        barred, cost = block.users(closed), block.priced(prices)
        answers = [kept.x(len(cost)) for kept in known.get(self._first + place, [])]
        return min((x for x in answers if not x[barred].any()), key=lambda x: float(cost @ x), default=None)

    def _sides(self, relaxation: Relaxation, closed: np.ndarray) -> Sides:
        return search_block.open_sides(relaxation.block, closed)

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
