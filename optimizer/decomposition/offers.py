"""Whole answers that blocks have offered at prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse


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
        return Offers(self.block[places], self.cost[places], self.gauge[places], self.usage[places], self.x[places])

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


def told(block: list[int], answers: list[np.ndarray], of: list, links: int, failed: int) -> Offers:  # type: ignore[type-arg]
    """Answers `answers` of blocks `of` (`decomposition.block.Block`) as offers; `block`: their numbers."""
    costs = [float(own.cost @ x) for own, x in zip(of, answers, strict=True)]
    gauges = [float(own.gauge @ x) for own, x in zip(of, answers, strict=True)]
    usage = [own.usage @ x for own, x in zip(of, answers, strict=True)]
    return Offers(
        np.array(block, np.int64), np.array(costs, float), np.array(gauges, float), _rows(usage, links),
        _rows(answers, max((len(x) for x in answers), default=0)), failed,
    )  # fmt: skip


def _rows(vectors: list[np.ndarray], width: int) -> sparse.csr_array:
    places = [np.flatnonzero(vector) for vector in vectors]
    values = [vector[place] for vector, place in zip(vectors, places, strict=True)]
    starts = np.cumsum([0, *(len(place) for place in places)])
    column = np.concatenate([np.zeros(0, np.int64), *places])
    return sparse.csr_array((np.concatenate([np.zeros(0), *values]), column, starts), shape=(len(vectors), width))


def _wide(x: sparse.csr_array, width: int) -> sparse.csr_array:
    return sparse.csr_array((x.data, x.indices, x.indptr), shape=(x.shape[0], width))
