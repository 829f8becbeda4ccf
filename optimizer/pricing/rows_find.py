"""Compiled: all rows of one SKU that a point breaks, the best of them as entries."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_build import mixed_row, order_row, single_row
from optimizer.pricing.rows_compiled import compiled, inlined
from optimizer.pricing.rows_orders import orders
from optimizer.pricing.rows_search import climb
from optimizer.pricing.rows_windows import LACKING, mixed, read, singles

#: Most rows of each kind that are written to be compared, and single ones whose intervals are moved, by so many steps.
WRITTEN, MOVED, MOVES = 100, 4, 6
#: Rows are too alike if the cosine of the angle between them is more.
ALIKE = 0.9


@compiled
def found(flows, x, most, least):  # type: ignore[no-untyped-def]
    """At most so many rows that x (n,) breaks by more than `least` units: starts, columns, values, lower sides."""
    now = read(flows, x)
    kind, first, last = sets(flows, now, least)
    widest = len(flows.moved) + len(flows.taken) + 2 * flows.held.size + len(flows.orders)
    columns, values = np.empty((len(kind), widest), np.int64), np.empty((len(kind), widest))
    lengths, lower, worth = np.zeros(len(kind), np.int64), np.zeros(len(kind)), np.full(len(kind), -np.inf)
    norm, count = np.ones(len(kind)), np.zeros(1, np.int64)
    scale = scales(flows, len(x))
    for row in range(len(kind)):
        count[0] = 0
        entries = (columns[row], values[row], count)
        lower[row] = written(flows, now, kind[row], first[row], last[row], entries)
        lengths[row] = count[0]
        if lower[row] > -np.inf and count[0]:
            over, norm[row] = measured(columns[row], values[row], count[0], x, scale)
            worth[row] = (lower[row] + over) / norm[row] if lower[row] + over > least else -np.inf
    kept = unlike(columns, values, lengths, norm, worth, scale, most)
    return together(columns, values, lengths, lower, kept)


@inlined
def measured(columns, values, count, x, scale):  # type: ignore[no-untyped-def]
    """What a row lacks of zero at x, and its length in units."""
    total, square = 0.0, 0.0
    for entry in range(count):
        total -= values[entry] * x[columns[entry]]
        square += (values[entry] * scale[columns[entry]]) ** 2
    return total, np.sqrt(square)


@compiled
def scales(flows, width):  # type: ignore[no-untyped-def]
    """Units of each column's scale, inverse: a case counts as its units, an order as all that it may bring."""
    scale = np.ones(width)
    scale[flows.moved] = 1.0 / flows.pack
    scale[flows.orders] = 1.0 / flows.pack
    return scale


@compiled
def written(flows, now, kind, first, last, entries):  # type: ignore[no-untyped-def]
    """Write the row of a set; its lower side."""
    if kind == -1:
        return single_row(flows, now, first, last, entries)
    if kind == -2:
        return order_row(flows, now, first, last, entries)
    return mixed_row(flows, now, first, last, LACKING[kind], entries)


@compiled
def sets(flows, now, least):  # type: ignore[no-untyped-def]
    """The sets most broken, of each kind: kinds, and the first and last period of each place."""
    groups, places = flows.groups.shape
    periods, width = flows.held.shape[1], flows.known.shape[1]
    most = groups * (periods + 1) * (width + len(LACKING))
    code, broken = np.zeros((most, 4), np.int64), np.zeros(most)
    count = 0
    for group in range(groups):
        count = singles(flows, now, group, least, code, broken, count)
    ones = best_of(broken, 0, count, WRITTEN)
    begun = count
    for group in range(groups):
        count = mixed(flows, now, group, least, code, broken, count)
    twos = best_of(broken, begun, count, WRITTEN)
    begun = count
    if len(flows.orders):
        for group in range(groups):
            if (flows.groups[group] & flows.homes).any():
                count = orders(flows, now, group, least, code, broken, count)
    threes = best_of(broken, begun, count, WRITTEN // 4)
    moved = min(len(ones), MOVED)
    chosen = np.concatenate((ones, twos, threes, ones[:moved]))
    kind, first, last = (
        code[chosen, 3].copy(),
        np.zeros((len(chosen), places), np.int64),
        np.full((len(chosen), places), -1),
    )
    for row, place in enumerate(chosen):
        fill(flows, code[place], first[row], last[row])
    for row in range(len(chosen) - moved, len(chosen)):
        climb(flows, now, first[row], last[row], broken[chosen[row]], MOVES)
    return kind, first, last


@compiled
def fill(flows, code, first, last):  # type: ignore[no-untyped-def]
    """Spell out the intervals of a set of a group; of one of orders those of homes end apart."""
    for place in np.flatnonzero(flows.groups[code[0]]):
        if code[3] == -2:
            last[place] = code[1] if flows.homes[place] else code[2]
        else:
            first[place], last[place] = code[1], code[2]


@compiled
def best_of(broken, start, stop, most):  # type: ignore[no-untyped-def]
    """Positions of the greatest values of a stretch."""
    return start + np.argsort(-broken[start:stop])[:most]


@compiled
def unlike(columns, values, lengths, norm, worth, scale, most):  # type: ignore[no-untyped-def]
    """Rows with the greatest worth that point in different directions."""
    kept, count, dense = np.zeros(most, np.int64), 0, np.zeros(len(scale))
    for row in np.argsort(-worth):
        if worth[row] == -np.inf or count == most:
            break
        mine = columns[row, : lengths[row]]
        for entry in range(lengths[row]):
            dense[mine[entry]] = values[row, entry] * scale[mine[entry]] ** 2
        if apart(columns, values, lengths, norm, dense, ALIKE * norm[row], kept[:count]):
            kept[count] = row
            count += 1
        for entry in range(lengths[row]):
            dense[mine[entry]] = 0.0
    return kept[:count]


@inlined
def apart(columns, values, lengths, norm, dense, limit, others):  # type: ignore[no-untyped-def]
    """Whether a row, given in `dense`, points in another direction than all others."""
    for other in others:
        along = 0.0
        for entry in range(lengths[other]):
            along += values[other, entry] * dense[columns[other, entry]]
        if along > limit * norm[other]:
            return False
    return True


@compiled
def together(columns, values, lengths, lower, kept):  # type: ignore[no-untyped-def]
    """Chosen rows one after the other: starts, columns, values, lower sides."""
    starts = np.zeros(len(kept) + 1, np.int32)
    starts[1:] = np.cumsum(lengths[kept])
    column, value = np.zeros(starts[-1], np.int32), np.zeros(starts[-1])
    for row, place in enumerate(kept):
        column[starts[row] : starts[row + 1]] = columns[place, : lengths[place]]
        value[starts[row] : starts[row + 1]] = values[place, : lengths[place]]
    return starts, column, value, lower[kept]
