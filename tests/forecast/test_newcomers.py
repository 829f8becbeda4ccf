"""Products that nobody has bought yet: how surely they are forecast."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.forecast.fit import Manner, fit
from optimizer.forecast.forecast import Forecast
from optimizer.forecast.predict import predict
from optimizer.forecast.shape import Shape, over_days
from optimizer.forecast.weeks import WEEK
from optimizer.scenario.calendar import DAY
from tests.forecast.histories import FIRST_DAY, history, shop, weekly
from tests.formulation.toys import Row

KNOWN, NEW, LENGTH, AHEAD = 150, 40, 30, 8


def drawn(random: np.random.Generator, count: int, length: int, apart: float) -> np.ndarray:
    """Weekly units of products whose usual week differs by so much (standard deviation of its logarithm)."""
    usual = 20.0 * np.exp(apart * random.standard_normal(count))
    return random.poisson(usual[:, None] * random.gamma(2.0, 0.5, (count, length))).astype(float)


def forecast(random: np.random.Generator, apart: float) -> Forecast:
    """Eight weeks of products without a sale, in a shop of many that have sold for long."""
    units = drawn(random, KNOWN, LENGTH, apart)
    rows: list[Row] = [row for place, one in enumerate(units) for row in weekly(one, f"S{place:03d}")]
    new = [f"N{place:03d}" for place in range(NEW)]
    names = sorted({str(row["sku"]) for row in rows} | {"A", *new})
    stock = [{"location": "west", "sku": name, "units": 5} for name in new]
    scenario = shop(rows, skus=[{"sku": name} for name in names], opening_stock=stock)
    starts = FIRST_DAY + np.arange(AHEAD) * WEEK * DAY
    made = predict(scenario, starts, starts + WEEK * DAY)
    return made.only(np.isin(made.sku.astype(str), new))


def test_new_products_lie_within_what_is_promised_of_their_first_weeks_together():
    random = np.random.default_rng(3)
    made = forecast(random, 1.2)
    assert len(made.sku) == NEW
    paths = made.draw(400, seed=1).sum(axis=2).ravel()
    low, high = np.quantile(paths, [0.1, 0.9])
    truth = drawn(random, 2_000, AHEAD, 1.2).sum(axis=1)
    assert 0.75 < np.mean((truth >= low) & (truth <= high)) < 0.95
    assert made.mean.sum() / NEW == pytest.approx(truth.mean(), rel=0.25)


def test_new_products_are_forecast_surely_where_all_sell_alike():
    made = forecast(np.random.default_rng(3), 0.0)
    assert made.mean[:, 0] == pytest.approx(20.0, rel=0.08)
    # Poisson of 20 with a gamma factor of variance 0.5: a standard deviation of 14.8, of eight weeks together 41.7.
    assert made.spread[:, 0] == pytest.approx(14.8, rel=0.2)
    assert made.draw(400, seed=1).sum(axis=2).std() < 1.8 * 41.7


def test_a_product_that_sells_elsewhere_is_known_better_than_one_that_never_sold():
    random = np.random.default_rng(3)
    units = drawn(random, KNOWN, LENGTH, 1.2)
    told = [row for place, one in enumerate(units) for row in weekly(one, f"S{place:03d}", "W")]
    elsewhere = [row for place, one in enumerate(units[:20]) for row in weekly(one, f"S{place:03d}", "E")]
    tried = [row for place in (30, 31) for row in weekly([0.0] * 3, f"S{place:03d}", "E")]
    past = history([*told, *elsewhere, *tried, *weekly([0.0] * 3, "A", "E")])
    doubt = fit(past, Manner(1.0, "none")).pace.doubt
    unsold = dict(zip(zip(past.sku, past.region, strict=True), doubt, strict=True))
    assert unsold["S030", "E"] == pytest.approx(unsold["A", "E"] / 2, rel=0.05)
    assert unsold["S030", "W"] == 0.0


def test_what_is_not_known_of_all_days_grows_with_the_square_of_their_number():
    week = Shape(np.array([1.0, 1.0]), np.array([10.0, 10.0]), np.array([np.expm1(0.5), np.expm1(0.5)]))
    made = over_days(week, np.array([7, 28]), np.ones((2, 2)), np.array([0.0, 0.5]))
    assert made.mean == pytest.approx(np.array([[10.0, 40.0], [10.0, 40.0]]))
    assert made.spread[:, 0] == pytest.approx(week.spread)
    assert made.spread[:, 1] / made.spread[:, 0] == pytest.approx([2.0, 4.0])
