"""A plan that keeps every rule, and ways to spoil it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from optimizer.plan.plan import Plan
from optimizer.plan.verify import verify
from tests.plan.making import Row, changed, plan_of, scenario, table

#: Everything that the rules speak of: lots, targets, patience, minimum orders, locks, limits, containers, brackets.
TABLES: dict[str, list[Row]] = {
    "locations": changed(
        "locations", {"location": "W"}, storage_volume_m3=0.5, overflow_per_m3_day=1.0, receiving_m3_per_day=0.04,
        receiving_overflow_per_m3=5.0,
    ),
    "sourcing": [{"sku": "A", "supplier": "F", "unit_cost": 5, "moq": 40, "order_multiple": 20, "production_days": 2}],
    "suppliers": [{"supplier": "F", "minimum_order_value": 250}],
    "lanes": [
        *changed("lanes", {"lane": "sea"}, capacity_m3=1.0, capacity_kg=150, capacity_units=90),
        {"lane": "fcl", "origin": "SZ", "destination": "W", "lead_time_days": 20, "sailing_weekdays": "Wed"},
        {"lane": "late", "origin": "SZ", "destination": "W", "lead_time_days": 14, "every_weeks": 2,
         "sails_from": "2026-06-01"},
    ],
    "container_types": [{"container_type": "box", "volume_m3": 0.5, "payload_kg": 90}],
    "freight_rates": [
        {"lane": "buy", "basis": "case", "rate": 1},
        {"lane": "sea", "basis": "kg", "rate": 2, "minimum_charge": 30, "volumetric_divisor": 4000},
        {"lane": "sea", "basis": "kg", "rate": 1.5, "from_quantity": 100, "volumetric_divisor": 4000},
        {"lane": "move", "basis": "m3", "rate": 90},
        {"lane": "fcl", "basis": "container", "container_type": "box", "rate": 60},
        {"lane": "late", "basis": "case", "rate": 1},
    ],
    "delivery_patience": [{"region": "US", "days": 4, "share": 1}, {"region": "US", "days": 12, "share": 0.5}],
    "stock_targets": [{"location": "W", "sku": "A", "least_units": 35, "price_per_unit_day": 0.1}],
    "storage_rates": [{"location": "W", "per_m3_day": 1}, {"location": "W", "from_age_days": 30, "per_m3_day": 3}],
    "opening_stock": [
        {"location": "SZ", "sku": "A", "units": 200},
        {"location": "W", "sku": "A", "received_on": "2026-05-01", "units": 40},
    ],
    "locks": [{"lane": "sea", "sku": "A", "date": "2026-06-10", "least": 20, "most": 40}],
}  # fmt: skip
EVENTS: dict[str, list[Row]] = {
    "ship": [
        {"lane": "buy", "sku": "A", "period": 1, "units": 60, "cases": 3},
        {"lane": "sea", "sku": "A", "period": 0, "units": 40, "cases": 4},
        {"lane": "sea", "sku": "A", "period": 1, "units": 20, "cases": 2},
        {"lane": "fcl", "sku": "A", "period": 0, "units": 40, "cases": 4},
        {"lane": "move", "sku": "A", "period": 2, "units": 10, "cases": 1},
    ],
    "deliver": [
        {"location": "W", "region": "US", "sku": "A", "period": 0, "units": 14},
        {"location": "W", "region": "US", "sku": "A", "period": 1, "units": 10},
        {"location": "SZ", "region": "US", "sku": "A", "period": 1, "units": 4},
        {"location": "E", "region": "US", "sku": "A", "period": 3, "units": 7},
        {"location": "W", "region": "OUT", "sku": "A", "period": 3, "units": 5},
    ],
    "containers": [{"lane": "fcl", "container_type": "box", "period": 0, "containers": 1}],
    "end_cover": [{"location": "W", "region": "US", "sku": "A", "bucket": 0, "units": 5}],
}


@lru_cache(maxsize=1)
def _right() -> Plan:
    return plan_of(scenario(None, **TABLES), **EVENTS)


def right(settings: dict[str, Any] | None = None, **tables: list[Row]) -> Plan:
    """The plan that keeps every rule, in its scenario with some tables in place of its own."""
    return plan_of(scenario(settings, **{**TABLES, **tables}), **EVENTS) if settings or tables else _right()


def moved(name: str, *rows: Row, settings: dict[str, Any] | None = None, **tables: list[Row]) -> Plan:
    """The right plan with rows of a movement table in place of those with the same keys; all that follows is right."""
    added = {_key(name, row) for row in rows}
    kept = [row for row in EVENTS[name] if _key(name, row) not in added]
    return plan_of(scenario(settings, **{**TABLES, **tables}), **{**EVENTS, name: [*kept, *rows]})


def with_events(settings: dict[str, Any] | None = None, **words: list[Row]) -> Plan:
    """A plan with some tables of the scenario and some tables of movements in place of the right ones."""
    events = {name: words.pop(name, rows) for name, rows in EVENTS.items()}
    return plan_of(scenario(settings, **{**TABLES, **words}), **events)


def claimed(name: str, *rows: Row, base: Plan | None = None) -> Plan:
    """The right plan with rows of one table added, in place of those with the same keys; nothing else follows."""
    plan = base or right()
    new = table(name, rows)
    keys = [
        column
        for column in new.columns
        if column not in ("units", "cases", "charged", "containers", "volume_m3", "amount")
    ]
    old = plan[name]
    told = pd.MultiIndex.from_frame(old[keys].astype(object)).isin(pd.MultiIndex.from_frame(new[keys].astype(object)))
    return replace(plan, tables={**plan.tables, name: pd.concat([old[~told], new], ignore_index=True)})


def rules(plan: Plan) -> set[str]:
    """Names of the rules that a plan breaks."""
    return {sentence.split(":")[0] for sentence in verify(plan)}


def _key(name: str, row: Row) -> tuple:
    return tuple(value for field, value in row.items() if field not in ("units", "cases", "containers"))
