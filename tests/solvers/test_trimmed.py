"""Whole numbers that cost money are no larger than the rows ask."""

import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.solvers.polish import trimmed


def fees(lower: float = 0.0) -> StandardForm:
    """Goods g1, g2 <= 10 and their departures (fees 5, 7): g <= 10 d; containers at 3: g1 + g2 <= 4 c."""
    matrix = sparse.csr_array(
        np.array([[1.0, 0, -10, 0, 0], [0, 1.0, 0, -10, 0], [1.0, 1.0, 0, 0, -4]]),
    )
    return StandardForm(
        cost=np.array([0.0, 0, 5, 7, 3]), offset=0.0, matrix=matrix, row_lower=np.full(3, -np.inf),
        row_upper=np.zeros(3), lower=np.array([0.0, 0, 0, lower, 0]), upper=np.array([10.0, 10, 1, 1, 9]),
        integer=np.array([False, False, True, True, True]), rows={}, columns={},
    )  # fmt: skip


def test_what_carries_nothing_is_not_paid_for():
    # Six units on the first departure need it and two containers; the second departure and three containers go.
    x = np.array([6.0, 0, 1, 1, 5])
    assert trimmed(fees(), x).tolist() == [6, 0, 1, 0, 2]
    assert x.tolist() == [6, 0, 1, 1, 5]


def test_what_is_asked_for_stays():
    assert trimmed(fees(lower=1.0), np.array([6.0, 0, 1, 1, 2])).tolist() == [6, 0, 1, 1, 2]


def test_goods_that_are_only_noise_do_not_keep_a_departure():
    again = trimmed(fees(), np.array([6.0, 1e-9, 1, 1, 2]))
    assert again[3] == 0.0
    assert fees().violation(again) < 1e-6
