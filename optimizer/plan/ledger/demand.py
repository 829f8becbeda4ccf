"""Demand between two days, within and after the table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.scenario.scenario import Scenario

#: Days at the end of the table whose mean goes on for ever.
TAIL = 28


def period_demand(scenario: Scenario) -> pd.DataFrame:
    """Units of demand by region, sku and period; rows without demand are left out."""
    starts = scenario.calendar.starts.astype(np.int64)
    return demand_between(scenario, starts, starts + scenario.calendar.days, "period")


def demand_between(scenario: Scenario, starts: np.ndarray, ends: np.ndarray, name: str) -> pd.DataFrame:
    """Units of demand by region, sku and window (column `name`: its position); `ends` are the first days after each."""
    counted = _from_demand if len(scenario["demand"]) else _from_sales
    pairs, units = counted(scenario, np.asarray(starts, dtype=np.int64), np.asarray(ends, dtype=np.int64))
    pair, window = np.nonzero(units > 0)
    rows = pairs.iloc[pair].reset_index(drop=True)
    return rows.assign(**{name: window, "units": units[pair, window]})


def _pairs(table: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    numbers = table.groupby(["region", "sku"], sort=False).ngroup().to_numpy()
    return table[["region", "sku"]].drop_duplicates().reset_index(drop=True), numbers


def _from_demand(scenario: Scenario, starts: np.ndarray, ends: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    table = scenario["demand"]
    pairs, pair = _pairs(table)
    begins, days = day_numbers(table["starts_on"]), table["days"].to_numpy(dtype=np.int64)
    daily, last = table["mean"].to_numpy(dtype=float) / days, int((begins + days).max())

    def within(first: int, after: int) -> np.ndarray:
        shared = np.minimum(begins + days, after) - np.maximum(begins, first)
        return np.bincount(pair, np.where(shared > 0, shared * daily, 0.0), minlength=len(pairs))

    tail_from = max(last - TAIL, int(begins.min()))
    tail = within(tail_from, last) / (last - tail_from)
    units = [
        within(first, after) + tail * max(0, after - max(first, last))
        for first, after in zip(starts, ends, strict=True)
    ]
    return pairs, np.column_stack(units) if units else np.zeros((len(pairs), 0))


def _from_sales(scenario: Scenario, starts: np.ndarray, ends: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    table = scenario["sales"]
    if table.empty:
        return table[["region", "sku"]], np.zeros((0, len(starts)))
    last = int((day_numbers(table["date"]) + table["days"].to_numpy(dtype=np.int64)).max())
    pairs, pair = _pairs(table)
    begins = day_numbers(table["date"])
    first = np.full(len(pairs), last)
    sold = table["units"].to_numpy(dtype=float) > 0
    np.minimum.at(first, pair[sold], begins[sold])
    counts = begins >= first[pair]
    absent = counts & ~table["in_stock"].to_numpy(dtype=bool)
    units = np.bincount(pair, np.where(counts & ~absent, table["units"], 0.0), minlength=len(pairs))
    days = last - first - np.bincount(pair, np.where(absent, table["days"], 0), minlength=len(pairs))
    daily = np.divide(units, days, out=np.zeros(len(pairs)), where=days > 0)
    return pairs, np.outer(daily, ends - starts)
