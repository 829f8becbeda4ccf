"""Lower bounds that hold whatever a solver's tolerances were."""

from __future__ import annotations

import numpy as np
from scipy import sparse

#: What the tolerances of a solver may add to a bound that it tells, as a share of all that its cost adds up.
TOLERANCE = 1e-6


def dual_bound(
    cost: np.ndarray,
    matrix: sparse.csr_array,
    row_lower: np.ndarray,
    row_upper: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    duals: np.ndarray,
    forgiven: float = 0.0,
) -> float:
    """A valid lower bound on cost @ x over the rows and bounds, from any multipliers `duals` (m,) of the rows.

    Weak duality: multipliers times the sides that they hold, and reduced costs times the column bounds that they hold.
    A multiplier that holds an infinite side counts as zero, so no tolerance of the solver can spoil the bound. Where a
    reduced cost holds an infinite bound of its column nothing is proven (-inf), unless it is no more than what is
    `forgiven`.
    """
    used = held(duals, row_lower, row_upper)
    rows = np.where(used > 0, row_lower, np.where(used < 0, row_upper, 0.0))
    reduced = cost - matrix.T @ used
    ends = np.where(reduced > 0, lower, np.where(reduced < 0, upper, 0.0))
    ends = np.where(np.isinf(ends) & (np.abs(reduced) <= forgiven), 0.0, ends)
    return float(used @ rows + (reduced * ends).sum())


def held(duals: np.ndarray, row_lower: np.ndarray, row_upper: np.ndarray) -> np.ndarray:
    """The multipliers without those that hold an infinite side."""
    wrong = ((duals > 0) & np.isinf(row_lower)) | ((duals < 0) & np.isinf(row_upper))
    return np.where(wrong, 0.0, duals)


def margin(cost: np.ndarray, x: np.ndarray) -> float:
    """What tolerances may add to a bound on cost @ x, from an answer near it: a share of its terms, not of their sum,
    for these may cancel.
    """
    return TOLERANCE * float(np.abs(cost * x).sum())
