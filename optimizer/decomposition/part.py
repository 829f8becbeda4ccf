"""Some of the blocks of a program: what they answer to prices, added up in groups."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from optimizer.decomposition.block import Block
from optimizer.decomposition.cuts import Separator
from optimizer.decomposition.relaxation import Desk, Relaxation
from optimizer.decomposition.strengthening import Known


@dataclass(frozen=True)
class Answers:
    """Answers of blocks to prices. `bound`: proven bound on the sum of their priced costs.

    `cost` (groups,) and `usage` (groups, links): cost and use of linking rows of the points, summed over each group;
    a block whose solve fails has a part in the bound, the least that there is, but none in these.
    """

    bound: float
    cost: np.ndarray
    usage: np.ndarray


class Told(Protocol):
    """What a kernel answers: by block a proven bound, whether its answer is exact, its own cost; usage by group."""

    @property
    def bound(self) -> np.ndarray: ...
    @property
    def held(self) -> np.ndarray: ...
    @property
    def cost(self) -> np.ndarray: ...
    @property
    def usage(self) -> np.ndarray: ...


class Kernel(Protocol):
    """Answers prices for the relaxations of `supported` (blocks,) at once, those aside that it does not hold."""

    supported: np.ndarray

    def answer(self, prices: np.ndarray, groups: np.ndarray) -> Told:
        """The answers to `prices` (links,), added up in `groups` (blocks,)."""
        ...


#: Rounds whose bounds are remembered.
REMEMBERED = 16


def copied(block: Block, separator: Separator) -> Relaxation:
    """A relaxation of a block that shares no memory with the blocks around it."""
    return Relaxation(copy.deepcopy(block), copy.deepcopy(separator))


class Part:
    """Blocks that stay in one process, with the state of their relaxations.

    `kernels`, one after the other, answer for all blocks; the solver answers only for those that they do not hold, of
    which copies are kept at hand: `relaxations` may have to unpack thousands of others around each. Those that are
    `at_hand` from the beginning, by number, spare that.
    """

    def __init__(
        self, relaxations: Sequence[Relaxation], groups: int, kernels: Sequence[Kernel] = (),
        at_hand: Mapping[int, Relaxation] | None = None,
    ) -> None:  # fmt: skip
        self._relaxations, self._kernels, count = relaxations, kernels, max(len(relaxations), 1)
        self._groups = np.arange(len(relaxations)) * min(groups, count) // count
        self._desk, self._at_hand = Desk(), dict(at_hand or {})
        self._asked: deque[tuple[np.ndarray, np.ndarray]] = deque(maxlen=REMEMBERED)

    def answer(self, prices: np.ndarray, rounds: int) -> Answers:
        """What all blocks answer to `prices` (links,), after up to `rounds` rounds of cuts each."""
        count = int(self._groups.max(initial=-1)) + 1
        cost, usage = np.zeros(count), np.zeros((count, len(prices)))
        bounds, left = np.full(len(self._relaxations), -np.inf), np.arange(len(self._relaxations))
        if not rounds and self._kernels:
            left = self._compiled(prices, bounds, cost, usage)
        for place in left.tolist():
            group, relaxation = self._groups[place], self._relaxation(place, rounds)
            answer = relaxation.answer(prices, self._desk, rounds)
            if answer is None:
                bounds[place] = relaxation.block.least(prices)
                continue
            bounds[place] = answer.bound
            cost[group] += relaxation.block.cost @ answer.x
            usage[group] += relaxation.block.usage @ answer.x
        self._asked.append((prices, bounds))
        return Answers(float(bounds.sum()), cost, usage)

    def known(self, prices: np.ndarray) -> Known:
        """Bounds at `prices`, from one of the last rounds if it asked them, and what the relaxations of the blocks at
        hand, which no kernel holds, answer to them now.
        """
        found = [bounds for asked, bounds in self._asked if np.array_equal(asked, prices)]
        known = Known(np.max([np.full(len(self._relaxations), -np.inf), *found], axis=0), {})
        for place, one in self._at_hand.items():
            answer = one.answer(prices, self._desk)
            if answer is not None:
                known.bounds[place], known.points[place] = max(known.bounds[place], answer.bound), answer.x
        return known

    def _relaxation(self, place: int, rounds: int) -> Relaxation:
        if rounds or not self._kernels:
            return self._relaxations[place]
        if place not in self._at_hand:
            relaxation = self._relaxations[place]
            self._at_hand[place] = copied(relaxation.block, relaxation.separator)
        return self._at_hand[place]

    def _compiled(
        self, prices: np.ndarray, bounds: np.ndarray, cost: np.ndarray, usage: np.ndarray
    ) -> np.ndarray:  # fmt: skip
        """Set the bounds that kernels prove and add what they answer to costs and usage; the blocks that are left."""
        first, left = 0, []
        for kernel in self._kernels:
            groups = self._groups[first : first + len(kernel.supported)]
            told = kernel.answer(prices, groups)
            bounds[first : first + len(groups)][told.held] = told.bound[told.held]
            np.add.at(cost, groups[told.held], told.cost[told.held])
            usage[: len(told.usage)] += told.usage
            left.append(first + np.flatnonzero(~told.held))
            first += len(groups)
        return np.concatenate(left)
