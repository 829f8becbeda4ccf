"""Some of the blocks of a program: what they answer to prices, added up in groups."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from optimizer.decomposition.relaxation import Desk, Relaxation


@dataclass(frozen=True)
class Answers:
    """Answers of blocks to prices. `bound`: proven bound on the sum of their priced costs, -inf where one failed.

    `cost` (groups,) and `usage` (groups, links): cost and use of linking rows of the points, summed over each group.
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


class Part:
    """Blocks that stay in one process, with the state of their relaxations.

    `kernels`, one after the other, answer for all blocks; the solver answers only for those that they do not hold, of
    which copies are kept at hand: `relaxations` may have to unpack thousands of others around each.
    """

    def __init__(self, relaxations: Sequence[Relaxation], groups: int, kernels: Sequence[Kernel] = ()) -> None:
        self._relaxations, self._kernels, count = relaxations, kernels, max(len(relaxations), 1)
        self._groups = np.arange(len(relaxations)) * min(groups, count) // count
        self._desk, self._at_hand = Desk(), dict[int, Relaxation]()

    def answer(self, prices: np.ndarray, rounds: int) -> Answers:
        """What all blocks answer to `prices` (links,), after up to `rounds` rounds of cuts each."""
        count = int(self._groups.max(initial=-1)) + 1
        cost, usage = np.zeros(count), np.zeros((count, len(prices)))
        if rounds or not self._kernels:
            bound, left = 0.0, np.arange(len(self._relaxations))
        else:
            bound, left = self._compiled(prices, cost, usage)
        for place in left.tolist():
            group, relaxation = self._groups[place], self._relaxation(place, rounds)
            answer = relaxation.answer(prices, self._desk, rounds)
            if answer is None:
                bound = -np.inf
                continue
            bound += answer.bound
            cost[group] += relaxation.block.cost @ answer.x
            usage[group] += relaxation.block.usage @ answer.x
        return Answers(bound, cost, usage)

    def _relaxation(self, place: int, rounds: int) -> Relaxation:
        if rounds or not self._kernels:
            return self._relaxations[place]
        if place not in self._at_hand:
            relaxation = self._relaxations[place]
            self._at_hand[place] = Relaxation(copy.deepcopy(relaxation.block), relaxation.separator)
        return self._at_hand[place]

    def _compiled(self, prices: np.ndarray, cost: np.ndarray, usage: np.ndarray) -> tuple[float, np.ndarray]:
        """Add what kernels answer to costs and usage; the sum of bounds, and the blocks that are left."""
        bound, first, left = 0.0, 0, []
        for kernel in self._kernels:
            groups = self._groups[first : first + len(kernel.supported)]
            told = kernel.answer(prices, groups)
            bound += float(told.bound[told.held].sum())
            np.add.at(cost, groups[told.held], told.cost[told.held])
            usage[: len(told.usage)] += told.usage
            left.append(first + np.flatnonzero(~told.held))
            first += len(groups)
        return bound, np.concatenate(left)
