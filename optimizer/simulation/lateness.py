"""How late departures are: half are on time, some are late, and now and then a whole corridor stands still."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import special

from optimizer.simulation.scene import NEVER, WEEK, Scene

#: Share of departures that keep their lead time (it is a median), and share that keeps `lead_time_p90_days`.
ON_TIME, KEPT = 0.5, 0.9
#: Share of the variance of a departure's lateness that its corridor has in common, and what is left of it a week later.
CORRIDOR, FADING = 0.5, 0.8
#: Probability that something begins to hold up a corridor in a week: about once in two years.
HELD_UP = 0.01
#: It takes so many days, and no less than this share of the longest way through the corridor.
LEAST_DAYS, SHARE = 14, 0.5
AIR = ("air", "express")


def scale(lead_days: np.ndarray, p90_days: np.ndarray) -> np.ndarray:
    """Mean days by which those that are late are late: an exponential tail of which nine of ten departures keep the
    P90; 0 where no P90 above the lead time is known.
    """
    beyond = np.nan_to_num(p90_days - lead_days)
    return np.maximum(beyond, 0.0) / np.log((1.0 - ON_TIME) / (1.0 - KEPT))


def delays(scene: Scene, seed: int) -> np.ndarray:
    """Days by which each departure arrives later than its lead time says (N, T), drawn from a seed.

    A lane without `lead_time_p90_days` is never late. Departures of a corridor (from country to country, by air or not)
    tend to be late together; what holds up a corridor across a border befalls all that is under way then, and what
    departs meanwhile waits for its end. Lanes and corridors draw from streams of their own, so that one more lane or
    week leaves the others alone.
    """
    lanes = scene.facts.lanes
    mean = scale(lanes["lead_time_days"].to_numpy(dtype=float), lanes["lead_time_p90_days"].to_numpy(dtype=float))
    count = scene.facts.periods
    late = np.zeros((len(lanes), count))
    for corridor, mine in _corridors(scene):
        random = _stream(seed, "corridor " + corridor)
        walk, events = random.standard_normal((count, 1)), random.random((count, 1))
        for week in range(1, count):
            walk[week] = FADING * walk[week - 1] + np.sqrt(1 - FADING**2) * walk[week]
        mine = mine[mean[mine] > 0]
        for lane in mine:
            own = _stream(seed, f"lane {lanes.index[lane]}").standard_normal(count)
            level = special.ndtr(np.sqrt(CORRIDOR) * walk[:, 0] + np.sqrt(1 - CORRIDOR) * own)
            tail = -np.log(np.maximum(1 - level, 1e-9) / (1 - ON_TIME))
            late[lane] = np.where(level > ON_TIME, mean[lane] * tail, 0.0)
        if not corridor.startswith("at home"):
            late[mine] += _held_up(scene, mine, np.flatnonzero(events[:, 0] < HELD_UP))
    return np.round(late).astype(np.int64)


def _held_up(scene: Scene, lanes: np.ndarray, weeks: np.ndarray) -> np.ndarray:
    """Days that departures of some lanes wait, where something holds them up from the first day of each of some weeks
    on (lanes, T).
    """
    departs, arrives = scene.departs[lanes], scene.arrives[lanes]
    waits = np.zeros(departs.shape)
    if not len(lanes):
        return waits
    days = max(LEAST_DAYS, round(SHARE * float((arrives - departs)[departs != NEVER].max(initial=0))))
    for week in weeks:
        begins = scene.first + WEEK * int(week)
        under_way, meanwhile = (departs <= begins) & (arrives > begins), begins + days - departs
        waits += np.where(under_way, days, np.where(departs > begins, np.maximum(meanwhile, 0.0), 0.0))
    return np.where(departs != NEVER, waits, 0.0)


def _corridors(scene: Scene) -> Iterator[tuple[str, np.ndarray]]:
    """Name and lanes (positions) of each corridor."""
    lanes = scene.facts.lanes
    country = scene.facts.locations["country"]
    begins, ends = (country.reindex(lanes[end]).to_numpy(dtype=object) for end in ("origin", "destination"))
    by_air = lanes["mode"].str.lower().isin(AIR).to_numpy()
    names = np.array(
        [
            f"{'at home' if begin == end else 'abroad'} {begin} {end} {'air' if air else 'surface'}"
            for begin, end, air in zip(begins, ends, by_air, strict=True)
        ],
        dtype=object,
    )
    for name in sorted(set(names)):
        yield name, np.flatnonzero(names == name)


def _stream(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, *name.encode()])
