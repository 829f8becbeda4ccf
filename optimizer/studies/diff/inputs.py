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
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA

#: Groups of inputs in the order in which they are replaced: what the world did first, then what people decided.
GROUPS: dict[str, tuple[str, ...]] = {
    "stock": ("opening_stock",),
    "in_transit": ("in_transit",),
    "demand": ("demand", "sales", "events", "paths", "path_demand", "path_delays"),
    "prices": ("prices", "regions", "delivery_patience"),
    "goods": ("skus", "sourcing", "suppliers"),
    "freight": ("freight_rates", "container_types", "handling_rates", "delivery_lanes"),
    "rent": ("storage_rates",),
    "duty": ("duty_rates", "countries"),
    "exchange": ("exchange_rates",),
    "network": ("locations", "lanes", "closures", "stock_targets"),
    "locks": ("locks", "last_plan"),
    "settings": (),
}
#: Columns that say nothing to the model.
SILENT = ("note", "counted_on")


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


def changed(one: Scenario, other: Scenario) -> list[str]:
    """The groups in which two scenarios differ, in order; the dates of the settings are no difference."""
    found = [group for group, names in GROUPS.items() if any(_differ(name, one, other) for name in names)]
    dates: dict[str, Any] = {
        name: getattr(other.settings, name) for name in ("starts_on", "periods", "solve", "nightly", "language")
    }
    return [*found, *(["settings"] if replace(one.settings, **dates) != other.settings else [])]


def between(one: Scenario, other: Scenario, groups: list[str]) -> Scenario:
    """The one scenario with some groups of inputs of the other; rows that speak of what is not there are left out."""
    names = [name for group in groups for name in GROUPS[group]]
    tables = {**one.tables, **{name: other[name] for name in names}}
    return Scenario(other.settings if "settings" in groups else one.settings, _consistent(tables))


def _differ(name: str, one: Scenario, other: Scenario) -> bool:
    mine, theirs = (_plain(name, scenario[name]) for scenario in (one, other))
    return not mine.equals(theirs)


def _plain(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """What a table says, whatever the order of its rows."""
    kept = [column for column in table.columns if column not in SILENT]
    keys = [key for key in SCHEMA[name].key if key in kept]
    return table[kept].sort_values(keys, kind="stable").reset_index(drop=True)


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
