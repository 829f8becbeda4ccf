"""Mixes of offers made into whole choices, and offers of many blocks added up in groups."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from optimizer.decomposition.offers import Offers


def heaviest(offers: Offers, weights: np.ndarray) -> np.ndarray:
    """The offer of each block that weighs most in a mix (offers,), (blocks,)."""
    order = np.lexsort((-weights, offers.block))
    return order[np.flatnonzero(np.diff(offers.block[order], prepend=-1))]


def turns(offers: Offers) -> np.ndarray:
    """How many offers of the same block came before each (offers,)."""
    order = np.argsort(offers.block, kind="stable")
    ranks, block = np.zeros(len(order), np.int64), offers.block[order]
    ranks[order] = np.arange(len(order)) - np.searchsorted(block, block)
    return ranks


def grouped(offers: Offers, blocks: int, groups: int) -> Offers:
    """The offers of groups of blocks: what the blocks of a group offered at the same turn, added up, turn by turn.

    Every block must have made an offer at every turn.
    """
    turn = turns(offers)
    row = turn * groups + offers.block * groups // blocks
    count = (int(turn.max(initial=-1)) + 1) * groups
    added = sparse.csr_array((np.ones(len(row)), (row, np.arange(len(row)))), shape=(count, len(row)))
    return Offers(
        block=np.arange(count) % groups, cost=added @ offers.cost, gauge=added @ offers.gauge,
        usage=sparse.csr_array(added @ offers.usage), x=sparse.csr_array((count, 0)),
    )  # fmt: skip
