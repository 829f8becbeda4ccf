"""Lower bounds that hold whatever the solver's tolerances were."""

from __future__ import annotations

import numpy as np
from scipy import sparse


def dual_bound(
    cost: np.ndarray,
    matrix: sparse.csr_array,
    row_lower: np.ndarray,
    row_upper: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    duals: np.ndarray,
) -> float:
    """A valid lower bound on cost @ x over the rows and bounds, from any multipliers `duals` (m,) of the rows.

    Weak duality: multipliers times the sides that they hold, and reduced costs times the column bounds that they hold.
    A multiplier that holds an infinite side counts as zero, so no tolerance of the solver can spoil the bound; columns
    must have finite bounds.
    """
    used = held(duals, row_lower, row_upper)
    rows = np.where(used > 0, row_lower, np.where(used < 0, row_upper, 0.0))
    reduced = cost - matrix.T @ used
    return float(used @ rows + np.minimum(reduced * lower, reduced * upper).sum())


def held(duals: np.ndarray, row_lower: np.ndarray, row_upper: np.ndarray) -> np.ndarray:
    """The multipliers without those that hold an infinite side."""
    wrong = ((duals > 0) & np.isinf(row_lower)) | ((duals < 0) & np.isinf(row_upper))
    return np.where(wrong, 0.0, duals)
