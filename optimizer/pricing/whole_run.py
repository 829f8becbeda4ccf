"""One whole answer of a SKU from split cases to the columns of its block; compiled."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit

from optimizer.pricing.stamp import stamp
from optimizer.pricing.whole_compiled import OPTIONS, making
from optimizer.pricing.whole_layout import Layout
from optimizer.pricing.whole_search import searched
from optimizer.pricing.whole_start import rounded
from optimizer.pricing.whole_tree import put_back
from optimizer.pricing.whole_value import opened, valued, worth

#: Rests from which what has come is rounded up in first answers.
SHARES = (0.3, 0.5, 0.7)


@making
def started(layout, state, split, least, most):  # type: ignore[no-untyped-def]
    """The best of some roundings with the tree at its flow, and its cost, inf where none keeps the rows."""
    gain, balance = np.zeros(len(split)), np.zeros(len(layout.coming))
    steps, value = least.copy(), valued(layout, state, least, np.inf)
    if value < np.inf:
        put_back(state.now, state.tree)
        worth(layout, state, gain)
    for share in SHARES:
        trial = rounded(layout, split, gain, least, most, balance, share)
        found = valued(layout, state, trial, value)
        if found < value:
            steps, value = trial, found
            put_back(state.now, state.tree)
    return steps, value


@making
def columns(layout, state, steps, width):  # type: ignore[no-untyped-def]
    """The columns of the block (width,) for the flow of these steps that stands in the state."""
    x, total = np.zeros(width), np.zeros(len(layout.tail))
    for arc in range(len(total) - 1, -1, -1):
        total[arc] += min(max(state.now.flow[arc], 0.0), state.capacity[arc])
        if layout.before[arc] >= 0:
            total[layout.before[arc]] += total[arc]
    short = 0
    for arc in range(len(total)):
        if layout.column[arc] >= 0 and layout.sign[arc] > 0:
            x[layout.column[arc]] = total[arc]
        elif layout.column[arc] >= 0:
            x[layout.column[arc]] = layout.wanted[short] - total[arc]
            short += 1
    _age(layout, state, total, x)
    for case in range(len(steps)):
        x[layout.case[case]] = steps[case]
        if layout.order[case] >= 0 and steps[case] > 0:
            x[layout.placed[layout.order[case]]] = 1.0
    return x


@making
def _age(layout, state, total, x):  # type: ignore[no-untyped-def]
    """Stock of each age: what exceeds the room of the younger; and what has come to each place, summed up."""
    last, first, below = -1, -1, 0.0
    for tier in range(len(layout.tier)):
        arc, under = layout.tier[tier], layout.under[tier]
        if under != last:
            first, below = under, 0.0
        below += state.capacity[under]
        x[layout.column[arc]] = max(total[first] - below, 0.0)
        last = arc
    periods = layout.periods[0]
    came = state.came.copy()
    for moment in range(len(came)):
        if moment % periods:
            came[moment] += came[moment - 1]
    for row in range(len(layout.tracked)):
        x[layout.tracked[row]] = came[layout.moment[row]]


def _entry(version: int) -> Callable[..., tuple[np.ndarray, int]]:
    @njit(cache=True, **OPTIONS)
    def answered(layout, priced, split, least, most, trials):  # type: ignore[no-untyped-def]
        """The columns of a block (n,) for the best steps of cases found from `split` (cases,), and the moves tried; no
        columns where no steps keep the rows.
        """
        state = opened(layout, priced)
        steps, value = started(layout, state, split, least, most)
        if value == np.inf or version == 0:
            return np.zeros(0), 0
        value, left = searched(layout, state, steps, value, least, most, trials)
        valued(layout, state, steps, np.inf)
        return columns(layout, state, steps, len(priced)), trials - left

    return answered


answered = _entry(stamp("whole", Layout))
