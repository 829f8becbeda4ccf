"""The law of lateness: half of all departures are on time, some are late, and now and then a whole corridor stands
still. Sample paths place themselves well in it, replays draw from it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

#: Share of departures that keep their lead time (it is a median), and share that keeps `lead_time_p90_days`.
ON_TIME, KEPT = 0.5, 0.9
#: Share of the variance of a departure's lateness that its corridor has in common, and what is left of it a week later.
CORRIDOR, FADING = 0.5, 0.8
#: What holds up a corridor takes so many days, and no less than this share of the longest way through the corridor.
LEAST_DAYS, SHARE = 14, 0.5
AIR = ("air", "express")


def scale(lead_days: np.ndarray, p90_days: np.ndarray) -> np.ndarray:
    """Mean days by which those that are late are late: an exponential tail of which nine of ten departures keep the
    P90; 0 where no P90 above the lead time is known.
    """
    beyond = np.nan_to_num(p90_days - lead_days)
    return np.maximum(beyond, 0.0) / np.log((1.0 - ON_TIME) / (1.0 - KEPT))


def late(level: np.ndarray) -> np.ndarray:
    """Days late, in multiples of `scale`, of departures at levels (0 to 1) of the distribution."""
    tail = -np.log(np.maximum(1.0 - level, 1e-9) / (1.0 - ON_TIME))
    return np.where(level > ON_TIME, tail, 0.0)


def late_between(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Mean days late, in multiples of `scale`, of departures between two levels (0 to 1, the second is higher)."""

    def until(level: np.ndarray) -> np.ndarray:
        """The integral of `late`, but for a constant."""
        level = np.clip(level, ON_TIME, 1.0)
        return np.asarray(special.xlogy(1.0 - level, (1.0 - level) / (1.0 - ON_TIME)) + level)

    return (until(high) - until(low)) / (high - low)


def deviation(scale: np.ndarray) -> np.ndarray:
    """Standard deviation of the days late."""
    share = 1.0 - ON_TIME
    return scale * np.sqrt(2.0 * share - share**2)


def corridors(lanes: pd.DataFrame, locations: pd.DataFrame) -> pd.DataFrame:
    """Of each lane its corridor (a name: from country to country, by air or not), and whether it leads across a border
    (abroad): corridor, abroad, in the order of the lanes.
    """
    country = dict(zip(locations["location"], locations["country"], strict=True))
    begins, ends = (lanes[end].map(country).to_numpy(dtype=object) for end in ("origin", "destination"))
    by_air = lanes["mode"].str.lower().isin(AIR).to_numpy()
    names = [
        f"{'at home' if begin == end else 'abroad'} {begin} {end} {'air' if air else 'surface'}"
        for begin, end, air in zip(begins, ends, by_air, strict=True)
    ]
    return pd.DataFrame({"corridor": np.array(names, dtype=object), "abroad": begins != ends})


def walked(scores: np.ndarray) -> np.ndarray:
    """Standard normal scores of weeks (..., W) as a walk: each keeps what is left of the one before."""
    walk = scores.copy()
    for week in range(1, walk.shape[-1]):
        walk[..., week] = FADING * walk[..., week - 1] + np.sqrt(1 - FADING**2) * walk[..., week]
    return walk


def together(corridor: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Score of a departure from that of its corridor in its week and one of its own."""
    return np.sqrt(CORRIDOR) * corridor + np.sqrt(1 - CORRIDOR) * own


def held_up(departs: np.ndarray, arrives: np.ndarray, begins: int) -> np.ndarray:
    """Days that departures of a corridor (day numbers) wait where something holds it up from a day on: what is under
    way then waits for all of it, what departs meanwhile for its end.
    """
    days = max(LEAST_DAYS, round(SHARE * float((arrives - departs).max(initial=0))))
    under_way, meanwhile = (departs <= begins) & (arrives > begins), np.maximum(begins + days - departs, 0)
    return np.where(under_way, days, np.where(departs > begins, meanwhile, 0)).astype(float)
