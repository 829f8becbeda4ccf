"""A choice that the relaxation leaves open, made both ways: the bound is the lower of the two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.decomposition.cuts import Cuts
from optimizer.decomposition.laid import Laid


def both_ways(laid: Laid, columns: np.ndarray, strengthen: Callable[[Laid], bool]) -> tuple[float, np.ndarray]:
    """A bound over answers with none of the columns and over those with at least one of them in all, and the point of
    the side where it is lower, which alone is strengthened.

    Where HiGHS does not solve a side the bound before the choice stays, so that no tolerance can empty a side.
    """
    plain, sides, x = laid.bound(), laid.sides, laid.x
    laid.close(columns)
    solved = laid.solve()
    none, basis = (laid.bound() if solved else plain), laid.basis
    laid.bound_to(sides, columns)
    laid.ask(_one_of(columns, len(sides[0])))
    if not laid.solve() or not solved:
        laid.drop()
        return plain, x
    some = laid.bound()
    if none <= some:
        laid.drop()
        laid.close(columns)
        if not laid.solve(basis):
            laid.bound_to(sides, columns)
            return max(plain, min(none, some)), x
    raised = laid.bound() if strengthen(laid) else plain
    x = laid.x
    laid.trim()
    if none <= some:
        laid.bound_to(sides, columns)
    else:
        laid.drop()
    return max(plain, min(raised, max(none, some))), x


def _one_of(columns: np.ndarray, width: int) -> Cuts:
    starts = np.array([0, len(columns)], np.int32)
    return Cuts(starts, columns.astype(np.int32), np.ones(len(columns)), np.ones(1), width)
