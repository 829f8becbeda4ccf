"""What a plan reckons with where demand is told by sales: rows of demand for every pair."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer import solve
from optimizer.forecast.complete import complete
from optimizer.plan.verify import verify
from optimizer.report.briefing import brief
from tests.forecast.histories import FIRST_DAY, many, shop, weekly
from tests.formulation.toys import demand_rows


def by_pair(scenario) -> dict[tuple[str, str], list[float]]:
    """Expected units of each (SKU, region) in the rows of demand."""
    rows = scenario["demand"]
    return {pair: list(part["mean"]) for pair, part in rows.groupby(["sku", "region"])}


def test_a_scenario_with_demand_alone_stays_as_it_is():
    scenario = shop([]).with_tables(demand=shop([], demand=demand_rows({"A": [1, 2, 3]}))["demand"])
    assert complete(scenario) is scenario


def test_each_period_of_the_horizon_has_the_expected_units_of_its_days():
    made = complete(shop(weekly([7.0] * 40), periods=(1, 7, 14)))
    rows = made["demand"]
    assert rows["days"].tolist() == [1, 7, 14]
    assert rows["mean"].to_numpy() == pytest.approx([1, 7, 14], rel=0.01)
    assert rows["starts_on"].iloc[0] == FIRST_DAY


def test_a_pair_that_the_table_tells_of_is_left_to_it():
    sales = [*weekly([7.0] * 40), *weekly([9.0] * 40, "B")]
    made = by_pair(complete(shop(sales, demand=demand_rows({"A": [1, 2, 3]}))))
    assert made["A", "W"] == [1, 2, 3]
    assert made["B", "W"] == pytest.approx([9.0] * 3, rel=0.01)


def test_the_rows_end_with_the_table_that_the_user_wrote():
    sales = [*weekly([7.0] * 40), *weekly([9.0] * 40, "B")]
    made = complete(shop(sales, demand=demand_rows({"A": [1, 2, 3, 4, 5]})))["demand"]
    last = (made["starts_on"] + np.array(made["days"], dtype="timedelta64[D]")).groupby(made["sku"]).max()
    assert last["A"] == last["B"]


def test_a_forecast_with_a_season_goes_on_after_the_horizon():
    year = np.tile([10.0] * 40 + [40.0] * 12, 3)
    rows = [row for place, sku in enumerate("ABCDE", 1) for row in weekly(year * place, sku)]
    made = complete(shop(rows, periods=(7, 7)))["demand"]
    assert (made["sku"] == "A").sum() == 2 + 13


def test_one_week_of_history_is_what_is_expected():
    assert by_pair(complete(shop(weekly([6.0]))))["A", "W"] == pytest.approx([6.0] * 3, rel=0.05)


def test_a_history_of_zeros_alone_promises_nothing():
    made = by_pair(complete(shop([*weekly([0.0] * 20, "B"), *weekly([5.0] * 20)])))
    assert list(made) == [("A", "W")]
    assert by_pair(complete(shop(weekly([0.0] * 20)))) == {}


def test_a_history_without_a_day_in_stock_promises_nothing():
    assert by_pair(complete(shop(weekly([0.0] * 20, out=range(20))))) == {}


def test_a_product_with_stock_and_no_history_is_expected_to_sell_like_others():
    scenario = shop(
        many(np.random.default_rng(1), 12, 20, 6.0),
        skus=[{"sku": f"S{place:03d}"} for place in range(12)] + [{"sku": "NEW"}],
        opening_stock=[{"location": "west", "sku": "NEW", "units": 50}],
    )
    assert by_pair(complete(scenario))["NEW", "W"] == pytest.approx([6.0] * 3, rel=0.1)


def test_nothing_is_expected_in_a_region_that_has_no_history():
    regions = [{"region": name, "country": "US"} for name in "WE"]
    made = by_pair(complete(shop(weekly([5.0] * 20), regions=regions)))
    assert list(made) == [("A", "W")]


def test_a_plan_from_sales_is_made_for_the_forecast_and_verified_from_its_own_tables():
    scenario = shop(weekly([7.0] * 40, out=[3, 4]), periods=(7, 7, 7))
    plan = solve.plan(scenario)
    assert not verify(plan)
    assert by_pair(plan.scenario)["A", "W"] == pytest.approx([7.0] * 3, rel=0.01)
    # Ten units at home, a week away: the first week is lost, then 10 of 14 are sold.
    assert plan["deliver"]["units"].sum() == pytest.approx(10.0)


def test_the_report_of_a_plan_says_what_was_odd_in_the_sales():
    plan = solve.plan(shop([*weekly([7.0] * 40), *weekly([0.0] * 40, "B")], skus=[{"sku": "A"}, {"sku": "B"}]))
    assert any("not sold in W in 8 weeks or more" in str(doubt) for doubt in brief(plan).doubts)


def test_a_plan_is_the_same_from_sales_and_from_the_demand_that_they_promise():
    scenario = shop(weekly([7.0, 3.0, 5.0] * 10), periods=(7, 7, 7))
    from_sales, from_demand = solve.plan(scenario), solve.plan(complete(scenario))
    assert from_sales.total_cost == pytest.approx(from_demand.total_cost)
