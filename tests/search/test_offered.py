"""What is known of offers, and which are cheapest."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from optimizer.decomposition.offers import Offers
from optimizer.search.offered import Offered

FREE, FIRST_CLOSED = np.zeros(2, bool), np.array([True, False])


def offers(*rows: tuple[int, float, list[float]]) -> Offers:
    """Offers of block, cost and usage of two linking rows."""
    block, cost, usage = zip(*rows, strict=True)
    cost = np.array(cost)
    return Offers(np.array(block), cost, cost, sparse.csr_array(np.array(usage)), sparse.csr_array(np.eye(len(rows))))


def known() -> Offered:
    """Two SKUs: the first has a cheap offer that uses the first row, and a dear one."""
    found = Offered(2, 2)
    found.keep(offers((0, 5.0, [1, 0]), (1, 3.0, [0, 2])))
    found.keep(offers((0, 9.0, [0, 0])))
    return found


def test_the_cheapest_offer_of_each_sku_is_told_at_prices():
    assert known().cheapest(np.zeros(2), FREE).tolist() == [0, 1]
    assert known().cheapest(np.array([-6.0, 0.0]), FREE).tolist() == [2, 1]


def test_an_offer_that_uses_something_closed_is_taken_only_where_there_is_no_other():
    assert known().cheapest(np.zeros(2), FIRST_CLOSED).tolist() == [2, 1]
    assert known().cheapest(np.zeros(2), np.ones(2, bool)).tolist() == [2, 1]


def test_the_least_of_a_sku_without_an_open_offer_is_infinite():
    value = known().all.cost
    assert known().least(value, FREE).tolist() == [5.0, 3.0]
    assert known().least(value, np.ones(2, bool)).tolist() == [9.0, np.inf]


def test_where_skus_never_made_offers_at_one_time_groups_have_made_their_first_ones():
    found = Offered(2, 2)
    found.keep(offers((1, 3.0, [0, 2])))
    found.keep(offers((0, 5.0, [1, 0])))
    found.keep(offers((0, 4.0, [1, 1])))
    assert found.complete and found.turns == 0
    assert found.in_groups(1).cost.tolist() == [8.0] and found.in_groups(2).cost.tolist() == [5.0, 3.0]


def test_only_answers_of_all_skus_at_one_time_are_a_turn():
    found = known()
    assert found.turns == 1
    places = found.keep(offers((1, 1.0, [0, 0]), (1, 2.0, [0, 0])))
    assert places.tolist() == [3, 4] and found.turns == 1
    found.keep(offers((1, 1.0, [0, 0]), (0, 2.0, [0, 0])))
    assert found.turns == 2
    assert found.in_groups(2).cost.tolist() == [5.0, 3.0, 2.0, 1.0]
