"""Changes of whole scenarios whose effect on the optimum is known."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA

#: Columns that hold the names of things, which two scenarios may share by chance.
NAMES = {
    "country",
    "customs_territory",
    "origin_country",
    "location",
    "supplier",
    "origin",
    "destination",
    "region",
    "sku",
    "lane",
    "container_type",
}


def with_money_times(scenario: Scenario, factor: float) -> Scenario:
    """The same scenario in another money: every amount times a factor."""
    tables = {}
    for name, table in scenario.tables.items():
        amounts = [
            column.name
            for column in SCHEMA[name].columns
            if name != "exchange_rates" and column.unit.startswith("money")
        ]
        tables[name] = table.assign(**{column: table[column] * factor for column in amounts})
    return replace(scenario, tables=tables)


def renamed(scenario: Scenario, prefix: str) -> Scenario:
    """The same scenario with a prefix before the name of everything."""
    return replace(
        scenario,
        tables={
            name: table.assign(
                **{
                    column: (prefix + table[column]).where(table[column] != "", "")
                    for column in table.columns
                    if column in NAMES
                }
            )
            for name, table in scenario.tables.items()
        },
    )


def reversed_rows(scenario: Scenario) -> Scenario:
    """The same scenario with the rows of every table in reverse."""
    tables = {name: table.iloc[::-1].reset_index(drop=True) for name, table in scenario.tables.items()}
    return replace(scenario, tables=tables)


def side_by_side(first: Scenario, second: Scenario) -> Scenario:
    """Two scenarios with equal settings as one; only exchange rates are shared."""
    other = renamed(second, "2-")
    return replace(
        first,
        tables={
            name: table
            if name == "exchange_rates"
            else pd.concat([table, other[name]], ignore_index=True).astype(table.dtypes.to_dict())
            for name, table in first.tables.items()
        },
    )
