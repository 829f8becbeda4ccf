"""A stretch of history: what was known before it, what was wanted in it, and the stock and rates it begins with."""

import datetime as dt

import pandas as pd
import pytest

from optimizer.errors import Refused
from optimizer.simulation.backtest.stretch import stretch
from tests.formulation.toys import MONDAY, toy


def sold(units, sku="A", **more):
    """Weekly sales that end the day before the toy's first day."""
    first = MONDAY - dt.timedelta(weeks=len(units))
    return [
        {"sku": sku, "region": "W", "date": first + dt.timedelta(weeks=week), "days": 7, "units": number, **more}
        for week, number in enumerate(units)
    ]


def shop(units, **tables):
    return toy(demand=[], sales=sold(units), **tables)


def test_the_replay_is_the_last_weeks_of_the_history_and_what_is_before_is_known():
    made = stretch(shop([*range(1, 13)]), 3)
    assert made.demand["units"].tolist() == [10, 11, 12] and made.demand["week"].tolist() == [0, 1, 2]
    assert made.scenario["sales"]["units"].tolist() == [*range(1, 10)]
    assert made.scenario.settings.starts_on == MONDAY - dt.timedelta(weeks=3)


def test_a_product_that_was_out_of_stock_for_months_is_wanted_as_before():
    rows = [{**row, "in_stock": week < 10} for week, row in enumerate(sold([60] * 10 + [0] * 10))]
    made = stretch(toy(demand=[], sales=rows), 4)
    assert made.demand["units"].tolist() == [60] * 4 and made.guessed == 1.0


def test_weeks_after_the_replay_are_kept_to_value_what_is_left():
    made = stretch(shop([*range(1, 13)]), 2, after=2)
    assert made.demand["units"].tolist() == [9, 10, 11, 12] and made.weeks == 2
    assert made.scenario["sales"]["units"].max() == 8


def test_an_earlier_stretch_ends_where_the_later_one_begins():
    made = stretch(shop([*range(1, 16)]), 3, back=3)
    assert made.demand["units"].tolist() == [10, 11, 12]


def test_todays_stock_is_as_old_and_todays_ships_are_as_near_as_today():
    day = dt.timedelta(days=1)
    stock = [{"location": "home", "sku": "A", "units": 10, "received_on": MONDAY - 40 * day},
             {"location": "west", "sku": "A", "units": 3}]  # fmt: skip
    under_way = [{"destination": "west", "sku": "A", "units": 5, "arrives_on": MONDAY + 9 * day}]
    made = stretch(shop([1] * 12, opening_stock=stock, in_transit=under_way), 3).scenario
    first = pd.Timestamp(MONDAY) - pd.Timedelta(weeks=3)
    assert made["opening_stock"]["received_on"].tolist()[0] == first - pd.Timedelta(days=40)
    assert made["opening_stock"]["received_on"].isna().tolist() == [False, True]
    assert made["in_transit"]["arrives_on"].tolist() == [first + pd.Timedelta(days=9)]


def test_what_the_planner_tells_of_today_is_not_known_then():
    told = {
        "locks": [{"lane": "sea", "sku": "A", "least": 1}],
        "last_plan": [{"lane": "sea", "sku": "A", "departs_on": MONDAY, "units": 3}],
        "paths": [{"path": 1, "weight": 1.0}],
    }
    today = toy(want={"A": [5, 5, 5]}, sales=sold([1] * 12), **told)
    made = stretch(today, 3).scenario
    assert all(len(today[name]) and not len(made[name]) for name in ("demand", *told))


def test_the_first_rate_holds_before_it_where_the_table_says_nothing_of_earlier_days():
    """Sea costs 4 from May on and 6 from June on; the replay begins in March."""
    rates = [{"lane": "sea", "basis": "m3", "rate": rate, "valid_from": day}
             for rate, day in ((4, dt.date(2026, 5, 1)), (6, dt.date(2026, 6, 1)))]  # fmt: skip
    made = stretch(shop([1] * 20, freight_rates=rates), 12).scenario["freight_rates"]
    assert made["valid_from"].isna().tolist() == [True, False] and made["rate"].tolist() == [4, 6]


def test_rates_that_tell_of_the_first_day_stay_as_they_are():
    rates = [{"lane": "sea", "basis": "m3", "rate": rate, "valid_from": day}
             for rate, day in ((4, dt.date(2025, 5, 1)), (6, dt.date(2026, 5, 20)))]  # fmt: skip
    made = stretch(shop([1] * 20, freight_rates=rates), 12).scenario["freight_rates"]
    assert made["valid_from"].notna().all()


def test_a_bracket_that_only_a_later_version_has_does_not_reach_back():
    may, june = dt.date(2026, 5, 1), dt.date(2026, 6, 1)
    rates = [
        {"lane": "sea", "basis": "kg", "rate": rate, "from_quantity": units, "valid_from": day}
        for rate, units, day in ((4, 0, may), (6, 0, june), (1, 9, june))
    ]
    made = stretch(shop([1] * 20, freight_rates=rates), 12).scenario["freight_rates"]
    assert made["valid_from"].isna().tolist() == [True, False, False]


def test_a_bucket_that_reaches_into_the_replay_keeps_the_share_of_its_days():
    """Four weeks of 28 units; the replay begins after the second."""
    first = MONDAY - dt.timedelta(weeks=12)
    rows = [
        *sold([1] * 12)[:8],
        {"sku": "A", "region": "W", "date": first + dt.timedelta(weeks=8), "days": 28, "units": 28},
    ]
    made = stretch(toy(demand=[], sales=rows), 2)
    assert made.scenario["sales"].iloc[-1][["units", "days"]].tolist() == [14, 14]
    assert made.demand["units"].tolist() == [7, 7]


def test_days_out_of_stock_want_what_the_days_around_them_sold():
    """Ten a week, and a week without stock in which nothing was sold: ten are guessed of the 30 of three weeks."""
    rows = sold([10] * 12)
    rows[10] = {**rows[10], "units": 0, "in_stock": False}
    made = stretch(toy(demand=[], sales=rows), 3)
    assert made.demand["units"].tolist() == [10, 10, 10] and made.guessed == pytest.approx(1 / 3)


def test_what_was_sold_out_was_wanted_at_the_least():
    rows = sold([10] * 12)
    rows[10] = {**rows[10], "units": 14, "in_stock": False}
    made = stretch(toy(demand=[], sales=rows), 3)
    assert made.demand["units"].tolist() == [10, 14, 10] and made.guessed == 0


@pytest.mark.parametrize(
    ("weeks", "count", "says"),
    [(12, 5, "Replay 4 at most"), (8, 1, "Add earlier sales"), (1, 26, "has 1 week, too short")],
)
def test_a_history_that_is_too_short_is_refused_with_what_would_do(weeks, count, says):
    with pytest.raises(Refused) as told:
        stretch(shop([1] * weeks), count)
    (problem,) = told.value.problems
    assert says in str(problem) and problem.table == "sales"


def test_without_any_sales_there_is_nothing_to_replay():
    with pytest.raises(Refused):
        stretch(toy(), 4)
