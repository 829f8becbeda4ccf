"""Choices that a relaxation leaves open, cuts that come and go."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from optimizer.decomposition.block import Block
from optimizer.decomposition.cuts import Cuts, NoCuts, below
from optimizer.decomposition.laid import Laid
from optimizer.decomposition.relaxation import Desk, Relaxation


def least_order(most_lost: float = 3.0) -> Block:
    """Units bought (column 0, cost 1) are at most 10 and at least 6 if ordered (column 1); 3 are bought or lost (column
    2, cost 3). The relaxation buys 3 with 0.3 of an order for 3; whole answers buy 6 for 6, or lose 3 for 9.
    """
    matrix = sparse.csr_array(np.array([[1.0, -6.0, 0.0], [-1.0, 10.0, 0.0], [1.0, 0.0, 1.0]]))
    return Block(
        cost=np.array([1.0, 0.0, 3.0]), matrix=matrix, row_lower=np.array([0.0, 0.0, 3.0]),
        row_upper=np.full(3, np.inf), lower=np.zeros(3), upper=np.array([10.0, 1.0, most_lost]),
        integer=np.array([False, True, False]), usage=sparse.csr_array((0, 3)), back=sparse.csc_array(np.eye(3)),
        gauge=np.zeros(3),
    )  # fmt: skip


class OneChoice(NoCuts):
    """Leaves whether to order to be chosen."""

    def choice(self, x: np.ndarray) -> np.ndarray | None:
        """Column 1, while it is split."""
        return np.array([1]) if 0.01 < x[1] < 0.99 else None


def answers(block: Block, times: int = 1):
    relaxation, desk = Relaxation(block, OneChoice(3)), Desk()
    return [relaxation.answer(np.zeros(0), desk, 4) for _ in range(times)], relaxation, desk


def test_the_bound_is_that_of_the_better_side_of_a_choice():
    (answer,), _, _ = answers(least_order())
    assert answer.bound == pytest.approx(6.0)
    np.testing.assert_allclose(answer.x, [6.0, 1.0, 0.0], atol=1e-9)


def test_a_choice_is_not_made_without_rounds_of_cuts():
    relaxation = Relaxation(least_order(), OneChoice(3))
    assert relaxation.answer(np.zeros(0), Desk()).bound == pytest.approx(3.0)


def test_a_side_that_cannot_be_solved_leaves_the_bound_as_it_was():
    # Nothing may be lost: without an order there is no answer, and no solver's word is taken for that.
    (answer,), _, _ = answers(least_order(most_lost=0.0))
    assert answer.bound == pytest.approx(3.0)


def test_where_the_lower_side_is_not_solved_again_its_first_bound_holds(monkeypatch):
    usual, asked = Laid.solve, []

    def solve(self, basis=None):
        asked.append(basis)
        return usual(self, basis) and basis is None

    monkeypatch.setattr(Laid, "solve", solve)
    block = replace(least_order(), cost=np.array([1.0, 5.0, 3.0]))  # 6 with an order for 11, 3 lost for 9
    (answer,), _, _ = answers(block)
    assert asked[-1] is not None, "the side without an order is the lower one"
    assert answer.bound == pytest.approx(9.0)
    np.testing.assert_allclose(answer.x, [3.0, 0.3, 0.0], atol=1e-9)


def test_nothing_of_a_choice_stays_on_the_block():
    found, relaxation, desk = answers(least_order(), times=3)
    assert [answer.bound for answer in found] == pytest.approx([6.0] * 3)
    assert len(relaxation.cuts) == 0
    assert relaxation.answer(np.zeros(0), desk).bound == pytest.approx(3.0)


def test_rows_are_laid_one_below_the_other():
    above, more = sparse.csr_array(np.array([[1.0, 0.0], [2.0, 3.0]])), sparse.csr_array(np.array([[0.0, 4.0]]))
    np.testing.assert_array_equal(below(above, more).toarray(), [[1, 0], [2, 3], [0, 4]])
    cuts = [Cuts(rows.indptr, rows.indices, rows.data, np.full(rows.shape[0], float(low)), 2)
            for low, rows in enumerate((above, more))]  # fmt: skip
    both = cuts[0].and_also(cuts[1])
    np.testing.assert_array_equal(both.matrix.toarray(), [[1, 0], [2, 3], [0, 4]])
    np.testing.assert_array_equal(both.only(np.array([False, False, True])).matrix.toarray(), [[0, 4]])
    np.testing.assert_array_equal(both.only(np.array([True, False, True])).matrix.toarray(), [[1, 0], [0, 4]])
    np.testing.assert_array_equal(both.weighed(np.array([1.0, 2.0, 3.0])), [5, 18])
    np.testing.assert_array_equal(Cuts.none(2).and_also(both).lower, [0, 0, 1])
