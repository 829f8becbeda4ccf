"""Scenarios small enough to be worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from optimizer.scenario.columns import Column
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings import Settings

Row = dict[str, Any]
MONDAY = dt.date(2026, 6, 1)

#: Ten units of A at home, a free lane of a week to the west, where ten are wanted in the second week at 20 each.
BASE: dict[str, list[Row]] = {
    "countries": [
        {"country": "CN", "customs_territory": "CN"},
        {"country": "US", "customs_territory": "US"},
    ],
    "locations": [
        {"location": "home", "kind": "domestic", "country": "CN"},
        {"location": "west", "kind": "overseas", "country": "US"},
    ],
    "regions": [{"region": "W", "country": "US"}],
    "skus": [{"sku": "A"}],
    "prices": [{"sku": "A", "region": "W", "price": 20}],
    "lanes": [{"lane": "sea", "origin": "home", "destination": "west", "lead_time_days": 7, "duty_included": True}],
    "delivery_lanes": [{"location": "west", "region": "W", "delivery_days": 3}],
    "opening_stock": [{"location": "home", "sku": "A", "units": 10}],
}
#: A unit of goods where a toy says nothing else.
GOODS: Row = {"origin_country": "CN", "unit_weight_kg": 1.0, "unit_volume_m3": 0.01, "declared_value": 5.0}


def toy(periods: tuple[int, ...] = (7, 7, 7), want: dict[str, list[float]] | None = None, **changes: Any) -> Scenario:
    """The base toy with some settings, and some tables, in place of its own.

    `want` gives the weekly demand of "SKU region", or of a SKU in region W; `skus` rows are completed from `GOODS`;
    lanes without freight rates are free. The end of the horizon is worth nothing unless `end_stock` says otherwise,
    and sample paths part after two weeks unless `commit_days` does.
    """
    tables = {name: changes.pop(name) for name in list(changes) if name in SCHEMA}
    settings = {"end_stock": "zero", "commit_days": 14, **changes}
    rows = {**BASE, "demand": demand_rows(want or {"A": [0, 10, 0]}), **tables}
    rows["skus"] = [{**GOODS, **row} for row in rows["skus"]]
    charged = {row["lane"] for row in rows.get("freight_rates", [])}
    free = [{"lane": row["lane"], "basis": "m3", "rate": 0} for row in rows["lanes"] if row["lane"] not in charged]
    rows["freight_rates"] = [*rows.get("freight_rates", []), *free]
    return Scenario(Settings("toy", "USD", MONDAY, periods, **settings), typed(rows))


def demand_rows(want: dict[str, list[float]]) -> list[Row]:
    """Weekly buckets from the first day on."""
    return [
        {
            "sku": key.split()[0],
            "region": (key.split() + ["W"])[1],
            "starts_on": MONDAY + dt.timedelta(days=7 * week),
            "days": 7,
            "mean": mean,
        }
        for key, means in want.items()
        for week, mean in enumerate(means)
    ]


def typed(rows: dict[str, list[Row]]) -> dict[str, pd.DataFrame]:
    """Every table of the schema from rows, with defaults filled in and columns typed."""
    unknown = {(name, key) for name, listed in rows.items() for row in listed for key in row} - {
        (name, column) for name, table in SCHEMA.items() for column in table.by_name
    }
    if unknown:
        raise KeyError(f"no such columns: {sorted(unknown)}")
    return {name: _frame(name, rows.get(name, [])) for name in SCHEMA}


#: Tables that were made before, by name and rows: most toys differ in one or two.
FRAMES: dict[tuple[str, str], pd.DataFrame] = {}


def _frame(name: str, rows: list[Row]) -> pd.DataFrame:
    key = (name, repr(rows))
    if key not in FRAMES:
        FRAMES[key] = pd.DataFrame({column.name: _column(column, rows) for column in SCHEMA[name].columns})
    return FRAMES[key].copy()


def _column(column: Column, rows: list[Row]) -> pd.Series:
    values = [row.get(column.name, column.default) for row in rows]
    if any(value is None for value in values) and column.required:
        raise ValueError(f"{column.name} must be filled in")
    if column.kind in ("key", "text", "choice"):
        return pd.Series(["" if value is None else value for value in values], dtype=object)
    if column.kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[ns]"))
    if column.kind == "flag":
        return pd.Series(values, dtype=bool)
    if column.kind == "whole" and not column.optional:
        return pd.Series(values, dtype=np.int64)
    return pd.Series([np.nan if value is None else float(value) for value in values], dtype=np.float64)
