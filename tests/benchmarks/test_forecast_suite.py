"""The suite `forecast`: what it measures of a drawn history, and its tables."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.histories import histories_missing
from benchmarks.registry import suite
from benchmarks.spec import Case
from benchmarks.suites.forecast_events import in_events
from benchmarks.suites.forecast_new import newcomers_judged
from benchmarks.suites.forecast_table import forecast_table
from benchmarks.suites.forecast_totals import totals
from optimizer.forecast.weeks import weeks
from tests.forecast.histories import shop, weekly
from tests.forecast.test_events import held

FORECAST = suite("forecast")


def test_a_drawn_history_tells_how_long_a_forecast_takes():
    found = FORECAST.measure(FORECAST.spec("drawn"), Case("forecast", "drawn", 20, "forecast", level="smoke"))
    assert (found["pairs"], found["weeks"]) == (20, 104)
    assert found["learning"] > 0 and found["kept"] == []


@pytest.mark.skipif(histories_missing() is not None, reason=str(histories_missing()))
@pytest.mark.parametrize(("name", "length"), [("online-retail", 53), ("favorita", 171), ("spare-parts", 148)])
def test_a_real_history_has_all_its_weeks(name, length):
    made = weeks(FORECAST.spec(name).made(20, "smoke"))
    # A few products need not sell in the first and in the last weeks.
    assert length - 8 <= made.sold.shape[1] <= length
    assert (made.sold >= 0).all() and made.sold.sum() > 0


def test_sums_over_pairs_with_common_traffic_hold_with_factors_and_not_without():
    random = np.random.default_rng(3)
    traffic = random.gamma(6.0, 1 / 6.0, 80)
    rows = [
        row
        for sku in range(30)
        for row in weekly(random.poisson(30.0 * traffic * random.gamma(9.0, 1 / 9.0, 80)).astype(float), f"S{sku:02d}")
    ]
    found = {one["sum"]: one for one in totals(weeks(shop(rows, opening_stock=[])))}
    assert found["all"]["with"] > 0.6 > 0.4 > found["all"]["without"]


def test_products_that_come_are_judged_by_the_forecast_made_before_they_came():
    random = np.random.default_rng(3)
    usual = np.exp(2.5 + random.standard_normal(160))
    units = random.poisson(usual[:, None] * random.gamma(2.0, 0.5, (160, 80))).astype(float)
    rows = [row for sku, one in enumerate(units) for row in weekly(one if sku < 100 else one[:24], f"S{sku:03d}")]
    found = newcomers_judged(weeks(shop(rows, opening_stock=[])))
    assert found["pairs"] == 60 and found["sold"] == pytest.approx(units[100:, 1:9].sum(), rel=0.01)
    assert 0.7 < found["within"]["80"] < 0.97 and found["within"]["95"] > 0.85
    assert found["expected"] == pytest.approx(found["sold"], rel=0.5)
    assert newcomers_judged(weeks(shop(rows[:8000], opening_stock=[]))) == {}
    new = {**found, "within": {"80": 0.8, "95": 0.9}}
    measured = {"pairs": 1, "weeks": 52, "learning": 1.0, "quantiles": 0.1, "kept": [], "new": new}
    assert "| online-retail | 60 | 80.0 % | 90.0 % |" in forecast_table(
        [{"spec": "online-retail", "measured": measured}]
    )


def test_weeks_with_events_are_judged_with_and_without_the_table():
    scenario = held({"lamps": 4.0}, products=20)
    rows = {one["event"]: one for one in in_events(weeks(scenario))}
    assert set(rows) == {"sale", "none"}
    assert rows["sale"]["forecasts"] == 20 and rows["sale"]["with"]["loss"] < 0.7 * rows["sale"]["without"]["loss"]


def test_the_tables_of_events_and_sums_are_shown_where_they_were_measured():
    seen = {"forecasts": 30, "loss": 0.1, "coverage": 0.8}
    measured = {
        "pairs": 30, "weeks": 52, "learning": 1.5, "quantiles": 0.25, "kept": [],
        "common": {"all": 0.01, "category": 0.0, "region": 0.05, "sku": 0.2},
        "events": [{"event": "Easter", "uplift": 1.5, "forecasts": 30, "with": seen, "without": {**seen, "loss": 0.2}}],
        "totals": [{"sum": "sku", "with": 0.8, "without": 0.6, "with_together": 0.76, "without_together": 0.63}],
    }  # fmt: skip
    told = forecast_table([{"spec": "favorita", "measured": measured}])
    assert "| favorita | Easter | 30 | 1.50 | 80.0 % | 80.0 % | 0.100 | 0.200 |" in told
    assert "| favorita | regions of a SKU | 80.0 % | 60.0 % | 76.0 % | 63.0 % |" in told
    assert "| favorita | 1.0 % | 0.0 % | 5.0 % | 20.0 % |" in told


def test_the_tables_tell_coverage_loss_and_seconds():
    kept = {"speed": "all", "pairs": 1200, "weeks": 9, "coverage": [0.5, 0.8, 0.95], "together": [0.4, 0.7, 0.9],
            "loss": 0.25, "naive": 0.5, "saved": 0.5}  # fmt: skip
    measured = {"pairs": 30, "weeks": 52, "learning": 1.5, "quantiles": 0.25, "kept": [kept]}
    told = forecast_table([{"spec": "favorita", "measured": measured}, {"spec": "drawn", "failed": "no room"}])
    assert "| favorita | all | 1,200 | 50.0 % | 80.0 % | 95.0 % | 40.0 % | 70.0 % | 90.0 % | 0.250 | 0.500 |" in told
    assert "| favorita | 30 | 52 | 1.50 | 0.250 |" in told
    assert "| drawn | – |" in told
