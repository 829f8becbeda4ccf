"""Last mile, parcel duty, lost sales and clearance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.duty_rates import duty_terms
from optimizer.plan.ledger.facts import Facts


def deliveries(facts: Facts, deliver: pd.DataFrame) -> pd.DataFrame:
    """Rows of `deliver` with their delivery lane, the day number on which their costs are dated, and their goods."""
    rows = deliver[["location", "region", "sku", "period", "units"]].merge(
        facts.delivery_lanes.drop(columns="note"), on=["location", "region"]
    )
    goods = facts.goods[["weight", "volume", "declared", "units_per_order"]]
    return rows.join(goods, on="sku").assign(day=facts.starts[rows["period"]])


def last_mile(facts: Facts, delivered: pd.DataFrame) -> pd.DataFrame:
    """Delivery to customers: location, region, sku, period, units, amount."""
    amount = last_mile_per_unit(facts, delivered) * delivered["units"].to_numpy()
    return delivered.assign(amount=amount)[["location", "region", "sku", "period", "units", "amount"]]


def last_mile_per_unit(facts: Facts, rows: pd.DataFrame) -> np.ndarray:
    """Cost of a unit on delivery lanes; `rows` has their columns, weight, volume, units_per_order and day."""
    volumetric = (rows["volume"] * 1e6 / rows["volumetric_divisor"]).fillna(0.0)
    parcel = np.maximum(rows["weight"], volumetric)
    money = rows["per_order"] / rows["units_per_order"] + rows["per_kg"] * parcel
    return money.to_numpy() * facts.exchange(rows["currency"], rows["day"].to_numpy())


def parcel_duty(facts: Facts, delivered: pd.DataFrame) -> pd.DataFrame:
    """Duty on parcels that cross a customs border to customers: location, region, sku, period, amount."""
    rows = delivered[
        ~delivered["local"] & ~delivered["duty_included"].astype(bool) & (delivered["region_kind"] == "customers")
    ]
    value = (rows["declared"] * rows["units_per_order"]).to_numpy()
    terms = duty_terms(
        facts, "parcel", rows["sku"].to_numpy(), rows["territory"].to_numpy(dtype=object), rows["day"].to_numpy(), value
    )
    per_unit = (
        terms["rate"].to_numpy() * rows["declared"].to_numpy()
        + terms["per_item"].to_numpy()
        + terms["per_entry"].to_numpy() / rows["units_per_order"].to_numpy()
    )
    return rows.assign(amount=per_unit * rows["units"].to_numpy())[["location", "region", "sku", "period", "amount"]]


def lost_sales(facts: Facts, lost: pd.DataFrame) -> pd.DataFrame:
    """Net revenue forgone and goodwill: region, sku, period, units, amount."""
    rows = lost.merge(facts.prices, on=["sku", "region"], how="left")
    net = rows["price"] * facts.exchange(rows["currency"].fillna(""), facts.starts[rows["period"]]) * rows["kept"]
    return rows.assign(amount=rows["units"] * (net + rows["goodwill"]))[["region", "sku", "period", "units", "amount"]]


def clearance(facts: Facts, delivered: pd.DataFrame) -> pd.DataFrame:
    """Revenue (negative) of what is cleared, or the cost of disposal: location, region, sku, period, units, amount."""
    rows = delivered.loc[
        delivered["region_kind"] != "customers", ["location", "region", "sku", "period", "day", "units"]
    ]
    rows = rows.merge(facts.prices, on=["sku", "region"], how="left")
    amount = -rows["price"] * facts.exchange(rows["currency"].fillna(""), rows["day"].to_numpy()) * rows["units"]
    return rows.assign(amount=amount)[["location", "region", "sku", "period", "units", "amount"]]


def net_revenue(facts: Facts, demand: pd.DataFrame) -> float:
    """Revenue less platform fee and returns, if all demand were served."""
    rows = demand.merge(facts.prices, on=["sku", "region"], how="left")
    exchange = facts.exchange(rows["currency"].fillna(""), facts.starts[rows["period"]])
    return float((rows["units"] * rows["price"] * rows["kept"] * exchange).sum())
