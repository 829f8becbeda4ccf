"""What stock left at the end is worth: matched to demand after the horizon, or cleared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.network.service import prices
from optimizer.network.survey import Survey
from optimizer.rates.delivery import last_mile
from optimizer.rates.storage import tiers
from optimizer.scenario.calendar import DAY


@dataclass(frozen=True)
class Cover:
    """Index sets of end stock. `cleared` (L, K): worth of an unmatched unit. `keys`: path, location, region, sku,
    bucket, gain (worth above cleared), most. `stock`: path, location, sku, bucket, landing (units of the past that
    land before its end). `demand`: path, region, sku, bucket, units. `landing` (L, K): units of the past that land
    beyond.
    """

    cleared: np.ndarray
    keys: pd.DataFrame
    stock: pd.DataFrame
    demand: pd.DataFrame
    landing: np.ndarray


def cover(ground: Survey, reach: np.ndarray, possible: np.ndarray) -> Cover:
    """The end-stock index sets; `possible` (L, K) says where a SKU can be left or be under way to."""
    cleared = cleared_value(ground)
    units = ground.demand[:, :, len(ground.scenario.calendar) :]
    gain = _worth(ground) - cleared[:, None, :, None]
    in_time = ((ground.bucket_ends - ground.scenario.calendar.end) / DAY)[None, None, :] > reach[:, :, None]
    customers = (ground.scenario["regions"]["kind"] == "customers").to_numpy()
    legal = (
        (gain > 0)
        & in_time[:, :, None, :]
        & (units > 0)[None]
        & possible[:, None, :, None]
        & customers[None, :, None, None]
    )
    location, region, sku, bucket = np.nonzero(legal)
    keys = pd.DataFrame(
        {
            "path": ground.path,
            "location": location,
            "region": region,
            "sku": sku,
            "bucket": bucket,
            "gain": gain[legal],
            "most": units[region, sku, bucket],
        }
    )
    demand = keys[["path", "region", "sku", "bucket"]].drop_duplicates().reset_index(drop=True)
    demand["units"] = units[demand["region"], demand["sku"], demand["bucket"]]
    stock = keys[["path", "location", "sku", "bucket"]].drop_duplicates().reset_index(drop=True)
    landing, beyond = _landing(ground)
    stock["landing"] = landing[stock["location"], stock["sku"], stock["bucket"]]
    return Cover(cleared, keys, stock, demand, beyond)


def cleared_value(ground: Survey) -> np.ndarray:
    """Worth of an unmatched unit at each location at the end of the horizon, (L, K)."""
    day = np.array([ground.scenario.calendar.end])
    price = prices(ground, day)[:, :, 0]
    best = np.full((len(ground.locations), len(ground.skus)), -np.inf)
    kinds = ground.scenario["regions"]["kind"].to_numpy()
    for lane in ground.scenario["delivery_lanes"].itertuples():
        location, region = ground.locations.get_loc(lane.location), ground.regions.get_loc(lane.region)
        if kinds[region] != "customers":
            best[location] = np.fmax(
                best[location], price[region] - last_mile(lane, ground.goods, day, ground.exchange)[:, 0]
            )
    return np.minimum(np.where(np.isfinite(best), best, 0.0), ground.landed)


def landing_bucket(ground: Survey, days: np.ndarray) -> np.ndarray:
    """First bucket whose end lies after the day of arrival; B where none does."""
    return np.searchsorted(ground.bucket_ends, np.asarray(days, dtype="datetime64[D]"), side="right")


def _worth(ground: Survey) -> np.ndarray:
    """Worth of a unit matched to a region's demand in a bucket, (L, R, K, B); -inf where the region is out of reach."""
    wait = _waits(ground)
    settings, goods = ground.scenario.settings, ground.goods
    known = tiers(ground.scenario, ground.exchange, np.array([ground.scenario.calendar.end]))
    rent = np.array(
        [known[name][0].rent_of_wait(wait) if name in known else np.zeros(len(wait)) for name in ground.locations]
    )
    carrying = (
        settings.capital_rate / 365 * goods.unit_value[None, :, None] * wait
        + rent[:, None, :] * goods.volume[None, :, None]
    )
    return _value(ground)[:, :, :, None] - carrying[:, None, :, :]


def _value(ground: Survey) -> np.ndarray:
    """Value of a unit for a region before waiting, (L, R, K): landed cost where the region is served, less the moves
    to such a place elsewhere.
    """
    landed = np.where(np.isfinite(ground.landed), ground.landed, -np.inf)
    value = np.full((len(ground.locations), len(ground.regions), len(ground.skus)), -np.inf)
    table = ground.scenario["delivery_lanes"]
    location, region = ground.locations.get_indexer(table["location"]), ground.regions.get_indexer(table["region"])
    value[location, region] = landed[location]
    served = np.zeros(value.shape[:2], dtype=bool)
    served[location, region] = True
    for _ in ground.locations:
        before = value.copy()
        for lane in ground.scenario["lanes"].itertuples():
            origin, destination = ground.locations.get_loc(lane.origin), ground.locations.get_loc(lane.destination)
            onward = np.minimum(value[destination] - ground.moves[lane.lane], landed[origin])
            value[origin] = np.where(served[origin][:, None], value[origin], np.fmax(value[origin], onward))
        if np.array_equal(before, value):
            break
    return value


def _waits(ground: Survey) -> np.ndarray:
    ends = (ground.bucket_ends - ground.scenario.calendar.end) / DAY
    starts = np.concatenate([[0.0], ends[:-1]])[: len(ends)]
    return (starts + ends) / 2


def _landing(ground: Survey) -> tuple[np.ndarray, np.ndarray]:
    """Units of the past that land beyond: by the end of each bucket (L, K, B), and in all (L, K)."""
    late = ground.receipts[ground.receipts["period"] == len(ground.scenario.calendar)]
    units = np.zeros((len(ground.locations), len(ground.skus), len(ground.bucket_ends) + 1))
    bucket = landing_bucket(ground, late["lands_on"].to_numpy())
    np.add.at(units, (late["location"].to_numpy(), late["sku"].to_numpy(), bucket), late["units"].to_numpy())
    return np.cumsum(units, axis=2)[:, :, :-1], units.sum(axis=2)
