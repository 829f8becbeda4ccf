"""Named families of variables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.algebra.linear import Linear, Operand


@dataclass(frozen=True, eq=False)
class Variables(Operand):
    """A family of `len(lower)` variables within [lower, upper], all whole if `integer`, or those where it is true.

    Shapes: `lower` and `upper` (n,), `integer` (n,) where it is not the same for all. In arithmetic a family stands for
    the vector of its variables.
    """

    name: str
    lower: np.ndarray
    upper: np.ndarray
    integer: bool | np.ndarray = False

    def __post_init__(self) -> None:
        if self.lower.shape != self.upper.shape or self.lower.ndim != 1:
            raise ValueError(
                f"{self.name}: lower {self.lower.shape} and upper {self.upper.shape} must be equal vectors"
            )
        if np.isnan(self.lower).any() or np.isnan(self.upper).any():
            raise ValueError(f"{self.name}: a bound is not a number")
        if (self.lower > self.upper).any():
            raise ValueError(f"{self.name}: a lower bound is above its upper bound")

    def __len__(self) -> int:
        return len(self.lower)

    def as_linear(self) -> Linear:
        return Linear(((self.name, np.ones(len(self))),), np.zeros(len(self)))
