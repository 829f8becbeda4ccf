"""The forecast that the user tells himself, in the table `demand`: mean and spread, or quantiles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import special

from optimizer.forecast.fit import STEADY
from optimizer.forecast.forecast import LEVELS, SCORES, Forecast
from optimizer.forecast.lessons import FADING, PERSISTENCE
from optimizer.forecast.shape import LEAST_VARIATION, Shape
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario

#: Columns of quantiles in the table, and their levels.
QUANTILES = {"q05": 0.05, "q10": 0.1, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q90": 0.9, "q95": 0.95}

#: A mean of less is none.
NOTHING = 1e-12


def told(scenario: Scenario, starts: np.ndarray, ends: np.ndarray) -> Forecast:
    """The forecast of the table `demand` for periods [start, end); days that no row covers want nothing.

    A row without spread and quantiles is as uneven as chance alone makes it (Poisson; but see `as_uneven`). Quantiles
    that cross are put in order. Periods that hold several buckets, or parts of them, take mean and variance of each.
    """
    table = scenario["demand"]
    pair, names = pd.MultiIndex.from_frame(table[["sku", "region"]]).factorize(sort=True)
    shape = (len(names), len(starts))
    buckets = _Buckets(table, pair)
    mean, even, uneven = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    grids = np.full((*shape, len(LEVELS)), np.nan)
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        share = np.maximum((np.minimum(buckets.after, end) - np.maximum(buckets.first, start)) / DAY, 0) / buckets.days
        of_pair = [np.bincount(pair, values, minlength=len(names)) for values in (
            buckets.mean * share, buckets.spread**2 * share, buckets.spread * np.sqrt(share))]  # fmt: skip
        mean[:, place], even[:, place], uneven[:, place] = of_pair
        whole = (buckets.first == start) & (buckets.after == end) & buckets.graded
        grids[pair[whole], place] = buckets.grid[whole]
    spread = np.sqrt((1.0 - PERSISTENCE) * even + PERSISTENCE * uneven**2)
    quantiles = np.where(np.isnan(grids), _grid(with_spread(mean, spread)), grids)
    sku, region = (names.get_level_values(level).to_numpy(dtype=object) for level in (0, 1))
    lasting = np.full(len(sku), PERSISTENCE), np.full(len(sku), FADING)
    return Forecast(sku, region, starts, ends, mean, spread, quantiles, *lasting)


def mean_alone(table: pd.DataFrame) -> pd.MultiIndex:
    """SKU and region of the pairs of a table of demand of which no row tells more than its mean."""
    more = table[["spread", *QUANTILES]].notna().any(axis=1)
    keys = table[["sku", "region"]]
    pairs, known = pd.MultiIndex.from_frame(keys.drop_duplicates()), pd.MultiIndex.from_frame(keys[more])
    return pairs[~pairs.isin(known)]


def as_uneven(made: Forecast, alone: pd.MultiIndex, learnt: Forecast, often: np.ndarray) -> Forecast:
    """The forecast `made` in which pairs of which the mean is told `alone` are as uneven, around it, as their sales
    say: by their variance beyond chance as `learnt` from them for the same periods. That grows with the square of the
    mean where they always sell, and with the mean where they seldom do, of which more is sold more often; `often`: the
    share of weeks in which each learnt pair sells. What sells nearly every week keeps the quantiles, in proportion.
    """
    pairs = pd.MultiIndex.from_arrays([made.sku, made.region])
    place = pd.MultiIndex.from_arrays([learnt.sku, learnt.region]).get_indexer(pairs)
    rows = np.flatnonzero((place >= 0) & pairs.isin(alone))
    mine, share = learnt.only(place[rows]), often[place[rows]][:, None]
    ratio = np.divide(made.mean[rows], mine.mean, out=np.zeros_like(mine.mean), where=mine.mean > NOTHING)
    beyond = np.maximum(mine.spread**2 - mine.mean, 0.0) * ratio ** (1.0 + share)
    more = (ratio > 0) & (beyond > 0)
    spread, quantiles = made.spread.copy(), made.quantiles.copy()
    spread[rows] = np.where(more, np.sqrt(made.mean[rows] + beyond), spread[rows])
    wide = np.where((share > STEADY)[:, :, None] & (mine.spread * ratio >= made.spread[rows])[:, :, None],
                    mine.quantiles * ratio[:, :, None], _grid(with_spread(made.mean[rows], spread[rows])))  # fmt: skip
    quantiles[rows] = np.where(more[:, :, None], wide, quantiles[rows])
    persistence, fading = made.persistence.copy(), made.fading.copy()
    persistence[rows], fading[rows] = mine.persistence, mine.fading
    return replace(made, spread=spread, quantiles=quantiles, persistence=persistence, fading=fading)


def crossing(table: pd.DataFrame) -> np.ndarray:
    """Rows of demand whose quantiles fall as their level rises."""
    filled = [name for name in QUANTILES if table[name].notna().any()]
    if len(filled) < 2:
        return np.zeros(len(table), dtype=bool)
    given = table[filled].to_numpy(dtype=float)
    most = np.fmax.accumulate(given, axis=1)
    return (given[:, 1:] < most[:, :-1]).any(axis=1)


def with_spread(mean: np.ndarray, spread: np.ndarray) -> Shape:
    """The shape of some mean and standard deviation: nothing is sold with the chance that a negative binomial, or where
    the variance is no greater than the mean a Poisson, gives it.
    """
    spread, mean = np.where(mean > NOTHING, spread, 0.0), np.maximum(mean, NOTHING)
    excess = np.maximum(spread**2 / mean - 1.0, 0.0)
    none = np.exp(-mean * np.where(excess > 1e-9, np.log1p(excess) / np.maximum(excess, 1e-9), 1.0))
    # Goods that sell so evenly that they always sell need no chance of nothing.
    chance = np.where(spread < mean / 3.0, 1.0, 1.0 - none)
    size = mean / chance
    second = (spread**2 + mean**2) / chance
    return Shape(chance, size, np.maximum(second / size**2 - 1.0, LEAST_VARIATION))


def through(values: np.ndarray) -> np.ndarray:
    """Quantiles at `LEVELS` (N, Q) through some at the levels of `QUANTILES` (N, 7), NaN where not given; put in order,
    linear in the normal score, beyond the outermost as between the last two, never below 0.
    """
    scores = special.ndtri(np.array(list(QUANTILES.values())))
    found = np.empty((len(values), len(LEVELS)))
    for pattern in np.unique(np.isfinite(values), axis=0):
        rows = (np.isfinite(values) == pattern).all(axis=1)
        found[rows] = _along(scores[pattern], np.sort(values[rows][:, pattern], axis=1))
    return np.maximum(found, 0.0)


def _along(scores: np.ndarray, values: np.ndarray) -> np.ndarray:
    if len(scores) < 2:
        return np.full((len(values), len(SCORES)), np.nan)
    low = np.clip(np.searchsorted(scores, SCORES) - 1, 0, len(scores) - 2)
    part = (SCORES - scores[low]) / (scores[low + 1] - scores[low])
    return values[:, low] + part * (values[:, low + 1] - values[:, low])


class _Buckets:
    """The rows of the table: days, mean, spread, and quantiles where they are given."""

    def __init__(self, table: pd.DataFrame, pair: np.ndarray) -> None:
        self.first = table["starts_on"].to_numpy().astype("datetime64[D]")
        self.days = table["days"].to_numpy(dtype=np.int64)
        self.after = self.first + self.days * DAY
        self.mean = table["mean"].to_numpy(dtype=float)
        self.grid = through(table[list(QUANTILES)].to_numpy(dtype=float))
        self.graded = np.isfinite(self.grid).all(axis=1)
        spread = table["spread"].to_numpy(dtype=float)
        guessed = np.where(self.graded, _spread_of(self.grid), np.sqrt(self.mean))
        self.spread = np.where(np.isfinite(spread), spread, guessed)


def _spread_of(grid: np.ndarray) -> np.ndarray:
    """Standard deviation of a distribution from its quantiles at `LEVELS`, each standing for the levels around it."""
    edges = np.concatenate([[0.0], (LEVELS[1:] + LEVELS[:-1]) / 2, [1.0]])
    weight = np.diff(edges)
    mean = (grid * weight).sum(axis=1, keepdims=True)
    return np.asarray(np.sqrt(((grid - mean) ** 2 * weight).sum(axis=1)))


def _grid(shape: Shape) -> np.ndarray:
    return np.stack([shape.quantile(level) for level in LEVELS], axis=-1)
