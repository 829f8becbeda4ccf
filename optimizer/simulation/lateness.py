"""How late each departure of a replay is, drawn from the law of lateness."""

from __future__ import annotations

import numpy as np
from scipy import special

from optimizer.forecast.lateness import corridors, held_up, late, scale, together, walked
from optimizer.simulation.scene import NEVER, WEEK, Scene

#: Probability that something begins to hold up a corridor in a week: about once in two years.
HELD_UP = 0.01


def delays(scene: Scene, seed: int) -> np.ndarray:
    """Days by which each departure arrives later than its lead time says (N, T), drawn from a seed.

    A lane without `lead_time_p90_days` is never late. Departures of a corridor tend to be late together; what holds up
    a corridor across a border befalls all that is under way then, and what departs meanwhile waits for its end. Lanes
    and corridors draw from streams of their own, so that one more lane leaves the others alone; more weeks draw anew
    only what holds corridors up.
    """
    lanes = scene.facts.lanes
    mean = scale(lanes["lead_time_days"].to_numpy(dtype=float), lanes["lead_time_p90_days"].to_numpy(dtype=float))
    count = scene.facts.periods
    days = np.zeros((len(lanes), count))
    for (corridor, abroad), mine in _corridors(scene).items():
        random = _stream(seed, "corridor " + corridor)
        walk, events = walked(random.standard_normal(count)), random.random(count)
        mine = mine[mean[mine] > 0]
        for lane in mine:
            own = _stream(seed, f"lane {lanes.index[lane]}").standard_normal(count)
            days[lane] = mean[lane] * late(special.ndtr(together(walk, own)))
        if abroad and len(mine):
            days[mine] += _held_up(scene, mine, np.flatnonzero(events < HELD_UP))
    return np.round(days).astype(np.int64)


def _held_up(scene: Scene, lanes: np.ndarray, weeks: np.ndarray) -> np.ndarray:
    """Days that departures of some lanes wait, where something holds them up from the first day of each of some weeks
    on (lanes, T).
    """
    departs, arrives = scene.departs[lanes], scene.arrives[lanes]
    sails, waits = departs != NEVER, np.zeros(departs.shape)
    for week in weeks:
        waits[sails] += held_up(departs[sails], arrives[sails], scene.first + WEEK * int(week))
    return waits


def _corridors(scene: Scene) -> dict[tuple[str, bool], np.ndarray]:
    """Lanes (positions) of each corridor, by its name and whether it leads across a border."""
    told = corridors(scene.facts.lanes, scene.facts.locations.reset_index())
    rows = told.groupby(["corridor", "abroad"]).indices
    return {(str(name), bool(abroad)): lanes for (name, abroad), lanes in rows.items()}


def _stream(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, *name.encode()])
