"""The inputs of two nights by groups, and scenarios between them: some groups of the one, the rest of the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.diff.expected import expected
from optimizer.plan.ledger import Ledger
from optimizer.scenario.calendar import DAY
from optimizer.scenario.edits import Edit, edits
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA

#: Groups of inputs in the order in which they are replaced: what the world did first, then what people decided.
#: Products, regions, lanes and locations come after what is told of them, so that a new one comes in with all of it.
GROUPS: dict[str, tuple[str, ...]] = {
    "stock": ("opening_stock",),
    "in_transit": ("in_transit",),
    "sales": ("sales",),
    "events": ("events",),
    "demand": ("demand",),
    "paths": ("paths", "path_demand", "path_delays"),
    "prices": ("prices",),
    "sourcing": ("sourcing",),
    "suppliers": ("suppliers",),
    "goods": ("skus",),
    "freight": ("freight_rates", "container_types"),
    "handling": ("handling_rates",),
    "delivery": ("delivery_lanes", "delivery_patience"),
    "rent": ("storage_rates",),
    "duty": ("duty_rates", "countries"),
    "exchange": ("exchange_rates",),
    "regions": ("regions",),
    "lanes": ("lanes", "closures"),
    "locations": ("locations",),
    "targets": ("stock_targets",),
    "locks": ("locks",),
    "last_plan": ("last_plan",),
    "settings": (),
}
#: Groups of which each is made from those before it: demand is forecast from sales and events, and paths are drawn
#: from demand. Several of them that have changed are one input.
CHAIN = ("sales", "events", "demand", "paths")
#: Groups that the model does not read but through demand.
READ_BY_FORECASTS = ("sales", "events")


def rolled(old: Ledger, new: Scenario) -> Scenario | None:
    """The old inputs on the first day of the new ones, if everything had gone as planned and nothing else were known;
    None where the old plan does not reach so far.
    """
    start, first = old.facts.scenario, np.datetime64(new.settings.starts_on, "D")
    tables = expected(old, int(first.astype(np.int64)))
    if tables is None:
        return None
    locks = start["locks"]
    inside = (locks["date"] >= pd.Timestamp(first)) & (locks["date"] < pd.Timestamp(new.calendar.end))
    tables |= {"locks": locks[locks["date"].isna() | inside].reset_index(drop=True)}
    tables |= {name: _demand(name, start, new) for name in ("demand", "path_demand")}
    dates: dict[str, Any] = {
        "starts_on": new.settings.starts_on,
        "periods": new.settings.periods,
        "solve": new.settings.solve,
    }
    return replace(start, settings=replace(start.settings, **dates)).with_tables(**tables)


def changed(one: Scenario, other: Scenario) -> dict[str, tuple[Edit, ...]]:
    """The groups in which two scenarios differ, in order, with what differs, the largest of each table first."""
    found = edits(one, other)
    tables = {group: names or ("settings",) for group, names in GROUPS.items()}
    by_group = {group: _in_turn([found.get(name, []) for name in names]) for group, names in tables.items()}
    return {group: told for group, told in by_group.items() if told}


def between(one: Scenario, other: Scenario, groups: list[str]) -> Scenario:
    """The one scenario with some groups of inputs of the other; rows that speak of what is not there are left out."""
    names = [name for group in groups for name in GROUPS[group]]
    tables = {**one.tables, **{name: other[name] for name in names}}
    return Scenario(other.settings if "settings" in groups else one.settings, _consistent(tables))


def _in_turn(tables: list[list[Edit]]) -> tuple[Edit, ...]:
    """One of each table, then the next ones: no table hides another."""
    ranked = [(place, number, edit) for number, told in enumerate(tables) for place, edit in enumerate(told)]
    return tuple(edit for _, _, edit in sorted(ranked, key=lambda row: row[:2]))


def _consistent(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    found = dict(tables)
    for _ in range(3):  # a row that goes may take others with it, no further than from skus to prices
        for name, table in SCHEMA.items():
            rows = found[name]
            for column in table.columns:
                if column.references:
                    known = found[column.references][SCHEMA[column.references].key[0]]
                    rows = rows[rows[column.name].isin(known) | (rows[column.name] == "")]
            found[name] = rows.reset_index(drop=True) if len(rows) < len(found[name]) else found[name]
    return found


def _demand(name: str, start: Scenario, new: Scenario) -> pd.DataFrame:
    """The old demand that is not over; what the new one says of later days than the old one is no news."""
    old, first = start[name], np.datetime64(new.settings.starts_on, "D")
    ends = old["starts_on"].to_numpy().astype("datetime64[D]") + old["days"].to_numpy() * DAY
    later = new[name]
    later = later[later["starts_on"].to_numpy().astype("datetime64[D]") >= ends.max(initial=first)]
    if "path" in old:
        later = later[later["path"].isin(start["paths"]["path"])]
    return pd.concat([old[ends > first], later], ignore_index=True)
