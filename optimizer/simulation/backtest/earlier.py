"""A scenario as of an earlier day: today's network and stock, with the sales that were known then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer.scenario.calendar import DAY
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA

#: Tables that tell of the days to come, as they are seen today.
OF_TODAY = ("demand", "locks", "paths", "path_demand", "path_delays", "last_plan")
#: Columns that tell rows of one version of a dated table apart, not versions.
WITHIN = {"valid_from", "from_quantity", "from_age_days", "from_value", "hs_prefix"}


def moved_back(scenario: Scenario, first: np.datetime64) -> Scenario:
    """The scenario with `first` as its first day.

    Stock and goods under way are today's, as old and as near as they are today. Rates, duties and closures keep their
    dates; what is not told of earlier days is as the first rows tell. What the tables of `OF_TODAY` tell was
    not known then and is left out; of `sales` the days before `first` are left.
    """
    start = np.datetime64(scenario.settings.starts_on, "D")
    by = pd.Timedelta(days=int((first - start) / DAY))
    stock, under_way = scenario["opening_stock"], scenario["in_transit"]
    dated = {name: ever(name, scenario[name], first) for name in _dated()}
    return replace(
        scenario, settings=replace(scenario.settings, starts_on=first.astype(object))
    ).with_tables(
        opening_stock=stock.assign(received_on=stock["received_on"] + by, counted_on=stock["counted_on"] + by),
        in_transit=under_way.assign(arrives_on=under_way["arrives_on"] + by),
        sales=until(scenario["sales"], first),
        **{name: typed(name, {}) for name in OF_TODAY},
        **dated,
    )  # fmt: skip


def ever(name: str, table: pd.DataFrame, first: np.datetime64) -> pd.DataFrame:
    """A dated table whose earliest version of each group always has been in force, where it begins after `first`."""
    if not len(table):
        return table
    group = [column for column in SCHEMA[name].key if column not in WITHIN]
    begins = table["valid_from"]
    earliest = begins.fillna(pd.Timestamp.min).groupby([table[column] for column in group]).transform("min")
    open_ended = begins.eq(earliest) & (begins > pd.Timestamp(first))
    return table.assign(valid_from=begins.mask(open_ended))


def until(sales: pd.DataFrame, first: np.datetime64) -> pd.DataFrame:
    """Sales of the days before `first`; a bucket that reaches beyond keeps the share of its days."""
    left = ((pd.Timestamp(first) - sales["date"]).dt.days).clip(lower=0)
    days = np.minimum(sales["days"], left)
    kept = days > 0
    rows = sales.assign(units=sales["units"] * days / sales["days"], days=days.astype("int64"))
    return rows[kept].reset_index(drop=True)


def _dated() -> Iterator[str]:
    return (name for name, table in SCHEMA.items() if "valid_from" in table.by_name)
