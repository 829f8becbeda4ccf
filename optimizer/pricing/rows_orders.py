"""Rows that a least order tightens: what is needed is bought whole, or an order is placed; compiled.

Of what a set of places needs beyond the past and what comes from elsewhere, an order brings all or, as a share of an
order in the relaxation, that share at most (a flow cover inequality: Padberg, Van Roy and Wolsey 1985).
"""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_compiled import lean
from optimizer.pricing.rows_search import cells, stocked, wished
from optimizer.pricing.rows_windows import noted

#: Periods between two last periods that are looked at.
APART = 3


@lean
def inflow(flows, now, inside, bought):  # type: ignore[no-untyped-def]
    """Units that come to a set from outside without an order; those with one are counted in `bought` (O,)."""
    bought[:] = 0.0
    total = 0.0
    for row in range(len(now.moves)):
        move = now.moves[row]
        if inside[flows.into[move]] <= inside[flows.out_of[move]]:
            continue
        units = now.cases[row] * flows.pack
        if flows.order[move] >= 0:
            bought[flows.order[move]] += units
        else:
            total += units
    return total


@lean
def ordered_part(now, need, bought):  # type: ignore[no-untyped-def]
    """Share of the need that orders count for by being placed, and units that are counted as bought."""
    share, units = 0.0, 0.0
    for order in range(len(bought)):
        if need * now.ordered[order] < bought[order]:
            share += now.ordered[order]
        else:
            units += bought[order]
    return share, units


@lean
def order_broken(flows, now, first, last, inside, bought):  # type: ignore[no-untyped-def]
    """By how many units the row of a set is broken, its need, and what an asked unit may lack to be part of it."""
    other = inflow(flows, now, inside, bought)
    before, known = stocked(flows, now, first, last)
    weight, kept, over, need = 1.0, 1.0, -np.inf, 0.0
    for _ in range(2):
        value, units = wished(flows, now, first, last, inside, weight)
        if units - known <= 0:
            return -np.inf, 0.0, 0.0
        share, counted = ordered_part(now, units - known, bought)
        lack = units * weight - value
        tried = (units - known) * (1 - share) - counted - other - before - lack
        if tried <= over:
            break
        over, need, kept = tried, units - known, weight
        weight = max(1 - share, 0.0)
    return over, need, kept


@lean
def orders(flows, now, room, group, least, sets, count):  # type: ignore[no-untyped-def]
    """Note for each last period of the homes in a group the last period of its other places at which an order is
    missed most, if by more than `least` units; all intervals start with the first period.
    """
    room.first[:] = 0
    for home in range(1, flows.held.shape[1], APART):
        best, at = least, -1
        for end in range(home, flows.known.shape[1] - 1, APART):
            for place in range(len(room.last)):
                inside = home if flows.homes[place] else end
                room.last[place] = inside if flows.groups[group, place] else -1
            cells(flows, room.first, room.last, room.inside)
            over = order_broken(flows, now, room.first, room.last, room.inside, room.bought)[0]
            if over > best:
                best, at = over, end
        if at >= 0:
            count = noted(sets, count, group, home, at, -2, best)
    return count
