"""From rows of sales to weeks: days spread, days before the first sale, stockouts, returns, holes."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.forecast.choose import ahead
from tests.forecast.histories import FIRST_DAY, history, many, sale, weekly


def test_days_are_added_up_to_weeks_that_end_with_the_table():
    made = history([sale(-15, 1), sale(-9, 2), sale(-8, 3), sale(-2, 4)])
    # The table ends a day before the first day, so a week is days -8 to -2.
    assert made.until == FIRST_DAY - np.timedelta64(1, "D")
    assert made.sold.tolist() == [[1 + 2, 3 + 4]]
    assert made.starts.tolist() == (FIRST_DAY - np.array([15, 8])).tolist()


def test_a_bucket_that_cuts_across_weeks_is_spread_evenly_over_its_days():
    assert history([sale(-21, 21, 21), sale(-25, 4, 4)]).sold.tolist() == [[4, 7, 7, 7]]
    assert history([sale(-10, 10, 10)]).sold.tolist() == [[3, 7]]


def test_days_before_the_first_sale_do_not_count():
    made = history([sale(-21, 0, 7), sale(-12, 5), sale(-7, 2, 7)])
    assert made.known.tolist() == [[0, 5 / 7, 1]]
    assert made.first.tolist() == [1]


def test_a_pair_without_a_sale_is_on_offer_from_its_first_row():
    made = history([sale(-21, 0, 7), *weekly([1, 1, 1, 1], "B")])
    assert made.known[0].tolist() == [0, 1, 1, 1]
    assert made.first.tolist() == [4, 0]


def test_a_week_out_of_stock_is_not_a_week_without_demand():
    made = history(weekly([5, 0, 2, 5], out=[1, 2]))
    assert made.known.tolist() == [[1, 0, 0, 1]]
    assert made.sold.tolist() == [[5, 0, 0, 5]]
    assert made.missed.tolist() == [[0, 0, 2, 0]]


def test_what_comes_back_while_goods_are_out_of_stock_was_sold_before_all_the_same():
    made = history([sale(-21, 60.0, 7), sale(-14, -20.0, 7, in_stock=False), sale(-7, 5.0, 7, in_stock=False)])
    assert made.sold[0].tolist() == [40.0, 0.0, 0.0] and made.missed[0].tolist() == [0.0, 0.0, 5.0]
    assert made.short[0].tolist() == [0.0, 1.0, 1.0]


def test_returns_are_taken_from_the_latest_weeks_before_them():
    assert history(weekly([5, 4, -6, 3])).sold.tolist() == [[3, 0, 0, 3]]


def test_what_comes_back_later_is_not_known_before():
    made = history([*weekly([5, 4, -9, 3], "A"), *weekly([0, 2, -2, 7], "B"), *weekly([1, 1, 1, 1], "C")])
    assert made.sold.tolist() == [[0, 0, 0, 3], [0, 0, 0, 7], [1, 1, 1, 1]]
    then = made.before(2)
    assert then.sku.tolist() == ["A", "B", "C"]
    assert then.sold.tolist() == [[5, 4], [0, 2], [1, 1]] and then.first.tolist() == [0, 1, 0]
    assert made.before(3).sku.tolist() == ["C"]  # by then all of A and B has come back
    assert len(ahead(made, 2, 2)[0]) == 3 and len(ahead(made, 3, 1)[0]) == 1


def test_what_came_back_before_anything_was_sold_is_left_out():
    made = history(weekly([-6, 4, 3]))
    assert made.sold.tolist() == [[0, 4, 3]]
    assert made.first.tolist() == [1]


def test_a_week_without_a_row_is_a_week_without_sales():
    assert history([sale(-21, 6, 7), sale(-7, 6, 7)]).known.tolist() == [[1, 1, 1]]


def test_a_week_in_which_a_whole_catalogue_sold_nothing_is_a_hole_in_the_export():
    rows = many(np.random.default_rng(1), 12, 8, 9.0)
    kept = [row for row in rows if row["date"] != rows[3]["date"]]
    made = history(kept)
    assert made.known[:, 3].tolist() == [0.0] * 12
    assert made.known[:, 4].tolist() == [1.0] * 12


def test_what_was_known_earlier_holds_no_later_week_and_no_later_product():
    made = history([*weekly([5, 4, 6]), *weekly([0, 0, 9], "B")])
    then = made.before(2)
    assert then.sku.tolist() == ["A"]
    assert then.sold.tolist() == [[5, 4]]
    assert then.until == made.starts[2]


def test_a_share_of_a_week_that_was_in_stock_counts_as_such_a_share():
    made = history([sale(-14, 7, 7), sale(-7, 3, 3), sale(-4, 0, 4, in_stock=False)])
    assert made.known[0] == pytest.approx([1, 3 / 7])
    assert made.short[0] == pytest.approx([0, 4 / 7])
