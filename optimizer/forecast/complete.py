"""A scenario whose demand is told for all: where there are only sales, by the forecast from them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.forecast.coming import coming
from optimizer.forecast.lessons import Lessons, lessons_of
from optimizer.forecast.outlook import Outlook, learn
from optimizer.forecast.predict import expected, forecast_of
from optimizer.forecast.told import QUANTILES
from optimizer.scenario.calendar import DAY
from optimizer.scenario.generator.typed import joined, typed
from optimizer.scenario.scenario import Scenario

WEEK = 7
#: A forecast with a season, or with an event then, goes on for so many weeks after the horizon, for which stock may be
#: left.
WEEKS_AFTER = 13
#: Fewer expected units in all its weeks are no demand.
LEAST = 1e-6


def complete(scenario: Scenario) -> Scenario:
    """The scenario with the expected units of each (SKU, region) that only `sales` tells of, and of new products, as
    rows of `demand`; what `demand` tells stays as it is. Without sales the scenario itself.
    """
    if not len(scenario["sales"]):
        return scenario
    found = learn(scenario)
    starts, ends = windows(scenario, found)
    taught = lessons_of(found)
    rows = demand_rows(found, starts, ends, expected(found, taught, found.shape(starts, ends)))
    return scenario.with_tables(demand=joined("demand", scenario["demand"], rows))


def complete_with_spread(scenario: Scenario, found: Outlook, taught: Lessons) -> Scenario:
    """The same with spread and quantiles, by an outlook and its lessons that are there already."""
    starts, ends = windows(scenario, found)
    made = forecast_of(found, taught, starts, ends)
    columns = {name: made.quantile(level) for name, level in QUANTILES.items()}
    rows = demand_rows(found, starts, ends, made.mean, spread=made.spread, **columns)
    return scenario.with_tables(demand=joined("demand", scenario["demand"], rows))


def windows(scenario: Scenario, found: Outlook) -> tuple[np.ndarray, np.ndarray]:
    """First day of each bucket of the forecast and first day after it: the periods, then weeks. They end with the table
    of demand where there is one, since a table says that after its last day things go on as in its last weeks.
    """
    calendar, table = scenario.calendar, scenario["demand"]
    after = calendar.end + WEEKS_AFTER * WEEK * DAY
    uneven = found.seasonal or bool(coming(found, np.array([calendar.end]), np.array([after])))
    last = after if uneven else calendar.end
    if len(table):
        after = table["starts_on"].to_numpy().astype("datetime64[D]") + table["days"].to_numpy() * DAY
        last = max(after.max(), calendar.end)
    later = np.arange(calendar.end, last, WEEK * DAY)
    starts = np.concatenate([calendar.starts, later])
    return starts, np.concatenate([calendar.ends, np.minimum(later + WEEK * DAY, last)])


def demand_rows(
    found: Outlook, starts: np.ndarray, ends: np.ndarray, mean: np.ndarray, **columns: np.ndarray
) -> pd.DataFrame:
    """Rows of the table `demand` with the mean (S, P), and other columns of that shape, of pairs that anybody wants."""
    some = np.flatnonzero(mean.sum(axis=1) > LEAST)
    count = len(starts)
    return typed(
        "demand",
        {
            "sku": np.repeat(found.history.sku[some], count),
            "region": np.repeat(found.history.region[some], count),
            "starts_on": np.tile(starts, len(some)),
            "days": np.tile(((ends - starts) / DAY).astype(np.int64), len(some)),
            "mean": mean[some].ravel(),
            **{name: values[some].ravel() for name, values in columns.items()},
        },
    )
