"""The suite `forecast`: what it measures of a drawn history, and its tables."""

from __future__ import annotations

import pytest

from benchmarks.histories import histories_missing
from benchmarks.registry import suite
from benchmarks.spec import Case
from benchmarks.suites.forecast_table import forecast_table
from optimizer.forecast.weeks import weeks

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


def test_the_tables_tell_coverage_loss_and_seconds():
    kept = {"speed": "all", "pairs": 1200, "weeks": 9, "coverage": [0.5, 0.8, 0.95], "together": [0.4, 0.7, 0.9],
            "loss": 0.25, "naive": 0.5, "saved": 0.5}  # fmt: skip
    measured = {"pairs": 30, "weeks": 52, "learning": 1.5, "quantiles": 0.25, "kept": [kept]}
    told = forecast_table([{"spec": "favorita", "measured": measured}, {"spec": "drawn", "failed": "no room"}])
    assert "| favorita | all | 1,200 | 50.0 % | 80.0 % | 95.0 % | 40.0 % | 70.0 % | 90.0 % | 0.250 | 0.500 |" in told
    assert "| favorita | 30 | 52 | 1.50 | 0.250 |" in told
    assert "| drawn | – |" in told
