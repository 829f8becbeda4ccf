"""The bound at prices: what blocks answer, the linking columns' best, and the sides of the linking rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.algebra.bound import held, margin
from optimizer.decomposition.master import Linking, settled
from optimizer.errors import OptimizerError
from optimizer.solvers.solver import Limits, Solver

#: Share of what could be used that first prices are found for.
LITTLE = 1e-3


def cleared(linking: Linking, prices: np.ndarray) -> np.ndarray:
    """The prices without those that hold an infinite side of their row."""
    form, links = linking.form, linking.links
    return held(prices, form.row_lower[links], form.row_upper[links])


def first_prices(linking: Linking, fullest: np.ndarray, solver: Solver, limits: Limits) -> np.ndarray:
    """Prices of linking rows (links,) while little of them is used: rates and shares of fees, but nothing for room.

    `fullest` (links,): what blocks would use if they did all that they can; a little of that is used here.
    """
    answer = solver.solve(settled(linking, LITTLE * fullest).relaxed, limits)
    return np.zeros(len(linking.links)) if answer.row_duals is None else answer.row_duals[linking.links]


def linking_bound(linking: Linking, prices: np.ndarray, solver: Solver, limits: Limits) -> float:
    """A bound on what linking rows and columns cost at `prices` (links,), which must be cleared.

    The columns are whole where they must be, so this bound may exceed that of the relaxed master; what tolerances may
    have added to it is taken off. -inf where the solver fails, or has no answer: without the linking rows there always
    is one.
    """
    form, links = linking.form, linking.links
    sides = np.where(prices > 0, form.row_lower[links], np.where(prices < 0, form.row_upper[links], 0.0))
    others = np.ones(form.matrix.shape[0], dtype=bool)
    others[links] = False
    rows = form.matrix[others]
    cost = form.cost - form.matrix[links].T @ prices
    alone = replace(form, cost=cost, offset=0.0, matrix=rows, row_lower=form.row_lower[others],
                    row_upper=form.row_upper[others], rows={}, columns={})  # fmt: skip
    try:
        answer = solver.solve(alone, replace(limits, relative_gap=1e-6))
    except OptimizerError:
        return -np.inf
    if answer.x is None:
        return -np.inf
    return float(prices @ sides) + answer.bound - margin(cost, answer.x) + form.offset
