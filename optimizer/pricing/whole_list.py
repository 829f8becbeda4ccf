"""Which moves promise anything, by the bounds of the potentials on what they cost; compiled."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.whole_compiled import lean, making
from optimizer.pricing.whole_moves import at_least, fewer


@making
def listed(layout, steps, gain, least, most, balance, stage, moves, bound):  # type: ignore[no-untyped-def]
    """Fill `moves` (LIST, column and steps of one, of another) with what promises something; how many there are.

    Stage 0: steps more and fewer, and other weeks or modes to the same place; 1: to another place of the territory, or
    all steps at once; 2: anywhere.
    """
    count, cases = 0, len(steps)
    extra, best = _dearer(layout, steps, gain, most, balance)
    for case in range(cases):
        if stage == 0 and steps[case] + 1 <= most[case] and gain[case] + extra[case] < 0:
            up = at_least(layout, steps, case, 1.0) if layout.leaves[case] < 0 else 1.0
            if layout.leaves[case] < 0 or best[layout.sink[case]] == case:
                count = _put(moves, bound, count, case, up, -1, 0.0, gain[case] + extra[case])
    for case in range(cases):
        if steps[case] <= least[case]:
            continue
        if stage == 0:
            count = _fewer(layout, steps, gain, least, case, moves, bound, count)
        if layout.leaves[case] < 0:
            if stage == 0:
                count = _ordered_elsewhen(layout, steps, gain, most, case, moves, bound, count)
            continue
        for other in range(cases):
            if other == case or layout.leaves[other] < 0 or steps[other] + 1 > most[other]:
                continue
            near = nearness(layout, case, other)
            change = gain[other] + extra[other] - gain[case]
            if change >= 0 or (best[layout.sink[other]] != other and layout.sink[other] != layout.sink[case]):
                continue
            if near == stage:
                count = _put(moves, bound, count, case, -1.0, other, 1.0, change)
            if near < 2 and stage == 1 and steps[case] > 1 and steps[other] + steps[case] <= most[other]:
                count = _put(moves, bound, count, case, -steps[case], other, steps[case], change * steps[case])
    return count


@making
def _dearer(layout, steps, gain, most, balance):  # type: ignore[no-untyped-def]
    """What must be bought for one step more of each column, and the best column into each node, -1 where none is."""
    cases, periods = len(steps), layout.periods[0]
    cheapest, extra = _purchases(layout, steps, gain, most), np.zeros(cases)
    best = np.full(len(layout.supply), -1)
    for case in range(cases):
        leaves = layout.leaves[case]
        if leaves < 0:
            continue
        if _least_ahead(balance, leaves, periods) < layout.units[case] - 1e-6:
            extra[case] = cheapest[leaves]
        other = best[layout.sink[case]]
        if steps[case] + 1 <= most[case] and (other < 0 or gain[case] + extra[case] < gain[other] + extra[other]):
            best[layout.sink[case]] = case
    return extra, best


@lean
def nearness(layout, case, other):  # type: ignore[no-untyped-def]
    """0: to the same place; 1: of the same territory; 2: elsewhere."""
    if layout.goal[case] == layout.goal[other]:
        return 0
    return 1 if layout.territory[layout.goal[case]] == layout.territory[layout.goal[other]] else 2


@lean
def _fewer(layout, steps, gain, least, case, moves, bound, count):  # type: ignore[no-untyped-def]
    """A step fewer, by itself, or with what it was bought for."""
    down = fewer(layout, steps, case, 1.0)
    count = _put(moves, bound, count, case, -down, -1, 0.0, -gain[case] * down)
    if layout.leaves[case] < 0:
        return count
    for other in range(len(steps)):
        at_home = layout.leaves[other] < 0 and layout.goal[other] == layout.leaves[case] // layout.periods[0]
        if at_home and steps[other] > least[other]:
            less = fewer(layout, steps, other, np.ceil(layout.units[case] / layout.units[other]))
            count = _put(moves, bound, count, case, -1.0, other, -less, -gain[case] - less * gain[other])
    return count


@lean
def _ordered_elsewhen(layout, steps, gain, most, case, moves, bound, count):  # type: ignore[no-untyped-def]
    """A purchase at another time, in part or in full."""
    down = fewer(layout, steps, case, 1.0)
    for other in range(len(steps)):
        if other == case or layout.leaves[other] >= 0:
            continue
        for less in (down, steps[case]):
            up = at_least(layout, steps, other, less)
            if steps[other] + up <= most[other]:
                count = _put(moves, bound, count, case, -less, other, up, (gain[other] - gain[case]) * less)
            if down == steps[case]:
                break
    return count


@lean
def _put(moves, bound, count, first, up, second, other, change):  # type: ignore[no-untyped-def]
    if change >= 0 or count >= len(bound):
        return count
    moves[count, 0], moves[count, 1], moves[count, 2], moves[count, 3] = first, up, second, other
    bound[count] = change
    return count + 1


@lean
def _least_ahead(balance, moment, periods):  # type: ignore[no-untyped-def]
    found = balance[moment]
    for later in range(moment, (moment // periods + 1) * periods):
        found = min(found, balance[later])
    return found


@making
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
