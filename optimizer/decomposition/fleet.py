"""Whole answers of all blocks of a part: dived for, improved where most is to be gained, and made to fit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.decomposition import search_block
from optimizer.decomposition.relaxation import Desk, Relaxation
from optimizer.decomposition.search_block import Whole

#: Seconds of the first search around an answer; each further search of the same block takes so much longer.
FIRST_SECONDS, LONGER = 0.4, 2.5
#: A block whose answer is this near to its bound, as a share, is done.
DONE = 2e-5
#: Most answers that are tried to make room in a linking row.
CANDIDATES = 12


@dataclass(frozen=True)
class Fleet:
    """Sums over the blocks of a part: cost and use of linking rows of their whole answers, bound at the bound's prices;
    `missing`: blocks without an answer.
    """

    cost: float
    usage: np.ndarray
    bound: float
    missing: int

    def __add__(self, other: Fleet) -> Fleet:
        return Fleet(
            self.cost + other.cost, self.usage + other.usage, self.bound + other.bound, self.missing + other.missing
        )


class Answers:
    """The whole answers of the blocks of a part, at two sets of prices: those of the bound and those of the plan.

    The plan's prices come from linking columns that are fixed at whole numbers, so its bounds hold for nothing else.
    """

    def __init__(self, relaxations: list[Relaxation], links: int) -> None:
        self._relaxations, self._links = relaxations, links
        self.wholes: list[Whole | None] = [None] * len(relaxations)
        self._bounds = np.full(len(relaxations), -np.inf)
        self._values = np.zeros(len(relaxations))
        self._desk, self._presolving = Desk(), Desk(presolve=True)

    def strengthen(self, prices: np.ndarray, rounds: int) -> Fleet:
        """Bounds at `prices` after up to `rounds` rounds of cuts; they stay, and count for the prices given here."""
        for place, relaxation in enumerate(self._relaxations):
            answer = relaxation.answer(prices, self._desk, rounds)
            self._bounds[place] = -np.inf if answer is None else answer.bound
        return self.fleet()

    def close(self, rows: np.ndarray) -> None:
        """Let no block use the linking `rows` (positions) any more."""
        for relaxation in self._relaxations:
            used = np.asarray((relaxation.block.usage[rows] > 0).sum(axis=0)).ravel() > 0
            lower, upper = relaxation.block.lower, relaxation.block.upper
            relaxation.sides = lower, np.where(used, lower, upper)

    def dive(self, prices: np.ndarray, rounds: int) -> Fleet:
        """A whole answer of every block at `prices`."""
        for place, relaxation in enumerate(self._relaxations):
            self.wholes[place] = self._dived(relaxation, prices, rounds)
        return self.fleet()

    def _dived(self, relaxation: Relaxation, prices: np.ndarray, rounds: int) -> Whole | None:
        found = search_block.first(relaxation, prices, self._desk, rounds)
        if found is None:
            seconds = 10 * FIRST_SECONDS
            x, _ = search_block.in_full(relaxation, prices, None, self._presolving, seconds, relaxation.sides)
            found = None if x is None else Whole(x, x, -np.inf)
        return found

    def improve(self, prices: np.ndarray, bound_prices: np.ndarray, seconds: float) -> Fleet:
        """Better answers at `prices` and bounds at `bound_prices`, where they lie furthest apart, for some seconds."""
        ends = time.monotonic() + seconds
        for place in range(len(self.wholes)):
            self._value(place, bound_prices)
        for place in self._widest():
            left = ends - time.monotonic()
            if left <= 0:
                break
            self._search(place, prices, bound_prices, left)
        return self.fleet()

    def _search(self, place: int, prices: np.ndarray, bound_prices: np.ndarray, left: float) -> None:
        relaxation, whole = self._relaxations[place], self.wholes[place]
        assert whole is not None
        whole.tries += 1
        seconds = min(FIRST_SECONDS * LONGER ** (whole.tries - 1), left)
        if whole.tries == 1:
            whole.x = search_block.around(relaxation, prices, whole, self._presolving, seconds)
            self._value(place, bound_prices)
            return
        desk, own = self._presolving, (relaxation.block.lower, relaxation.block.upper)
        x, _ = search_block.in_full(relaxation, prices, whole.x, desk, seconds, relaxation.sides)
        whole.x = whole.x if x is None else x
        _, bound = search_block.in_full(relaxation, bound_prices, whole.x, desk, seconds, own)
        self._bounds[place] = max(self._bounds[place], bound)
        self._value(place, bound_prices)

    def _value(self, place: int, prices: np.ndarray) -> None:
        whole = self.wholes[place]
        if whole is not None:
            self._values[place] = self._relaxations[place].block.priced(prices) @ whole.x

    def _widest(self) -> Iterator[int]:
        """Blocks, the one with most to gain a second first, until all are done."""
        while len(self.wholes):
            tries = np.array([np.inf if whole is None else whole.tries for whole in self.wholes])
            apart = self._values - self._bounds
            gain = np.where(apart > DONE * np.abs(self._values), apart / LONGER**tries, 0.0)
            best = int(np.argmax(gain))
            if not gain[best] > 0:
                return
            yield best

    def fleet(self) -> Fleet:
        """The sums as they stand."""
        cost, usage, missing = 0.0, np.zeros(self._links), 0
        for relaxation, whole in zip(self._relaxations, self.wholes, strict=True):
            if whole is None:
                missing += 1
                continue
            cost += float(relaxation.block.cost @ whole.x)
            usage += relaxation.block.usage @ whole.x
        return Fleet(cost, usage, float(self._bounds.sum()), missing)
