"""Rows over equal intervals of grouped places, with one rounding; compiled."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_compiled import lean, making
from optimizer.pricing.rows_flows import Now, Room

#: A rounding up by less is no help; a need this near to whole cases is taken as whole.
LEAST_ROUNDING, NEARLY = 1e-3, 1e-7


@making
def read(flows, x):  # type: ignore[no-untyped-def]
    """What the point x (n,) says of the flows."""
    moves, ends = np.flatnonzero(x[flows.moved] > 1e-9), np.flatnonzero(x[flows.taken] > 1e-9)
    places, periods = flows.held.shape
    before, lacking = np.zeros((places, periods + 1)), np.zeros((places, periods))
    for place in range(places):
        for period in range(periods):
            if flows.held[place, period] >= 0:
                before[place, period + 1] = x[flows.held[place, period]]
            if flows.short[place, period] >= 0:
                lacking[place, period] = x[flows.short[place, period]]
    cases = x[flows.moved[moves]] * flows.steps[moves]
    served = x[flows.taken]
    return Now(moves, cases, ends, served[ends], served, before, lacking, x[flows.orders])


@making
def room_for(flows, now):  # type: ignore[no-untyped-def]
    """Room to work in."""
    (places, periods), width = flows.held.shape, flows.known.shape[1]
    cells = (places + 1) * width
    return Room(
        np.zeros(width), np.zeros(width), np.zeros(width), np.zeros(width), np.zeros(width), np.zeros(periods + 1),
        np.zeros(width), np.zeros(width), np.zeros(len(now.ends), np.int64), np.zeros(width + 1, np.int64),
        np.zeros((width, 3)), np.zeros(cells), np.zeros(len(flows.orders)), np.zeros(places, np.int64),
        np.zeros(places, np.int64), np.zeros((2, width)),
    )  # fmt: skip


@lean
def noted(sets, count, group, first, last, kind, broken):  # type: ignore[no-untyped-def]
    """Note a set; how many there are."""
    if count >= len(sets.broken):
        return count
    code = sets.code
    code[count, 0], code[count, 1], code[count, 2], code[count, 3] = group, first, last, kind
    sets.broken[count] = broken
    return count + 1


@lean
def gathered(flows, now, room, group):  # type: ignore[no-untyped-def]
    """Put to the room, over the places of a group: cases that come less those that go by period, units held before
    each period, units of the past before each period, and the ends there (positions in `now.ends`).
    """
    inside, width = flows.groups[group], len(room.net)
    room.net[:] = 0.0
    room.known[:] = 0.0
    room.before[:] = 0.0
    for row in range(len(now.moves)):
        move = now.moves[row]
        if inside[flows.destination[move]]:
            room.net[flows.arrives[move]] += now.cases[row]
        if flows.origin[move] >= 0 and inside[flows.origin[move]]:
            room.net[flows.departs[move]] -= now.cases[row]
    for place in range(len(inside)):
        if inside[place]:
            for period in range(len(room.before)):
                room.before[period] += now.before[place, period]
            for period in range(width):
                room.known[period] += flows.known[place, period]
    count, period = 0, 0
    for position in range(len(now.ends)):
        end = now.ends[position]
        if inside[flows.place[end]]:
            while period <= flows.period[end]:
                room.starts[period] = count
                period += 1
            room.ends[count] = position
            count += 1
    room.starts[period:] = count


@lean
def totals(flows, now, room):  # type: ignore[no-untyped-def]
    """Put to the room what the ends of the group get before each period, and for each wish the most beyond what its
    ends may get.
    """
    for period in range(len(room.units) - 1):
        units, excess, most, served, wish = 0.0, 0.0, 0.0, 0.0, -1
        for row in range(room.starts[period], room.starts[period + 1]):
            position = room.ends[row]
            end = now.ends[position]
            if flows.wish[end] != wish:
                excess, most, served, wish = excess + most, 0.0, 0.0, flows.wish[end]
            served += now.units[position]
            units += now.units[position]
            most = max(most, served - flows.most[end])
        room.units[period + 1] = room.units[period] + units
        room.excess[period + 1] = room.excess[period] + excess + most


@lean
def singles(flows, now, room, group, least, sets, count):  # type: ignore[no-untyped-def]
    """Note intervals of a group at which one rounding is broken by more than `least` units, each with its best ends."""
    totals(flows, now, room)
    width, periods, known = len(room.net) - 1, flows.held.shape[1], room.known
    for first in range(periods + 1):
        come = 0.0
        for last in range(first, width):
            come += room.net[last]
            whole = np.ceil(come - NEARLY)
            rounding = whole - come
            if rounding < LEAST_ROUNDING:
                continue
            space = known[last + 1] - known[first] + flows.pack * (whole - 1)
            held = held_back(flows, now, flows.groups[group], last, rounding)
            # An end that gets what it may at most adds no more than the rounding times what it gets.
            served = (room.units[last + 1] - room.units[first]) * rounding + room.excess[last + 1] - room.excess[first]
            if served - space * rounding - room.before[first] + held + NEARLY <= least:
                continue
            over = gain(flows, now, room, room.starts[first], room.starts[last + 1], rounding)
            over = over - space * rounding - room.before[first] + held
            if over > least:
                count = noted(sets, count, group, first, last, -1, over)
    return count


@lean
def gain(flows, now, room, start, stop, rounding):  # type: ignore[no-untyped-def]
    """The greatest sum of rounding x units - lack over parts of some ends of the group."""
    total, best, served, wish = 0.0, 0.0, 0.0, -1
    for row in range(start, stop):
        position = room.ends[row]
        end = now.ends[position]
        if flows.wish[end] != wish:
            total += best
            best, served, wish = 0.0, 0.0, flows.wish[end]
        served += now.units[position]
        best = max(best, flows.most[end] * (rounding - 1.0) + served)
    return total + best


@lean
def held_back(flows, now, inside, last, rounding):  # type: ignore[no-untyped-def]
    """What asking for the units that should be held at the end of a period adds, over the places inside."""
    total = 0.0
    if last < flows.held.shape[1]:
        for place in range(len(inside)):
            if inside[place] and flows.short[place, last] >= 0:
                total += max(flows.least[place, last] * rounding - now.lacking[place, last], 0.0)
    return total
