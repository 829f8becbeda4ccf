"""What customers want: level of each SKU, season, trend, intermittence, and split over regions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.scenario.generator import categories, markets
from optimizer.scenario.generator.catalogue import Catalogue
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import typed

#: Weeks after the horizon that the table reaches at least.
WEEKS_AFTER = 13
#: A (SKU, region) that sells fewer units a week than this sells in lumps.
INTERMITTENT = 1.0
#: Trends: shares of SKUs that fade and that grow, how much a week, and for how many weeks.
FADING, GROWING = 0.18, 0.15
FADE, GROW, TREND_WEEKS = 0.93, 1.02, 20


@dataclass(frozen=True)
class Demand:
    """The demand of every (SKU, region) that is sold there.

    `sku`, `region` are numbers, shape (pairs,); `units` whole units, shape (pairs, buckets); `starts` and `days` of the
    buckets; `weekly` the mean units a week within the horizon, `recent` those of its first four weeks, shape (pairs,);
    `fading` marks SKUs that die, shape (skus,).
    """

    sku: np.ndarray
    region: np.ndarray
    units: np.ndarray
    starts: np.ndarray
    days: np.ndarray
    weekly: np.ndarray
    recent: np.ndarray
    fading: np.ndarray


def draw(spec: Spec, goods: Catalogue, rng: np.random.Generator) -> Demand:
    """Draw the demand: mean weekly units within the horizon are lognormal in cases, as the spec says."""
    starts, days = buckets(spec)
    kind = rng.random(len(goods))
    trend = np.where(kind < FADING, FADE, np.where(kind > 1 - GROWING, GROW, 1.0))
    inside = (starts - starts[0]).astype(np.int64) < 7 * spec.weeks
    shape = _shape(goods, trend, starts, days)
    shape /= shape[:, inside].sum(axis=1, keepdims=True) / spec.weeks
    level = goods.case_pack * spec.median_cases_per_week * np.exp(spec.sigma * rng.standard_normal(len(goods)))
    sku, region, share = _split(spec, len(goods), rng)
    mean = (level[sku] * share)[:, None] * shape[sku]
    units = whole_units(mean, np.where(level[sku] * share < INTERMITTENT, 4.0, 1.0), rng)
    month = np.searchsorted((starts - starts[0]).astype(np.int64), 28)
    recent = mean[:, : max(month, 1)].sum(axis=1) / (days[: max(month, 1)].sum() / 7)
    return Demand(sku, region, units, starts, days, level[sku] * share, recent, trend < 1)


def buckets(spec: Spec) -> tuple[np.ndarray, np.ndarray]:
    """First days (datetime64[D]) and lengths of the buckets: `demand_days` within the horizon, 28 days after it."""
    inside, size = 7 * spec.weeks, spec.demand_days
    lengths = [size] * (inside // size) + ([inside % size] if inside % size else [])
    lengths += [28] * -(-7 * WEEKS_AFTER // 28)
    days = np.array(lengths, dtype=np.int64)
    first = np.datetime64(spec.starts_on, "D")
    return first + np.concatenate([[0], np.cumsum(days)[:-1]]).astype("timedelta64[D]"), days


def whole_units(mean: np.ndarray, lump: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Whole units with the given means: rounded up or down by chance; with a lump of 4 slow movers sell 4 at a time,
    and often nothing.
    """
    scaled = mean / lump[:, None]
    return np.floor(scaled + rng.random(mean.shape)) * lump[:, None]


def table(goods: Catalogue, codes: np.ndarray, demand: Demand) -> pd.DataFrame:
    """The table of demand, by SKU, region and bucket; `codes` are those of the regions."""
    pairs, count = demand.units.shape
    return typed(
        "demand",
        {
            "sku": np.repeat(goods.sku[demand.sku], count),
            "region": np.repeat(codes[demand.region], count),
            "starts_on": np.tile(demand.starts.astype("datetime64[ns]"), pairs),
            "days": np.tile(demand.days, pairs),
            "mean": demand.units.ravel(),
        },
    )


def _shape(goods: Catalogue, trend: np.ndarray, starts: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Season and trend of each SKU summed over the weeks of each bucket, shape (skus, buckets)."""
    parts = []
    for start, length in zip(starts, days, strict=True):
        middles = start + np.arange(3, max(length, 4), 7).astype("timedelta64[D]")
        weeks = np.array([(day.astype(dt.date).timetuple().tm_yday - 1) // 7 for day in middles])
        age = np.minimum((middles - starts[0]).astype(np.int64) / 7, TREND_WEEKS)
        factor = categories.seasons(weeks)[goods.category] * trend[:, None] ** age[None, :]
        parts.append(factor.mean(axis=1) * length / 7)
    return np.stack(parts, axis=1)


def _split(spec: Spec, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which SKU is sold where, and the region's share of its demand, as (pairs,) arrays."""
    regions = markets.regions(spec)
    weight = np.array([region.weight for region in regions]) * np.exp(rng.normal(0, 0.4, (count, len(regions))))
    there = rng.random((count, len(regions))) < np.array([region.presence for region in regions])
    there[~there.any(axis=1), 0] = True
    share = np.where(there, weight, 0.0)
    share /= share.sum(axis=1, keepdims=True)
    sku, region = np.nonzero(there)
    return sku, region, share[sku, region]
