"""Small scenarios and plans for the tests of this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts, Ledger, happened, play
from optimizer.plan.ledger.freight import cheapest_charges
from optimizer.plan.ledger.least import least_overflow, least_shortfall
from optimizer.plan.plan import PLAN_TABLES, Plan
from optimizer.scenario.columns import Column
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings import Settings

Row = dict[str, Any]

#: Four weeks from Monday 1 June 2026; SKU A, 14 wanted a week, costs 5 at factory F, is declared at 8, weighs 2 kg,
#: takes 0.01 m3, comes in cartons of 10. Factory F (CN) - home SZ (CN) - west W (US) - east E (US).
BASE: dict[str, list[Row]] = {
    "countries": [{"country": "CN", "customs_territory": "CN"}, {"country": "US", "customs_territory": "US"}],
    "locations": [
        {"location": "F", "kind": "supplier", "country": "CN"},
        {"location": "SZ", "kind": "domestic", "country": "CN"},
        {"location": "W", "kind": "overseas", "country": "US"},
        {"location": "E", "kind": "overseas", "country": "US"},
    ],
    "regions": [
        {"region": "US", "country": "US", "platform_fee_rate": 0.15, "return_rate": 0.1},
        {"region": "OUT", "country": "US", "kind": "clearance"},
    ],
    "skus": [
        {"sku": "A", "hs_code": "6109.10", "origin_country": "CN", "unit_weight_kg": 2, "unit_volume_m3": 0.01,
         "case_pack": 10, "declared_value": 8, "goodwill": 1},
    ],
    "prices": [{"sku": "A", "region": "US", "price": 40}, {"sku": "A", "region": "OUT", "price": 6}],
    "sourcing": [{"sku": "A", "supplier": "F", "unit_cost": 5}],
    "lanes": [
        {"lane": "buy", "origin": "F", "destination": "SZ", "lead_time_days": 3, "mode": "truck"},
        {"lane": "sea", "origin": "SZ", "destination": "W", "lead_time_days": 14, "mode": "sea"},
        {"lane": "move", "origin": "W", "destination": "E", "lead_time_days": 7, "mode": "truck"},
    ],
    "freight_rates": [
        {"lane": "buy", "basis": "case", "rate": 0},
        {"lane": "sea", "basis": "kg", "rate": 2},
        {"lane": "move", "basis": "m3", "rate": 90},
    ],
    "delivery_lanes": [
        {"location": "W", "region": "US", "delivery_days": 3, "per_order": 4},
        {"location": "E", "region": "US", "delivery_days": 5, "per_order": 3},
        {"location": "SZ", "region": "US", "delivery_days": 12, "per_order": 2, "per_kg": 6},
        {"location": "W", "region": "OUT", "delivery_days": 3, "per_order": 1},
    ],
    "duty_rates": [
        {"customs_territory": "US", "kind": "freight", "rate": 0.2},
        {"customs_territory": "US", "kind": "parcel", "rate": 0.5},
    ],
    "opening_stock": [{"location": "SZ", "sku": "A", "units": 200}, {"location": "W", "sku": "A", "units": 40}],
    "demand": [
        {"sku": "A", "region": "US", "starts_on": f"2026-{day}", "mean": 14}
        for day in ("06-01", "06-08", "06-15", "06-22", "06-29", "07-06", "07-13", "07-20")
    ],
}  # fmt: skip


def scenario(settings: Mapping[str, Any] | None = None, **tables: list[Row]) -> Scenario:
    """The base scenario with some tables in place of its own; rows may leave out what has a default."""
    chosen = {"name": "small", "currency": "USD", "starts_on": dt.date(2026, 6, 1), "periods": (7, 7, 7, 7)}
    rows = {**BASE, **tables}
    return Scenario(
        Settings(**{**chosen, **(settings or {})}), {name: _frame(name, rows.get(name, [])) for name in SCHEMA}
    )


def changed(table: str, key: Row, **values: Any) -> list[Row]:
    """The base rows of a table, the one that agrees with `key` changed."""
    return [{**row, **values} if key.items() <= row.items() else row for row in BASE[table]]


def keep(what: Scenario, **events: Iterable[Row] | pd.DataFrame) -> Ledger:
    """The ledger of rows of ship, deliver, containers, end_cover."""
    tables = {name: rows if isinstance(rows, pd.DataFrame) else table(name, rows) for name, rows in events.items()}
    ship, deliver = tables.pop("ship", table("ship", [])), tables.pop("deliver", table("deliver", []))
    return play(Facts(what), happened(Facts(what), ship, deliver, **tables))


def plan_of(what: Scenario, **events: Iterable[Row] | pd.DataFrame) -> Plan:
    """A plan with these movements that is right in all that follows from them. `cases` are filled in by tens."""
    ledger = keep(what, **events)
    facts, told = ledger.facts, ledger.events
    given = {name: pd.DataFrame(getattr(told, name)) for name in ("ship", "deliver", "containers", "end_cover")}
    ship = given["ship"]
    tables = {
        **given,
        "ship": ship.assign(cases=ship["cases"].fillna(ship["units"] / 10)),
        "charged": cheapest_charges(facts, ledger.loaded),
        "lost": ledger.lost,
        "on_hand": ledger.on_hand[ledger.on_hand["units"] > 0],
        "aged": ledger.aged,
        "overflow": least_overflow(facts, told, ledger.stock, ledger.shipped),
        "target_shortfall": least_shortfall(facts, told.demand, ledger.stock),
        "costs": pd.DataFrame({"line": list(ledger.costs), "amount": np.nan_to_num(list(ledger.costs.values()))}),
    }
    return Plan(what, tables, float(tables["costs"]["amount"].sum()) - 1, "feasible", "by hand")


def table(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """A plan table from rows; units and the like may be left out (NaN)."""
    keys = {"period": np.int64, "bucket": np.int64}
    frame = pd.DataFrame(list(rows), columns=list(PLAN_TABLES[name]))
    texts = ("lane", "sku", "location", "region", "container_type", "basis", "kind", "line")
    return frame.astype({column: keys.get(column, object if column in texts else float) for column in frame.columns})


#: Tables that were made before, by name and rows.
FRAMES: dict[tuple[str, str], pd.DataFrame] = {}


def _frame(name: str, rows: list[Row]) -> pd.DataFrame:
    unknown = {key for row in rows for key in row} - set(SCHEMA[name].by_name)
    assert not unknown, f"{name} has no column {unknown}"
    key = (name, repr(rows))
    if key not in FRAMES:
        FRAMES[key] = pd.DataFrame(
            {column.name: _typed(column, [row.get(column.name) for row in rows]) for column in SCHEMA[name].columns}
        )
    return FRAMES[key].copy()


def _typed(column: Column, values: list[Any]) -> pd.Series:
    values = [column.default if value is None else value for value in values]
    if column.kind == "date":
        return pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[ns]")
    if column.kind == "flag":
        return pd.Series(values, dtype=bool)
    if column.kind in ("number", "whole"):
        return pd.Series([np.nan if value is None else value for value in values], dtype=float).astype(
            np.int64 if column.kind == "whole" and not column.optional else float
        )
    return pd.Series(["" if value is None else str(value) for value in values], dtype=object)
