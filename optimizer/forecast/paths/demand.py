"""Demand on sample paths, around the expected demand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.forecast.demand import demand
from optimizer.forecast.forecast import Forecast
from optimizer.forecast.paths.scores import Factors
from optimizer.forecast.paths.totals import placed
from optimizer.scenario.calendar import DAY
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario

#: Pairs that are drawn at once.
AT_ONCE = 500
TINY = 1e-12


def path_demand(
    scenario: Scenario, forecast: Forecast, ends: np.ndarray, weights: np.ndarray, random: np.random.Generator
) -> pd.DataFrame:
    """Rows of `path_demand` for the periods and the buckets after them, of which `ends` are the first days after each.

    The weighted mean over the paths is the expected demand of the scenario; what lies around it is the forecast's.
    """
    starts = np.concatenate([scenario.calendar.starts[:1], ends[:-1]])
    expected = demand(scenario)
    mean, series = expected.between(starts, ends), expected.series
    told = pd.MultiIndex.from_arrays([forecast.sku, forecast.region])
    place = told.get_indexer(pd.MultiIndex.from_arrays([series.sku, series.region]))
    forecast = forecast.only(place)
    groups = _groups(scenario, series.sku, series.region)
    middle = (forecast.starts.astype(float) + forecast.ends.astype(float)) / 2.0
    factors = Factors(groups, middle, weights, random, _measured(forecast))
    units = np.empty((len(weights), *mean.shape))
    for first in range(0, len(mean), AT_ONCE):
        pairs = np.arange(first, min(first + AT_ONCE, len(mean)))
        scores = factors.scores(forecast, pairs, random)
        units[:, pairs] = mean[pairs] * _shares(placed(forecast.only(pairs), scores, weights, random), weights)
    return _table(units, series.sku, series.region, starts, ends)


def _shares(units: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Units on each path over their mean; where the forecast does not reach, over that of all other periods."""
    mean = np.tensordot(weights, units, 1)
    total = units.sum(axis=2, keepdims=True)
    overall = np.tensordot(weights, total, 1)
    lasting = np.divide(total, overall, out=np.ones_like(total), where=overall > TINY)
    return np.where(mean > TINY, np.divide(units, mean, out=np.ones_like(units), where=mean > TINY), lasting)


def _measured(forecast: Forecast) -> dict[str, np.ndarray] | None:
    """Shares of the common factors of each pair that trials have measured; None without trials."""
    if forecast.factors is None:
        return None
    return dict(zip(("market", "category", "region", "sku"), forecast.factors.share.T, strict=True))


def _groups(scenario: Scenario, sku: np.ndarray, region: np.ndarray) -> dict[str, np.ndarray]:
    category = dict(zip(scenario["skus"]["sku"], scenario["skus"]["category"], strict=True))
    return {
        "market": np.zeros(len(sku), np.int64),
        "region": pd.factorize(region)[0],
        "category": pd.factorize(np.array([category[name] for name in sku], dtype=object))[0],
        "sku": pd.factorize(sku)[0],
    }


def _table(
    units: np.ndarray, sku: np.ndarray, region: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> pd.DataFrame:
    """The rows, those of each SKU and region together."""
    units = units.transpose(1, 0, 2)
    pairs, paths, windows = units.shape
    return typed(
        "path_demand",
        {
            "path": np.tile(np.repeat(np.arange(1, paths + 1), windows), pairs),
            "sku": np.repeat(sku, paths * windows),
            "region": np.repeat(region, paths * windows),
            "starts_on": np.tile(starts, pairs * paths).astype("datetime64[ns]"),
            "days": np.tile(((ends - starts) / DAY).astype(np.int64), pairs * paths),
            "units": units.ravel(),
        },
    )
