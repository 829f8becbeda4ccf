"""Local search over the whole cases of a SKU, each trial valued exactly by a flow; compiled and without chance.

Potentials of the last flow bound from below what a move costs, since the least cost is convex in the steps: moves are
tried in the order of these bounds, and those whose bound promises nothing are left out.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from optimizer.pricing.whole_moves import at_least, balances, fewer, mended
from optimizer.pricing.whole_simplex import put_back
from optimizer.pricing.whole_value import valued, worth

#: Share of the cost by which a move must be better.
BETTER = 1e-7
#: Most moves that are looked at in one pass.
LIST = 4000


@njit(cache=True)
def listed(layout, steps, gain, least, most, balance, moves, bound):  # type: ignore[no-untyped-def]
    """Fill `moves` (LIST, 2 columns) and their steps with what promises something; how many there are."""
    count, cases, periods = 0, len(steps), layout.periods[0]
    best = np.full(len(layout.coming) + 1, -1)
    cheapest = _purchases(layout, steps, gain, most)
    extra = np.zeros(cases)
    for case in range(cases):
        leaves = layout.leaves[case]
        if leaves >= 0 and _least_ahead(balance, leaves, periods) < layout.units[case] - 1e-6:
            extra[case] = cheapest[leaves]
        total = gain[case] + extra[case]
        if steps[case] + 1 <= most[case] and total < np.inf:
            if layout.comes[case] < 0:
                count = _put(moves, bound, count, case, 1.0, -1, 0.0, total)
            elif leaves < 0:
                count = _put(moves, bound, count, case, at_least(layout, steps, case, 1.0), -1, 0.0, total)
            else:
                other = best[layout.comes[case]]
                if other < 0 or total < gain[other] + extra[other]:
                    best[layout.comes[case]] = case
    for moment in range(len(best) - 1):
        if best[moment] >= 0:
            count = _put(moves, bound, count, best[moment], 1.0, -1, 0.0, gain[best[moment]] + extra[best[moment]])
    for case in range(cases):
        if steps[case] > least[case]:
            count = _away(layout, steps, gain, extra, most, best, case, moves, bound, count)
    return count


@njit(cache=True)
def _away(layout, steps, gain, extra, most, best, case, moves, bound, count):  # type: ignore[no-untyped-def]
    """Moves that take steps of a column away, or elsewhere."""
    down = fewer(layout, steps, case, 1.0)
    count = _put(moves, bound, count, case, -down, -1, 0.0, -gain[case] * down)
    outside = layout.leaves[case] < 0
    for other in range(len(steps)):
        if other == case or (layout.leaves[other] < 0) != outside:
            continue
        if outside:
            if steps[other] + down <= most[other] and layout.comes[other] >= 0:
                up = at_least(layout, steps, other, down)
                count = _put(moves, bound, count, case, -down, other, up, (gain[other] - gain[case]) * down)
        elif steps[other] + 1 <= most[other] and (
            layout.comes[other] < 0 or best[layout.comes[other]] == other or layout.comes[other] == layout.comes[case]
        ):
            change = gain[other] + extra[other] - gain[case]
            count = _put(moves, bound, count, case, -1.0, other, 1.0, change)
            if steps[case] > 1 and steps[other] + steps[case] <= most[other]:
                count = _put(moves, bound, count, case, -steps[case], other, steps[case], change * steps[case])
    if not outside:
        for other in range(len(steps)):
            if layout.leaves[other] < 0 and steps[other] > 0 and layout.comes[other] >= 0:
                less = fewer(layout, steps, other, np.ceil(layout.units[case] / layout.units[other]))
                count = _put(moves, bound, count, case, -1.0, other, -less, -gain[case] - less * gain[other])
    return count


@njit(cache=True)
def _put(moves, bound, count, first, up, second, other, change):  # type: ignore[no-untyped-def]
    if change >= 0 or count >= len(bound):
        return count
    moves[count, 0], moves[count, 1], moves[count, 2], moves[count, 3] = first, up, second, other
    bound[count] = change
    return count + 1


@njit(cache=True)
def _least_ahead(balance, moment, periods):  # type: ignore[no-untyped-def]
    found = balance[moment]
    for later in range(moment, (moment // periods + 1) * periods):
        found = min(found, balance[later])
    return found


@njit(cache=True)
def _purchases(layout, steps, gain, most):  # type: ignore[no-untyped-def]
    """What one step more from outside costs that comes to a place by a moment, (places x periods,)."""
    periods = layout.periods[0]
    found = np.full(len(layout.coming), np.inf)
    for case in range(len(steps)):
        comes = layout.comes[case]
        if layout.leaves[case] < 0 and comes >= 0 and steps[case] + 1 <= most[case]:
            found[comes] = min(found[comes], gain[case])
    for moment in range(1, len(found)):
        if moment % periods:
            found[moment] = min(found[moment], found[moment - 1])
    return found


@njit(cache=True)
def tried(layout, state, steps, trial, gain, most, balance, move, value):  # type: ignore[no-untyped-def]
    """Cost of the steps after a move, which are left in `trial`; inf where they cannot be."""
    trial[:] = steps
    for column, change in ((int(move[0]), move[1]), (int(move[2]), move[3])):
        if column >= 0:
            trial[column] += change
            if trial[column] < 0 or trial[column] > most[column]:
                return np.inf
    if not mended(layout, trial, gain, most, balance):
        return np.inf
    return valued(layout, state, trial, value - BETTER * (1 + abs(value)))


@njit(cache=True)
def climbed(layout, state, steps, value, least, most, trials):  # type: ignore[no-untyped-def]
    """Better steps by moves, one after the other, until none helps or so many were tried; their cost, trials left."""
    cases = len(steps)
    gain, balance, trial = np.zeros(cases), np.zeros(len(layout.coming)), np.zeros(cases)
    moves, bound = np.zeros((LIST, 4)), np.zeros(LIST)
    while trials > 0:
        worth(layout, state, gain)
        balances(layout, steps, balance)
        count = listed(layout, steps, gain, least, most, balance, moves, bound)
        before = value
        for place in np.argsort(bound[:count]):
            if trials <= 0:
                break
            trials -= 1
            found = tried(layout, state, steps, trial, gain, most, balance, moves[place], value)
            if found < value - BETTER * (1 + abs(value)):
                steps[:], value = trial, found
                put_back(state.now, state.tree)
        if value >= before:
            break
    return value, trials
