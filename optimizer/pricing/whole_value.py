"""What whole cases of a SKU cost with all else decided best, and what one case more or less is worth; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.pricing.whole_compiled import copied, lean, making
from optimizer.pricing.whole_simplex import settle, side
from optimizer.pricing.whole_tree import FULL, Tree, arrange, planted, put_back

#: Share by which costs of arcs differ at random, so that few flows cost the same.
SPREAD = 1e-8


class State(NamedTuple):
    """A SKU at some prices: `cost` of arcs, `fee` of a step of each case column, `tree` where trials start, `now` where
    they run, `best` where those start that are to be compared; `capacity`, `supply` and `came` (places x periods,) as
    the last trial had them.
    """

    cost: np.ndarray
    fee: np.ndarray
    tree: Tree
    now: Tree
    best: Tree
    capacity: np.ndarray
    supply: np.ndarray
    came: np.ndarray


@making
def opened(layout, priced):  # type: ignore[no-untyped-def]
    """A state at the priced costs of the block's columns (n,)."""
    first = planted(layout.tail, layout.head, layout.above)
    state = State(
        np.zeros(len(layout.tail)), np.zeros(len(layout.case)), first, planted(layout.tail, layout.head, layout.above),
        planted(layout.tail, layout.head, layout.above),
        layout.most.copy(), layout.supply.copy(), np.zeros(len(layout.coming)),
    )  # fmt: skip
    reprice(layout, state, priced)
    return state


@lean
def reprice(layout, state, priced):  # type: ignore[no-untyped-def]
    """Take other priced costs."""
    noise = 0.5
    for arc in range(len(layout.tail)):
        cost = 0.0
        if layout.column[arc] >= 0:
            cost = layout.sign[arc] * priced[layout.column[arc]]
        if layout.before[arc] >= 0:
            cost += state.cost[layout.before[arc]]
        noise = (noise * 997.0 + 0.1234567) % 1.0
        state.cost[arc] = cost + SPREAD * (1 + abs(cost)) * noise
    for case in range(len(layout.case)):
        state.fee[case] = priced[layout.case[case]]
    arrange(layout.tail, layout.head, state.cost, state.tree)
    side(layout.tail, layout.head, state.cost, state.tree)


@lean
def load(layout, state, steps):  # type: ignore[no-untyped-def]
    """Put supplies and capacities to what these steps of cases (cases,) make them; their fees."""
    copied(layout.supply, state.supply)
    copied(layout.coming, state.came)
    fees = 0.0
    for case in range(len(steps)):
        if steps[case] == 0.0:
            continue
        units = steps[case] * layout.units[case]
        fees += steps[case] * state.fee[case]
        state.supply[layout.sink[case]] += units
        state.supply[layout.source[case]] -= units
        if layout.comes[case] >= 0:
            state.came[layout.comes[case]] += units
    _age(layout, state)
    return fees


@lean
def _age(layout, state):  # type: ignore[no-untyped-def]
    """Room of the arcs of each age."""
    last, below = -1, 0.0
    for tier in range(len(layout.tier)):
        arc, under = layout.tier[tier], layout.under[tier]
        if under != last:
            below = 0.0
        young = layout.young[tier]
        for moment in range(layout.since[tier], layout.until[tier] + 1):
            young += state.came[moment]
        young = min(max(young, below), layout.most[arc])
        state.capacity[under] = young - below
        state.capacity[arc] = layout.most[arc] - young
        last, below = arc, young


@lean
def valued(layout, state, steps, limit):  # type: ignore[no-untyped-def]
    """Cost of these steps with all else decided best; a bound above `limit` where it passes that, inf where they leave
    more than there is.
    """
    fees = load(layout, state, steps)
    put_back(state.tree, state.now)
    return fees + settle(layout.tail, layout.head, state.cost, state.capacity, state.supply, state.now, limit - fees)


@making
def worth(layout, state, gain):  # type: ignore[no-untyped-def]
    """`gain` (cases,): what one step more of each costs at the potentials of the tree, a bound on what it does cost."""
    potential, tree = state.tree.potential, state.tree
    extra = np.zeros(len(layout.coming))
    for tier in range(len(layout.tier)):
        arc, under = layout.tier[tier], layout.under[tier]
        change = 0.0
        if tree.state[under] == FULL:
            change += state.cost[under] + potential[layout.tail[under]] - potential[layout.head[under]]
        if tree.state[arc] == FULL:
            change -= state.cost[arc] + potential[layout.tail[arc]] - potential[layout.head[arc]]
        if change != 0.0:
            for moment in range(layout.since[tier], layout.until[tier] + 1):
                extra[moment] += change
    for case in range(len(layout.case)):
        unit = potential[layout.source[case]] - potential[layout.sink[case]]
        if layout.comes[case] >= 0:
            unit += extra[layout.comes[case]]
        gain[case] = state.fee[case] + layout.units[case] * unit
