"""What is a season and what is not: growth, launches, weeks that were cut short or sold out."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.forecast.fit import Manner, fit
from optimizer.forecast.season import YEAR, _growth, season
from tests.forecast.histories import history, weekly

WEEKS = 120
PLACE = np.arange(WEEKS) % YEAR
PEAK = np.isin(np.arange(YEAR), range(20, 28))
ONE = np.zeros(30, dtype=np.int64)


def index(units: np.ndarray, known: np.ndarray | None = None) -> np.ndarray:
    """The index that all pairs of one category have."""
    return season(units, np.ones(units.shape) if known is None else known, PLACE, ONE[: len(units)], "category")[0]


def test_growth_is_no_season():
    units = np.tile(10.0 * 2.0 ** (np.arange(WEEKS) / YEAR), (30, 1))
    assert index(units) == pytest.approx(1.0, abs=0.04)


def test_a_season_is_found_beside_growth():
    peak = np.where(PEAK[PLACE], 3.0, 1.0)
    found = index(np.tile(10.0 * peak * 2.0 ** (np.arange(WEEKS) / YEAR), (30, 1)))
    assert found[22:26] / np.median(found) == pytest.approx(3.0, rel=0.06)
    assert np.concatenate([found[:17], found[31:]]) / np.median(found) == pytest.approx(1.0, abs=0.05)


def test_products_that_come_before_the_season_are_no_growth():
    half = np.where(PLACE < YEAR // 2, 10.0, 20.0)
    known = (np.arange(104) >= np.where(np.arange(30) < 27, 26, 0)[:, None]).astype(float)
    found = season(half[:104] * known, known, PLACE[:104], ONE, "category")[0]
    truth = half[:YEAR] / half[:YEAR].mean()
    assert np.abs(found - truth).mean() < 0.03


def test_a_pair_that_is_known_through_a_low_season_tells_of_growth():
    index = np.where(np.arange(YEAR) < 30, 0.6, 1.55)
    level = 10.0 * 1.5 ** (np.arange(104) / YEAR)
    known = np.tile((np.arange(104) < 30) | (np.arange(104) >= YEAR), (30, 1)).astype(float)
    grown = _growth(level * index[np.arange(104) % YEAR] * known, known, index[np.arange(104) % YEAR])
    assert np.exp(YEAR * grown) == pytest.approx(1.5, rel=0.15)


def test_products_that_come_later_are_no_season():
    known = (np.arange(WEEKS) >= 4 * np.arange(30)[:, None]).astype(float)
    assert index(10.0 * known, known) == pytest.approx(1.0, abs=1e-9)


def test_goods_that_sold_out_in_the_season_do_not_flatten_it():
    peak = np.tile(np.where(PEAK[PLACE], 30.0, 10.0), (30, 1))
    known = np.where(PEAK[PLACE] & (np.arange(30) % 2 == 0)[:, None], 0.0, 1.0)
    found = index(peak * known, known)
    assert found[22:26] / np.median(found) == pytest.approx(3.0, rel=0.05)


def test_a_week_that_was_half_in_stock_sold_half_of_a_week():
    rows = []
    for place in range(30):
        units = np.where(PEAK[(np.arange(WEEKS) + 5) % YEAR], 60.0, 20.0)
        for row in weekly(units, f"S{place:03d}"):
            if row["units"] > 20.0:  # three of seven days are out of stock
                days = row["date"]
                rows.append({**row, "days": 4, "units": row["units"] * 4 / 7})
                rows.append({**row, "days": 3, "units": 0.0, "in_stock": False,
                             "date": days + np.timedelta64(4, "D").astype(object)})  # fmt: skip
            else:
                rows.append(row)
    found = fit(history(rows), Manner(1.0, "category")).season[0]
    assert np.sort(found)[-5] / np.median(found) == pytest.approx(3.0, rel=0.1)
