"""Expected demand of any stretch of days, from the demand table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario

TAIL_DAYS = 28


@dataclass(frozen=True)
class Series:
    """(SKU, region) pairs with demand, and their daily demand after the last bucket of the table."""

    sku: np.ndarray
    region: np.ndarray
    tail: np.ndarray


@dataclass(frozen=True)
class Demand:
    """Expected demand as buckets with an even daily demand. `bucket_of` names the series of each bucket; `ends` is
    the first day after the table.
    """

    series: Series
    bucket_of: np.ndarray
    first: np.ndarray
    after: np.ndarray
    daily: np.ndarray
    ends: np.datetime64

    def between(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Expected units in each stretch of days [start, end), shape (series, stretches)."""
        units = np.zeros((len(self.series.sku), len(starts)))
        for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
            days = (np.minimum(self.after, end) - np.maximum(self.first, start)) / DAY
            inside = days > 0
            units[:, place] = np.bincount(
                self.bucket_of[inside], self.daily[inside] * days[inside], minlength=len(units)
            )
            units[:, place] += self.series.tail * max((end - max(start, self.ends)) / DAY, 0.0)
        return units


def demand_on(scenario: Scenario, path: int, span: tuple[np.datetime64, np.datetime64] | None = None) -> Demand:
    """The demand on a sample path (its number)."""
    table = scenario["path_demand"]
    span = span or table_span(scenario, "path_demand")
    mine = table[(table["path"] == path).to_numpy()].rename(columns={"units": "mean"})
    return _from_table(mine, span)


def demand(scenario: Scenario, span: tuple[np.datetime64, np.datetime64] | None = None) -> Demand:
    """The expected demand of a scenario; `span` is the `table_span` of the whole where it holds a slice of it.

    Demand that only sales tell of must have been made rows of the table before, by `complete`.
    """
    return _from_table(scenario["demand"], span or table_span(scenario))


def table_span(scenario: Scenario, name: str = "demand") -> tuple[np.datetime64, np.datetime64]:
    """First day of the first bucket of a table of demand, and first day after the last one."""
    table = scenario[name]
    first = table["starts_on"].to_numpy().astype("datetime64[D]")
    none = scenario.calendar.starts[0]
    return (first.min(), (first + table["days"].to_numpy() * DAY).max()) if len(first) else (none, none)


def _from_table(table: pd.DataFrame, span: tuple[np.datetime64, np.datetime64]) -> Demand:
    pair, series = _pairs(table)
    first = table["starts_on"].to_numpy().astype("datetime64[D]")
    days = table["days"].to_numpy()
    after = first + days * DAY
    daily = table["mean"].to_numpy() / days
    begins, ends = span
    last_days = min(TAIL_DAYS, max(int((ends - begins) / DAY), 1))  # a short table has no more days than it has
    overlap = np.maximum((after - np.maximum(first, ends - last_days * DAY)) / DAY, 0.0)
    tail = np.bincount(pair, daily * overlap, minlength=len(series)) / last_days
    return Demand(Series(*_names(series), tail), pair, first, after, daily, ends)


def _pairs(table: pd.DataFrame) -> tuple[np.ndarray, pd.MultiIndex]:
    return pd.MultiIndex.from_frame(table[["sku", "region"]]).factorize(sort=True)  # type: ignore[return-value]


def _names(series: pd.MultiIndex) -> tuple[np.ndarray, np.ndarray]:
    return series.get_level_values(0).to_numpy(dtype=object), series.get_level_values(1).to_numpy(dtype=object)
