"""Departures of lanes as an index set."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.departures import delayed, departures
from optimizer.scenario.scenario import Scenario


def sailings(scenario: Scenario, locations: pd.Index, lanes: pd.Index, path: int | None = None) -> pd.DataFrame:
    """One row per departure: lane, period, arrival (period, T if beyond), origin, destination, departs_on,
    arrives_on, transit_days, limits.

    On a sample `path` (its number) they arrive as late as it says, otherwise as planned. `transit_days` counts from the
    start of the period of departure to the start of that of arrival, or to the arrival if it lies beyond.
    """
    table = departures(scenario) if path is None else delayed(scenario, path)
    data, calendar = scenario["lanes"].set_index("lane"), scenario.calendar
    mine = data.loc[table["lane"]]
    lands = np.append(calendar.starts, np.datetime64("NaT"))[table["arrival_period"].to_numpy()]
    arrives = table["arrives_on"].to_numpy().astype("datetime64[D]")
    lands = np.where(np.isnat(lands), arrives, lands)
    period = table["period"].to_numpy()
    return pd.DataFrame(
        {
            "lane": lanes.get_indexer(table["lane"]),
            "period": period,
            "arrival": table["arrival_period"].to_numpy(),
            "origin": locations.get_indexer(mine["origin"]),
            "destination": locations.get_indexer(mine["destination"]),
            "departs_on": table["departs_on"].to_numpy(),
            "arrives_on": table["arrives_on"].to_numpy(),
            "transit_days": (lands - calendar.starts[period]) / np.timedelta64(1, "D"),
            **{
                name: mine[name].to_numpy()
                for name in ("capacity_m3", "capacity_kg", "capacity_units", "duty_included")
            },
        }
    )
