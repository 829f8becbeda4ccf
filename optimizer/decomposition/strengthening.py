"""Bounds and whole answers of many blocks at the same prices, with most work where the two lie furthest apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from optimizer.decomposition.block import Block
from optimizer.decomposition.patience import over
from optimizer.decomposition.relaxation import Desk, Relaxation
from optimizer.decomposition.search_block import open_sides, within

#: Effort of first whole answers when there is no time for them, of the others, of those near strengthened relaxations
#: in a hurry, and without hurry.
LATE_EFFORT, FIRST_EFFORT, QUICK_EFFORT, FULL_EFFORT = 0.05, 0.1, 0.3, 1.0
#: Share of what lies between all first answers and bounds in the blocks that are strengthened in a hurry.
MOST = 0.95


class Finder(Protocol):
    """Finds whole answers of one block near points of its relaxation."""

    def find(
        self, block: Block, cost: np.ndarray, upper: np.ndarray, near: np.ndarray, effort: float
    ) -> np.ndarray | None:
        """A whole answer (n,) of the block, cheap at `cost` (n,), up to `upper` (n,), near a point; None if none.
        `effort` is a share of all that could be tried.
        """
        ...

    def spelled(self, block: Block, point: Any) -> np.ndarray | None:
        """A point that a kernel found, as columns (n,) of the block; None where that cannot be told."""
        ...


class Asked(Protocol):
    """A kernel that answers for the relaxations of some blocks at prices that stay."""

    def at(self, place: int) -> tuple[float, Any]:
        """A proven bound on a block's priced cost, -inf where there is none, and the point where it is optimal; that
        holds until the next question, and is None where it is not known.
        """
        ...


class Kernel(Protocol):
    """Answers for the relaxations of `supported` (blocks,), without a solver."""

    supported: np.ndarray

    def asked(self, prices: np.ndarray) -> Asked:
        """What one block after the other answers to `prices` (links,)."""
        ...


@dataclass(frozen=True)
class Aim:
    """At which prices blocks are strengthened, by how many rounds of cuts, and whether `quick` whole answers are sought
    near them or better ones; these use no linking row that is `closed` (links,), if any is.
    """

    prices: np.ndarray
    rounds: int
    quick: bool
    closed: np.ndarray | None = None


@dataclass(frozen=True)
class Known:
    """What is known of blocks at the prices before they are begun: proven `bounds` (blocks,), -inf where there is none,
    and by block the points (n,) where relaxations are optimal.
    """

    bounds: np.ndarray
    points: dict[int, np.ndarray]

    @classmethod
    def nothing(cls, blocks: int) -> Known:
        """Nothing is known of so many blocks."""
        return cls(np.full(blocks, -np.inf), {})

    def part(self, start: int, stop: int) -> Known:
        """What is known of the blocks from one to before another, numbered anew."""
        points = {place - start: x for place, x in self.points.items() if start <= place < stop}
        return Known(self.bounds[start:stop], points)


@dataclass
class Strengthening:
    """Some blocks on the way; `bounds` (blocks,) are proven, `answers` the cheapest whole ones, None where none is
    or it was taken."""

    aim: Aim
    relaxations: Sequence[Relaxation]
    finders: Sequence[Finder | None]
    desk: Desk
    known: Known
    bounds: np.ndarray = field(init=False)
    answers: list[np.ndarray | None] = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.relaxations)
        self.bounds, self._values = np.full(count, -np.inf), np.full(count, np.inf)
        self.answers = [None] * count
        self._near: list[np.ndarray | None] = [None] * count
        self._waiting: Iterator[int] = iter(())
        closed = self.aim.closed
        self._closed = closed if closed is not None and closed.any() else None

    def run(self, asked: Asked | None, ends: float, pause: float = np.inf) -> None:
        """Work until all is done or the clock (`time.monotonic`) has come to `ends`, or to `pause` once all blocks are
        begun. Every block has a bound then, and an answer wherever the point of its relaxation is known: without
        answers of all there is no plan.
        """
        for place in range(len(self.relaxations)):
            self._begin(place, asked, over(ends))
        self._waiting = self._widest()
        self.go_on(min(ends, pause))

    def go_on(self, ends: float) -> None:
        """Strengthen blocks that were not reached before, until the clock has come to `ends`."""
        while not over(ends) and (place := next(self._waiting, None)) is not None:
            self._strengthen(place)
            self._near[place] = None

    def taken(self) -> list[tuple[int, np.ndarray]]:
        """Places and answers that are new since they were taken last; they are kept no longer, for their room."""
        found = [(place, x) for place, x in enumerate(self.answers) if x is not None]
        self.answers = [None] * len(self.answers)
        return found

    def _begin(self, place: int, asked: Asked | None, late: bool) -> None:
        """The bound of a block's relaxation and a whole answer near its point; late only what needs no solver."""
        relaxation, finder = self.relaxations[place], self.finders[place]
        bound, point = (-np.inf, None) if asked is None else asked.at(place)
        bound, near = max(bound, self.known.bounds[place]), self.known.points.get(place)
        if point is not None and finder is not None:
            near = finder.spelled(relaxation.block, point)
        if near is None and not late:
            answer = relaxation.answer(self.aim.prices, self.desk)
            bound, near = (bound, None) if answer is None else (max(bound, answer.bound), answer.x)
        self.bounds[place] = bound if np.isfinite(bound) else relaxation.block.least(self.aim.prices)
        self._near[place] = near
        self._find(place, near, LATE_EFFORT if late else FIRST_EFFORT)

    def _find(self, place: int, near: np.ndarray | None, effort: float) -> None:
        """Keep a whole answer near a point if it is the cheapest so far."""
        finder, block = self.finders[place], self.relaxations[place].block
        if finder is None or near is None:
            return
        cost, closed = block.priced(self.aim.prices), self._closed
        upper = block.upper if closed is None else open_sides(block, closed)[1]
        x = finder.find(block, cost, upper, near, effort)
        if x is not None and cost @ x < self._values[place]:
            self._values[place], self.answers[place] = float(cost @ x), x

    def _widest(self) -> Iterator[int]:
        """Blocks that are to be strengthened: those without an answer, and then the ones furthest apart first."""
        apart = self._values - self.bounds
        order = np.argsort(-apart, kind="stable")
        known = apart[order]
        total = np.where(np.isfinite(known), np.maximum(known, 0.0), 0.0)
        before = np.cumsum(total) - total
        wanted = ~np.isfinite(known) | (total > 0)
        if self.aim.quick:
            wanted &= before < MOST * total.sum()
        for place in order[~wanted].tolist():
            self._near[place] = None  # for its room
        yield from order[wanted].tolist()

    def _strengthen(self, place: int) -> None:
        relaxation, near = self.relaxations[place], self._near[place]
        answer = relaxation.answer(self.aim.prices, self.desk, self.aim.rounds, near)
        if answer is not None:
            self.bounds[place] = max(self.bounds[place], answer.bound)
            self._find(place, self._open(relaxation, answer.x), QUICK_EFFORT if self.aim.quick else FULL_EFFORT)

    def _open(self, relaxation: Relaxation, x: np.ndarray) -> np.ndarray:
        """A point of a relaxation that uses nothing closed: `x` (n,) or another one; `x` where there is none."""
        if self._closed is None or not x[relaxation.block.users(self._closed)].any():
            return x
        # No cuts are sought there: answers near it are some 6 % further from the bound, found in half the time.
        with within(relaxation, open_sides(relaxation.block, self._closed)), relaxation.unchanged():
            answer = relaxation.answer(self.aim.prices, self.desk)
        return x if answer is None else answer.x
