"""Pace, stockouts made up for, season, products like others."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.forecast.choose import choose
from optimizer.forecast.fit import Manner, fit, made_up_for
from optimizer.forecast.newcomers import newcomers, unsold, with_pairs
from optimizer.forecast.season import week_of_year
from optimizer.forecast.shape import Shape
from optimizer.forecast.weeks import Weeks, weeks
from optimizer.scenario.calendar import DAY
from tests.forecast.histories import FIRST_DAY, history, many, shop, weekly

PLAIN = Manner(1.0, "none")
WEEK = 7 * DAY


def mean(made: Weeks, manner: Manner = PLAIN, ahead: int = 1) -> np.ndarray:
    """Expected units of each pair in a week, so many weeks on."""
    start = np.array([made.until + (ahead - 1) * WEEK])
    return fit(made, manner).shape(start, start + WEEK).mean[:, 0]


def test_even_sales_are_expected_to_go_on():
    assert mean(history(weekly([8.0] * 40))) == pytest.approx([8.0], rel=0.01)


def test_a_short_memory_follows_what_has_changed():
    made = history(weekly([4.0] * 30 + [12.0] * 10))
    assert mean(made, Manner(0.8, "none"))[0] > 10.5
    assert mean(made)[0] == pytest.approx(6.0, rel=0.02)


def test_intermittent_sales_are_seldom_and_much():
    made = history(weekly([0, 0, 0, 20.0] * 25))
    shape = fit(made, PLAIN).shape(np.array([made.until]), np.array([made.until + WEEK]))
    assert shape.chance[0, 0] == pytest.approx(0.25, abs=0.03)
    assert shape.size[0, 0] == pytest.approx(20.0, rel=0.01)
    assert shape.quantile(0.5)[0, 0] == 0.0
    assert shape.quantile(0.95)[0, 0] > 15.0


def test_weeks_out_of_stock_do_not_lower_the_forecast():
    random = np.random.default_rng(3)
    demand = random.poisson(10.0, 80).astype(float)
    out = list(range(1, 80, 2))
    sold = demand.copy()
    sold[out] = 0.0
    assert mean(history(weekly(sold, out=out))) == pytest.approx([demand[::2].mean()], rel=0.01)


def test_what_sold_out_was_wanted_more_than_it_sold():
    random = np.random.default_rng(4)
    demand = random.gamma(2.0, 10.0, 400)
    stock = 25.0
    out = np.flatnonzero(demand > stock)
    sold = np.minimum(demand, stock)
    made = mean(history(weekly(sold, out=out)))[0]
    left_out = np.delete(sold, out).mean()
    # The truth is 20: the sales alone say less, and leaving the weeks out says less still.
    assert left_out < 14.0 and sold.mean() < 17.0
    assert made == pytest.approx(20.0, rel=0.12)


@pytest.mark.parametrize(("chance", "size", "stock"), [(0.15, 4.0, 4.0), (0.5, 10.0, 12.0)])
def test_what_nearly_always_sells_out_is_expected_to_sell_what_it_would(chance: float, size: float, stock: float):
    """Whether anything is wanted is seen; how much then is not, in a third of the weeks with sales."""
    random = np.random.default_rng(6)
    wanted = np.where(random.random((150, 80)) < chance, random.exponential(size, (150, 80)), 0.0)
    rows = [row for place, one in enumerate(wanted)
            for row in weekly(np.minimum(one, stock), f"S{place:03d}", out=np.flatnonzero(one >= stock))]  # fmt: skip
    found, true = fit(history(rows), Manner(0.97, "none")).pace, chance * size
    seen = np.minimum(wanted, stock).mean()
    assert seen < 0.75 * true
    assert (found.frequency * found.size).mean() == pytest.approx(true, rel=0.1)
    assert found.variation.mean() == pytest.approx(1.0, abs=0.25)  # exponential


def test_what_sold_out_of_very_uneven_goods_does_not_feed_on_itself():
    shape, least = Shape(np.array([0.2]), np.array([50.0]), np.array([30.0])), np.array([200.0])
    above, unsure = made_up_for(shape, least)
    assert shape.mean_above(least)[0] > 800.0 and shape.variance_above(least)[0] > 60.0 * 50.0**2
    assert above.tolist() == [300.0] and unsure.tolist() == [30.0 * 50.0**2]
    even = Shape(np.array([1.0]), np.array([50.0]), np.array([0.1]))
    assert made_up_for(even, least) == (even.mean_above(least), even.variance_above(least))


def test_the_season_of_past_years_comes_back():
    place = week_of_year(FIRST_DAY - np.arange(156, 0, -1) * WEEK)
    season = np.where(np.isin(place, range(45, 52)), 3.0, 1.0)
    rows = [row for sku in "ABCD" for row in weekly(20.0 * season, sku)]
    made = history(rows)
    weeks_ahead = np.arange(1, 53)
    expected = np.array([mean(made, Manner(0.95, "category"), int(week))[0] for week in weeks_ahead])
    truth = 20.0 * np.where(np.isin(week_of_year(made.until + (weeks_ahead - 1) * WEEK), range(45, 52)), 3.0, 1.0)
    assert np.abs(expected / truth - 1.0).mean() < 0.08
    assert np.abs(mean(made, Manner(0.95, "none"))[0] / truth - 1.0).mean() > 0.2


def test_a_new_product_is_expected_to_sell_like_its_category_in_each_region():
    random = np.random.default_rng(5)
    rows = many(random, 20, 30, 4.0)
    skus = [{"sku": f"S{place:03d}", "category": "slow" if place < 10 else "fast"} for place in range(20)]
    for row in rows:
        row["units"] *= 1 if int(row["sku"][1:]) < 10 else 5
    new = [{"sku": "N1", "category": "slow"}, {"sku": "N2", "category": "fast"}]
    stock = [{"location": "west", "sku": sku["sku"], "units": 9} for sku in new]
    scenario = shop(rows, skus=[*skus, *new], opening_stock=stock)
    known = weeks(scenario)
    pairs = newcomers(scenario, known)
    assert pairs["sku"].tolist() == ["N1", "N2"]
    made = with_pairs(known, pairs, {sku["sku"]: sku["category"] for sku in [*skus, *new]})
    slow, fast = mean(made)[-2:]
    assert slow == pytest.approx(4.0, rel=0.25)
    assert fast == pytest.approx(20.0, rel=0.25)


def test_a_product_whose_stock_has_lain_for_weeks_without_a_sale_is_not_new():
    stock = [
        {"location": "west", "sku": "OLD", "units": 5, "received_on": "2026-01-05"},
        {"location": "west", "sku": "NEW", "units": 5, "received_on": "2026-05-25"},
    ]
    scenario = shop(weekly([5.0] * 20), skus=[{"sku": name} for name in ("A", "OLD", "NEW")], opening_stock=stock)
    assert newcomers(scenario, weeks(scenario))["sku"].tolist() == ["NEW"]


def test_a_product_that_cannot_be_brought_anywhere_is_not_new():
    scenario = shop(weekly([5.0] * 20), skus=[{"sku": name} for name in ("A", "GONE")])
    assert newcomers(scenario, weeks(scenario)).empty


def test_a_product_long_in_stock_without_a_sale_is_wanted_by_nobody():
    made = history([*weekly([0.0] * 12, "B"), *weekly([3.0] * 12), *weekly([0.0] * 3, "C")])
    assert dict(zip(made.sku, unsold(made), strict=True)) == {"A": False, "B": True, "C": False}


@pytest.mark.parametrize(("saved", "season"), [(0.01, "none"), (0.04, "own")])
def test_a_season_is_forecast_only_where_it_clearly_saves(monkeypatch, saved: float, season: str):
    def losses(history, week, manner):
        return np.full(3, {"none": 1.0, "category": 1.1, "own": 1.0 - saved}[manner.season] + abs(manner.memory - 0.97))

    monkeypatch.setattr("optimizer.forecast.choose._losses", losses)
    found = choose(history(weekly([4.0, 0.0, 9.0, 2.0] * 30)))
    assert [manner.season for manner in found] == [season] * 3
    assert {manner.memory for manner in found} == {0.97}
