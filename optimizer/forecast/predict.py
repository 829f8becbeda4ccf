"""The forecast of a scenario: told by the table `demand`, otherwise learnt from `sales`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.forecast.choose import SPEEDS
from optimizer.forecast.factors import factors
from optimizer.forecast.forecast import LEVELS, Forecast
from optimizer.forecast.lessons import Lessons, lessons_of
from optimizer.forecast.outlook import Outlook, learn
from optimizer.forecast.shape import Shape
from optimizer.forecast.told import as_uneven, mean_alone, told
from optimizer.forecast.weeks import WEEK
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario


def predict(scenario: Scenario, starts: np.ndarray | None = None, ends: np.ndarray | None = None) -> Forecast:
    """The forecast of every (SKU, region) that `demand` or `sales` tells of, and of new products.

    `starts`, `ends`: first day of each period and first day after it; the periods of the horizon where not given.
    """
    found = learn(scenario)
    return predicted(scenario, found, lessons_of(found), starts, ends)


def predicted(
    scenario: Scenario,
    found: Outlook,
    taught: Lessons,
    starts: np.ndarray | None = None,
    ends: np.ndarray | None = None,
) -> Forecast:
    """The same by an outlook and its lessons that are there already."""
    begins = scenario.calendar.starts if starts is None else starts
    after = scenario.calendar.ends if ends is None else ends
    by_table = told(scenario, begins, after)
    if found.told is not None:
        week = found.told.history.until + np.zeros(1, dtype="timedelta64[D]")
        often = found.told.shape(week, week + WEEK * DAY).chance[:, 0]
        learnt = forecast_of(found.told, taught, begins, after)
        by_table = as_uneven(by_table, mean_alone(scenario["demand"]), learnt, often)
    made = together(by_table, forecast_of(found, taught, begins, after))
    category = dict(zip(scenario["skus"]["sku"], scenario["skus"]["category"], strict=True))
    of_pair = np.array([category.get(sku, "") for sku in made.sku], dtype=object)
    if taught.shares is None:
        return made
    new = found.history.first == found.history.sold.shape[1]
    by_sales = np.where(new, _speed(made)[len(by_table.sku) :], found.speed)
    kind = np.concatenate([_speed(by_table), by_sales])
    return replace(made, factors=factors(made.sku, made.region, of_pair, taught.shares[kind]))


def _speed(made: Forecast) -> np.ndarray:
    """Kind of mover of each pair by what is expected of it (S,)."""
    weeks = max(float((made.ends - made.starts).sum() / DAY) / WEEK, 1e-9)
    return np.searchsorted(SPEEDS, made.mean.sum(axis=1) / weeks, side="right")


def forecast_of(found: Outlook, taught: Lessons, starts: np.ndarray, ends: np.ndarray) -> Forecast:
    """The forecast of an outlook: its quantiles at the levels that trials taught, wider the further ahead, and its mean
    as they put it right.
    """
    ahead = (starts + (ends - starts) / 2 - found.history.until) / DAY / WEEK
    shape = found.shape(starts, ends).wider(taught.wide(found.speed, ahead))
    levels = taught.levels[found.speed]
    quantiles = np.stack([shape.quantile(levels[:, [place]]) for place in range(len(LEVELS))], axis=-1)
    persistence = taught.persistence[found.speed]
    return Forecast(
        found.history.sku,
        found.history.region,
        starts,
        ends,
        expected(found, taught, shape),
        shape.spread * taught.scale[found.speed][:, None],
        np.maximum.accumulate(quantiles, axis=-1),
        np.maximum(persistence, found.lasting),
        np.where(found.lasting > persistence, 1.0, taught.fading[found.speed]),
    )


def expected(found: Outlook, taught: Lessons, shape: Shape) -> np.ndarray:
    """Expected units (S, P) of a shape of the outlook's pairs, as the trials put them right."""
    return np.asarray(shape.mean * taught.scale[found.speed][:, None])


def together(first: Forecast, second: Forecast) -> Forecast:
    """Two forecasts of other pairs and the same periods as one."""
    names = ("sku", "region", "mean", "spread", "quantiles", "persistence", "fading")
    rows: dict[str, Any] = {name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in names}
    return Forecast(starts=first.starts, ends=first.ends, **rows)
