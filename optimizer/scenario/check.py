"""All rules that a scenario's tables must keep, and the list of those that they break."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.checks import demand, freight, lanes, locks, money, paths, places, selling, supply
from optimizer.scenario.checks.columns import IDENTITY, VALUES, Checked, check_rows
from optimizer.scenario.checks.shape import check_shape
from optimizer.scenario.checks.sound import sound, unspoilt
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA, TABLES
from optimizer.scenario.settings_read import read_settings

Bad = Mapping[str, Mapping[str, np.ndarray]]

#: Rules between rows and between tables.
CHECKS: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    supply.check_skus_valued,
    supply.check_demand_can_be_supplied,
    supply.check_received_before_start,
    supply.check_arrival_dates,
    places.check_supplier_kind,
    places.check_no_stock_at_suppliers,
    places.check_limits_priced,
    places.check_territory_currency,
    places.check_rent_tables,
    places.check_shares_of_price,
    lanes.check_ends_differ,
    lanes.check_no_lane_into_supplier,
    lanes.check_lane_has_rate,
    lanes.check_every_weeks,
    lanes.check_weekdays,
    lanes.check_closures_name_one,
    lanes.check_closures_end,
    lanes.check_days,
    freight.check_container_type_given,
    freight.check_brackets_by_quantity,
    freight.check_minimum_needs_rate,
    freight.check_first_bracket,
    freight.check_table_uniform,
    freight.check_case_rates,
    money.check_currencies,
    money.check_home_currency,
    money.check_duty_territory,
    money.check_freight_duty,
    money.check_hs_digits,
    selling.check_delivery_kind,
    selling.check_patience_falls,
    selling.check_patience_of_customers,
    selling.check_customers_pay,
    selling.check_demand_priced,
    selling.check_demand_served,
    selling.check_region_reached,
    selling.check_demand_of_customers,
    demand.check_some_demand,
    demand.check_buckets_do_not_overlap,
    demand.check_demand_reaches_end,
    demand.check_sales_are_past,
    demand.check_events_end,
    demand.check_events_do_not_overlap,
    demand.check_events_move_something,
    locks.check_lock_dates,
    locks.check_lock_order,
    locks.check_lock_multiple,
    locks.check_lock_departs,
    locks.check_lock_supplied,
    paths.check_path_weights,
    paths.check_paths_are_asked_for,
    paths.check_paths_known,
    paths.check_paths_reach_end,
    paths.check_paths_tell_of_equal_pairs,
    paths.check_delays_of_departures,
)


def problems(scenario: Scenario, bad: Bad | None = None, spoilt: frozenset[str] = frozenset()) -> list[Problem]:
    """Every rule that the tables break, with rows as in a file (the label in the index + 2).

    `spoilt` names tables that could not be read at all, `bad` tells by table and column which cells could not be
    read. Rules pass over those, and a rule between tables is left out where one of its tables is not sound, so that
    one mistake is reported once.
    """
    if wrong := list(check_shape(scenario)):
        return wrong
    bad = bad or {}
    settings = None if (found := _settings_problems(scenario)) else scenario.settings
    unsound = set(spoilt) | {name for name, columns in bad.items() if any(cells.any() for cells in columns.values())}
    known = {table.name: _known(scenario, table.name, bad, spoilt) for table in TABLES}
    for table in TABLES:
        checked = Checked(table, scenario[table.name], bad.get(table.name, {}), known, table.name not in spoilt)
        broken = list(check_rows(checked))
        if len(checked.frame):
            broken += [problem for check in IDENTITY for problem in check(checked)]
            found += [problem for check in VALUES for problem in check(checked)]
        unsound |= {table.name} if broken else set()
        found += broken
    guarded = sound(settings, scenario.tables, unsound)
    return found + [problem for check in CHECKS for problem in unspoilt(check, guarded)]


def _settings_problems(scenario: Scenario) -> list[Problem]:
    if scenario.settings is None:
        return []
    values = asdict(scenario.settings) | {"periods": list(scenario.settings.periods)}
    return read_settings(values, "settings")[1]


def _known(scenario: Scenario, table: str, bad: Bad, spoilt: frozenset[str]) -> pd.Series | None:
    """The keys of a table with a single key column; None where they cannot be trusted."""
    key = SCHEMA[table].key
    missing = SCHEMA[table].required and not len(scenario[table])
    doubtful = (
        missing or table in spoilt or len(key) > 1 or bad.get(table, {}).get(key[0], np.zeros(1, dtype=bool)).any()
    )
    return None if doubtful else scenario[table][key[0]]
