"""Days on which goods must be ordered: counted back day by day, closed days left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimizer.scenario.departures import decision_days

DAY = np.timedelta64(1, "D")


def closures(*spans: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(spans, columns=["supplier", "from", "until"])
    return table.assign(**{name: pd.to_datetime(table[name]) for name in ("from", "until")})


def by_hand(table: pd.DataFrame, supplier: str, departs: np.datetime64, days: int) -> np.datetime64:
    """One day back after the other; only those count on which the supplier works."""
    mine = table[table["supplier"] == supplier]
    day = departs
    while days > 0:
        day = day - DAY
        days -= not any(row.from_ <= day <= row.until for row in mine.rename(columns={"from": "from_"}).itertuples())
    return day


@pytest.mark.parametrize("seed", range(20))
def test_open_days_are_counted_back_from_the_departure(seed: int):
    drawn = np.random.default_rng(seed)
    starts = pd.Timestamp("2026-11-01") + pd.to_timedelta(drawn.integers(-60, 60, 3), unit="D")
    table = pd.DataFrame(
        {
            "supplier": ["F", "F", "G"],
            "from": starts,
            "until": starts + pd.to_timedelta(drawn.integers(0, 30, 3), unit="D"),
        }
    )
    departs = np.datetime64("2026-11-10") + drawn.integers(0, 90, 8) * DAY
    days = np.array([0, 0, *drawn.integers(1, 40, 6)])
    wanted = [by_hand(table, "F", day, count) for day, count in zip(departs, days.tolist(), strict=True)]
    assert decision_days(table, "F", departs, days).tolist() == np.array(wanted).tolist()


def test_departures_and_days_may_be_of_any_shape_and_closures_may_overlap():
    twice = closures(
        ("F", "2026-11-01", "2026-11-09"), ("F", "2026-11-01", "2026-11-09"), ("F", "2026-11-05", "2026-11-07")
    )
    departs = np.array([["2026-11-10"], ["2026-11-12"]], dtype="datetime64[D]")
    found = decision_days(twice, "F", departs, np.array([[1], [3]]))
    assert found.astype(str).tolist() == [["2026-10-31"], ["2026-10-31"]]


def test_a_supplier_that_never_closes_counts_calendar_days():
    departs = np.array(["2026-11-10", "2026-11-11"], dtype="datetime64[D]")
    found = decision_days(closures(("G", "2026-11-01", "2026-11-09")), "F", departs, np.array([5, 0]))
    assert found.astype(str).tolist() == ["2026-11-05", "2026-11-11"]


def test_nothing_departs_nothing_is_decided():
    none = np.zeros(0, dtype="datetime64[D]")
    assert len(decision_days(closures(("F", "2026-11-01", "2026-11-09")), "F", none, np.zeros(0, np.int64))) == 0
