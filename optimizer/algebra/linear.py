"""Linear expressions of families of variables, and the bands that they are held in."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
from scipy import sparse

#: One term: the family, and its coefficients: a vector is a diagonal matrix, a sparse array any other.
Term = tuple[str, "np.ndarray | sparse.csr_array"]


class Operand:
    """What arithmetic needs: anything that `as_linear` turns into an expression.

    numpy, scipy and pandas are told to leave products to us; `==` states a constraint, so nothing here can be hashed
    or be a truth value.
    """

    __array_ufunc__ = None
    __pandas_priority__ = 10_000
    __hash__ = None  # type: ignore[assignment]

    def as_linear(self) -> Linear:
        """The expression that this stands for."""
        raise TypeError(f"{type(self).__name__} is not an expression")

    def __add__(self, other: Any) -> Linear:
        mine, theirs = self.as_linear(), as_linear(other, len(self))  # type: ignore[arg-type]
        return Linear(mine.terms + theirs.terms, mine.constant + theirs.constant)

    __radd__ = __add__

    def __neg__(self) -> Linear:
        return self * -1.0

    def __sub__(self, other: Any) -> Linear:
        return self + (-other)

    def __rsub__(self, other: Any) -> Linear:
        return -self + other

    def __mul__(self, factor: Any) -> Linear:
        mine = self.as_linear()
        scale = _vector(factor, len(mine))
        return Linear(tuple((name, _scaled(block, scale)) for name, block in mine.terms), mine.constant * scale)

    __rmul__ = __mul__

    def __rmatmul__(self, matrix: sparse.csr_array) -> Linear:
        mine = self.as_linear()
        matrix = sparse.csr_array(matrix)
        if matrix.shape[1] != len(mine):
            raise ValueError(f"a matrix with {matrix.shape[1]} columns cannot gather {len(mine)} entries")
        return Linear(tuple((name, _gathered(matrix, block)) for name, block in mine.terms), matrix @ mine.constant)

    def __le__(self, other: Any) -> Band:
        return _band(self - other, -np.inf, 0.0)

    def __ge__(self, other: Any) -> Band:
        return _band(self - other, 0.0, np.inf)

    def __eq__(self, other: object) -> Band:  # type: ignore[override]
        return _band(self - other, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Linear(Operand):
    """A vector of affine expressions: sum over terms of block @ family + constant. A family may appear in several
    terms.
    """

    terms: tuple[Term, ...]
    constant: np.ndarray

    def __len__(self) -> int:
        return len(self.constant)

    def as_linear(self) -> Linear:
        return self


@dataclass(frozen=True, eq=False)
class Band:
    """Rows lower <= expression <= upper; shapes (n,). Constants stand in the bounds, not in the expression."""

    expression: Linear
    lower: np.ndarray
    upper: np.ndarray

    def __len__(self) -> int:
        return len(self.lower)

    def __bool__(self) -> bool:
        raise TypeError("a band has no truth value; write low <= x <= high as two bands")


def as_linear(value: Any, rows: int) -> Linear:
    """`value` (an operand, a number or a vector of `rows` numbers) as an expression."""
    if isinstance(value, Operand):
        linear = value.as_linear()
        if len(linear) != rows:
            raise ValueError(f"expressions of {rows} and {len(linear)} rows do not match")
        return linear
    return Linear((), _vector(value, rows))


def _vector(value: Any, rows: int) -> np.ndarray:
    if isinstance(value, Real):
        return np.full(rows, float(value))
    vector = np.asarray(value, dtype=np.float64)
    if vector.shape != (rows,):
        raise ValueError(f"a vector of shape {vector.shape} does not match {rows} rows")
    return vector


def _scaled(block: np.ndarray | sparse.csr_array, scale: np.ndarray) -> np.ndarray | sparse.csr_array:
    if isinstance(block, np.ndarray):
        return block * scale
    data = block.data * np.repeat(scale, np.diff(block.indptr))
    return sparse.csr_array((data, block.indices, block.indptr), shape=block.shape)


def _gathered(matrix: sparse.csr_array, block: np.ndarray | sparse.csr_array) -> sparse.csr_array:
    if isinstance(block, np.ndarray):
        return sparse.csr_array(
            (matrix.data * block[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape
        )
    return matrix @ block


def _band(difference: Linear, lower: float, upper: float) -> Band:
    return Band(
        Linear(difference.terms, np.zeros(len(difference))), lower - difference.constant, upper - difference.constant
    )
