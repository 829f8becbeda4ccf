"""A dual simplex method on small networks, compiled: least cost of a flow whose supplies and capacities change often.

Minimise cost @ flow, 0 <= flow <= capacity, what leaves a node less what enters it = its supply; node 0 takes up the
rest. Capacities are finite, so any spanning tree is made dual feasible by the side on which each other arc rests, and a
tree that was best for other supplies or costs is a start at once (bounded dual simplex with long steps: Ahuja, Magnanti
and Orlin, Network Flows, 1993, chapter 11; Maros, Computational Techniques of the Simplex Method, 2003, chapter 7).
"""

from __future__ import annotations

import numpy as np

from optimizer.pricing.whole_compiled import copied, lean
from optimizer.pricing.whole_tree import EMPTY, FULL, TREE, hang

#: Flows beyond their sides by less count as within, in units.
SLACK = 1e-7
#: Most pivots of one solution.
PIVOTS = 2000


@lean
def side(tail, head, cost, tree):  # type: ignore[no-untyped-def]
    """Rest every arc outside the tree on the side that its reduced cost asks for."""
    for arc in range(len(tail)):
        if tree.state[arc] != TREE:
            reduced = cost[arc] + tree.potential[tail[arc]] - tree.potential[head[arc]]
            tree.state[arc] = FULL if reduced < 0 else EMPTY


@lean
def pour(tail, head, cost, capacity, supply, tree):  # type: ignore[no-untyped-def]
    """Flows of the tree for these supplies, within capacities or not; their cost, a bound on the least cost."""
    over = tree.over
    copied(supply, over)
    value = 0.0
    for arc in range(len(tail)):
        if tree.state[arc] == EMPTY:
            tree.flow[arc] = 0.0
        elif tree.state[arc] == FULL:
            tree.flow[arc] = capacity[arc]
            over[tail[arc]] -= capacity[arc]
            over[head[arc]] += capacity[arc]
            value += cost[arc] * capacity[arc]
    for position in range(len(supply) - 1, 0, -1):
        node = tree.order[position]
        arc = tree.above[node]
        tree.flow[arc] = over[node] if tail[arc] == node else -over[node]
        over[tree.parent[node]] += over[node]
        value += cost[arc] * tree.flow[arc]
    return value


@lean
def worst(capacity, tree):  # type: ignore[no-untyped-def]
    """The node whose arc towards the root is furthest beyond its sides, -1 if none is."""
    found, most = -1, SLACK
    for node in range(1, len(tree.parent)):
        arc = tree.above[node]
        beyond = max(-tree.flow[arc], tree.flow[arc] - capacity[arc])
        if beyond > most:
            found, most = node, beyond
    return found


@lean
def crossings(tail, head, cost, tree, node, out):  # type: ignore[no-untyped-def]
    """Arcs that can bring more out of the subtree of `node` (`out`), or into it, with what a unit of each costs.

    Looked for from the smaller side of the cut.
    """
    start, end, count = tree.place[node], tree.place[node] + tree.size[node], 0
    inner = 2 * tree.size[node] <= len(tree.order)
    for position in range(start if inner else 0, end if inner else len(tree.order)):
        if not inner and start <= position < end:
            continue
        here = tree.order[position]
        for touch in range(tree.first[here], tree.first[here + 1]):
            arc = tree.touch[touch]
            if tree.state[arc] == TREE:
                continue
            leaves = start <= tree.place[tail[arc]] < end
            if leaves == (start <= tree.place[head[arc]] < end):
                continue
            if (leaves == out) == (tree.state[arc] == EMPTY):
                tree.crossing[count] = arc
                tree.ratio[count] = abs(cost[arc] + tree.potential[tail[arc]] - tree.potential[head[arc]])
                count += 1
    return count


@lean
def entering(capacity, tree, count, missing):  # type: ignore[no-untyped-def]
    """The arc that takes up the last of what is `missing` when crossing arcs turn over, cheapest first; how much that
    is, the rise of the cost, and how many crossing arcs are left: those after them turned over in full and have changed
    side. -1 where all together cannot.
    """
    gained, before = 0.0, 0.0
    while count:
        best = 0
        for place in range(1, count):
            if tree.ratio[place] < tree.ratio[best]:
                best = place
        arc = tree.crossing[best]
        gained += (tree.ratio[best] - before) * missing
        before = tree.ratio[best]
        if missing - capacity[arc] <= SLACK:
            return arc, missing, gained, count
        missing -= capacity[arc]
        tree.state[arc] = FULL if tree.state[arc] == EMPTY else EMPTY
        count -= 1
        tree.crossing[best], tree.ratio[best] = tree.crossing[count], tree.ratio[count]
        tree.crossing[count] = arc
    return -1, missing, np.inf, 0


@lean
def send(tail, head, tree, arc, units):  # type: ignore[no-untyped-def]
    """Send units more through an arc outside the tree, and back through the tree."""
    tree.flow[arc] += units
    start, end = tail[arc], head[arc]
    while not tree.place[start] <= tree.place[end] < tree.place[start] + tree.size[start]:
        above = tree.above[start]
        tree.flow[above] += -units if tail[above] == start else units
        start = tree.parent[start]
    while end != start:
        above = tree.above[end]
        tree.flow[above] += units if tail[above] == end else -units
        end = tree.parent[end]


@lean
def settle(tail, head, cost, capacity, supply, tree, limit):  # type: ignore[no-untyped-def]
    """Least cost of a flow, with the tree left at it; where the cost passes `limit`, a bound that does so; inf where
    there is no flow. The tree must be arranged and its arcs on their sides.
    """
    value, poured = pour(tail, head, cost, capacity, supply, tree), True
    for _ in range(PIVOTS):
        if value >= limit:
            return value
        node = worst(capacity, tree)
        if node < 0:
            if poured:
                return value
            # Flows and cost were brought up to date step by step: once more without what roundings added up to.
            value, poured = pour(tail, head, cost, capacity, supply, tree), True
            continue
        leaving = tree.above[node]
        short = tree.flow[leaving] < 0
        missing = -tree.flow[leaving] if short else tree.flow[leaving] - capacity[leaving]
        out = (tail[leaving] == node) != short
        count = crossings(tail, head, cost, tree, node, out)
        arc, units, gained, left = entering(capacity, tree, count, missing)
        value += gained
        if value >= limit:  # infinite where there is no flow
            return value
        if arc < 0:
            return np.inf
        for place in range(left, count):
            turned = tree.crossing[place]
            send(tail, head, tree, turned, capacity[turned] if tree.state[turned] == FULL else -capacity[turned])
        send(tail, head, tree, arc, units if tree.state[arc] == EMPTY else -units)
        tree.flow[leaving] = 0.0 if short else capacity[leaving]
        tree.state[leaving] = EMPTY if short else FULL
        tree.state[arc] = TREE
        hang(tail, head, cost, tree, node, arc)
        poured = False
    return np.inf
