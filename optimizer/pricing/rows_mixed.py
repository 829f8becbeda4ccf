"""Rows over equal intervals of grouped places, with several roundings mixed; compiled."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_compiled import lean
from optimizer.pricing.rows_windows import LEAST_ROUNDING, NEARLY, noted

#: An end may be part of mixed rows if it lacks at most this share of what it may get.
LACKING = (1e-9, 0.1, 0.35, 0.7)


@lean
def asked(flows, now, room, rounding, lacking):  # type: ignore[no-untyped-def]
    """Put to the room by period what is asked for of the ends of the group, and what these lack.

    The best part of a wish has the greatest rounding x units - lack, where it lacks at most the share `lacking`.
    """
    room.wanted[:] = 0.0
    room.missing[:] = 0.0
    wish, served, units, lack, period = -1, 0.0, 0.0, 0.0, 0
    for row in range(room.starts[-1]):
        position = room.ends[row]
        end = now.ends[position]
        if flows.wish[end] != wish:
            room.wanted[period] += units
            room.missing[period] += lack
            wish, served, units, lack, period = flows.wish[end], 0.0, 0.0, 0.0, flows.period[end]
        served += now.units[position]
        missing = flows.most[end] - served
        better = flows.most[end] * rounding - missing > units * rounding - lack
        if missing <= lacking * flows.most[end] and better:
            units, lack = flows.most[end], max(missing, 0.0)
    room.wanted[period] += units
    room.missing[period] += lack


@lean
def rounded(need, pack):  # type: ignore[no-untyped-def]
    """Whole cases that a need asks for, and the units that they bring beyond all but the last."""
    whole = np.ceil(need / pack - NEARLY)
    return whole, min(need - pack * (whole - 1), pack)


@lean
def step_in(steps, count, units, rounding, at):  # type: ignore[no-untyped-def]
    """Add a rounding to a staircase (rows of units, rounding, period; units fall, roundings rise); its new length."""
    if rounding < LEAST_ROUNDING:
        return count
    for row in range(count):
        if steps[row, 0] >= units and steps[row, 1] >= rounding:
            return count
    keep = 0
    for row in range(count):
        if not (steps[row, 0] <= units and steps[row, 1] <= rounding):
            _step(steps, keep, steps[row, 0], steps[row, 1], steps[row, 2])
            keep += 1
    place = keep
    while place > 0 and steps[place - 1, 0] < units:
        _step(steps, place, steps[place - 1, 0], steps[place - 1, 1], steps[place - 1, 2])
        place -= 1
    _step(steps, place, units, rounding, at)
    return keep + 1


@lean
def _step(steps, place, units, rounding, at):  # type: ignore[no-untyped-def]
    steps[place, 0], steps[place, 1], steps[place, 2] = units, rounding, at


@lean
def height(steps, count):  # type: ignore[no-untyped-def]
    """The area under a staircase."""
    area, below = 0.0, 0.0
    for row in range(count):
        area += steps[row, 0] * (steps[row, 1] - below)
        below = steps[row, 1]
    return area


@lean
def mixed(flows, now, room, group, least, sets, count):  # type: ignore[no-untyped-def]
    """Note for each first period of a group and each choice of ends the last one at which mixed roundings are broken
    most, if by more than `least` units.
    """
    begun = count
    for choice in range(len(LACKING)):
        asked(flows, now, room, LACKING[choice] + 1e-6, LACKING[choice])
        same = _same(room)
        if choice and same:
            stop = count
            for row in range(begun, stop):
                code = sets.code[row]
                count = noted(sets, count, group, code[1], code[2], choice, sets.broken[row])
            begun = stop
            continue
        begun = count
        for first in range(len(room.before)):
            last, broken = _broken_most(room, first, flows.pack, least)
            if last >= 0:
                count = noted(sets, count, group, first, last, choice, broken)
    return count


@lean
def _same(room):  # type: ignore[no-untyped-def]
    """Whether a choice asks for what the one before did, which is kept."""
    same = True
    for period in range(len(room.wanted)):
        if room.wanted[period] != room.other[0, period] or room.missing[period] != room.other[1, period]:
            same = False
        room.other[0, period], room.other[1, period] = room.wanted[period], room.missing[period]
    return same


@lean
def _broken_most(room, first, pack, least):  # type: ignore[no-untyped-def]
    """The last period at which mixed roundings from a first one on are broken most, if by more than `least` units,
    else -1; and by how much.
    """
    need, come, slack, length, best, at = 0.0, 0.0, room.before[first], 0, least, -1
    for last in range(first, len(room.net) - 1):
        need += room.wanted[last] - room.known[last + 1] + room.known[last]
        come, slack = come + room.net[last], slack + room.missing[last]
        whole, rest = rounded(need, pack)
        length = step_in(room.steps, length, rest, whole - come, last)
        # The area is no more than the broadest step to the height of the last.
        if length > 1 and room.steps[0, 0] * room.steps[length - 1, 1] - slack > best:
            over = height(room.steps, length) - slack
            if over > best:
                best, at = over, last
    return at, best
