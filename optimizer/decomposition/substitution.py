"""Columns of a program that are a fixed multiple of another one, and need not stand in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.algebra.standard_form import StandardForm


@dataclass(frozen=True)
class Substitution:
    """Each column (n,) is `times` the one that `stays` for it, itself where it stays; `rows` (m,) are those that say so
    and go.
    """

    stays: np.ndarray
    times: np.ndarray
    rows: np.ndarray

    @property
    def kept(self) -> np.ndarray:
        """The columns that stay (n,)."""
        return self.stays == np.arange(len(self.stays))

    def bounds(self, form: StandardForm) -> tuple[np.ndarray, np.ndarray]:
        """Bounds of the columns (n,), where those of a column that goes tighten those of the one that stays."""
        lower, upper = form.lower.copy(), form.upper.copy()
        goes = np.flatnonzero(~self.kept)
        stays, times = self.stays[goes], self.times[goes]
        low, high = form.lower[goes] / times, form.upper[goes] / times
        np.maximum.at(lower, stays, np.minimum(low, high))
        np.minimum.at(upper, stays, np.maximum(low, high))
        return lower, np.maximum(upper, lower)

    def gathered(self, amounts: np.ndarray) -> np.ndarray:
        """What a unit of each column (n,) comes to with what goes with it, where `amounts` (n,) are those of each by
        itself; of no meaning for columns that go.
        """
        return np.bincount(self.stays, amounts * self.times, len(amounts))


def substitution(form: StandardForm, own: np.ndarray) -> Substitution:
    """The continuous columns that are a fixed multiple of a whole one: they stand in an equality of two entries with
    right-hand side 0, and in no other one. `own` (m,): rows that are looked at.
    """
    matrix, count = form.matrix, len(form.cost)
    pairs = own & (np.diff(matrix.indptr) == 2) & (form.row_lower == 0) & (form.row_upper == 0)
    rows = np.flatnonzero(pairs)
    first = matrix.indptr[rows]
    pair, value = (np.stack([array[first], array[first + 1]], axis=1) for array in (matrix.indices, matrix.data))
    whole = form.integer[pair]
    rows, pair, value, whole = (array[whole.sum(axis=1) == 1] for array in (rows, pair, value, whole))
    alone = np.bincount(pair[~whole], minlength=count)[pair[~whole]] == 1
    rows, pair, value, whole = (array[alone] for array in (rows, pair, value, whole))
    stays, times = np.arange(count), np.ones(count)
    stays[pair[~whole]] = pair[whole]
    times[pair[~whole]] = -value[whole] / value[~whole]
    gone = np.zeros(len(own), dtype=bool)
    gone[rows] = True
    return Substitution(stays, times, gone)
