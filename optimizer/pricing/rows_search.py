"""Each place its own interval, moved while that breaks the row of one rounding by more; compiled."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_compiled import lean
from optimizer.pricing.rows_windows import LEAST_ROUNDING, NEARLY

#: Changes of an interval's first and last period that are tried.
SHIFTS = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-3, 0), (0, -3))


@lean
def cells(flows, first, last, inside):  # type: ignore[no-untyped-def]
    """Mark with 1 the cells ((L + 1) x (W + 1),) that are in a set, with 0 the others."""
    inside[:] = 0.0
    for place in range(len(first)):
        mark(flows, inside, place, first[place], last[place], 1.0)


@lean
def mark(flows, inside, place, low, high, value):  # type: ignore[no-untyped-def]
    """Mark the cells of an interval of a place."""
    row = place * flows.known.shape[1]
    for cell in range(row + low, row + high + 1):
        inside[cell] = value


@lean
def net_cases(flows, now, inside):  # type: ignore[no-untyped-def]
    """Cases that come to the set less those that leave it."""
    total = 0.0
    for row in range(len(now.moves)):
        move = now.moves[row]
        total += now.cases[row] * (inside[flows.into[move]] - inside[flows.out_of[move]])
    return total


@lean
def stocked(flows, now, first, last):  # type: ignore[no-untyped-def]
    """Units held before the intervals begin, and units of the past that come during them."""
    before, known = 0.0, 0.0
    for place in range(len(first)):
        if first[place] <= last[place]:
            before += now.before[place, first[place]]
            known += flows.known[place, last[place] + 1] - flows.known[place, first[place]]
    return before, known


@lean
def wished(flows, now, first, last, inside, rounding):  # type: ignore[no-untyped-def]
    """The greatest sum of rounding x units - lack over parts of the ends and held units of the set, and its units."""
    total, units, best, size, served, wish = 0.0, 0.0, 0.0, 0.0, 0.0, -1
    for row in range(len(now.ends)):
        end = now.ends[row]
        if inside[flows.cell[end]] == 0.0:
            continue
        if flows.wish[end] != wish:
            total, units = total + best, units + size
            best, size, served, wish = 0.0, 0.0, 0.0, flows.wish[end]
        served += now.units[row]
        value = flows.most[end] * (rounding - 1.0) + served
        if value > best:
            best, size = value, flows.most[end]
    for place in range(len(first)):
        end = last[place]
        if first[place] <= end < flows.held.shape[1] and flows.short[place, end] >= 0:
            value = flows.least[place, end] * rounding - now.lacking[place, end]
            if value > 0:
                total, units = total + value, units + flows.least[place, end]
    return total + best, units + size


@lean
def broken(flows, now, first, last, inside):  # type: ignore[no-untyped-def]
    """By how many units the best row of a set is broken; -inf where it has none."""
    come = net_cases(flows, now, inside)
    whole = np.ceil(come - NEARLY)
    rounding = whole - come
    if rounding < LEAST_ROUNDING:
        return -np.inf
    before, known = stocked(flows, now, first, last)
    value, units = wished(flows, now, first, last, inside, rounding)
    room = known + flows.pack * (whole - 1)
    if units - room <= 0 or units - room > flows.pack * (1 + NEARLY):
        return -np.inf
    return value - room * rounding - before


@lean
def shifted(flows, first, last, place, shift):  # type: ignore[no-untyped-def]
    """First and last period of a place after a shift; the same where the shift is not possible."""
    periods, width = flows.held.shape[1], flows.known.shape[1] - 1
    low, high = first[place], last[place]
    if low > high:
        if shift > 0:
            return low, high
        end = 0
        for other in range(len(last)):
            end = max(end, last[other])
        return 0, end
    if shift == len(SHIFTS):
        return 0, -1
    low, high = low + SHIFTS[shift][0], high + SHIFTS[shift][1]
    if low < 0 or low > periods or high >= width or low > high:
        return first[place], last[place]
    return low, high


@lean
def climb(flows, now, inside, first, last, value, steps):  # type: ignore[no-untyped-def]
    """Take the best change of one place's interval, up to so many times; how much the row is broken then.
    `inside`: room for the marks of its cells.
    """
    cells(flows, first, last, inside)
    for _ in range(steps):
        best, where, low, high = value + 1e-7, -1, 0, 0
        for place in range(len(first)):
            old_low, old_high = first[place], last[place]
            for shift in range(len(SHIFTS) + 1):
                new_low, new_high = shifted(flows, first, last, place, shift)
                if new_low == old_low and new_high == old_high:
                    continue
                first[place], last[place] = new_low, new_high
                mark(flows, inside, place, old_low, old_high, 0.0)
                mark(flows, inside, place, new_low, new_high, 1.0)
                over = broken(flows, now, first, last, inside)
                mark(flows, inside, place, new_low, new_high, 0.0)
                mark(flows, inside, place, old_low, old_high, 1.0)
                first[place], last[place] = old_low, old_high
                if over > best:
                    best, where, low, high = over, place, new_low, new_high
        if where < 0:
            return value
        mark(flows, inside, where, first[where], last[where], 0.0)
        mark(flows, inside, where, low, high, 1.0)
        first[where], last[where], value = low, high, best
    return value
