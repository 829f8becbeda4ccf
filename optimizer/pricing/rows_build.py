"""The rows of sets, written as entries; compiled.

Kinds of a set: -1 one rounding with its best ends, -2 orders, otherwise mixed roundings with the ends that lack at most
that of `LACKING`.
"""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_compiled import lean
from optimizer.pricing.rows_mixed import rounded, step_in
from optimizer.pricing.rows_orders import order_broken
from optimizer.pricing.rows_search import cells, net_cases, stocked
from optimizer.pricing.rows_windows import NEARLY


@lean
def put(row, column, value):  # type: ignore[no-untyped-def]
    """Add an entry to a row of columns, values and their number."""
    columns, values, count = row
    columns[count[0]], values[count[0]] = column, value
    count[0] += 1


@lean
def put_ends(flows, now, inside, weight, lacking, row, wanted):  # type: ignore[no-untyped-def]
    """Write the best part of the ends of each wish and sum its units by period in `wanted` (W,); the sum of all.

    All ends of a wish that are in the set and as slow are in it, also those that get nothing now.
    """
    wanted[:] = 0.0
    served, start, asked = now.served, 0, 0.0
    while start < len(served):
        stop, total, best, days, units = start, 0.0, 0.0, -1, 0.0
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
    for period in range(len(wanted)):
        asked += wanted[period]
    return asked


@lean
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


@lean
def put_moves(flows, weights, row):  # type: ignore[no-untyped-def]
    """Write moves with the weight ((L + 1) x (W + 1),) of the cell that they come to less that which they leave."""
    for move in range(len(flows.moved)):
        value = weights[flows.into[move]] - weights[flows.out_of[move]]
        if value != 0.0:
            put(row, flows.moved[move], value * flows.steps[move])


@lean
def single_row(flows, now, room, first, last, row):  # type: ignore[no-untyped-def]
    """Write rest x cases + lack + stock before >= rest x whole cases; its lower side, -inf where it says nothing."""
    inside = room.inside
    cells(flows, first, last, inside)
    come = net_cases(flows, now, inside)
    whole = np.ceil(come - NEARLY)
    _, known = stocked(flows, now, first, last)
    units = put_ends(flows, now, inside, whole - come, 1.0, row, room.wanted)
    units += put_held(flows, now, first, last, whole - come, row)
    rest = units - known - flows.pack * (whole - 1)
    if rest <= 0 or rest > flows.pack:
        return -np.inf
    for cell in range(len(inside)):
        inside[cell] *= rest
    put_moves(flows, inside, row)
    return rest * whole - units


@lean
def mixed_row(flows, now, room, first, last, lacking, row):  # type: ignore[no-untyped-def]
    """Write the sum of the steps of a staircase of roundings (Günlük and Pochet 2001, first kind) over the periods up
    to each one's last; its lower side.
    """
    width, inside = len(room.net) - 1, room.inside
    cells(flows, first, last, inside)
    units = put_ends(flows, now, inside, lacking + 1e-6, lacking, row, room.wanted)
    for place in range(len(first)):
        if first[place] <= last[place] and first[place] > 0 and flows.held[place, first[place] - 1] >= 0:
            put(row, flows.held[place, first[place] - 1], 1.0)
    begin, end = _by_period(flows, now, room, first, last)
    length = _staircase(room, flows.pack, begin, end)
    lower = _weighed(room, begin, length, -units)
    for cell in range(len(inside)):
        inside[cell] *= room.weights[cell % (width + 1)]
    put_moves(flows, inside, row)
    return lower


@lean
def _by_period(flows, now, room, first, last):  # type: ignore[no-untyped-def]
    """Put to the room what comes to a set in cases less what goes, and units of the past before each period; the first
    and the last period of its places, which are alike.
    """
    net, known, inside = room.net, room.known, room.inside
    net[:] = 0.0
    known[:] = 0.0
    for position in range(len(now.moves)):
        move = now.moves[position]
        net[flows.arrives[move]] += now.cases[position] * inside[flows.into[move]]
        net[flows.departs[move]] -= now.cases[position] * inside[flows.out_of[move]]
    begin, end = len(net) - 1, -1
    for place in range(len(first)):
        if first[place] <= last[place]:
            begin, end = first[place], last[place]
            for period in range(len(known)):
                known[period] += flows.known[place, period]
    return begin, end


@lean
def _staircase(room, pack, begin, end):  # type: ignore[no-untyped-def]
    """Put to the room the steps of the roundings up to each period; how many there are."""
    need, come, length = 0.0, 0.0, 0
    for period in range(begin, end + 1):
        need, come = need + room.wanted[period] - room.known[period + 1] + room.known[period], come + room.net[period]
        whole, rest = rounded(need, pack)
        length = step_in(room.steps, length, rest, whole - come, period)
    return length


@lean
def _weighed(room, begin, length, lower):  # type: ignore[no-untyped-def]
    """Put to the room the weight of the cases of each period; `lower` and the sum of the steps' units x whole cases."""
    steps, weights = room.steps, room.weights
    weights[:] = 0.0
    for step in range(length):
        fall, cases = steps[step, 0], 0.0
        if step + 1 < length:
            fall -= steps[step + 1, 0]
        for period in range(begin, int(steps[step, 2]) + 1):
            weights[period] += fall
            cases += room.net[period]
        lower += fall * np.round(steps[step, 1] + cases)
    return lower


@lean
def order_row(flows, now, room, first, last, row):  # type: ignore[no-untyped-def]
    """Write need x orders placed, or what they bring where that is less, + lack + other units >= need; its lower
    side.
    """
    inside, bought = room.inside, room.bought
    cells(flows, first, last, inside)
    _, _, weight = order_broken(flows, now, first, last, inside, bought)
    _, known = stocked(flows, now, first, last)
    units = put_ends(flows, now, inside, weight, 1.0, row, room.wanted)
    units += put_held(flows, now, first, last, weight, row)
    need = units - known
    if need <= 0:
        return -np.inf
    for order in range(len(bought)):
        bought[order] = -1.0 if need * now.ordered[order] <= bought[order] else 0.0
    for move in range(len(flows.moved)):
        if inside[flows.into[move]] <= inside[flows.out_of[move]]:
            continue
        order = flows.order[move]
        if order >= 0 and bought[order] != 0.0:
            bought[order] = 1.0
        else:
            put(row, flows.moved[move], flows.pack * flows.steps[move])
    for order in range(len(bought)):
        if bought[order] > 0.0:
            put(row, flows.orders[order], need)
    return need - units
