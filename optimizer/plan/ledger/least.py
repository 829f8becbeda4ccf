"""The least overflow and the least shortfall that stock and arrivals force."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.events import Events
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.ledger.stock import Stock


def received_volume(facts: Facts, events: Events, shipped: pd.DataFrame) -> np.ndarray:
    """m3 that arrive at each store in each period (locations, periods), from lanes and from goods under way."""
    stores, volume = facts.stores, facts.goods["volume"]
    parts = (
        (shipped["destination"], shipped["arrival_period"], shipped["volume_m3"]),
        (
            events.receipts["location"],
            events.receipts["period"],
            events.receipts["units"] * look_up(events.receipts["sku"], volume),
        ),
    )
    totals = np.zeros((len(stores), facts.periods))
    for locations, periods, amounts in parts:
        place, period = stores.get_indexer(locations), periods.to_numpy(dtype=np.int64)
        here = (place >= 0) & (period < facts.periods)
        np.add.at(totals, (place[here], period[here]), amounts.to_numpy(dtype=float)[here])
    return totals


def standing_volume(facts: Facts, stock: Stock) -> np.ndarray:
    """m3 that stand in each store at the end of each period (locations, periods)."""
    return np.einsum("lst,s->lt", stock.on_hand, facts.goods["volume"].to_numpy())


def least_overflow(facts: Facts, events: Events, stock: Stock, shipped: pd.DataFrame) -> pd.DataFrame:
    """m3 beyond each limit: location, period, kind, volume_m3."""
    return beyond_limits(facts, standing_volume(facts, stock), received_volume(facts, events, shipped))


def beyond_limits(facts: Facts, standing: np.ndarray, arriving: np.ndarray) -> pd.DataFrame:
    """m3 of what stands and what arrives (locations, periods) beyond each limit: location, period, kind, volume_m3."""
    places = facts.locations.loc[facts.stores]
    limits = {
        "storage": (standing, places["storage_volume_m3"].to_numpy()[:, None] * np.ones(facts.periods)),
        "receiving": (arriving, places["receiving_m3_per_day"].to_numpy()[:, None] * facts.calendar.days),
    }
    parts = []
    for kind, (volume, limit) in limits.items():
        place, period = np.nonzero(np.nan_to_num(volume - limit, nan=0.0) > 1e-9)
        parts.append(
            pd.DataFrame(
                {
                    "location": facts.stores.to_numpy(dtype=object)[place],
                    "period": period,
                    "kind": kind,
                    "volume_m3": (volume - limit)[place, period],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def local_daily_demand(facts: Facts, demand: pd.DataFrame, days: np.ndarray, name: str = "period") -> pd.DataFrame:
    """Daily demand that each location serves by local delivery lanes: location, sku, `name`, units.

    Locations that serve a region locally share its demand equally. `days`: the length of each window.
    """
    lanes = facts.delivery_lanes
    lanes = lanes.loc[lanes["local"], ["location", "region"]]
    sharing = lanes.groupby("region")["location"].transform("size")
    rows = demand.merge(lanes.assign(sharing=sharing), on="region")
    rows = rows.assign(units=rows["units"] / days[rows[name]] / rows["sharing"])
    return rows.groupby(["location", "sku", name], sort=False)["units"].sum().reset_index()


def targets(facts: Facts, demand: pd.DataFrame) -> pd.DataFrame:
    """Stock that is asked for in every period: location, sku, period, wanted."""
    table = facts.scenario["stock_targets"][["location", "sku", "least_units", "cover_days"]]
    rows = table.merge(pd.DataFrame({"period": np.arange(facts.periods)}), how="cross")
    rows = rows.merge(
        local_daily_demand(facts, demand, facts.calendar.days), on=["location", "sku", "period"], how="left"
    )
    return rows.assign(wanted=np.maximum(rows["least_units"], rows["cover_days"] * rows["units"].fillna(0.0)))[
        ["location", "sku", "period", "wanted"]
    ]


def least_shortfall(facts: Facts, demand: pd.DataFrame, stock: Stock) -> pd.DataFrame:
    """Units below stock targets: location, sku, period, units."""
    rows = targets(facts, demand)
    place, sku = stock.locations.get_indexer(rows["location"]), stock.skus.get_indexer(rows["sku"])
    short = rows["wanted"].to_numpy() - stock.on_hand[place, sku, rows["period"].to_numpy()]
    return rows.assign(units=short)[short > 1e-9][["location", "sku", "period", "units"]].reset_index(drop=True)
