"""Products that nobody had bought yet: their first weeks beside the forecast that was made of them before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from optimizer.forecast.calibration import origins
from optimizer.forecast.choose import AHEAD, choose
from optimizer.forecast.forecast import Forecast
from optimizer.forecast.lessons import lessons
from optimizer.forecast.newcomers import with_pairs
from optimizer.forecast.outlook import outlook
from optimizer.forecast.predict import forecast_of
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

#: Weeks that are judged together, those after the week of the first sale: without that one nobody knew of the product.
FIRST = 8
#: Fewer new pairs after a week are not judged.
LEAST_PAIRS = 30
PATHS, SEED = 200, 1


def newcomers_judged(history: Weeks) -> dict[str, Any]:
    """Of pairs whose product was first sold, anywhere, within 13 weeks after an origin: how many, the share whose first
    weeks together lay within the central intervals of 80 and 95 % of the forecast made before, and the units expected
    and sold. Nothing where no origin has enough of them.
    """
    found = [_judged(history, week) for week in origins(history.sold.shape[1])]
    grades, expected, sold = (np.concatenate(values) for values in zip(*found, strict=True)) if found else _nothing()
    if not len(grades):
        return {}
    apart = np.abs(grades - 0.5)
    within = {"80": float(np.mean(apart <= 0.4)), "95": float(np.mean(apart <= 0.475))}
    return {"pairs": len(grades), "within": within, "expected": float(expected.sum()), "sold": float(sold.sum())}


def _nothing() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.zeros(0), np.zeros(0), np.zeros(0)


def _judged(history: Weeks, week: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Grades, expected and sold units of the new pairs after a week."""
    then = history.before(week)
    last = min(week + AHEAD, history.sold.shape[1] - FIRST)
    soon = (history.first >= week) & (history.first < last)
    known, there = set(then.sku), set(then.region)
    new = np.flatnonzero(soon & [sku not in known and region in there for sku, region in
                                 zip(history.sku, history.region, strict=True)])  # fmt: skip
    if len(new) < LEAST_PAIRS:
        return _nothing()
    units = np.stack([history.sold[pair, first : first + FIRST] for pair, first in
                      zip(new, history.first[new] + 1, strict=True)])  # fmt: skip
    made = _forecast(then, history, new)
    total, draws = units.sum(axis=1), made.draw(PATHS, SEED).sum(axis=2)
    below, upto = (draws < total).sum(axis=0), (draws <= total).sum(axis=0)
    chance = np.random.default_rng(SEED + week).random(len(new))
    return (below + chance * (upto - below + 1.0)) / (PATHS + 1.0), made.mean.sum(axis=1), total


def _forecast(then: Weeks, history: Weeks, new: np.ndarray) -> Forecast:
    pairs = pd.DataFrame({"sku": history.sku[new], "region": history.region[new]})
    manners = choose(then)
    whole = with_pairs(then, pairs, dict(zip(history.sku, history.category, strict=True)))
    starts = then.until + np.arange(FIRST) * WEEK * DAY
    made = forecast_of(outlook(whole, manners), lessons(then, manners), starts, starts + WEEK * DAY)
    return made.only(np.arange(len(then.sku), len(whole.sku)))
