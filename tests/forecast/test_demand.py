"""Expected demand: buckets spread over days, the tail after the table."""

from __future__ import annotations

import datetime as dt

import numpy as np

from optimizer.forecast.demand import Demand, demand, table_span
from optimizer.scenario.scenario import Scenario
from tests.formulation.toys import MONDAY, Row, toy


def bucket(first: int, days: int, mean: float, **more: object) -> Row:
    """A row of demand that begins so many days after the first day."""
    return {
        "sku": "A",
        "region": "W",
        "starts_on": MONDAY + dt.timedelta(days=first),
        "days": days,
        "mean": mean,
        **more,
    }


def table(*rows: Row) -> Scenario:
    return toy(demand=list(rows))


def between(expected: Demand, *stretches: tuple[int, int]) -> list[list[float]]:
    """Expected units in stretches of days counted from the first day."""
    first = np.datetime64(MONDAY)
    starts, ends = (np.array([first + np.timedelta64(pair[side], "D") for pair in stretches]) for side in (0, 1))
    return expected.between(starts, ends).round(9).tolist()


def test_a_bucket_is_spread_evenly_over_its_days():
    assert between(demand(table(bucket(0, 7, 14))), (0, 1), (1, 3), (3, 7), (0, 7)) == [[2, 4, 8, 14]]


def test_periods_that_cut_across_buckets_take_a_part_of_each():
    expected = demand(table(bucket(0, 10, 10), bucket(10, 10, 40)))
    assert between(expected, (0, 7), (7, 14), (14, 20)) == [[7, 3 + 16, 24]]


def test_days_before_the_table_and_in_its_holes_want_nothing():
    expected = demand(table(bucket(5, 5, 10), bucket(15, 5, 20)))
    assert between(expected, (0, 5), (4, 6), (10, 15), (9, 16)) == [[0, 2, 0, 2 + 4]]


def test_after_the_table_the_mean_of_its_last_28_days_goes_on():
    expected = demand(table(bucket(0, 7, 700), bucket(7, 7, 14), bucket(14, 21, 42)))
    # The last 28 days are days 7 to 35: 14 + 42 = 56 units, 2 a day.
    assert between(expected, (35, 36), (35, 63), (34, 36)) == [[2, 56, 2 + 2]]


def test_the_last_28_days_may_begin_within_a_bucket():
    expected = demand(table(bucket(0, 56, 112), bucket(56, 7, 35)))
    # Days 35 to 63: 21 days of 2 and 7 of 5 are 77 units, 2.75 a day.
    assert between(expected, (63, 67)) == [[11]]


def test_a_table_shorter_than_28_days_goes_on_with_the_mean_of_all_its_days():
    assert between(demand(table(bucket(0, 7, 7), bucket(7, 7, 21))), (14, 28)) == [[28]]


def test_days_of_the_table_without_rows_of_a_pair_are_days_without_demand():
    scenario = toy(skus=[{"sku": "A"}, {"sku": "B"}], demand=[bucket(0, 20, 20), bucket(10, 10, 40, sku="B")])
    assert between(demand(scenario), (20, 30)) == [[10], [20]]
    assert between(demand(scenario.only(["B"]), table_span(scenario)), (20, 30)) == [[20]]


def test_the_table_spans_with_its_last_bucket_over_all_skus_and_regions():
    scenario = toy(
        skus=[{"sku": "A"}, {"sku": "B"}],
        demand=[bucket(0, 28, 56), bucket(0, 56, 112, sku="B")],
    )
    first = np.datetime64(MONDAY)
    assert table_span(scenario) == (first, first + np.timedelta64(56, "D"))
    # A wants nothing in the last 28 days of the table, so nothing after it.
    assert between(demand(scenario), (56, 63)) == [[0], [14]]


def test_a_slice_ends_with_the_table_of_the_whole():
    scenario = toy(
        skus=[{"sku": "A"}, {"sku": "B"}],
        demand=[bucket(0, 28, 56), bucket(0, 56, 112, sku="B")],
    )
    part = demand(scenario.only(["A"]), table_span(scenario))
    assert between(part, (20, 28), (28, 56), (56, 63)) == [[16, 0, 0]]


def test_pairs_are_told_apart_by_sku_and_region():
    regions = [{"region": "W", "country": "US"}, {"region": "E", "country": "US"}]
    scenario = toy(
        regions=regions,
        demand=[bucket(0, 7, 7), bucket(0, 7, 21, region="E"), bucket(7, 7, 14), bucket(7, 7, 0, region="E")],
    )
    expected = demand(scenario)
    pairs = list(zip(expected.series.sku, expected.series.region, strict=True))
    assert dict(zip(pairs, between(expected, (0, 7), (7, 14)), strict=True)) == {
        ("A", "W"): [7, 14],
        ("A", "E"): [21, 0],
    }
