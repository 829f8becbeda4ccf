"""The relaxation of a block at prices, solved warm, and strengthened by cuts on request."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from optimizer.decomposition.block import Block
from optimizer.decomposition.bound import dual_bound
from optimizer.decomposition.cuts import Cuts, Separator
from optimizer.solvers.quiet import quiet

_ROWWISE, _MINIMISE, _INFINITY = 2, 1, 1e30
#: Most rows that one round of cuts may add to a block.
CUTS_A_ROUND = 40


#: Lower and upper bounds of the columns of a block.
Sides = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Answer:
    """What a block answers to prices: a proven bound on its priced cost, and a point of its relaxation."""

    bound: float
    x: np.ndarray


class Desk:
    """One HiGHS object on which the blocks of a process are solved, one after the other."""

    def __init__(self, presolve: bool = False) -> None:
        with quiet():  # the first object of a process prints a banner before it can be told to be silent
            self.engine = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1, "presolve": "choose" if presolve else "off"}.items():
            self.engine.setOptionValue(name, value)

    def lay(self, block: Block, cuts: Cuts, cost: np.ndarray, sides: Sides, whole: bool = False) -> None:
        """Make a block with its cuts, this cost and these column bounds the program on the desk."""
        matrix, lower, upper = rows_of(block, cuts)
        integer = block.integer.astype(np.int32) if whole else np.zeros(len(cost), dtype=np.int32)
        self.engine.passModel(
            len(cost), len(lower), matrix.nnz, _ROWWISE, _MINIMISE, 0.0, cost, *sides, lower, upper,
            matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data, integer,
        )  # fmt: skip


def rows_of(block: Block, cuts: Cuts) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """Matrix and sides of a block's own rows and its cuts."""
    if not len(cuts):
        return block.matrix, block.row_lower, block.row_upper
    matrix = sparse.csr_array(sparse.vstack([block.matrix, cuts.matrix], format="csr"))
    lower = np.concatenate([block.row_lower, cuts.lower])
    return matrix, lower, np.concatenate([block.row_upper, np.full(len(cuts), np.inf)])


class Relaxation:
    """One block with the cuts and the basis of its last answer.

    `sides` are the block's own column bounds until they are narrowed; bounds of answers then hold for the narrower
    block alone.
    """

    def __init__(self, block: Block, separator: Separator) -> None:
        self.block, self.separator = block, separator
        self.cuts = Cuts.none(len(block.cost))
        self.sides: Sides = block.lower, block.upper
        self._basis: highspy.HighsBasis | None = None

    def answer(self, prices: np.ndarray, desk: Desk, rounds: int = 0) -> Answer | None:
        """The relaxation's best point at `prices` (links,) after up to `rounds` rounds of cuts; None where HiGHS fails.

        Cuts that do not bind in the end are dropped; they are found again when they are broken.
        """
        cost = self.block.priced(prices)
        desk.lay(self.block, self.cuts, cost, self.sides)
        if self._basis is not None:
            desk.engine.setBasis(self._basis)
        if not self._run(desk):
            return None
        for _ in range(rounds):
            fresh = self.separator.violated(self._point(desk), CUTS_A_ROUND)
            if not len(fresh):
                break
            self._add(desk, fresh)
            if not self._run(desk):
                return None
        return self._read(desk, cost)

    def _run(self, desk: Desk) -> bool:
        desk.engine.run()
        if desk.engine.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return True
        desk.engine.clearSolver()
        desk.engine.run()
        self._basis = None
        return desk.engine.getModelStatus() == highspy.HighsModelStatus.kOptimal

    @staticmethod
    def _point(desk: Desk) -> np.ndarray:
        return np.array(desk.engine.getSolution().col_value)

    def _add(self, desk: Desk, fresh: Cuts) -> None:
        matrix = fresh.matrix
        desk.engine.addRows(
            len(fresh), fresh.lower, np.full(len(fresh), _INFINITY), matrix.nnz, matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32), matrix.data,
        )  # fmt: skip
        self.cuts = self.cuts.and_also(fresh)

    def _read(self, desk: Desk, cost: np.ndarray) -> Answer:
        solution = desk.engine.getSolution()
        x, duals = np.array(solution.col_value), np.array(solution.row_dual)
        x = np.clip(x, *self.sides)
        matrix, lower, upper = rows_of(self.block, self.cuts)
        bound = dual_bound(cost, matrix, lower, upper, *self.sides, duals)
        own = len(self.block.row_lower)
        slack = np.flatnonzero(duals[own:] <= 0)
        if len(slack):
            desk.engine.deleteRows(len(slack), (own + slack).astype(np.int32))
            self.cuts = self.cuts.only(np.flatnonzero(duals[own:] > 0))
        self._basis = desk.engine.getBasis()
        return Answer(bound, x)
