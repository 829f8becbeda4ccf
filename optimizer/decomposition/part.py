"""Some of the blocks of a program: what they answer to prices, added up in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


class Part:
    """Blocks that stay in one process, with the state of their relaxations."""

    def __init__(self, relaxations: Sequence[Relaxation], groups: int) -> None:
        self._relaxations, count = relaxations, max(len(relaxations), 1)
        self._groups = np.arange(len(relaxations)) * min(groups, count) // count
        self._desk = Desk()

    def answer(self, prices: np.ndarray, rounds: int) -> Answers:
        """What all blocks answer to `prices` (links,), after up to `rounds` rounds of cuts each."""
        count = int(self._groups.max(initial=-1)) + 1
        bound, cost, usage = 0.0, np.zeros(count), np.zeros((count, len(prices)))
        for group, relaxation in zip(self._groups, self._relaxations, strict=True):
            answer = relaxation.answer(prices, self._desk, rounds)
            if answer is None:
                bound = -np.inf
                continue
            bound += answer.bound
            cost[group] += relaxation.block.cost @ answer.x
            usage[group] += relaxation.block.usage @ answer.x
        return Answers(bound, cost, usage)
