"""The tree of a network: what a pivot brings up to date is what would come out if all of it were made anew."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.pricing.whole_tree import arrange, hang, planted


def network(seed: int, nodes: int = 9) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Tails, heads and costs of arcs, and the arc above each node of a first tree."""
    random = np.random.default_rng(seed)
    tail = np.concatenate([np.zeros(nodes - 1, np.int64), random.integers(0, nodes, 30)])
    head = np.concatenate([np.arange(1, nodes), random.integers(0, nodes, 30)])
    apart = tail != head
    above = np.concatenate([[-1], np.arange(nodes - 1)]).astype(np.int32)
    tail, head = tail[apart].astype(np.int32), head[apart].astype(np.int32)
    return tail, head, random.uniform(1, 9, len(tail)), above


def below(tree, node: int) -> set[int]:
    return set(tree.order[tree.place[node] : tree.place[node] + tree.size[node]].tolist())


@pytest.mark.parametrize("seed", range(5))
def test_a_subtree_that_is_hung_elsewhere_stands_as_if_all_were_arranged_anew(seed: int) -> None:
    tail, head, cost, above = network(seed)
    tree, random, hung = planted(tail, head, above), np.random.default_rng(seed), 0
    arrange(tail, head, cost, tree)
    for _ in range(200):
        node, arc = int(random.integers(1, len(above))), int(random.integers(len(tail)))
        if (tail[arc] in below(tree, node)) == (head[arc] in below(tree, node)):
            continue
        hung += 1
        hang(tail, head, cost, tree, node, arc)
        stood, size, potential = [below(tree, each) for each in range(len(above))], tree.size.copy(), tree.potential
        potential = potential.copy()
        np.testing.assert_array_equal(tree.order[tree.place], np.arange(len(above)))
        arrange(tail, head, cost, tree)
        np.testing.assert_array_equal(size, tree.size)
        np.testing.assert_allclose(potential, tree.potential)
        assert stood == [below(tree, each) for each in range(len(above))]
    assert hung > 20
