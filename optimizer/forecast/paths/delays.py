"""How late departures are on sample paths: on time, late, and rarely very late."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.forecast.lateness import corridors, held_up, late_between, scale, together, walked
from optimizer.forecast.paths.strata import RARE_FROM, levels, normal
from optimizer.scenario.departures import departures
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario


def rarely_late(scenario: Scenario) -> bool:
    """Whether so many paths are asked for that one of them has rare long delays, and anything can have them: a
    departure across a border that may be late.
    """
    if scenario.settings.solve.paths < RARE_FROM:
        return False
    trips = _trips(scenario)
    return bool(((trips["scale"] > 0) & trips["abroad"]).any())


def path_delays(scenario: Scenario, weights: np.ndarray, random: np.random.Generator) -> pd.DataFrame:
    """Rows of `path_delays`: departures that are late on a path, all goods aboard alike.

    A departure of a lane with `lead_time_p90_days` mostly keeps its lead time, otherwise it is late by an exponential
    number of days, so that nine of ten departures keep that lead time. On the last of four paths or more
    something holds up each corridor (from country to country, by air or not) that leads across a border, once, from
    some day of the horizon on: what is under way then, and what departs meanwhile, waits for its end.
    """
    trips = _trips(scenario)
    low, high = levels(_keys(trips, weights, random), weights)
    mean_late = trips["scale"].to_numpy() * late_between(low, high)
    if len(weights) >= RARE_FROM:
        mean_late[-1] += _held_up(scenario, trips, random)
    path, trip = np.nonzero(np.round(mean_late) > 0)
    return typed(
        "path_delays",
        {
            "path": path + 1,
            "lane": trips["lane"].to_numpy(dtype=object)[trip],
            "departs_on": trips["departs_on"].to_numpy()[trip],
            "late_days": np.round(mean_late)[path, trip].astype(np.int64),
        },
    )


def _trips(scenario: Scenario) -> pd.DataFrame:
    """Departures with their corridor (number), whether it leads across a border, and the mean days by which those that
    are late are late (`scale`).
    """
    lanes = scenario["lanes"]
    told = corridors(lanes, scenario["locations"])
    known = pd.DataFrame(
        {
            "lane": lanes["lane"],
            "corridor": told["corridor"].factorize()[0],
            "abroad": told["abroad"].to_numpy(),
            "scale": scale(lanes["lead_time_days"].to_numpy(), lanes["lead_time_p90_days"].to_numpy()),
        }
    )
    return departures(scenario).merge(known, on="lane")


def _keys(trips: pd.DataFrame, weights: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Scores by which the departures are late on some paths and not on others, (P, trips): those of a corridor go
    together, less so the further they are apart.
    """
    week = trips["departs_on"].to_numpy().astype("datetime64[W]").astype(np.int64)
    week -= week.min(initial=0) if len(week) else 0
    count, weeks = int(trips["corridor"].max()) + 1 if len(trips) else 0, int(week.max(initial=0)) + 1
    walk = walked(normal((count, weeks), weights, random))
    return together(walk[:, trips["corridor"].to_numpy(), week], normal((len(trips),), weights, random))


def _held_up(scenario: Scenario, trips: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    """Days that each departure waits for the end of what holds up its corridor, (trips,)."""
    departs, arrives = (_days(trips[day]) for day in ("departs_on", "arrives_on"))
    first, horizon = _days(scenario.calendar.starts[:1])[0], int(scenario.calendar.days.sum())
    waits = np.zeros(len(trips))
    for corridor in range(int(trips["corridor"].max()) + 1 if len(trips) else 0):
        begins = int(first) + int(random.integers(horizon))
        mine = np.flatnonzero((trips["corridor"] == corridor) & trips["abroad"] & (trips["scale"] > 0))
        if len(mine):
            waits[mine] = held_up(departs[mine], arrives[mine], begins)
    return waits


def _days(dates: pd.Series | np.ndarray) -> np.ndarray:
    """Day numbers."""
    return np.asarray(dates).astype("datetime64[D]").astype(np.int64)
