"""Which of the answers that blocks offer are taken: the master program restricted to whole answers.

Every block takes one of its offers; the linking columns are whole where they must be (restricted master heuristic:
Sadykov et al., Primal heuristics for branch and price, 2019, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.master import Linking
from optimizer.decomposition.offers import Offers
from optimizer.solvers.solver import Limits, Solver, Watch


@dataclass(frozen=True)
class Chosen:
    """One offer of each block (positions among the offers), the linking columns beside them, the cost of all, and what
    linking rows lack, in money.
    """

    offers: np.ndarray
    columns: np.ndarray
    cost: float
    lacking: float


@dataclass(frozen=True)
class Mixed:
    """The best mix of offers: prices of the linking rows, weight of each offer, the linking columns, the cost."""

    prices: np.ndarray
    weights: np.ndarray
    columns: np.ndarray
    cost: float


class Selection:
    """The program of a choice among offers. Linking rows that no choice can keep are bought at their dearest price."""

    def __init__(self, linking: Linking, offers: Offers, blocks: int, penalty: np.ndarray) -> None:
        self.linking, self.offers, self._blocks, self._penalty = linking, offers, blocks, penalty
        self._form = _stated(linking, offers, blocks, penalty)
        self._own = len(linking.form.cost)
        self._first = len(self._form.cost) - len(offers.block)

    def mixed(self, solver: Solver, limits: Limits, watch: Watch | None = None) -> Mixed | None:
        """The best mix; None where the solver finds none, or `watch` stops it."""
        answer = solver.solve(self._form.relaxed, limits, watch=watch)
        if answer.x is None or answer.row_duals is None:
            return None
        prices = answer.row_duals[self.linking.links]
        return Mixed(prices, answer.x[self._first :], answer.x[: self._own], answer.objective)

    def whole(
        self, solver: Solver, limits: Limits, start: Chosen | None = None, watch: Watch | None = None
    ) -> Chosen | None:
        """The best whole choice found within the limits, from `start` where one is given."""
        answer = solver.solve(self._form, limits, None if start is None else self._vector(start), watch)
        return None if answer.x is None else self._read(answer.x, answer.objective)

    def _vector(self, start: Chosen) -> np.ndarray:
        """A start for the solver: the choice is known, the linking columns follow from it."""
        x = np.full(len(self._form.cost), np.nan)
        x[self._first :] = 0.0
        x[self._first + start.offers] = 1.0
        return x

    def _read(self, x: np.ndarray, cost: float) -> Chosen:
        weights, slack = x[self._first :], x[self._own : self._first]
        order = np.lexsort((-weights, self.offers.block))
        block = self.offers.block[order]
        taken = order[np.flatnonzero(np.diff(block, prepend=-1))]
        return Chosen(taken, x[: self._own], cost, float(slack @ np.tile(self._penalty, 2)))


def _stated(linking: Linking, offers: Offers, blocks: int, penalty: np.ndarray) -> StandardForm:
    form, links, count = linking.form, linking.links, len(offers.block)
    rows = form.matrix.shape[0]
    spare = sparse.csr_array((np.ones(len(links)), (links, np.arange(len(links)))), shape=(rows, len(links)))
    used = sparse.coo_array(offers.usage.T)
    usage = sparse.csr_array((used.data, (links[used.row], used.col)), shape=(rows, count))
    one = sparse.csr_array((np.ones(count), (offers.block, np.arange(count))), shape=(blocks, count))
    empty = sparse.csr_array((blocks, len(form.cost) + 2 * len(links)))
    matrix = sparse.vstack(
        [sparse.hstack([form.matrix, spare, -spare, usage]), sparse.hstack([empty, one])], format="csr"
    )
    price, free, ones = np.tile(penalty, 2), np.full(2 * len(links), np.inf), np.ones(blocks)
    return StandardForm(
        cost=np.concatenate([form.cost, price, offers.cost]), offset=form.offset, matrix=sparse.csr_array(matrix),
        row_lower=np.concatenate([form.row_lower, ones]), row_upper=np.concatenate([form.row_upper, ones]),
        lower=np.concatenate([form.lower, np.zeros(2 * len(links) + count)]),
        upper=np.concatenate([form.upper, free, np.ones(count)]),
        integer=np.concatenate([form.integer, np.zeros(2 * len(links), bool), np.ones(count, bool)]),
        rows={}, columns={},
    )  # fmt: skip
