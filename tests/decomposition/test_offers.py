"""Whole answers are told as offers one block after the other."""

from __future__ import annotations

import weakref

import numpy as np
from scipy import sparse

from optimizer.decomposition.offers import told


class Part:
    """What an answer is told by."""

    def __init__(self, number):
        self.cost, self.gauge = np.array([1.0, number]), np.array([0.0, 1.0])
        self.usage = sparse.csr_array(np.array([[0.0, 2.0], [0, 0]]))


def test_offers_hold_cost_gauge_use_and_answer_of_each_block_that_has_one():
    x = np.array([3.0, 5.0])
    offers = told([(7, x, Part(7)), (8, None, Part(8)), (9, np.array([0.0, 1.0]), Part(9))], 2)
    assert offers.block.tolist() == [7, 9] and offers.failed == 1
    assert offers.cost.tolist() == [38.0, 9.0] and offers.gauge.tolist() == [5.0, 1.0]
    assert offers.usage.todense().tolist() == [[10.0, 0.0], [2.0, 0.0]]
    assert offers.answer(0, 2).tolist() == [3.0, 5.0] and offers.answer(1, 2).tolist() == [0.0, 1.0]


def test_no_block_is_held_on_to():
    alive: list[weakref.ref] = []
    most = 0

    def found():
        nonlocal most
        for number in range(20):
            made = Part(number)
            alive.append(weakref.ref(made))
            yield number, np.array([1.0, 0.0]), made
            del made
            most = max(most, sum(one() is not None for one in alive))

    told(found(), 2)
    assert most == 0  # whoever makes the next one may first make room where this one was


def test_what_offers_are_worth_is_told_without_the_answers():
    offers = told([(7, np.array([3.0, 5.0]), Part(7)), (9, np.array([0.0, 1.0]), Part(9))], 2)
    worth = offers.worth(np.array([1, 0]))
    assert worth.block.tolist() == [9, 7] and worth.cost.tolist() == [9.0, 38.0] and worth.gauge.tolist() == [1.0, 5.0]
    assert worth.usage.todense().tolist() == [[2.0, 0.0], [10.0, 0.0]] and worth.x.shape == (2, 0)


def test_no_answer_at_all_is_no_offer():
    offers = told([(1, None, Part(1))], 2)
    assert len(offers) == 0 and offers.failed == 1 and offers.usage.shape == (0, 2)
