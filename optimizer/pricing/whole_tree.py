"""The spanning tree of a dual simplex method on networks: planted, arranged, put back; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.pricing.whole_compiled import copied, lean, making

#: State of an arc: at zero, at its capacity, in the tree.
EMPTY, FULL, TREE = 0, 1, 2


class Tree(NamedTuple):
    """A spanning tree with root 0, as it stands while a flow is made: all arrays are changed in place.

    `parent`, `above` (nodes,): node and arc towards the root; `state` (arcs,); `order`, `place`, `size` (nodes,): nodes
    from the root down, so that each subtree is contiguous; `potential` (nodes,): cost of a unit from the root to the
    node; `flow` (arcs,); `first` (nodes + 2,), `touch`: where the arcs of each node start among those that touch nodes,
    and these; `spare` (3, nodes), `over` (nodes,), `crossing` and `ratio` (arcs,): room to work in.
    """

    parent: np.ndarray
    above: np.ndarray
    state: np.ndarray
    order: np.ndarray
    place: np.ndarray
    size: np.ndarray
    potential: np.ndarray
    flow: np.ndarray
    spare: np.ndarray
    crossing: np.ndarray
    ratio: np.ndarray
    first: np.ndarray
    touch: np.ndarray
    over: np.ndarray


@making
def touching(tail, head, nodes):  # type: ignore[no-untyped-def]
    """Where the arcs of each node start in the list of those that touch nodes, and that list."""
    first, touch = np.zeros(nodes + 2, np.int32), np.zeros(2 * len(tail), np.int32)
    for arc in range(len(tail)):
        first[tail[arc] + 2] += 1
        first[head[arc] + 2] += 1
    first[:] = np.cumsum(first)
    for arc in range(len(tail)):
        for node in (tail[arc], head[arc]):
            touch[first[node + 1]] = arc
            first[node + 1] += 1
    return first, touch


@making
def planted(tail, head, above):  # type: ignore[no-untyped-def]
    """A tree whose arc towards the root is `above` (nodes,) at each node (-1 at the root)."""
    nodes, arcs = len(above), len(tail)
    first, touch = touching(tail, head, nodes)
    tree = Tree(
        np.full(nodes, -1), above.copy(), np.zeros(arcs, np.int8), np.zeros(nodes, np.int64), np.zeros(nodes, np.int64),
        np.zeros(nodes, np.int64), np.zeros(nodes), np.zeros(arcs), np.zeros((3, nodes), np.int64),
        np.zeros(arcs, np.int64), np.zeros(arcs), first, touch, np.zeros(nodes),
    )  # fmt: skip
    for node in range(1, nodes):
        arc = above[node]
        tree.parent[node] = tail[arc] if head[arc] == node else head[arc]
        tree.state[arc] = TREE
    return tree


@lean
def arrange(tail, head, cost, tree):  # type: ignore[no-untyped-def]
    """Bring order, subtree sizes and potentials up to date with the parents."""
    nodes = len(tree.parent)
    first, following, stack = tree.spare[0], tree.spare[1], tree.spare[2]
    first[:] = -1
    for node in range(nodes - 1, 0, -1):
        following[node] = first[tree.parent[node]]
        first[tree.parent[node]] = node
    stack[0], high, count = 0, 1, 0
    while high:
        high -= 1
        node = stack[high]
        tree.order[count], tree.place[node], tree.size[node] = node, count, 1
        count += 1
        child = first[node]
        while child >= 0:
            stack[high] = child
            high += 1
            child = following[child]
    tree.potential[0] = 0.0
    for position in range(1, nodes):
        node = tree.order[position]
        arc = tree.above[node]
        if head[arc] == node:
            tree.potential[node] = tree.potential[tail[arc]] + cost[arc]
        else:
            tree.potential[node] = tree.potential[head[arc]] - cost[arc]
    for position in range(nodes - 1, 0, -1):
        node = tree.order[position]
        tree.size[tree.parent[node]] += tree.size[node]


@lean
def hang(tail, head, cost, tree, node, arc):  # type: ignore[no-untyped-def]
    """Cut the subtree of `node` off and hang it on by `arc`; only what that moves is brought up to date.

    Nodes from the one that `arc` touches up to `node` turn over: each takes the one above it, with all that does not
    hang on itself, as its last child.
    """
    start, size = tree.place[node], tree.size[node]
    inner = tail[arc] if start <= tree.place[tail[arc]] < start + size else head[arc]
    outer = head[arc] if inner == tail[arc] else tail[arc]
    _grow(tree, tree.parent[node], -size)
    _grow(tree, outer, size)
    moved, count, low, high = tree.spare[0], 0, tree.place[inner], tree.place[inner]
    below, link, hung = outer, arc, 0
    while True:
        above, old, first = tree.parent[inner], tree.size[inner], tree.place[inner]
        for position in range(first, low):
            moved[count] = tree.order[position]
            count += 1
        for position in range(high, first + old):
            moved[count] = tree.order[position]
            count += 1
        low, high = first, first + old
        tree.size[inner], hung = size - hung, old
        before = tree.above[inner]
        tree.parent[inner], tree.above[inner] = below, link
        if inner == node:
            break
        inner, below, link = above, inner, before
    _moved(tail, head, cost, tree, start, size, tree.place[outer])


@lean
def _grow(tree, node, size):  # type: ignore[no-untyped-def]
    """Add to the size of a node and all above it."""
    while node >= 0:
        tree.size[node] += size
        node = tree.parent[node]


@lean
def _moved(tail, head, cost, tree, start, size, outer):  # type: ignore[no-untyped-def]
    """Move a subtree that stood from `start` on, and stands in `spare`, to after the position `outer`."""
    order, place, moved = tree.order, tree.place, tree.spare[0]
    if outer < start:
        for position in range(start - 1, outer, -1):
            order[position + size] = order[position]
            place[order[position]] = position + size
        begin = outer + 1
    else:
        for position in range(start + size, outer + 1):
            order[position - size] = order[position]
            place[order[position]] = position - size
        begin = outer + 1 - size
    for row in range(size):
        node = moved[row]
        order[begin + row], place[node] = node, begin + row
        above = tree.above[node]
        if head[above] == node:
            tree.potential[node] = tree.potential[tail[above]] + cost[above]
        else:
            tree.potential[node] = tree.potential[head[above]] - cost[above]


@lean
def put_back(kept, tree):  # type: ignore[no-untyped-def]
    """Make a tree what another one is."""
    copied(kept.parent, tree.parent)
    copied(kept.above, tree.above)
    copied(kept.state, tree.state)
    copied(kept.order, tree.order)
    copied(kept.place, tree.place)
    copied(kept.size, tree.size)
    copied(kept.potential, tree.potential)
