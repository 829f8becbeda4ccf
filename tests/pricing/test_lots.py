"""Lot-sizing rows: right by hand, kept by every whole answer, the same without compilation."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import product

import numpy as np
import pytest

from optimizer.decomposition.cuts import Cuts
from optimizer.pricing.lots import LotRows
from tests.pricing.lot_flows import one_warehouse, one_wish


def rows_at(flows, x) -> dict[tuple[float, ...], float]:
    cuts = LotRows(flows).violated(np.array(x, dtype=float), 20)
    return {
        tuple(float(value) for value in np.round(row, 9)): float(low)
        for row, low in zip(cuts.matrix.toarray(), cuts.lower, strict=True)
    }


def test_a_split_case_breaks_the_row_that_was_worked_out_by_hand():
    # 16 are wanted, 4 are there: 12 must come, so two cases, or (remainder 2) at least 2 are missing per case less:
    # 2 (cases 0 + cases 1) + (7 - deliver 0) + (9 - deliver 1) >= 2 x 2. At 1.2 cases and all delivered: 2.4 < 4.
    rows = rows_at(one_warehouse(), [1.0, 0.2, 7.0, 9.0, 0.0, 0.0])
    assert rows[(2.0, 2.0, -1.0, -1.0, 0.0, 0.0)] == pytest.approx(4 - 16)


def test_a_delivery_that_lacks_more_than_its_share_of_a_case_is_left_out():
    # A case lacks 0.7 to be whole: the first delivery, all served, is asked for; the second lacks 8 of 9 and is not.
    # 7 wanted, 4 there: remainder 3, 3 cases 0 + (7 - deliver 0) >= 3.
    rows = rows_at(one_warehouse(), [0.3, 0.0, 7.0, 1.0, 0.0, 0.0])
    assert rows[(3.0, 0.0, -1.0, 0.0, 0.0, 0.0)] == pytest.approx(3 - 7)


def test_roundings_of_two_periods_are_mixed():
    # 7 by the first period and 16 by the second, 4 there: needs 3 and 12, remainders 3 of case 1 and 2 of case 2. What
    # is missing of both is at least 2 (2 - cases 0 - cases 1) + (3 - 2) (1 - cases 0), so with it 3 cases 0 + 2 cases 1
    # is at least 5.
    rows = rows_at(one_warehouse(), [0.6, 0.6, 7.0, 9.0, 3.0, 3.0])
    assert rows[(3.0, 2.0, -1.0, -1.0, 0.0, 0.0)] == pytest.approx(5 - 16)


def test_of_slow_deliveries_no_more_is_asked_than_customers_accept():
    # The slow one brings all 3 that it may, the fast one nothing of the 6 others: only the slow 3 are asked for, of 4
    # there. With none there 3 cases 0 + (3 - slow) >= 3 is broken at 0.3 cases.
    empty = one_wish()._replace(known=np.zeros((1, 4)))
    rows = rows_at(empty, [0.3, 0.0, 3.0, 0.0, 0.0, 0.0])
    assert rows[(3.0, 0.0, -1.0, 0.0, 0.0, 0.0)] == pytest.approx(3 - 3)


def test_stock_that_should_be_held_is_asked_for_like_demand():
    # 16 are wanted and 5 should be left, 4 there: 17, remainder 7 of case 2.
    rows = rows_at(one_warehouse(least=5.0), [1.0, 0.2, 7.0, 9.0, 1.0, 5.0, 0.0])
    assert rows[(7.0, 7.0, -1.0, -1.0, 0.0, 0.0, 1.0)] == pytest.approx(7 * 2 - 16 - 5)


def test_a_share_of_an_order_brings_that_share_of_what_is_needed():
    # 12 beyond what is there: either the order is placed, or what the second period brings, or lack: 12 order + 10
    # cases 1 + (16 - deliveries) >= 12. At 0.1 of an order that brings 1.2 cases: 1.2 < 12.
    rows = rows_at(one_warehouse(moq=True), [1.2, 0.0, 7.0, 9.0, 9.0, 0.0, 0.0, 0.1])
    assert rows[(0.0, 10.0, -1.0, -1.0, 0.0, 0.0, 0.0, 12.0)] == pytest.approx(12 - 16)


def feasible(flows, moq: bool):
    """All whole answers with few cases, and every other one by hundreds of deliveries: x (n,)."""
    random = np.random.default_rng(1)
    for first, second in product(range(4), repeat=2):
        for _ in range(20):
            wanted = random.uniform(0, 1, 2) * random.integers(0, 2, 2) + random.integers(0, 2, 2)
            take = np.minimum(wanted, 1.0) * flows.most
            take[0] = min(take[0], 4 + 10 * first)
            left = 4 + 10 * first - take[0]
            take[1] = min(take[1], left + 10 * second)
            last = left + 10 * second - take[1]
            lacking = max(flows.least[0, 1] - last, 0.0)
            yield np.array([first, second, *take, left, last, lacking, float(moq and first > 0)])


@pytest.mark.parametrize("moq", [False, True])
def test_no_whole_answer_breaks_a_row_that_any_point_breaks(moq):
    flows, random, found = one_warehouse(least=5.0, moq=moq), np.random.default_rng(3), 0
    answers = np.array(list(feasible(flows, moq)))
    for _ in range(200):
        x = random.uniform(0, 1) * answers[random.integers(len(answers))] * random.uniform(0.3, 1.0, 8)
        x[2:4] = np.minimum(random.uniform(0.5, 1.2, 2), 1) * flows.most
        cuts = LotRows(flows).violated(x, 20)
        found += len(cuts)
        assert (cuts.matrix @ answers.T >= cuts.lower[:, None] - 1e-6).all()
    assert found > 100


def test_whole_cases_break_nothing():
    for x in feasible(one_warehouse(), False):
        assert len(LotRows(one_warehouse()).violated(x, 10)) == 0


def test_rows_are_broken_and_no_two_are_alike():
    x = np.array([0.3, 0.9, 7.0, 9.0, 0.0, 0.0])
    cuts: Cuts = LotRows(one_warehouse()).violated(x, 20)
    assert (cuts.matrix @ x < cuts.lower).all()
    scaled = cuts.matrix.toarray() / np.array([10.0, 10.0, 1, 1, 1, 1])
    scaled /= np.linalg.norm(scaled, axis=1, keepdims=True)
    assert (np.triu(scaled @ scaled.T, 1) <= 0.9 + 1e-9).all()
    assert len(LotRows(one_warehouse()).violated(x, 1)) == 1


PLAIN = """
import sys
sys.modules["numba"] = None
import json, numpy as np
from optimizer.pricing import rows_compiled
from optimizer.pricing.lots import LotRows
from tests.pricing.lot_flows import one_warehouse
assert rows_compiled.njit is None
cuts = LotRows(one_warehouse(least=5.0, moq=True)).violated(np.array([0.3, 0.9, 7.0, 9.0, 0.0, 5.0, 0.0, 0.1]), 20)
print(json.dumps([cuts.matrix.toarray().tolist(), cuts.lower.tolist()]))
"""


def test_without_compilation_the_rows_are_the_same():
    told = subprocess.run([sys.executable, "-c", PLAIN], capture_output=True, text=True, check=True).stdout
    x = np.array([0.3, 0.9, 7.0, 9.0, 0.0, 5.0, 0.0, 0.1])
    cuts = LotRows(one_warehouse(least=5.0, moq=True)).violated(x, 20)
    matrix, lower = json.loads(told)
    np.testing.assert_allclose(cuts.matrix.toarray(), matrix, atol=1e-12)
    np.testing.assert_allclose(cuts.lower, lower, atol=1e-12)
    assert len(lower) > 1


def test_whether_anything_is_ordered_is_a_choice_while_less_than_one_order_is_placed():
    rows, x = LotRows(one_warehouse(moq=True)), np.zeros(8)
    for placed, is_open in ((0.0, False), (0.4, True), (1.0, False)):
        x[7] = placed
        assert (rows.choice(x) is not None) is is_open
    assert LotRows(one_warehouse()).choice(x) is None
