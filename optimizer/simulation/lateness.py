"""How late departures are: most are on time, some are late, and now and then a whole corridor stands still."""

from __future__ import annotations

import numpy as np

from optimizer.simulation.scene import Scene

#: Share of departures that are on time.
ON_TIME = 0.6
#: Share that keeps `lead_time_p90_days`.
KEPT = 0.9
#: Probability that a corridor begins to stand still in a week; for how many weeks it does, and the days that costs.
STANDSTILL, STANDSTILL_WEEKS, STANDSTILL_DAYS = 0.01, (1, 3), (7, 21)


def scale(lead_days: np.ndarray, p90_days: np.ndarray) -> np.ndarray:
    """Mean days of those that are late: an exponential tail beyond the share on time that keeps the P90; 0 where no
    P90 above the lead time is known.
    """
    beyond = np.nan_to_num(p90_days - lead_days)
    return np.maximum(beyond, 0.0) / np.log((1.0 - ON_TIME) / (1.0 - KEPT))


def delays(scene: Scene, seed: int) -> np.ndarray:
    """Days by which each departure arrives later than its lead time says (N, T), drawn from a seed.

    A lane without `lead_time_p90_days` is never late. Rare long delays befall all departures of a corridor (the
    customs territories at its ends) in the weeks in which it stands still. Lanes draw from streams of their own, so
    that one more lane or week leaves the others alone.
    """
    lanes = scene.facts.lanes
    mean = scale(lanes["lead_time_days"].to_numpy(dtype=float), lanes["lead_time_p90_days"].to_numpy(dtype=float))
    count = scene.facts.periods
    days = np.zeros((len(lanes), count))
    for place, name in enumerate(lanes.index):
        if mean[place] > 0:
            random = _stream(seed, f"lane {name}")
            late = random.random((count, 2))
            days[place] = np.where(late[:, 0] < ON_TIME, 0.0, np.ceil(-mean[place] * np.log1p(-late[:, 1])))
    return (days + _standstills(scene, seed) * (mean > 0)[:, None]).astype(np.int64)


def _standstills(scene: Scene, seed: int) -> np.ndarray:
    """Days that departures lose since their corridor stands still (N, T)."""
    lanes, count = scene.facts.lanes, scene.facts.periods
    begins = scene.facts.locations["territory"].reindex(lanes["origin"]).to_numpy(dtype=object)
    ends = lanes["territory"].to_numpy(dtype=object)
    lost = np.zeros((len(lanes), count))
    for corridor in sorted({(str(begin), str(end)) for begin, end in zip(begins, ends, strict=True) if begin != end}):
        random = _stream(seed, "corridor " + " ".join(corridor))
        mine = (begins == corridor[0]) & (ends == corridor[1])
        drawn = random.random((count, 3))
        for week in np.flatnonzero(drawn[:, 0] < STANDSTILL):
            length, cost = (
                int(low + share * (high - low + 1))
                for share, (low, high) in zip(drawn[week, 1:], (STANDSTILL_WEEKS, STANDSTILL_DAYS), strict=True)
            )
            lost[mine, week : week + length] = np.maximum(lost[mine, week : week + length], cost)
    return lost


def _stream(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, *name.encode()])
