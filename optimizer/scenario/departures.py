"""Which lanes depart when, and when what they carry can be sold."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.calendar import DAY, Calendar
from optimizer.scenario.scenario import Scenario

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def departures(scenario: Scenario) -> pd.DataFrame:
    """Every departure: lane, period, departs_on, arrives_on (dates), arrival_period (number of periods if beyond)."""
    calendar, closures = scenario.calendar, scenario["closures"]
    closures = closures.astype(dict.fromkeys(("lane", "location", "supplier"), object))  # asked for again and again
    parts = [_of_lane(lane, calendar, closures) for lane in scenario["lanes"].itertuples()]
    lanes = np.repeat(scenario["lanes"]["lane"].to_numpy(dtype=object), [len(part[0]) for part in parts])
    periods, departs_on, arrives_on, arrival = (
        np.concatenate([part[place] for part in parts]) if parts else np.zeros(0, dtype=kind)
        for place, kind in enumerate((np.int64, "datetime64[D]", "datetime64[D]", np.int64))
    )
    return pd.DataFrame(
        {
            "lane": pd.Series(lanes, dtype=str),
            "period": periods.astype(np.int64),
            "departs_on": departs_on.astype("datetime64[ns]"),
            "arrives_on": arrives_on.astype("datetime64[ns]"),
            "arrival_period": arrival.astype(np.int64),
        }
    )


def delayed(scenario: Scenario, path: int) -> pd.DataFrame:
    """The same departures as they go on a sample path: late by what `path_delays` says."""
    table, late = departures(scenario), scenario["path_delays"]
    mine = late[(late["path"] == path).to_numpy()]
    if not len(mine):
        return table
    lanes, calendar = scenario["lanes"].set_index("lane"), scenario.calendar
    days = table.merge(mine[["lane", "departs_on", "late_days"]], on=["lane", "departs_on"], how="left")["late_days"]
    departs, lane = table["departs_on"].to_numpy().astype("datetime64[D]"), lanes.loc[table["lane"]]
    arrives = departs + (lane["lead_time_days"].to_numpy() + days.fillna(0).to_numpy()).astype(np.int64) * DAY
    for place in lane["destination"].unique():
        rows = (lane["destination"] == place).to_numpy()
        arrives[rows] = next_open(scenario["closures"], place, arrives[rows])
    arrival = np.where(arrives == departs, table["period"], calendar.arrival_period(arrives))
    return table.assign(arrives_on=arrives.astype("datetime64[ns]"), arrival_period=arrival)


def closed_days(closures: pd.DataFrame, column: str, name: str, days: np.ndarray) -> np.ndarray:
    """For each day, whether a closure whose `column` names `name` holds on it."""
    closed = np.zeros(np.shape(days), dtype=bool)
    mine = np.flatnonzero(closures[column].to_numpy() == name)
    if len(mine):  # asked for every lane and day, and mostly there is none
        for first, last in zip(_days(closures["from"])[mine], _days(closures["until"])[mine], strict=True):
            closed |= (days >= first) & (days <= last)
    return closed


def next_open(closures: pd.DataFrame, location: str, days: np.ndarray) -> np.ndarray:
    """Each day, or the first one after it on which the location is not closed."""
    open_days = np.array(days, dtype="datetime64[D]")
    while (closed := closed_days(closures, "location", location, open_days)).any():
        open_days = open_days + closed * DAY
    return open_days


def decision_days(
    closures: pd.DataFrame, supplier: str, departs_on: np.ndarray, production_days: np.ndarray
) -> np.ndarray:
    """Days on which goods must be ordered so that the supplier has them ready: open days are counted back from
    departure.

    `departs_on` and `production_days` have equal shapes; closed days of the supplier do not count.
    """
    days = np.array(departs_on, dtype="datetime64[D]")
    ahead = np.array(production_days, dtype=np.int64)
    mine = (closures["supplier"] == supplier).to_numpy()
    if not mine.any() or not days.size:
        return days - ahead * DAY
    # Back from the first departure lie enough open days if all closures were before it, one after the other.
    spans = (_days(closures["until"]) - _days(closures["from"]))[mine].astype(np.int64) + 1
    shut = np.maximum(spans, 0).sum()
    every = np.arange(days.min() - (ahead.max() + shut) * DAY, days.max() + DAY)
    open_days = every[~closed_days(closures, "supplier", supplier, every)]
    before = np.searchsorted(open_days, days)
    return np.where(ahead > 0, open_days[np.maximum(before, 1) - np.maximum(ahead, 1)], days)


def _of_lane(lane, calendar: Calendar, closures: pd.DataFrame) -> tuple[np.ndarray, ...]:
    """Period, day of departure, day of arrival and period of arrival of each departure of a lane."""
    days = calendar.starts[0] + np.arange(int(calendar.days.sum())) * DAY
    sails = days[_sailing(lane, days, closures)]
    periods, first = np.unique(calendar.period_of(sails), return_index=True)
    departs_on = sails[first]
    arrives_on = next_open(closures, lane.destination, departs_on + int(lane.lead_time_days) * DAY)
    arrival = np.where(arrives_on == departs_on, periods, calendar.arrival_period(arrives_on))
    return periods, departs_on, arrives_on, arrival


def _sailing(lane, days: np.ndarray, closures: pd.DataFrame) -> np.ndarray:
    numbers = days.astype(np.int64)
    sails = np.ones(len(days), dtype=bool)
    wanted = [WEEKDAYS.index(day[:3].lower()) for day in lane.sailing_weekdays.replace(",", " ").split()]
    if wanted:
        sails &= np.isin((numbers + 3) % 7, wanted)  # day 0 of the epoch was a Thursday
    if lane.every_weeks > 1:
        first = np.datetime64(lane.sails_from, "D").astype(np.int64)
        sails &= (((numbers + 3) // 7) - ((first + 3) // 7)) % int(lane.every_weeks) == 0
    for column, name in (("lane", lane.lane), ("location", lane.origin), ("supplier", lane.origin)):
        sails &= ~closed_days(closures, column, name, days)
    return sails


def _days(dates: pd.Series) -> np.ndarray:
    return dates.to_numpy().astype("datetime64[D]")
