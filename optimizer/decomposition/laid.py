"""A block on a desk, as the engine has it: own rows, cuts below them, column bounds."""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from optimizer.algebra.bound import dual_bound
from optimizer.decomposition.block import Block
from optimizer.decomposition.cuts import Cuts, below
from optimizer.decomposition.optimum import optimum

INFINITY = 1e30
#: Lower and upper bounds of the columns of a block.
Sides = tuple[np.ndarray, np.ndarray]
#: The simplex methods of HiGHS.
DUAL, PRIMAL = 1, 4
#: What is nearer to a side is on it.
ON_SIDE = 1e-7
_STATUS = highspy.HighsBasisStatus
_STATUSES = np.array([_STATUS.kLower, _STATUS.kBasic, _STATUS.kUpper], dtype=object)


class Laid:
    """The program that stands on an engine, kept in step with it while cuts come and go."""

    def __init__(self, engine: highspy.Highs, block: Block, cuts: Cuts, cost: np.ndarray, sides: Sides) -> None:
        self._engine, self._block, self._cost = engine, block, cost
        self.cuts, self.sides = cuts, sides
        self._rows, self._passing = len(block.row_lower), -1
        self._solution: tuple[np.ndarray, np.ndarray] | None = None

    def solve_from(self, x: np.ndarray) -> bool:
        """Find the optimum from a point (n,) that is thought to be one, by the primal method, for which any basis that
        has the point will do; false where it fails.
        """
        self._engine.setBasis(_basis_at(x, self._block, self.sides))
        self._engine.setOptionValue("simplex_strategy", PRIMAL)
        solved = self.solve()
        self._engine.setOptionValue("simplex_strategy", DUAL)
        return solved

    def solve(self, basis: highspy.HighsBasis | None = None) -> bool:
        """Find the optimum, from a basis or from where the engine stands; false where it fails."""
        self._solution = None
        if basis is not None:
            self._engine.setBasis(basis)
        return optimum(self._engine)

    @property
    def value(self) -> float:
        """The cost of the optimum."""
        return float(self._engine.getInfo().objective_function_value)

    @property
    def basis(self) -> highspy.HighsBasis:
        """The basis as it stands."""
        return self._engine.getBasis()

    @property
    def x(self) -> np.ndarray:
        """The optimum, (n,)."""
        return np.clip(self._read()[0], *self.sides)

    def _read(self) -> tuple[np.ndarray, np.ndarray]:
        """Columns and multipliers of the rows at the optimum; the engine hands out lists, so they are read once."""
        if self._solution is None:
            solution = self._engine.getSolution()
            self._solution = np.array(solution.col_value), np.array(solution.row_dual)
        return self._solution

    def add(self, fresh: Cuts) -> None:
        """Take more cuts in."""
        self._engine.addRows(
            len(fresh), fresh.lower, np.full(len(fresh), INFINITY), len(fresh.values), fresh.starts[:-1], fresh.columns,
            fresh.values,
        )  # fmt: skip
        self._solution = None
        self.cuts = self.cuts.and_also(fresh)

    def trim(self) -> None:
        """Leave out the cuts that do not bind at the optimum."""
        binds = self._read()[1][self._rows :] > 0
        if self._passing >= 0:
            binds[self._passing] = True
            self._passing = int(binds[: self._passing].sum())
        self._keep(binds)

    def ask(self, row: Cuts) -> None:
        """Take one row in that stays until it is dropped."""
        self._passing = len(self.cuts)
        self.add(row)

    def drop(self) -> None:
        """Leave out the row that was asked."""
        kept = np.arange(len(self.cuts)) != self._passing
        self._passing = -1
        self._keep(kept)

    def _keep(self, kept: np.ndarray) -> None:
        gone = np.flatnonzero(~kept)
        if len(gone):
            self._engine.deleteRows(len(gone), (self._rows + gone).astype(np.int32))
            self._solution = None
            self.cuts = self.cuts.only(kept)

    def close(self, columns: np.ndarray) -> None:
        """Let the columns be at their lower bounds."""
        lower, upper = self.sides
        upper = upper.copy()
        upper[columns] = lower[columns]
        self.bound_to((lower, upper), columns)

    def bound_to(self, sides: Sides, columns: np.ndarray) -> None:
        """Give the columns these bounds; all others have theirs already."""
        lower, upper = sides
        self._engine.changeColsBounds(len(columns), columns.astype(np.int32), lower[columns], upper[columns])
        self.sides = sides

    def bound(self) -> float:
        """A proven bound from the multipliers of the optimum."""
        block, duals = self._block, self._read()[1]
        cuts = np.maximum(duals[self._rows :], 0.0)  # a cut has no upper side that a multiplier could hold
        left = self._cost - self.cuts.weighed(cuts)
        own = block.matrix, block.row_lower, block.row_upper, *self.sides
        return float(cuts @ self.cuts.lower) + dual_bound(left, *own, duals[: self._rows])


def rows_of(block: Block, cuts: Cuts) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """Matrix and sides of a block's own rows and its cuts."""
    if not len(cuts):
        return block.matrix, block.row_lower, block.row_upper
    lower = np.concatenate([block.row_lower, cuts.lower])
    return below(block.matrix, cuts.matrix), lower, np.concatenate([block.row_upper, np.full(len(cuts), np.inf)])


def _basis_at(x: np.ndarray, block: Block, sides: Sides) -> highspy.HighsBasis:
    """A basis of the block's own rows with the point `x` (n,): what lies between its sides is basic. HiGHS is told to
    complete it.
    """
    basis = highspy.HighsBasis()
    basis.col_status = _STATUSES[_standing(x, *sides)].tolist()
    basis.row_status = _STATUSES[_standing(block.matrix @ x, block.row_lower, block.row_upper)].tolist()
    basis.valid = basis.alien = True
    return basis


def _standing(x: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """0 on the lower side, 1 between, 2 on the upper side alone."""
    above, below = x > lower + ON_SIDE, x < upper - ON_SIDE
    return above.astype(np.int8) + (above & ~below)
