"""The relaxation of a block at prices, solved warm, and strengthened by cuts on request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np

from optimizer.decomposition.block import Block
from optimizer.decomposition.both_ways import both_ways
from optimizer.decomposition.cuts import Cuts, Separator
from optimizer.decomposition.laid import Laid, Sides, rows_of
from optimizer.solvers.quiet import quiet

_ROWWISE, _MINIMISE = 2, 1
#: Devex weights spare the dual simplex the solves that exact ones ask for after rows were added.
_SETTINGS = {"output_flag": False, "threads": 1, "simplex_dual_edge_weight_strategy": 1}
#: Most rows that one round of cuts may add to a block.
CUTS_A_ROUND = 100
#: Rounds of cuts before a choice is made both ways, and share of all gain so far that a round must add to go on.
BEFORE_CHOICE, LITTLE = 1, 0.01


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
        for name, value in (_SETTINGS | {"presolve": "choose" if presolve else "off"}).items():
            self.engine.setOptionValue(name, value)

    def lay(self, block: Block, cuts: Cuts, cost: np.ndarray, sides: Sides, whole: bool = False) -> Laid:
        """Make a block with its cuts, this cost and these column bounds the program on the desk."""
        matrix, lower, upper = rows_of(block, cuts)
        integer = block.integer.astype(np.int32) if whole else np.zeros(len(cost), dtype=np.int32)
        self.engine.passModel(
            len(cost), len(lower), matrix.nnz, _ROWWISE, _MINIMISE, 0.0, cost, *sides, lower, upper,
            matrix.indptr.astype(np.int32, copy=False), matrix.indices.astype(np.int32, copy=False), matrix.data,
            integer,
        )  # fmt: skip
        return Laid(self.engine, block, cuts, cost, sides)


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

    def answer(self, prices: np.ndarray, desk: Desk, rounds: int = 0, near: np.ndarray | None = None) -> Answer | None:
        """The relaxation's best point at `prices` (links,) after up to `rounds` rounds of cuts; None where HiGHS fails.

        `near` (n,): an optimal point before cuts, where one is known; it saves most of the first solve.
        After the first rounds of cuts a choice that the point leaves open is made both ways, and the others go on where
        the bound is lower. Cuts that do not bind in the end are dropped; they are found again when they are broken.
        """
        laid = desk.lay(self.block, self.cuts, self.block.priced(prices), self.sides)
        basis, self._basis = self._basis, None
        begun = laid.solve(basis) if basis is not None or near is None or len(self.cuts) else laid.solve_from(near)
        if not begun or not self._strengthen(laid, min(rounds, BEFORE_CHOICE)):
            return None
        left = rounds - BEFORE_CHOICE
        choice = self.separator.choice(laid.x) if rounds else None
        if choice is not None:
            found = Answer(*both_ways(laid, choice, lambda laid: self._strengthen(laid, left)))
        elif self._strengthen(laid, left):
            found = Answer(laid.bound(), laid.x)
            laid.trim()
        else:
            return None
        self._kept(laid)
        return found

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Answers within leave no trace: cuts that bind elsewhere are not worth those that bind at the bound."""
        kept = self.cuts, self._basis
        try:
            yield
        finally:
            self.cuts, self._basis = kept

    def _strengthen(self, laid: Laid, rounds: int) -> bool:
        """Up to so many rounds of cuts, fewer where they gain little; false where HiGHS fails."""
        begun = laid.value
        for number in range(rounds):
            before = laid.value
            fresh = self.separator.violated(laid.x, CUTS_A_ROUND)
            if not len(fresh):
                break
            if number:
                laid.trim()
            laid.add(fresh)
            if not laid.solve():
                return False
            if laid.value - before < LITTLE * (laid.value - begun):
                break
        return True

    def _kept(self, laid: Laid) -> None:
        self.cuts, self._basis = laid.cuts, laid.basis if laid.basis.valid else None
