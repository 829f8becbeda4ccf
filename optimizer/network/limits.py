"""Room to hold and to receive stock, and stock that a platform asks for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.survey import Survey


def rooms(ground: Survey) -> pd.DataFrame:
    """One row per location with limited storage and period: path, location, period, volume, price (of a m3 above it,
    for the period).
    """
    return _limited(ground, "storage_volume_m3", "overflow_per_m3_day", False, True)


def docks(ground: Survey) -> pd.DataFrame:
    """One row per location with limited receiving and period: path, location, period, volume, price (of a m3 above
    it).
    """
    return _limited(ground, "receiving_m3_per_day", "receiving_overflow_per_m3", True, False)


def targets(ground: Survey) -> pd.DataFrame:
    """One row per stock target and period: path, location, sku, period, least (units), price (of a unit short, for
    the period).
    """
    table, calendar = ground.scenario["stock_targets"], ground.scenario.calendar
    location, sku = ground.locations.get_indexer(table["location"]), ground.sku_index.get_indexer(table["sku"])
    daily = local_daily_demand(ground)[location, sku]
    least = np.maximum(table["least_units"].to_numpy()[:, None], table["cover_days"].to_numpy()[:, None] * daily)
    exchange = np.stack([ground.exchange.rates(table["currency"].to_numpy(), day) for day in calendar.starts], axis=-1)
    price = (
        table["price_per_unit_day"].to_numpy()[:, None] * calendar.days * exchange.reshape(len(table), len(calendar))
    )
    row, period = np.nonzero(least > 0)
    return pd.DataFrame(
        {
            "path": ground.path,
            "location": location[row],
            "sku": sku[row],
            "period": period,
            "least": least[row, period],
            "price": price[row, period],
        }
    )


def local_daily_demand(ground: Survey) -> np.ndarray:
    """Daily demand that each location serves by local delivery, shared alike with the others that do, (L, K, T)."""
    calendar, table = ground.scenario.calendar, ground.scenario["delivery_lanes"]
    serves = np.zeros((len(ground.locations), len(ground.regions)))
    territory = np.array(
        [ground.duties.territory_of[country] for country in ground.scenario["regions"]["country"]], dtype=object
    )
    for location, region, kind in zip(
        ground.locations.get_indexer(table["location"]),
        ground.regions.get_indexer(table["region"]),
        table["kind"],
        strict=True,
    ):
        same = ground.territories[location] == territory[region]
        serves[location, region] = kind == "local" or (kind == "" and same)
    share = serves / np.maximum(serves.sum(axis=0), 1)
    return np.einsum("lr,rkt->lkt", share, ground.demand[:, :, : len(calendar)]) / calendar.days


def _limited(ground: Survey, limit: str, price: str, by_day: bool, price_by_day: bool) -> pd.DataFrame:
    table, calendar = ground.scenario["locations"], ground.scenario.calendar
    location, period = np.nonzero(
        np.repeat((table[limit].notna() & (table["kind"] != "supplier")).to_numpy()[:, None], len(calendar), axis=1)
    )
    days = calendar.days[period]
    exchange = ground.exchange.rates(table["currency"].to_numpy()[location], calendar.starts[period])
    return pd.DataFrame(
        {
            "path": 0,
            "location": location,
            "period": period,
            "volume": table[limit].to_numpy()[location] * (days if by_day else 1),
            "price": table[price].to_numpy()[location] * (days if price_by_day else 1) * exchange,
        }
    )
