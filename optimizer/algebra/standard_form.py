"""A mixed-integer linear program as plain arrays, the form that every solver takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse


@dataclass(frozen=True)
class StandardForm:
    """Minimise cost @ x + offset subject to row_lower <= matrix @ x <= row_upper and lower <= x <= upper.

    Shapes: `cost`, `lower`, `upper`, `integer` (bool) n columns; `row_lower`, `row_upper` m rows; `matrix` m x n, CSR,
    float64. Infinite bounds are +-inf. `rows` and `columns` give the range of each named band and family of variables.
    """

    cost: np.ndarray
    offset: float
    matrix: sparse.csr_array
    row_lower: np.ndarray
    row_upper: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    integer: np.ndarray
    rows: Mapping[str, slice]
    columns: Mapping[str, slice]

    @property
    def relaxed(self) -> StandardForm:
        """The same program without integrality."""
        return replace(self, integer=np.zeros(len(self.cost), dtype=bool))

    def violation(self, x: np.ndarray) -> float:
        """Largest amount by which `x` breaks a row, a bound or integrality."""
        activity = self.matrix @ x
        parts = (
            self.row_lower - activity,
            activity - self.row_upper,
            self.lower - x,
            x - self.upper,
            np.abs(x - np.round(x))[self.integer],
        )
        return max((float(part.max()) for part in parts if part.size), default=0.0)
