"""Compiled: the rows of sets, written as entries.

`share` of a set: -1 one rounding with its best ends, -2 orders, otherwise mixed roundings with the ends that lack at
most that of `LACKING`.
"""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_compiled import compiled, inlined
from optimizer.pricing.rows_orders import order_broken
from optimizer.pricing.rows_search import cells, net_cases, stocked
from optimizer.pricing.rows_windows import NEARLY, rounded, step_in


@inlined
def put(row, column, value):  # type: ignore[no-untyped-def]
    """Add an entry to a row of columns, values and their number."""
    columns, values, count = row
    columns[count[0]], values[count[0]] = column, value
    count[0] += 1


@compiled
def put_ends(flows, now, inside, weight, lacking, row, wanted):  # type: ignore[no-untyped-def]
    """Write the best part of the ends of each wish and sum its units by period in `wanted` (W,).

    All ends of a wish that are in the set and as slow are in it, also those that get nothing now.
    """
    wanted[:] = 0.0
    served, start = now.served, 0
    while start < len(served):
        stop, total, best, days = start, 0.0, 0.0, -1
        while stop < len(served) and flows.wish[stop] == flows.wish[start]:
            if inside[flows.cell[stop]] > 0.0:
                total += served[stop]
                missing = flows.most[stop] - total
                value = flows.most[stop] * weight - missing
                if missing <= lacking * flows.most[stop] and value > best:
                    best, days, units = value, flows.days[stop], flows.most[stop]
            stop += 1
        if days >= 0:
            wanted[flows.period[start]] += units
            for end in range(start, stop):
                if flows.days[end] >= days and inside[flows.cell[end]] > 0.0:
                    put(row, flows.taken[end], -1.0)
        start = stop


@compiled
def put_held(flows, now, first, last, weight, row):  # type: ignore[no-untyped-def]
    """Write stock before the intervals, and units that should be held at their end where asking for them helps; the
    sum of the latter.
    """
    units = 0.0
    for place in range(len(first)):
        low, high = first[place], last[place]
        if low > high:
            continue
        if low > 0 and flows.held[place, low - 1] >= 0:
            put(row, flows.held[place, low - 1], 1.0)
        asked = high < flows.held.shape[1] and flows.short[place, high] >= 0
        if asked and flows.least[place, high] * weight > now.lacking[place, high]:
            put(row, flows.short[place, high], 1.0)
            units += flows.least[place, high]
    return units


@compiled
def put_moves(flows, weights, row):  # type: ignore[no-untyped-def]
    """Write moves with the weight ((L + 1) x (W + 1),) of the cell that they come to less that which they leave."""
    for move in range(len(flows.moved)):
        value = weights[flows.into[move]] - weights[flows.out_of[move]]
        if value != 0.0:
            put(row, flows.moved[move], value * flows.steps[move])


@compiled
def single_row(flows, now, first, last, row):  # type: ignore[no-untyped-def]
    """Write rest x cases + lack + stock before >= rest x whole cases; its lower side, -inf where it says nothing."""
    inside, wanted = np.zeros((len(first) + 1) * flows.known.shape[1]), np.zeros(flows.known.shape[1])
    cells(flows, first, last, inside)
    come = net_cases(flows, now, inside)
    whole = np.ceil(come - NEARLY)
    _, known = stocked(flows, now, first, last)
    put_ends(flows, now, inside, whole - come, 1.0, row, wanted)
    units = wanted.sum() + put_held(flows, now, first, last, whole - come, row)
    rest = units - known - flows.pack * (whole - 1)
    if rest <= 0 or rest > flows.pack:
        return -np.inf
    put_moves(flows, rest * inside, row)
    return rest * whole - units


@compiled
def mixed_row(flows, now, first, last, lacking, row):  # type: ignore[no-untyped-def]
    """Write the sum of the steps of a staircase of roundings (Günlük and Pochet 2001, first kind) over the periods up
    to each one's last; its lower side.
    """
    width = flows.known.shape[1] - 1
    wanted, steps, weights, length = np.zeros(width + 1), np.zeros((width, 3)), np.zeros(width + 1), 0
    inside = np.zeros((len(first) + 1) * (width + 1))
    cells(flows, first, last, inside)
    put_ends(flows, now, inside, lacking + 1e-6, lacking, row, wanted)
    put_held(flows, now, first, np.where(first <= last, width, -1), 0.0, row)
    net, known = np.zeros(width + 1), np.zeros(width + 1)
    for position in range(len(now.moves)):
        move = now.moves[position]
        net[flows.arrives[move]] += now.cases[position] * inside[flows.into[move]]
        net[flows.departs[move]] -= now.cases[position] * inside[flows.out_of[move]]
    for place in range(len(first)):
        if first[place] <= last[place]:
            known += flows.known[place]
    begin, end = width, -1
    for place in range(len(first)):
        if first[place] <= last[place]:
            begin, end = first[place], last[place]
    need, come, lower = 0.0, 0.0, -wanted.sum()
    for period in range(begin, end + 1):
        need, come = need + wanted[period] - known[period + 1] + known[period], come + net[period]
        whole, rest = rounded(need, flows.pack)
        length = step_in(steps, length, rest, whole - come, period)
    for step in range(length):
        at = int(steps[step, 2])
        fall = steps[step, 0] - (steps[step + 1, 0] if step + 1 < length else 0.0)
        weights[begin : at + 1] += fall
        cases = 0.0
        for period in range(begin, at + 1):
            cases += net[period]
        lower += fall * np.round(steps[step, 1] + cases)
    for cell in range(len(inside)):
        inside[cell] *= weights[cell % (width + 1)]
    put_moves(flows, inside, row)
    return lower


@compiled
def order_row(flows, now, first, last, row):  # type: ignore[no-untyped-def]
    """Write need x orders placed, or what they bring where that is less, + lack + other units >= need; its lower
    side.
    """
    bought, wanted = np.zeros(len(flows.orders)), np.zeros(flows.known.shape[1])
    inside = np.zeros((len(first) + 1) * flows.known.shape[1])
    cells(flows, first, last, inside)
    _, _, weight = order_broken(flows, now, first, last, inside, bought)
    _, known = stocked(flows, now, first, last)
    put_ends(flows, now, inside, weight, 1.0, row, wanted)
    units = wanted.sum() + put_held(flows, now, first, last, weight, row)
    need, placed = units - known, np.zeros(len(bought))
    if need <= 0:
        return -np.inf
    for move in range(len(flows.moved)):
        if inside[flows.into[move]] <= inside[flows.out_of[move]]:
            continue
        order = flows.order[move]
        if order >= 0 and need * now.ordered[order] <= bought[order]:
            placed[order] = 1.0
        else:
            put(row, flows.moved[move], flows.pack * flows.steps[move])
    for order in np.flatnonzero(placed):
        put(row, flows.orders[order], need)
    return need - units
