"""Weeks that were in stock for a part of their days: those of high demand, which must not be forgotten."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.forecast.choose import USUAL, sold_out
from optimizer.forecast.fit import Manner, fit
from optimizer.forecast.lessons import lessons
from optimizer.forecast.outlook import outlook
from optimizer.forecast.predict import forecast_of
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY
from tests.forecast.histories import FIRST_DAY, history, sale

SKUS, LENGTH, MEAN = 60, 60, 10.0


def sold_until_it_ran_out(stock: float) -> tuple[Weeks, np.ndarray]:
    """Weeks of uneven demand that begin with so many units each, and the units that were wanted."""
    random = np.random.default_rng(2)
    daily = random.poisson(random.gamma(2.0, 0.5, (SKUS, LENGTH))[:, :, None] * MEAN / WEEK, (SKUS, LENGTH, WEEK))
    before = np.cumsum(daily, axis=2) - daily
    sold = np.minimum(daily, np.maximum(stock - before, 0.0))
    rows = []
    for sku, week in np.ndindex(SKUS, LENGTH):
        first = (week - LENGTH) * WEEK
        there = int((before[sku, week] < stock).sum())
        rows.append(sale(first, float(sold[sku, week].sum()), there, f"S{sku:02d}"))
        if there < WEEK:
            rows.append(sale(first + there, 0.0, WEEK - there, f"S{sku:02d}", in_stock=False))
    return history(rows), daily.sum(axis=2).astype(float)


def test_weeks_that_sell_out_early_are_counted_for_what_they_tell():
    made, wanted = sold_until_it_ran_out(14.0)
    start = np.array([made.until])
    found = fit(made, Manner(0.97, "none")).shape(start, start + WEEK * DAY)
    assert found.mean.mean() == pytest.approx(wanted.mean(), rel=0.06)


def test_trials_do_not_learn_what_the_shelf_held():
    made, wanted = sold_until_it_ran_out(14.0)
    manners = (USUAL,) * 3
    start = np.array([FIRST_DAY])
    found = forecast_of(outlook(made, manners), lessons(made, manners), start, start + WEEK * DAY)
    assert found.mean.mean() == pytest.approx(wanted.mean(), rel=0.08)
    assert found.quantile(0.9).mean() == pytest.approx(np.quantile(wanted, 0.9), rel=0.12)


def test_a_week_without_stock_for_a_time_says_what_was_wanted_at_least():
    rows = [sale(-28, 7.0, 7), sale(-21, 5.0, 3), sale(-18, 0.0, 4, in_stock=False), sale(-14, 6.0, 7, in_stock=False),
            sale(-7, 0.0, 3), sale(-4, 0.0, 4, in_stock=False)]  # fmt: skip
    assert sold_out(history(rows), 1, 3)[0] == pytest.approx([5.0, 6.0, np.nan], nan_ok=True)
