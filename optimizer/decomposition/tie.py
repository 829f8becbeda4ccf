"""What the linking columns cost beside given answers of blocks, and a choice of answers that suits them."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import highspy
import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.master import Linking, settled
from optimizer.decomposition.offers import Offers
from optimizer.decomposition.optimum import optimum
from optimizer.solvers.quiet import quiet
from optimizer.solvers.solver import Limits, Solver, Watch

_ROWWISE, _MINIMISE = 2, 1
#: A move must save so much, as a share of the cost, to be worth while.
LEAST_SAVING = 1e-9


@dataclass(frozen=True)
class Beside:
    """The linking columns beside some answers: their cost, prices of the linking rows, and what these lack (links,)."""

    cost: float
    prices: np.ndarray
    lacking: np.ndarray


@dataclass(frozen=True)
class WholeBeside:
    """Whole linking `columns` beside some answers, their cost with the constant and the penalties, and what the linking
    rows lack (links,).
    """

    columns: np.ndarray
    cost: float
    lacking: np.ndarray


class Tie:
    """The relaxed program over the linking columns alone, solved again and again beside other answers.

    What linking rows lack is bought at `penalty` (links,) a unit. The cost is convex in what blocks use, and the prices
    are its subgradient: so a move cannot save more than they promise.
    """

    def __init__(self, linking: Linking, penalty: np.ndarray) -> None:
        self._linking, self._penalty = linking, penalty
        form = elastic(linking.form.relaxed, linking.links, penalty)
        self._columns = len(linking.form.cost)
        with quiet():
            self._engine = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1, "presolve": "off"}.items():
            self._engine.setOptionValue(name, value)
        self._engine.passModel(
            len(form.cost), len(form.row_lower), form.matrix.nnz, _ROWWISE, _MINIMISE, 0.0, form.cost, form.lower,
            form.upper, form.row_lower, form.row_upper, form.matrix.indptr.astype(np.int32),
            form.matrix.indices.astype(np.int32), form.matrix.data, np.zeros(len(form.cost), np.int32),
        )  # fmt: skip

    def beside(self, used: np.ndarray) -> Beside:
        """The best linking columns beside answers that use so much of the linking rows (links,); an infinite cost where
        HiGHS finds none.
        """
        links, form, engine = self._linking.links, self._linking.form, self._engine
        rows = links.astype(np.int32)
        engine.changeRowsBounds(len(rows), rows, form.row_lower[links] - used, form.row_upper[links] - used)
        if not optimum(engine):
            return Beside(np.inf, np.zeros(len(links)), np.zeros(len(links)))
        solution = engine.getSolution()
        values, duals = np.array(solution.col_value), np.array(solution.row_dual)
        slack = values[self._columns :].reshape(2, -1)
        return Beside(engine.getInfo().objective_function_value, duals[links], slack[0] - slack[1])


def elastic(form: StandardForm, links: np.ndarray, penalty: np.ndarray) -> StandardForm:
    """A program whose rows `links` may be missed either way at a `penalty` a unit; two columns more for each."""
    rows, count = form.matrix.shape[0], len(links)
    spare = sparse.csr_array((np.ones(count), (links, np.arange(count))), shape=(rows, count))
    return replace(
        form, cost=np.concatenate([form.cost, penalty, penalty]),
        matrix=sparse.csr_array(sparse.hstack([form.matrix, spare, -spare], format="csr")),
        lower=np.concatenate([form.lower, np.zeros(2 * count)]),
        upper=np.concatenate([form.upper, np.full(2 * count, np.inf)]),
        integer=np.concatenate([form.integer, np.zeros(2 * count, dtype=bool)]), rows={}, columns={},
    )  # fmt: skip


def whole_beside(
    linking: Linking, used: np.ndarray, penalty: np.ndarray, solver: Solver, limits: Limits, watch: Watch | None = None
) -> WholeBeside | None:
    """Whole linking columns beside answers that use so much of each linking row; None where no answer is found, within
    the limits or before `watch` stops it.
    """
    form, links = settled(linking, used), linking.links
    answer = solver.solve(elastic(form, links, penalty), limits, watch=watch)
    if answer.x is None:
        return None
    count = len(form.cost)
    lacks = answer.x[count:].reshape(2, -1)
    return WholeBeside(answer.x[:count], answer.objective, lacks[0] - lacks[1])


class Choice:
    """One offer of each block, improved one block at a time beside what is tied together."""

    def __init__(self, tie: Tie, offers: Offers, taken: np.ndarray) -> None:
        self._tie, self.offers, self.taken = tie, offers, taken
        self.used = np.asarray(offers.usage[taken].sum(axis=0)).ravel()
        self.now = tie.beside(self.used)

    @property
    def cost(self) -> float:
        """Cost of the answers and of the relaxed linking columns beside them."""
        return float(self.offers.cost[self.taken].sum()) + self.now.cost

    def descend(self, most: int, ends: float = np.inf) -> int:
        """Swap answers while one swap alone saves something, trying at most so many, until the clock (`time.monotonic`)
        has come to `ends`; how many were made.
        """
        made = 0
        tried: set[int] = set()
        for _ in range(most):
            place = self._promising(tried)
            if place < 0 or time.monotonic() > ends:
                break
            if self._swapped(place):
                made, tried = made + 1, set()
            else:
                tried.add(place)
        return made

    def _promising(self, tried: set[int]) -> int:
        """The offer that the prices promise most of, -1 where none can save anything."""
        value = self.offers.cost - self.offers.usage @ self.now.prices
        promise = value - value[self.taken][self.offers.block]
        if tried:
            promise[list(tried)] = 0.0
        best = int(np.argmin(promise))
        return best if promise[best] < -LEAST_SAVING * (1.0 + abs(self.cost)) else -1

    def _swapped(self, place: int) -> bool:
        block = self.offers.block[place]
        before = self.taken[block]
        change = (self.offers.usage[[place]] - self.offers.usage[[before]]).toarray().ravel()
        then = self._tie.beside(self.used + change)
        saved = self.now.cost - then.cost - (self.offers.cost[place] - self.offers.cost[before])
        if saved <= LEAST_SAVING * (1.0 + abs(self.cost)):
            return False
        self.taken[block], self.used, self.now = place, self.used + change, then
        return True
