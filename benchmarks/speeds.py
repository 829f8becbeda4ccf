"""Where the gap sits: SKUs in classes by their demand in cases a week, the plan less the bound of each class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from optimizer.forecast.demand import demand
from optimizer.rates.exchange import Exchange
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario

#: Cases a week from which each class begins.
CLASSES = (0.0, 0.5, 1.5, 6.0)
#: The table of a plan folder that says of each SKU what its part of the plan costs (`value`) and at least costs
#: (`bound`), both at the prices of the bound: columns sku, value, bound.
VALUES = "sku_bounds.csv"


def class_names() -> list[str]:
    """The classes in words, slow movers first."""
    ends = [f"{end:g}" for end in CLASSES[1:]]
    between = [f"{begin} to {end}" for begin, end in zip(ends, ends[1:], strict=False)]
    return [f"under {ends[0]}", *between, f"{ends[-1]} or more"]


def movers(scenario: Scenario) -> pd.DataFrame:
    """One row for each SKU: sku, cases_a_week and demand_value (money at its prices) of all regions and the horizon."""
    skus, calendar, expected = scenario["skus"], scenario.calendar, demand(scenario)
    units = expected.between(calendar.starts[:1], calendar.ends[-1:])[:, 0]
    wanted = pd.DataFrame({"sku": expected.series.sku, "region": expected.series.region, "units": units})
    prices = scenario["prices"]
    worth = prices["price"] * Exchange(scenario).rates(prices["currency"].to_numpy(), calendar.starts[0])
    wanted = wanted.merge(prices[["sku", "region"]].assign(worth=worth), how="left", on=["sku", "region"])
    wanted["demand_value"] = wanted["units"] * wanted["worth"].fillna(0.0)
    sums = wanted.groupby("sku")[["units", "demand_value"]].sum().reindex(skus["sku"], fill_value=0.0)
    a_week = sums["units"].to_numpy() / (calendar.days.sum() / 7) / skus["case_pack"].fillna(1).to_numpy()
    return pd.DataFrame({"sku": skus["sku"].to_numpy(), "cases_a_week": a_week,
                         "demand_value": sums["demand_value"].to_numpy()})  # fmt: skip


def by_speed(moving: pd.DataFrame, valued: pd.DataFrame) -> list[dict[str, Any]]:
    """For each class: cases a week in words, skus, share of the demand's value, and gap (plan less bound in money).

    `moving`: as `movers` makes it. `valued`: sku, value and bound, one row for each SKU; raises ValueError where one is
    missing, for its gap would be missing too.
    """
    if set(moving["sku"]) - set(valued["sku"]):
        raise ValueError("some SKUs have no value and bound")
    joined = moving.merge(valued[["sku", "value", "bound"]], on="sku", validate="one_to_one")
    place = np.searchsorted(CLASSES, joined["cases_a_week"], side="right") - 1
    total = joined["demand_value"].sum()
    return [
        {"cases_a_week": name, "skus": int((place == code).sum()),
         "demand_share": float(joined["demand_value"][place == code].sum() / total) if total > 0 else 0.0,
         "gap": float((joined["value"] - joined["bound"])[place == code].sum())}
        for code, name in enumerate(class_names())
    ]  # fmt: skip


def speeds_of(tables: Path, plan: Path) -> Sequence[dict[str, Any]] | None:
    """The classes of a plan folder; None where the plan tells nothing of single SKUs."""
    file = plan / VALUES
    if not file.exists():
        return None
    return by_speed(movers(read(tables)), pd.read_csv(file, dtype={"sku": str}))
