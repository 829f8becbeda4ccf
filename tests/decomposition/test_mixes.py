"""Offers of many blocks, added up in groups, and mixes of them spread over the blocks again."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from optimizer.decomposition.mixes import grouped, heaviest, spread, turns
from optimizer.decomposition.offers import Offers, joined

BLOCKS, GROUPS = 500, 4


def made(seed: int) -> Offers:
    """An offer of each block, in no order."""
    draw = np.random.default_rng(seed)
    usage = sparse.csr_array(draw.integers(0, 3, (BLOCKS, 6)).astype(float))
    block, cost = draw.permutation(BLOCKS), draw.uniform(1, 9, BLOCKS)
    return Offers(block, cost, 2 * cost, usage, sparse.csr_array((BLOCKS, 1)))


def test_groups_add_up_what_their_blocks_offered_at_one_turn():
    first, second = made(1), made(2)
    both = grouped(joined([first, second]), BLOCKS, GROUPS)
    assert both.cost.sum() == pytest.approx(first.cost.sum() + second.cost.sum())
    for turn, offers in enumerate((first, second)):
        for group in range(GROUPS):
            mine = offers.block * GROUPS // BLOCKS == group
            row = turn * GROUPS + group
            assert both.block[row] == group
            assert both.cost[row] == pytest.approx(offers.cost[mine].sum())
            assert both.usage[[row]].toarray()[0] == pytest.approx(np.asarray(offers.usage[mine].sum(axis=0)).ravel())


def test_turns_count_the_offers_of_each_block():
    offers = joined([made(1), made(2), made(3)])
    assert turns(offers).tolist() == [0] * BLOCKS + [1] * BLOCKS + [2] * BLOCKS


def test_blocks_are_spread_over_turns_as_the_weights_of_their_group_are():
    offers = joined([made(1), made(2)])
    weights = np.array([0.0, 1.0, 0.3, 0.5, 1.0, 0.0, 0.7, 0.5])  # turn by turn, group by group
    taken = spread(offers, BLOCKS, GROUPS, weights)
    assert np.array_equal(offers.block[taken], np.arange(BLOCKS))
    later = turns(offers)[taken]
    shares = [later[np.arange(BLOCKS) * GROUPS // BLOCKS == group].mean() for group in range(GROUPS)]
    assert shares == pytest.approx([1.0, 0.0, 0.7, 0.5], abs=0.03)


def test_the_heaviest_offer_of_each_block_is_found():
    offers = joined([made(1), made(2)])
    weights = np.concatenate([np.full(BLOCKS, 0.4), np.full(BLOCKS, 0.6)])
    taken = heaviest(offers, weights)
    assert np.array_equal(offers.block[taken], np.arange(BLOCKS))
    assert (taken >= BLOCKS).all()
