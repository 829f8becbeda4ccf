"""The master program: the linking rows and columns, and what blocks have answered so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

import highspy
import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.optimum import optimum
from optimizer.solvers.quiet import quiet

_ROWWISE, _MINIMISE = 2, 1


@dataclass(frozen=True)
class Linking:
    """What ties blocks together: a program over the linking columns alone, whose rows `links` also hold what blocks
    use.

    `dearest` (links,): no price of a linking row is ever higher; so much a missing unit of a row is charged.
    """

    form: StandardForm
    links: np.ndarray
    dearest: np.ndarray


@dataclass(frozen=True)
class Standing:
    """How the master stands: cost, prices (links,), linking columns and weights of its best mix, and what it lacks."""

    cost: float
    prices: np.ndarray
    columns: np.ndarray
    weights: np.ndarray
    lacking: float


class Master:
    """The relaxed master program; each group of blocks mixes its answers with weights that add up to one.

    Rows that no mix can keep are bought at their dearest price, so there always is an answer.
    """

    def __init__(self, linking: Linking, groups: int) -> None:
        self._linking, self._groups = linking, groups
        self._usages: list[np.ndarray] = []
        self._last = Standing(np.inf, np.zeros(len(linking.links)), linking.form.lower, np.zeros(0), np.inf)
        with quiet():
            self._engine = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1, "presolve": "off"}.items():
            self._engine.setOptionValue(name, value)
        self._lay()

    def _lay(self) -> None:
        form, links = self._linking.form, self._linking.links
        rows, columns = form.matrix.shape
        spare = sparse.csr_array((np.ones(len(links)), (links, np.arange(len(links)))), shape=(rows, len(links)))
        matrix = sparse.vstack(
            [
                sparse.hstack([form.matrix, spare, -spare], format="csr"),
                sparse.csr_array((self._groups, columns + 2 * len(links))),
            ],
            format="csr",
        )
        price = self._linking.dearest
        ones, free = np.ones(self._groups), np.full(2 * len(links), np.inf)
        cost = np.concatenate([form.cost, price, price])
        self._first = len(cost)
        self._engine.passModel(
            len(cost), rows + self._groups, matrix.nnz, _ROWWISE, _MINIMISE, 0.0, cost,
            np.concatenate([form.lower, np.zeros(2 * len(links))]), np.concatenate([form.upper, free]),
            np.concatenate([form.row_lower, ones]), np.concatenate([form.row_upper, ones]),
            matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data,
            np.zeros(len(cost), np.int32),
        )  # fmt: skip

    def add(self, cost: np.ndarray, usage: np.ndarray) -> None:
        """Take an answer of every group: `cost` (groups,), `usage` (groups, links)."""
        self._usages.append(usage)
        rows, links = self._linking.form.matrix.shape[0], self._linking.links
        places, values = [], []
        for group in range(self._groups):
            used = np.flatnonzero(usage[group])
            places.append(np.concatenate([links[used], [rows + group]]).astype(np.int32))
            values.append(np.concatenate([usage[group][used], [1.0]]))
        place = np.concatenate(places)
        starts = np.cumsum([0, *(len(part) for part in places[:-1])])
        self._engine.addCols(
            self._groups, cost, np.zeros(self._groups), np.full(self._groups, np.inf), len(place),
            starts.astype(np.int32), place, np.concatenate(values),
        )  # fmt: skip

    def used(self, mix: Standing) -> np.ndarray:
        """What the blocks of a mix use of the linking rows, (links,)."""
        return mix.weights @ np.concatenate(self._usages)

    def solve(self) -> Standing:
        """The best mix of what was answered so far; where HiGHS fails, the last one, as one that lacks without end."""
        if not optimum(self._engine):
            fresh = np.zeros(self._engine.getNumCol() - self._first - len(self._last.weights))
            return replace(self._last, weights=np.append(self._last.weights, fresh), lacking=np.inf)
        solution, form = self._engine.getSolution(), self._linking.form
        values, duals = np.array(solution.col_value), np.array(solution.row_dual)
        columns = len(form.cost)
        lacking = values[columns : self._first] @ np.tile(self._linking.dearest, 2)
        cost, prices = self._engine.getInfo().objective_function_value, duals[self._linking.links]
        self._last = Standing(cost, prices, values[:columns], values[self._first :], float(lacking))
        return self._last


def settled(linking: Linking, used: np.ndarray) -> StandardForm:
    """The program over the linking columns alone when the blocks use `used` (links,) of the linking rows."""
    form, links = linking.form, linking.links
    lower, upper = form.row_lower.copy(), form.row_upper.copy()
    lower[links] -= used
    upper[links] -= used
    return replace(form, row_lower=lower, row_upper=upper)
