"""Offers of many blocks, added up in groups, and the one of each block that weighs most in a mix."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from optimizer.decomposition.mixes import grouped, heaviest, turns
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


def test_the_heaviest_offer_of_each_block_is_found():
    offers = joined([made(1), made(2)])
    weights = np.concatenate([np.full(BLOCKS, 0.4), np.full(BLOCKS, 0.6)])
    taken = heaviest(offers, weights)
    assert np.array_equal(offers.block[taken], np.arange(BLOCKS))
    assert (taken >= BLOCKS).all()
