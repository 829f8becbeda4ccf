"""Whole answers of one block: a first one by diving, better ones and better bounds by HiGHS around it."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from optimizer.decomposition.dive import Dive
from optimizer.decomposition.relaxation import Desk, Relaxation, Sides

#: A whole column is held where relaxation and answer differ by no more.
AGREED = 0.1
#: What a solver's tolerances may have added to its bound, as a share of it.
TOLERANCE = 1e-6


@dataclass
class Whole:
    """The best whole answer of a block, the point of its relaxation at the same prices, and how often it was sought.

    `bound`: proven bound on the priced cost at the prices for which the bound counts.
    """

    x: np.ndarray
    relaxed: np.ndarray
    bound: float
    tries: int = 0


def first(relaxation: Relaxation, prices: np.ndarray, desk: Desk, rounds: int) -> Whole | None:
    """A whole answer by diving from the relaxation at `prices`; None where that fails."""
    answer = relaxation.answer(prices, desk, rounds)
    if answer is None:
        return None
    x = Dive(relaxation.block, relaxation.sides).whole(desk)
    return None if x is None else Whole(x, answer.x, -np.inf)


def around(relaxation: Relaxation, prices: np.ndarray, whole: Whole, desk: Desk, seconds: float) -> np.ndarray:
    """A better whole answer near the relaxation and the one known (Danna, Rothberg and Le Pape 2005), or that one."""
    block, x = relaxation.block, whole.x
    lower, upper = (side.copy() for side in relaxation.sides)
    agreed = block.integer & (np.abs(x - whole.relaxed) <= AGREED)
    lower[agreed] = upper[agreed] = np.round(x[agreed])
    found = _solved(relaxation, prices, x, desk, seconds, (lower, upper))[0]
    return x if found is None else found


def in_full(
    relaxation: Relaxation, prices: np.ndarray, x: np.ndarray | None, desk: Desk, seconds: float, sides: Sides
) -> tuple[np.ndarray | None, float]:
    """A whole answer within `sides` that is better than `x`, or `x` itself, and a bound on the priced cost of any."""
    return _solved(relaxation, prices, x, desk, seconds, sides)


def _solved(
    relaxation: Relaxation, prices: np.ndarray, x: np.ndarray | None, desk: Desk, seconds: float,
    sides: Sides,
) -> tuple[np.ndarray | None, float]:  # fmt: skip
    block = relaxation.block
    cost, engine = block.priced(prices), desk.engine
    engine.clear()
    for name, value in {"output_flag": False, "threads": 1, "time_limit": seconds, "mip_rel_gap": 1e-5}.items():
        engine.setOptionValue(name, value)
    desk.lay(block, relaxation.cuts, cost, sides, whole=True)
    if x is not None:
        engine.setSolution(len(cost), np.arange(len(cost), dtype=np.int32), x)
    engine.run()
    info, found = engine.getInfo(), np.array(engine.getSolution().col_value)
    bound = float(info.mip_dual_bound)
    bound = bound - TOLERANCE * abs(bound) if np.isfinite(bound) else -np.inf
    if info.primal_solution_status != highspy.kSolutionStatusFeasible:
        return x, bound
    better = x is None or cost @ found < cost @ x - 1e-7
    return np.where(block.integer, np.round(found), found) if better else x, bound
