"""The columns of a SKU's block at a point that a compiled answer of its relaxation found; compiled."""

from __future__ import annotations

from numba import njit

#: Kept on disk until this file changes, and it calls nothing in other files.
OPTIONS = {"nogil": True, "cache": True}


@njit(**OPTIONS)
def columns(layout, places, ship, deliver, cover, lost, held, x):  # type: ignore[no-untyped-def]
    """Fill `x` (n,), zero before, with the amounts of a point (`relaxed_arrays.Point`) and with what follows from them:
    orders, receipts summed up, stock of each age, units that lack to targets.
    """
    came = layout.coming.copy()
    for row in range(len(places.ship)):
        if ship[row] > 0.0:
            case = places.ship[row]
            x[layout.case[case]] = ship[row] / layout.units[case]
            if layout.comes[case] >= 0:
                came[layout.comes[case]] += ship[row]
            order = layout.order[case]
            if order >= 0:
                x[layout.placed[order]] += ship[row] / places.most[order]
    for row in range(len(places.deliver)):
        x[places.deliver[row]] = deliver[row]
    for row in range(len(places.cover)):
        x[places.cover[row]] = cover[row]
    for row in range(len(places.lost)):
        x[places.lost[row]] = lost[row]
    for place in range(places.held.shape[0]):
        for period in range(places.held.shape[1]):
            if places.held[place, period] >= 0:
                x[places.held[place, period]] = held[place, period]
    last, first = -1, -1
    for tier in range(len(layout.tier)):
        arc, under = layout.tier[tier], layout.under[tier]
        first = under if under != last else first
        young = layout.young[tier]
        for moment in range(layout.since[tier], layout.until[tier] + 1):
            young += came[moment]
        x[layout.column[arc]] = max(x[layout.column[first]] - young, 0.0)
        last = arc
    for moment in range(1, len(came)):
        if moment % layout.periods[0]:
            came[moment] += came[moment - 1]
    for row in range(len(layout.tracked)):
        x[layout.tracked[row]] = came[layout.moment[row]]
    short = 0
    for arc in range(len(layout.column)):
        if layout.column[arc] >= 0 and layout.sign[arc] < 0:
            there = x[places.aimed[short]] if places.aimed[short] >= 0 else 0.0
            x[layout.column[arc]] = max(layout.wanted[short] - there, 0.0)
            short += 1
