"""Local search over the whole cases of a SKU, each trial valued exactly by a flow; compiled and without chance.

Potentials of the last flow bound from below what a move costs, since the least cost is convex in the steps: moves are
tried in the order of these bounds, and those whose bound promises nothing are left out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.pricing.whole_compiled import copied, lean, making
from optimizer.pricing.whole_list import listed, nearness
from optimizer.pricing.whole_moves import balances, mended
from optimizer.pricing.whole_tree import put_back
from optimizer.pricing.whole_value import valued, worth

#: Share of the cost by which a move must be better.
BETTER = 1e-7
#: Most moves that are looked at in one pass.
LIST = 4000
#: Kinds of moves that are tried one after the other, the ones that help most often first.
STAGES = 3
#: Shipments that are moved by chance before climbing again.
KICKS = 3


@lean
def tried(layout, state, steps, trial, gain, most, balance, move, value):  # type: ignore[no-untyped-def]
    """Cost of the steps after a move, which are left in `trial`; inf where they cannot be."""
    copied(steps, trial)
    for column, change in ((int(move[0]), move[1]), (int(move[2]), move[3])):
        if column >= 0:
            trial[column] += change
            if trial[column] < 0 or trial[column] > most[column]:
                return np.inf
    if not mended(layout, trial, gain, most, balance):
        return np.inf
    return valued(layout, state, trial, value - BETTER * (1 + abs(value)))


class Memory(NamedTuple):
    """When a move failed last, `failed` (cases, cases + 1, 2), and when something changed last in each territory,
    `changed`; `clock` (1,) counts changes. A move that failed is tried again only after a change where it touches.
    """

    failed: np.ndarray
    changed: np.ndarray
    clock: np.ndarray


@lean
def _known_to_fail(layout, memory, move):  # type: ignore[no-untyped-def]
    first, second, kind = int(move[0]), int(move[2]), int(move[1] > 0 or move[1] < -1)
    touched = memory.changed[layout.territory[layout.goal[first]]]
    if second >= 0:
        touched = max(touched, memory.changed[layout.territory[layout.goal[second]]])
    if memory.failed[first, second + 1, kind] >= touched:
        return True
    memory.failed[first, second + 1, kind] = memory.clock[0]
    return False


@lean
def _note(layout, memory, steps, trial):  # type: ignore[no-untyped-def]
    """Remember where steps changed."""
    memory.clock[0] += 1
    for case in range(len(steps)):
        if trial[case] != steps[case]:
            memory.changed[layout.territory[layout.goal[case]]] = memory.clock[0]


@making
def climbed(layout, state, memory, steps, value, least, most, trials):  # type: ignore[no-untyped-def]
    """Better steps by moves, one after the other, until none helps or so many were tried; their cost, trials left."""
    cases, stage = len(steps), 0
    gain, balance, trial = np.zeros(cases), np.zeros(len(layout.coming)), np.zeros(cases)
    moves, bound = np.zeros((LIST, 4)), np.zeros(LIST)
    while trials > 0 and stage < STAGES:
        worth(layout, state, gain)
        balances(layout, steps, balance)
        count = listed(layout, steps, gain, least, most, balance, stage, moves, bound)
        before = value
        for place in np.argsort(bound[:count]):
            if trials <= 0:
                break
            if _known_to_fail(layout, memory, moves[place]):
                continue
            trials -= 1
            found = tried(layout, state, steps, trial, gain, most, balance, moves[place], value)
            if found < value - BETTER * (1 + abs(value)):
                _note(layout, memory, steps, trial)
                steps[:], value = trial, found
                put_back(state.now, state.tree)
        stage = 0 if value < before else stage + 1
    return value, trials


@making
def searched(layout, state, steps, value, least, most, trials):  # type: ignore[no-untyped-def]
    """The best steps found by climbing, and by climbing again from the best ones with some shipments moved by chance,
    always the same; their cost, and the trials left. The tree is left at their flow.
    """
    cases, chance = len(steps), np.int64(12345)
    memory = Memory(np.zeros((cases, cases + 1, 2), np.int32), np.ones(len(layout.territory), np.int32),
                    np.ones(1, np.int32))  # fmt: skip
    value, left = climbed(layout, state, memory, steps, value, least, most, trials)
    gain, balance, trial = np.zeros(cases), np.zeros(len(layout.coming)), np.zeros(cases)
    put_back(state.tree, state.best)
    while left > 0:
        worth(layout, state, gain)
        chance = kicked(layout, steps, trial, least, most, chance)
        left -= 1
        found = valued(layout, state, trial, np.inf) if mended(layout, trial, gain, most, balance) else np.inf
        if found == np.inf:
            continue
        _note(layout, memory, steps, trial)
        put_back(state.now, state.tree)
        found, left = climbed(layout, state, memory, trial, found, least, most, left)
        if found < value - BETTER * (1 + abs(value)):
            steps[:], value = trial, found
            put_back(state.tree, state.best)
        else:
            put_back(state.best, state.tree)
    return value, left


@making
def kicked(layout, steps, trial, least, most, chance):  # type: ignore[no-untyped-def]
    """Put `trial` to the steps with some shipments to one territory given up or moved; the next number of chance."""
    trial[:] = steps
    sent = np.flatnonzero((steps > least) & (layout.leaves >= 0))
    if not len(sent):
        return chance
    for _ in range(KICKS):
        chance = (chance * 1103515245 + 12345) % 2147483648
        case = sent[(chance >> 8) % len(sent)]
        if trial[case] <= least[case]:
            continue
        chance = (chance * 1103515245 + 12345) % 2147483648
        other = (chance >> 8) % len(steps)
        trial[case] -= 1
        if layout.leaves[other] >= 0 and trial[other] + 1 <= most[other] and nearness(layout, case, other) < 2:
            trial[other] += 1
    return chance
