"""Sets of places and intervals whose rows a point breaks most, of each kind; compiled."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_compiled import lean, making
from optimizer.pricing.rows_flows import Sets
from optimizer.pricing.rows_mixed import LACKING, mixed
from optimizer.pricing.rows_orders import orders
from optimizer.pricing.rows_search import climb
from optimizer.pricing.rows_windows import gathered, singles

#: Most rows of each kind that are written to be compared, and single ones whose intervals are moved, by so many steps.
WRITTEN, MOVED, MOVES = 100, 4, 6


@making
def chosen(flows, now, room, least):  # type: ignore[no-untyped-def]
    """The sets most broken, of each kind: kinds, and the first and last period of each place."""
    (groups, places), firsts = flows.groups.shape, flows.held.shape[1] + 1
    ones, twos, threes = _none(groups * firsts * len(room.net)), _none(groups * firsts * len(LACKING)), _none(0)
    if len(flows.orders):
        threes = _none(groups * firsts)
    counts = np.zeros(3, np.int64)
    _looked(flows, now, room, least, (ones, twos, threes), counts)
    best = best_of(ones, counts[0], WRITTEN)
    moved = min(len(best), MOVED)
    code = np.concatenate((
        ones.code[best], twos.code[best_of(twos, counts[1], WRITTEN)],
        threes.code[best_of(threes, counts[2], WRITTEN // 4)], ones.code[best[:moved]],
    ))  # fmt: skip
    first, last = np.zeros((len(code), places), np.int64), np.full((len(code), places), -1)
    _spelled(flows, code, first, last)
    for row in range(moved):
        at = len(code) - moved + row
        climb(flows, now, room.inside, first[at], last[at], ones.broken[best[row]], MOVES)
    return code[:, 3], first, last


@making
def _none(most):  # type: ignore[no-untyped-def]
    return Sets(np.empty((most, 4), np.int64), np.empty(most))


@lean
def _looked(flows, now, room, least, sets, counts):  # type: ignore[no-untyped-def]
    """Note what is broken, of each of the three kinds."""
    ones, twos, threes = sets
    for group in range(len(flows.groups)):
        gathered(flows, now, room, group)
        counts[0] = singles(flows, now, room, group, least, ones, counts[0])
        counts[1] = mixed(flows, now, room, group, least, twos, counts[1])
        if len(flows.orders) and _has_home(flows, group):
            counts[2] = orders(flows, now, room, group, least, threes, counts[2])


@lean
def _has_home(flows, group):  # type: ignore[no-untyped-def]
    homes = 0
    for place in range(len(flows.homes)):
        if flows.homes[place] and flows.groups[group, place]:
            homes += 1
    return homes > 0


@making
def best_of(sets, count, most):  # type: ignore[no-untyped-def]
    """Positions of the sets that are broken most."""
    return np.argsort(-sets.broken[:count])[:most]


@lean
def _spelled(flows, code, first, last):  # type: ignore[no-untyped-def]
    """Spell out the intervals of sets of a group; of one of orders those of homes end apart."""
    for row in range(len(code)):
        for place in range(len(flows.homes)):
            if not flows.groups[code[row, 0], place]:
                continue
            if code[row, 3] == -2:
                last[row, place] = code[row, 1] if flows.homes[place] else code[row, 2]
            else:
                first[row, place], last[row, place] = code[row, 1], code[row, 2]
