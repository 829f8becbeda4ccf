"""How late departures are on sample paths: on time, late, and rarely very late."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.forecast.paths.strata import RARE_FROM, WITHIN, levels, normal
from optimizer.scenario.calendar import DAY
from optimizer.scenario.departures import departures
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario

#: Share of departures that keep their lead time.
ON_TIME = 0.5
#: Share of the variance of a departure's lateness that its corridor has in common, and what is left of it a week later.
CORRIDOR, FADING = 0.5, 0.8
#: A rare event holds a corridor up for so many days, at least for this share of the longest way through it.
LEAST_DAYS, SHARE = 14, 0.5
AIR = ("air", "express")


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
    mean_late = _mean_late(trips["scale"].to_numpy(), low, high)
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
    lanes, places = scenario["lanes"], scenario["locations"]
    country = dict(zip(places["location"], places["country"], strict=True))
    begins, ends = (np.array([country[name] for name in lanes[end]], dtype=object) for end in ("origin", "destination"))
    by_air = lanes["mode"].str.lower().isin(AIR).to_numpy()
    late = np.maximum(lanes["lead_time_p90_days"].to_numpy() - lanes["lead_time_days"].to_numpy(), 0.0)
    known = pd.DataFrame(
        {
            "lane": lanes["lane"],
            "corridor": pd.MultiIndex.from_arrays([begins, ends, by_air]).factorize()[0],
            "abroad": begins != ends,
            # P(late by more than d days) = (1 - ON_TIME) exp(-d / scale), which is 0.1 at the 90 % lead time.
            "scale": np.nan_to_num(late) / np.log((1 - ON_TIME) / 0.1),
        }
    )
    return departures(scenario).merge(known, on="lane")


def _keys(trips: pd.DataFrame, weights: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Scores by which the departures are late on some paths and not on others, (P, trips): those of a corridor go
    together, less so the further they are apart.
    """
    week = trips["departs_on"].to_numpy().astype("datetime64[W]").astype(np.int64)
    week -= week.min(initial=0) if len(week) else 0
    corridors, weeks = int(trips["corridor"].max()) + 1 if len(trips) else 0, int(week.max(initial=0)) + 1
    walk = normal((corridors, weeks), weights, random)
    for place in range(1, weeks):
        walk[:, :, place] = FADING * walk[:, :, place - 1] + np.sqrt(1 - FADING**2) * walk[:, :, place]
    own = normal((len(trips),), weights, random)
    return np.sqrt(CORRIDOR) * walk[:, trips["corridor"].to_numpy(), week] + np.sqrt(1 - CORRIDOR) * own


def _mean_late(scale: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Mean days late between two levels, (P, trips)."""
    at = [low + part * (high - low) for part in WITHIN]
    late = [np.where(level > ON_TIME, -np.log(np.maximum(1 - level, 1e-6) / (1 - ON_TIME)), 0.0) for level in at]
    return scale * sum(late) / len(late)


def _held_up(scenario: Scenario, trips: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    """Days that each departure waits for the end of what holds up its corridor, (trips,)."""
    departs, arrives = (trips[day].to_numpy().astype("datetime64[D]") for day in ("departs_on", "arrives_on"))
    horizon = int(scenario.calendar.days.sum())
    waits = np.zeros(len(trips))
    for corridor in range(int(trips["corridor"].max()) + 1 if len(trips) else 0):
        begins = scenario.calendar.starts[0] + int(random.integers(horizon)) * DAY
        mine = np.flatnonzero((trips["corridor"] == corridor) & trips["abroad"] & (trips["scale"] > 0))
        if not len(mine):
            continue
        longest = float(((arrives - departs)[mine] / DAY).max())
        days = max(LEAST_DAYS, round(SHARE * longest))
        meanwhile = (begins - departs[mine]) / DAY + days
        under_way = (departs[mine] <= begins) & (arrives[mine] > begins)
        waits[mine] = np.where(under_way, days, np.where(departs[mine] > begins, np.maximum(meanwhile, 0.0), 0.0))
    return waits
