"""Prices that another run has left, as much of them as the linking columns can bear today."""

from __future__ import annotations

import numpy as np

from optimizer.decomposition.lagrangian import cleared, linking_bound
from optimizer.decomposition.master import Linking
from optimizer.search.stored import Recalled
from optimizer.solvers.solver import Limits, Solver

#: Shares of the prices of another run that are tried, and how far below nothing they may bring the linking columns, as
#: a share of the least mission cost.
SHARES, BEARABLE = (1.0, 0.95, 0.9, 0.8, 0.65, 0.5), 0.1


def borne(
    known: Recalled, first: np.ndarray, linking: Linking, floor: float, solver: Solver, limits: Limits
) -> np.ndarray:
    """Prices (links,): those that are `known`, and the `first` ones where none is; the first ones alone where no share
    of the known ones can be borne.

    Where rates have fallen since, what was paid a kilogram would earn more than it costs, kilogram by kilogram. `floor`
    is the least mission cost.
    """
    for share in SHARES:
        prices = cleared(linking, known.times(share).filled(first))
        if linking_bound(linking, prices, solver, limits) >= -BEARABLE * floor:
            return prices
    return first
