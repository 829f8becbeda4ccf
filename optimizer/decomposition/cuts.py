"""Rows that every whole answer of a block keeps, found where an answer of its relaxation breaks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse


@dataclass(frozen=True)
class Cuts:
    """Rows matrix @ x >= lower over the columns of a block, one after the other: where the entries of each start (rows
    + 1,) among all `columns` and `values`.

    These arrays and no matrix: to make one takes scipy longer than most of what is done with so few rows.
    """

    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    lower: np.ndarray
    width: int

    @classmethod
    def none(cls, columns: int) -> Cuts:
        """No rows over so many columns."""
        return cls(np.zeros(1, np.int32), np.zeros(0, np.int32), np.zeros(0), np.zeros(0), columns)

    @property
    def matrix(self) -> sparse.csr_array:
        """The rows as a matrix."""
        return sparse.csr_array((self.values, self.columns, self.starts), shape=(len(self), self.width))

    def and_also(self, more: Cuts) -> Cuts:
        """These rows and those below them."""
        return Cuts(
            np.concatenate([self.starts, self.starts[-1] + more.starts[1:]]),
            np.concatenate([self.columns, more.columns]),
            np.concatenate([self.values, more.values]),
            np.concatenate([self.lower, more.lower]),
            self.width,
        )

    def only(self, kept: np.ndarray) -> Cuts:
        """The rows (rows,) true."""
        lengths = np.diff(self.starts)
        entries, starts = np.repeat(kept, lengths), np.zeros(int(kept.sum()) + 1, np.int32)
        np.cumsum(lengths[kept], out=starts[1:])
        return Cuts(starts, self.columns[entries], self.values[entries], self.lower[kept], self.width)

    def weighed(self, weights: np.ndarray) -> np.ndarray:
        """The sum of the rows times their weights (rows,), by column (width,)."""
        entries = self.values * np.repeat(weights, np.diff(self.starts))
        return np.bincount(self.columns, entries, minlength=self.width)

    def __len__(self) -> int:
        return len(self.lower)


def below(above: sparse.csr_array, more: sparse.csr_array) -> sparse.csr_array:
    """The rows of both, one below the other; what scipy does for any format, in a fraction of its time."""
    starts = np.concatenate([above.indptr, above.indptr[-1] + more.indptr[1:]])
    parts = [(above.data, more.data), (above.indices, more.indices)]
    data, columns = (np.concatenate(part) for part in parts)
    return sparse.csr_array((data, columns, starts), shape=(len(starts) - 1, above.shape[1]))


class Separator(Protocol):
    """Knows one block, and finds rows for it."""

    def violated(self, x: np.ndarray, most: int) -> Cuts:
        """At most so many rows that `x` (n,) breaks and every whole answer keeps, the worst first."""
        ...

    def choice(self, x: np.ndarray) -> np.ndarray | None:
        """Columns of which every whole answer has none or at least one in all, where `x` (n,) has less; or None."""
        ...


class NoCuts:
    """Finds nothing."""

    def __init__(self, columns: int) -> None:
        self._none = Cuts.none(columns)

    def violated(self, x: np.ndarray, most: int) -> Cuts:
        """No rows."""
        return self._none

    def choice(self, x: np.ndarray) -> None:
        """No columns."""
        return
