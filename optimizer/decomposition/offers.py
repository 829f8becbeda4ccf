"""Whole answers that blocks have offered at prices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from optimizer.decomposition.block import Block


@dataclass(frozen=True)
class Offers:
    """Whole answers of blocks: `block` (k,) whose it is, `cost` (k,) its own cost, `gauge` (k,) its part of what gaps
    are measured against, `usage` (k, links) what it takes of the linking rows, `x` (k, any width) the answer itself.
    `failed`: blocks that had no answer.
    """

    block: np.ndarray
    cost: np.ndarray
    gauge: np.ndarray
    usage: sparse.csr_array
    x: sparse.csr_array
    failed: int = 0

    @classmethod
    def none(cls, links: int) -> Offers:
        """No offer over so many linking rows."""
        empty = np.zeros(0)
        return cls(np.zeros(0, np.int64), empty, empty, sparse.csr_array((0, links)), sparse.csr_array((0, 0)))

    def __len__(self) -> int:
        return len(self.block)

    def __add__(self, other: Offers) -> Offers:
        return joined([self, other])

    def only(self, places: np.ndarray) -> Offers:
        """Some of the offers, (k,) positions."""
        return replace(self.worth(places), x=self.x[places])

    def worth(self, places: np.ndarray) -> Offers:
        """What some of the offers, (k,) positions, cost and use, without the answers themselves."""
        without = sparse.csr_array((len(places), 0))
        return Offers(self.block[places], self.cost[places], self.gauge[places], self.usage[places], without)

    def newest(self) -> Offers:
        """The last offer of each block, in the order of the blocks."""
        order = np.argsort(self.block, kind="stable")
        return self.only(order[np.flatnonzero(np.diff(self.block[order], append=-1))])

    def answer(self, place: int, columns: int) -> np.ndarray:
        """One answer in full (columns,)."""
        entries, x = slice(self.x.indptr[place], self.x.indptr[place + 1]), np.zeros(columns)
        x[self.x.indices[entries]] = self.x.data[entries]
        return x


def joined(parts: list[Offers]) -> Offers:
    """All offers, in order."""
    width = max(part.x.shape[1] for part in parts)
    return Offers(
        block=np.concatenate([part.block for part in parts]),
        cost=np.concatenate([part.cost for part in parts]),
        gauge=np.concatenate([part.gauge for part in parts]),
        usage=sparse.csr_array(sparse.vstack([part.usage for part in parts], format="csr")),
        x=sparse.csr_array(sparse.vstack([_wide(part.x, width) for part in parts], format="csr")),
        failed=sum(part.failed for part in parts),
    )


def told(found: Iterable[tuple[int, np.ndarray | None, Block]], links: int) -> Offers:
    """Answers of blocks as offers: number, answer (None: it has none) and block of each. No block is held on to."""
    numbers, costs, gauges, failed = list[int](), list[float](), list[float](), 0
    usage, answers = _Rows(), _Rows()
    for number, x, block in found:
        if x is None:
            failed += 1
            continue
        numbers.append(number)
        costs.append(float(block.cost @ x))
        gauges.append(float(block.gauge @ x))
        usage.add(block.usage @ x)
        answers.add(x)
        del block, x  # whoever is asked for the next one may have to make room for it first
    return Offers(
        np.array(numbers, np.int64), np.array(costs), np.array(gauges), usage.matrix(links),
        answers.matrix(answers.width), failed,
    )  # fmt: skip


class _Rows:
    """Rows of a sparse matrix, one after the other."""

    def __init__(self) -> None:
        self._places, self._values, self.width = list[np.ndarray](), list[np.ndarray](), 0

    def add(self, row: np.ndarray) -> None:
        place = np.flatnonzero(row).astype(np.int32)  # half the room of what numpy gives
        self._places.append(place)
        self._values.append(row[place])
        self.width = max(self.width, len(row))

    def matrix(self, width: int) -> sparse.csr_array:
        starts = np.cumsum([0, *(len(place) for place in self._places)], dtype=np.int32)
        column, value = (
            np.concatenate([np.zeros(0, np.int32), *self._places]),
            np.concatenate([np.zeros(0), *self._values]),
        )
        return sparse.csr_array((value, column, starts), shape=(len(self._places), width))


def _wide(x: sparse.csr_array, width: int) -> sparse.csr_array:
    return sparse.csr_array((x.data, x.indices, x.indptr), shape=(x.shape[0], width))
