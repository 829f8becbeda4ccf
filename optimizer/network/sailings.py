"""Departures of lanes as an index set."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.departures import departures
from optimizer.scenario.scenario import Scenario


def sailings(scenario: Scenario, locations: pd.Index, lanes: pd.Index) -> pd.DataFrame:
    """One row per departure: lane, period, arrival (period, T if beyond), origin, destination, departs_on,
    arrives_on, transit_days, limits.

    `transit_days` counts from the start of the period of departure to the start of that of arrival, or to the arrival
    if it lies beyond.
    """
    table, data, calendar = departures(scenario), scenario["lanes"].set_index("lane"), scenario.calendar
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
