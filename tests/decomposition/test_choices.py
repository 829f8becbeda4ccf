"""One offer of each block is chosen beside the linking columns: as well as enumeration does."""

from __future__ import annotations

import time
from itertools import product

import numpy as np
import pytest
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.master import Linking
from optimizer.decomposition.offers import Offers
from optimizer.decomposition.selection import Chosen, Selection
from optimizer.decomposition.tie import Choice, Tie, whole_beside
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

LIMITS = Limits(seconds=20, threads=1)
PENALTY = np.array([100.0, 100.0, 100.0])


def linking() -> Linking:
    """Volume used <= 10 x boxes (4 each), volume used <= 12, value used >= 5 x order (free)."""
    matrix = np.array([[-10.0, 0], [0, 0], [0, -5.0]])
    form = StandardForm(
        cost=np.array([4.0, 0.0]), offset=7.0, matrix=sparse.csr_array(matrix),
        row_lower=np.array([-np.inf, -np.inf, 0.0]), row_upper=np.array([0.0, 12.0, np.inf]),
        lower=np.array([0.0, 1.0]), upper=np.array([5.0, 1.0]), integer=np.array([True, True]), rows={}, columns={},
    )  # fmt: skip
    return Linking(form, np.arange(3), PENALTY)


def offers(seed: int, blocks: int = 4, each: int = 3) -> Offers:
    """Random answers: cost falls with the volume used; value is used as volume is."""
    draw = np.random.default_rng(seed)
    volume = draw.integers(0, 6, blocks * each).astype(float)
    block = np.repeat(np.arange(blocks), each)
    cost = 20.0 - 2.0 * volume + draw.uniform(0, 3, len(block))
    usage = sparse.csr_array(np.stack([volume, volume, volume * draw.uniform(0, 1, len(block))], axis=1))
    return Offers(block, cost, np.ones(len(block)), usage, sparse.csr_array((len(block), 1)))


def true_cost(given: Offers, taken: np.ndarray) -> float:
    """Cost of a choice with whole boxes, what is lacking paid for."""
    used = np.asarray(given.usage[taken].sum(axis=0)).ravel()
    boxes = np.arange(6)
    lacking = 100.0 * np.maximum(used[0] - 10 * boxes, 0) + 4.0 * boxes
    lacks = max(used[1] - 12, 0.0) + max(5 - used[2], 0.0)
    return float(given.cost[taken].sum() + lacking.min() + 100.0 * lacks + 7.0)


def enumerated(given: Offers) -> float:
    places = [np.flatnonzero(given.block == block) for block in np.unique(given.block)]
    return min(true_cost(given, np.array(taken)) for taken in product(*places))


@pytest.mark.parametrize("seed", range(8))
def test_the_best_whole_choice_is_that_of_enumeration(seed):
    given = offers(seed)
    chosen = Selection(linking(), given, 4, PENALTY).whole(Highs(), LIMITS)
    assert chosen.cost == pytest.approx(enumerated(given), abs=1e-6)
    assert true_cost(given, chosen.offers) == pytest.approx(chosen.cost, abs=1e-6)
    assert np.array_equal(given.block[chosen.offers], np.arange(4))


@pytest.mark.parametrize("seed", range(8))
def test_a_mix_costs_no_more_than_any_choice_and_its_prices_prove_it(seed):
    given = offers(seed)
    mixed = Selection(linking(), given, 4, PENALTY).mixed(Highs(), LIMITS)
    assert mixed.cost <= enumerated(given) + 1e-6
    sums = np.bincount(given.block, mixed.weights)
    assert sums == pytest.approx(np.ones(4))
    value = given.cost - given.usage @ mixed.prices
    cheapest = np.array([value[given.block == block].min() for block in range(4)])
    assert (value[mixed.weights > 1e-6] <= cheapest[given.block[mixed.weights > 1e-6]] + 1e-6).all()


@pytest.mark.parametrize("seed", range(8))
def test_descending_ends_where_no_single_swap_saves_anything(seed):
    given = offers(seed)
    first = np.array([np.flatnonzero(given.block == block)[0] for block in range(4)])
    choice = Choice(Tie(linking(), PENALTY), given, first.copy())
    before = choice.cost
    choice.descend(100)
    assert choice.cost <= before + 1e-9
    for place, block in enumerate(given.block):
        other = choice.taken.copy()
        other[block] = place
        assert Choice(Tie(linking(), PENALTY), given, other).cost >= choice.cost - 1e-6


def test_no_swap_is_made_once_the_time_is_over():
    given = offers(0)
    first = np.array([np.flatnonzero(given.block == block)[0] for block in range(4)])
    choice = Choice(Tie(linking(), PENALTY), given, first.copy())
    assert choice.descend(100, ends=time.monotonic()) == 0 and choice.taken.tolist() == first.tolist()
    assert choice.descend(100) > 0


def test_the_newest_offer_of_each_block_is_the_last_one_made():
    given = offers(0)
    found = (given.only(np.array([3, 0])) + given).newest()
    assert found.block.tolist() == sorted(set(given.block.tolist()))
    last = [np.flatnonzero(given.block == block)[-1] for block in found.block]
    assert found.cost.tolist() == given.cost[last].tolist()


def test_what_a_choice_lacks_is_told_and_paid_for():
    found = whole_beside(linking(), np.array([14.0, 14.0, 1.0]), PENALTY, Highs(), LIMITS)
    assert found.columns[0] == 2  # two boxes hold 14
    assert found.lacking == pytest.approx([0.0, -2.0, 4.0])
    assert found.cost == pytest.approx(7 + 8 + 600)


def test_a_choice_starts_from_one_that_is_known():
    given = offers(3)
    known = Selection(linking(), given, 4, PENALTY).whole(Highs(), LIMITS)
    again = Selection(linking(), given, 4, PENALTY).whole(
        Highs(), Limits(seconds=20, threads=1), Chosen(known.offers, known.columns, known.cost, known.lacking)
    )
    assert again.cost == pytest.approx(known.cost)
