"""Whom we can serve from where, what it costs, what customers want, and how long they wait."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.shipments import supplier_costs
from optimizer.network.survey import Survey
from optimizer.rates.delivery import crosses_border, last_mile, parcel_duty


def wants(ground: Survey) -> pd.DataFrame:
    """Demand: path, region, sku, period, units > 0, and lost (cost of a unit not delivered)."""
    units = ground.demand[:, :, : len(ground.scenario.calendar)]
    region, sku, period = np.nonzero(units > 0)
    lost = (net_revenue(ground) + ground.goods.goodwill[None, :, None])[region, sku, period]
    return pd.DataFrame(
        {
            "path": ground.path,
            "region": region,
            "sku": sku,
            "period": period,
            "units": units[region, sku, period],
            "lost": lost,
        }
    )


def net_revenue(ground: Survey) -> np.ndarray:
    """Price less platform fee and returns, (R, K, T); 0 where the SKU has no price."""
    regions = ground.scenario["regions"]
    kept = 1 - regions["platform_fee_rate"].to_numpy() - regions["return_rate"].to_numpy()
    return np.nan_to_num(prices(ground, ground.scenario.calendar.starts)) * kept[:, None, None]


def prices(ground: Survey, days: np.ndarray) -> np.ndarray:
    """Price of a unit in the scenario's currency, (R, K, days); NaN where there is none."""
    table = ground.scenario["prices"]
    spread = np.full((len(ground.regions), len(ground.skus), len(days)), np.nan)
    region, sku = ground.regions.get_indexer(table["region"]), ground.sku_index.get_indexer(table["sku"])
    for currency in table["currency"].unique():
        mine = (table["currency"] == currency).to_numpy()
        spread[region[mine], sku[mine]] = table["price"].to_numpy()[mine, None] * ground.exchange.rate(currency, days)
    return spread


def deliveries(ground: Survey, earliest: np.ndarray) -> pd.DataFrame:
    """One row per legal delivery: path, location, region, sku, period, slow_days, most, and per unit purchase,
    last_mile, parcel_duty, clearance, rent (of half a unit, at age 0).
    """
    calendar = ground.scenario.calendar
    asked = ground.demand[:, :, : len(calendar)] > 0
    price = prices(ground, calendar.starts)
    parts = [_lane(ground, lane, earliest, asked, price) for lane in ground.scenario["delivery_lanes"].itertuples()]
    # Columns, and one table of them: thousands of small tables take pandas a hundred times as long.
    return pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {})


def slow_limits(ground: Survey, deliveries: pd.DataFrame) -> pd.DataFrame:
    """One row per region, SKU, period and offered delivery time that not all customers accept: path, region, sku,
    period, days, most (units).
    """
    units, parts = ground.demand[:, :, : len(ground.scenario.calendar)], []
    offered = deliveries[deliveries["customers"]].groupby("region")["slow_days"].unique()
    for region, times in offered.items():
        for days in sorted(times):
            share = ground.once(patience, ground.regions[region], days)
            if share < 1:
                sku, period = np.nonzero(units[region] > 0)
                parts.append(
                    pd.DataFrame(
                        {
                            "path": ground.path,
                            "region": region,
                            "sku": sku,
                            "period": period,
                            "days": days,
                            "most": share * units[region, sku, period],
                        }
                    )
                )
    columns = ("path", "region", "sku", "period", "days", "most")
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({name: np.zeros(0, int) for name in columns})


def patience(ground: Survey, region: str, days: int) -> float:
    """Share of a region's customers who accept so many days."""
    table = ground.scenario["delivery_patience"]
    mine = table[table["region"] == region].sort_values("days")
    if mine.empty:
        return 1.0
    enough = mine[mine["days"] >= days]
    return float(enough["share"].iloc[0]) if len(enough) else 0.0


def _lane(
    ground: Survey, lane, earliest: np.ndarray, asked: np.ndarray, price: np.ndarray
) -> dict[str, np.ndarray]:  # fmt: skip
    """The columns (rows,) of the deliveries on a row of `delivery_lanes`."""
    calendar = ground.scenario.calendar
    location, region = ground.locations.get_loc(lane.location), ground.regions.get_loc(lane.region)
    customers = ground.scenario["regions"]["kind"].iat[region] == "customers"
    legal = earliest[location][:, None] <= np.arange(len(calendar))
    legal &= asked[region] if customers else ~np.isnan(price[region])
    if customers and ground.once(patience, lane.region, lane.delivery_days) == 0:
        legal[:] = False
    sku, period = np.nonzero(legal)
    alike = {"path": ground.path, "location": location, "region": region, "slow_days": lane.delivery_days,
             "customers": bool(customers)}  # fmt: skip
    columns = {name: np.full(len(sku), value) for name, value in alike.items()} | {"sku": sku, "period": period}
    columns |= {name: amounts[sku, period] for name, amounts in delivery_costs(ground, lane, customers).items()}
    columns["clearance"] = np.zeros(len(sku)) if customers else -price[region, sku, period]
    columns["most"] = ground.demand[region, sku, period] if customers else np.full(len(sku), np.inf)
    return columns


def delivery_costs(ground: Survey, lane, customers: bool) -> dict[str, np.ndarray]:
    """Cost of a unit on a row of `delivery_lanes` by cost line, each (K, T)."""
    starts, goods = ground.scenario.calendar.starts, ground.goods
    costs = {"last_mile": last_mile(lane, goods, starts, ground.exchange)}
    costs["purchase"], costs["parcel_duty"] = np.zeros((2, len(goods), len(starts)))
    location = ground.locations.get_loc(lane.location)
    if ground.kinds[location] == "supplier":
        costs["purchase"] = np.stack([supplier_costs(ground, location, day) for day in starts], axis=1)
    ends = (
        ground.scenario["locations"]["country"].iat[location],
        ground.scenario["regions"]["country"].iat[ground.regions.get_loc(lane.region)],
    )
    if (
        customers
        and not lane.duty_included
        and crosses_border(lane, {(lane.location, lane.region): ends}, ground.duties)
    ):
        costs["parcel_duty"] = parcel_duty(goods, ground.duties.territory_of[ends[1]], starts, ground.duties)
    return costs
