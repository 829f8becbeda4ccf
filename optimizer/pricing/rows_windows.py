"""Compiled: rows over equal intervals of grouped places, one rounding or several mixed."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_compiled import compiled, inlined
from optimizer.pricing.rows_flows import Now

#: An end may be part of mixed rows if it lacks at most this share of what it may get.
LACKING = (1e-9, 0.1, 0.35, 0.7)
#: A rounding up by less is no help; a need this near to whole cases is taken as whole.
LEAST_ROUNDING, NEARLY = 1e-3, 1e-7


@compiled
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


@compiled
def gathered(flows, now, group):  # type: ignore[no-untyped-def]
    """Over the places of a group: cases that come less those that go by period (W + 1,), units held before each period
    (T + 1,), units of the past before each period (W + 1,), and the ends there (positions in `now.ends`).
    """
    width, inside = flows.known.shape[1], flows.groups[group]
    net, before, known = np.zeros(width), np.zeros(now.before.shape[1]), np.zeros(width)
    for row, move in enumerate(now.moves):
        if inside[flows.destination[move]]:
            net[flows.arrives[move]] += now.cases[row]
        if flows.origin[move] >= 0 and inside[flows.origin[move]]:
            net[flows.departs[move]] -= now.cases[row]
    for place in np.flatnonzero(inside):
        before += now.before[place]
        known += flows.known[place]
    return net, before, known, np.flatnonzero(inside[flows.place[now.ends]])


@compiled
def asked(flows, now, ends, rounding, lacking):  # type: ignore[no-untyped-def]
    """Of these ends (positions in `now.ends`), by wish: units of the best part to ask for, and what these lack.

    The best part of a wish has the greatest rounding x units - lack, where it lacks at most the share `lacking`.
    """
    units, lack, period = np.zeros(len(ends)), np.zeros(len(ends)), np.zeros(len(ends), np.int64)
    wish, count, served = -1, -1, 0.0
    for position in ends:
        end = now.ends[position]
        if flows.wish[end] != wish:
            wish, count, served = flows.wish[end], count + 1, 0.0
            period[count] = flows.period[end]
        served += now.units[position]
        missing = flows.most[end] - served
        better = flows.most[end] * rounding - missing > units[count] * rounding - lack[count]
        if missing <= lacking * flows.most[end] and better:
            units[count], lack[count] = flows.most[end], max(missing, 0.0)
    return units[: count + 1], lack[: count + 1], period[: count + 1]


@compiled
def singles(flows, now, group, least, found, broken, count):  # type: ignore[no-untyped-def]
    """Note intervals of a group at which one rounding is broken by more than `least` units, each with its best ends."""
    net, before, known, ends = gathered(flows, now, group)
    width, periods = len(net) - 1, flows.held.shape[1]
    starts = np.searchsorted(flows.period[now.ends[ends]], np.arange(width + 1))
    for first in range(periods + 1):
        come = 0.0
        for last in range(first, width):
            come += net[last]
            whole = np.ceil(come - NEARLY)
            rounding = whole - come
            if rounding < LEAST_ROUNDING:
                continue
            room = known[last + 1] - known[first] + flows.pack * (whole - 1)
            over = gain(flows, now, ends[starts[first] : starts[last + 1]], rounding) - room * rounding - before[first]
            over += held_back(flows, now, flows.groups[group], last, rounding)
            if over > least and count < len(broken):
                found[count, 0], found[count, 1], found[count, 2], found[count, 3] = group, first, last, -1
                broken[count] = over
                count += 1
    return count


@inlined
def gain(flows, now, ends, rounding):  # type: ignore[no-untyped-def]
    """The greatest sum of rounding x units - lack over parts of these ends (positions in `now.ends`)."""
    total, best, served, wish = 0.0, 0.0, 0.0, -1
    for position in ends:
        end = now.ends[position]
        if flows.wish[end] != wish:
            total += best
            best, served, wish = 0.0, 0.0, flows.wish[end]
        served += now.units[position]
        best = max(best, flows.most[end] * (rounding - 1.0) + served)
    return total + best


@inlined
def held_back(flows, now, inside, last, rounding):  # type: ignore[no-untyped-def]
    """What asking for the units that should be held at the end of a period adds, over the places inside."""
    total = 0.0
    if last < flows.held.shape[1]:
        for place in range(len(inside)):
            if inside[place] and flows.short[place, last] >= 0:
                total += max(flows.least[place, last] * rounding - now.lacking[place, last], 0.0)
    return total


@inlined
def rounded(need, pack):  # type: ignore[no-untyped-def]
    """Whole cases that a need asks for, and the units that they bring beyond all but the last."""
    whole = np.ceil(need / pack - NEARLY)
    return whole, min(need - pack * (whole - 1), pack)


@inlined
def step_in(steps, count, units, rounding, at):  # type: ignore[no-untyped-def]
    """Add a rounding to a staircase (rows of units, rounding, period; units fall, roundings rise); its new length."""
    if rounding < LEAST_ROUNDING:
        return count
    keep, place = 0, 0
    for row in range(count):
        if steps[row, 0] >= units and steps[row, 1] >= rounding:
            return count
    for row in range(count):
        if not (steps[row, 0] <= units and steps[row, 1] <= rounding):
            steps[keep] = steps[row]
            keep += 1
    place = keep
    while place > 0 and steps[place - 1, 0] < units:
        steps[place] = steps[place - 1]
        place -= 1
    steps[place, 0], steps[place, 1], steps[place, 2] = units, rounding, at
    return keep + 1


@inlined
def height(steps, count):  # type: ignore[no-untyped-def]
    """The area under a staircase."""
    area, below = 0.0, 0.0
    for row in range(count):
        area += steps[row, 0] * (steps[row, 1] - below)
        below = steps[row, 1]
    return area


@compiled
def mixed(flows, now, group, least, found, broken, count):  # type: ignore[no-untyped-def]
    """Note for each first period of a group and each choice of ends the last one at which mixed roundings are broken
    most, if by more than `least` units.
    """
    net, before, known, ends = gathered(flows, now, group)
    width, steps = len(net) - 1, np.zeros((len(net), 3))
    for choice, lacking in enumerate(LACKING):
        units, lack, period = asked(flows, now, ends, lacking + 1e-6, lacking)
        wanted, missing = np.zeros(width), np.zeros(width)
        for row in range(len(units)):
            wanted[period[row]] += units[row]
            missing[period[row]] += lack[row]
        for first in range(len(before)):
            need, come, slack, length, best, at = 0.0, 0.0, before[first], 0, least, -1
            for last in range(first, width):
                need += wanted[last] - known[last + 1] + known[last]
                come, slack = come + net[last], slack + missing[last]
                whole, rest = rounded(need, flows.pack)
                length = step_in(steps, length, rest, whole - come, last)
                over = height(steps, length) - slack
                if length > 1 and over > best:
                    best, at = over, last
            if at >= 0 and count < len(broken):
                found[count, 0], found[count, 1], found[count, 2], found[count, 3] = group, first, at, choice
                broken[count] = best
                count += 1
    return count
