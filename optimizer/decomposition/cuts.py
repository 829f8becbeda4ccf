"""Rows that every whole answer of a block keeps, found where an answer of its relaxation breaks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse


@dataclass(frozen=True)
class Cuts:
    """Rows matrix @ x >= lower over the columns of a block."""

    matrix: sparse.csr_array
    lower: np.ndarray

    @classmethod
    def none(cls, columns: int) -> Cuts:
        """No rows over so many columns."""
        return cls(sparse.csr_array((0, columns)), np.zeros(0))

    def and_also(self, more: Cuts) -> Cuts:
        """These rows and those below them."""
        stacked = sparse.vstack([self.matrix, more.matrix], format="csr")
        return Cuts(sparse.csr_array(stacked), np.concatenate([self.lower, more.lower]))

    def only(self, rows: np.ndarray) -> Cuts:
        """Some of the rows."""
        return Cuts(sparse.csr_array(self.matrix[rows]), self.lower[rows])

    def __len__(self) -> int:
        return len(self.lower)


class Separator(Protocol):
    """Knows one block, and finds rows for it."""

    def violated(self, x: np.ndarray, most: int) -> Cuts:
        """At most so many rows that `x` (n,) breaks and every whole answer keeps, the worst first."""
        ...


class NoCuts:
    """Finds nothing."""

    def __init__(self, columns: int) -> None:
        self._none = Cuts.none(columns)

    def violated(self, x: np.ndarray, most: int) -> Cuts:
        """No rows."""
        return self._none
