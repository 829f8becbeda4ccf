"""Demand between two days, within and after the table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.scenario.scenario import Scenario

#: Days at the end of the table whose mean goes on for ever.
TAIL = 28


#: Day numbers of the first day that a table of demand speaks of, and of the first day after it.
Span = tuple[int, int]


def span(scenario: Scenario) -> Span:
    """From when until when the scenario's table of demand speaks."""
    rows = scenario["demand"]
    if rows.empty:
        return 0, 0
    first = day_numbers(rows["starts_on"])
    return int(first.min()), int((first + rows["days"].to_numpy(dtype=np.int64)).max())


def path_span(scenario: Scenario) -> Span:
    """From when until when the scenario's table of demand on sample paths speaks."""
    return span(scenario.with_tables(demand=scenario["path_demand"]))


def period_demand(scenario: Scenario, told: Span | None = None) -> pd.DataFrame:
    """Units of demand by region, sku and period; rows without demand are left out."""
    starts = scenario.calendar.starts.astype(np.int64)
    return demand_between(scenario, starts, starts + scenario.calendar.days, "period", told)


def demand_between(
    scenario: Scenario, starts: np.ndarray, ends: np.ndarray, name: str, told: Span | None = None
) -> pd.DataFrame:
    """Units of demand by region, sku and window (column `name`: its position); `ends` are the first days after each.

    `told`: the span of the whole catalogue, of which the scenario may be a slice; other SKUs may be told of for longer.
    """
    first, after = (np.asarray(days, dtype=np.int64) for days in (starts, ends))
    pairs, units = _from_demand(scenario, first, after, span(scenario) if told is None else told)
    pair, window = np.nonzero(units > 0)
    rows = pairs.iloc[pair].reset_index(drop=True)
    return rows.assign(**{name: window, "units": units[pair, window]})


def _pairs(table: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    numbers = table.groupby(["region", "sku"], sort=False).ngroup().to_numpy()
    return table[["region", "sku"]].drop_duplicates().reset_index(drop=True), numbers


def _from_demand(
    scenario: Scenario, starts: np.ndarray, ends: np.ndarray, told: Span
) -> tuple[pd.DataFrame, np.ndarray]:
    table, (earliest, last) = scenario["demand"], told
    pairs, pair = _pairs(table)
    begins, days = day_numbers(table["starts_on"]), table["days"].to_numpy(dtype=np.int64)
    daily = table["mean"].to_numpy(dtype=float) / days

    def within(first: int, after: int) -> np.ndarray:
        shared = np.minimum(begins + days, after) - np.maximum(begins, first)
        return np.bincount(pair, np.where(shared > 0, shared * daily, 0.0), minlength=len(pairs))

    tail_from = max(last - TAIL, earliest)
    tail = within(tail_from, last) / (last - tail_from)
    units = [
        within(first, after) + tail * max(0, after - max(first, last))
        for first, after in zip(starts, ends, strict=True)
    ]
    return pairs, np.column_stack(units) if units else np.zeros((len(pairs), 0))
