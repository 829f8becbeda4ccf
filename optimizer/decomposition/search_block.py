"""Whole answers of one block: a first one by diving, better ones and better bounds by HiGHS around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import highspy
import numpy as np

from optimizer.algebra.bound import margin
from optimizer.decomposition.block import Block
from optimizer.decomposition.dive import Dive
from optimizer.decomposition.relaxation import Desk, Relaxation, Sides

#: A whole column is held where relaxation and answer differ by no more.
AGREED = 0.1


def first(
    relaxation: Relaxation, prices: np.ndarray, sides: Sides, desk: Desk, start: np.ndarray | None
) -> np.ndarray | None:
    """A whole answer within `sides` by diving from the relaxation at `prices`, or `start` where that is as cheap; None
    where both fail.
    """
    with within(relaxation, sides):
        answer = relaxation.answer(prices, desk)
        x = None if answer is None else Dive(relaxation.block, sides).whole(desk)
    if x is None or start is None:
        return start if x is None else x
    cost = relaxation.block.priced(prices)
    return x if cost @ x < cost @ start else start


def around(
    relaxation: Relaxation, prices: np.ndarray, x: np.ndarray, desk: Desk, presolving: Desk, seconds: float,
    sides: Sides,
) -> np.ndarray:  # fmt: skip
    """A better whole answer near the relaxation and `x` (Danna, Rothberg and Le Pape 2005), or `x` itself."""
    block = relaxation.block
    with within(relaxation, sides):
        answer = relaxation.answer(prices, desk)
    if answer is None:
        return x
    lower, upper = (side.copy() for side in sides)
    agreed = block.integer & (np.abs(x - answer.x) <= AGREED)
    lower[agreed] = upper[agreed] = np.round(x[agreed])
    found = in_full(relaxation, block.priced(prices), x, presolving, seconds, (lower, upper))[0]
    return x if found is None else found


def open_sides(block: Block, closed: np.ndarray) -> Sides:
    """Column bounds of a block that leave out what uses a closed linking row, (links,) true, where it need not."""
    return block.lower, np.where(block.users(closed), block.lower, block.upper)


@contextmanager
def within(relaxation: Relaxation, sides: Sides) -> Iterator[None]:
    """The relaxation between narrower sides for a while."""
    own, relaxation.sides = relaxation.sides, sides
    try:
        yield
    finally:
        relaxation.sides = own


def in_full(
    relaxation: Relaxation, cost: np.ndarray, x: np.ndarray | None, desk: Desk, seconds: float, sides: Sides
) -> tuple[np.ndarray | None, float]:
    """A whole answer within `sides` better than `x` at `cost` (n,), or `x` itself, and a bound on the cost of any."""
    block, engine = relaxation.block, desk.engine
    engine.clear()
    for name, value in {"output_flag": False, "threads": 1, "time_limit": seconds, "mip_rel_gap": 1e-5}.items():
        engine.setOptionValue(name, value)
    desk.lay(block, relaxation.cuts, cost, sides, whole=True)
    if x is not None:
        engine.setSolution(len(cost), np.arange(len(cost), dtype=np.int32), x)
    engine.run()
    info, found = engine.getInfo(), np.array(engine.getSolution().col_value)
    if info.primal_solution_status != highspy.kSolutionStatusFeasible:
        return x, -np.inf  # a bound without any answer near it would tell nothing of its rounding
    bound = float(info.mip_dual_bound) - margin(cost, found)
    bound = bound if np.isfinite(bound) else -np.inf
    better = x is None or cost @ found < cost @ x - 1e-7
    return np.where(block.integer, np.round(found), found) if better else x, bound
