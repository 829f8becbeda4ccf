"""The season: how much more, or less, sells in each week of the year than on the whole."""

from __future__ import annotations

from typing import Literal

import numpy as np

from optimizer.scenario.calendar import DAY

#: No season; that of all pairs, drawn towards it each category's own; and also each pair's own.
Season = Literal["none", "category", "own"]
YEAR = 52
#: A season is looked for where there are so many weeks.
LEAST_WEEKS = 65
#: Usual weeks that weigh as much as the next larger group, for a week of the year.
SHRINKAGE = 8.0
#: Weeks on both sides that a week of the year borrows from.
KERNEL = (0.25, 0.5, 0.25)
LEAST, MOST = 0.2, 5.0


def week_of_year(days: np.ndarray) -> np.ndarray:
    """Place in the year, 0 to 51, of the weeks that begin on some days, by their fourth day."""
    middle = days.astype("datetime64[D]") + 3 * DAY
    return np.minimum((middle - middle.astype("datetime64[Y]")) / DAY // 7, YEAR - 1).astype(np.int64)


def season(units: np.ndarray, known: np.ndarray, place: np.ndarray, kind: np.ndarray, which: Season) -> np.ndarray:
    """Index (S, 52) of each pair, of mean 1 over the year: units of a week over the mean of the year around it.

    `units`, `known` (S, W): weekly demand and how much of each week counts; `place` (W,): place of each week in the
    year; `kind` (S,): number of the category of each pair.
    """
    if which == "none" or units.shape[1] < LEAST_WEEKS:
        return np.ones((len(units), YEAR))
    scale = (units * known).sum(axis=1) / np.maximum(known.sum(axis=1), 1e-9)
    relative = np.divide(units, scale[:, None], out=np.zeros_like(units), where=scale[:, None] > 0)
    sold, usual = _by_place(relative * known, known, place)
    together, usually = _by_place((units * known).sum(axis=0, keepdims=True), np.ones((1, units.shape[1])), place)
    index = np.divide(together, usually, out=np.ones_like(together), where=usually > 0)[0]
    count = int(kind.max()) + 1 if len(kind) else 0
    of_kind, usual_of_kind = np.zeros((count, YEAR)), np.zeros((count, YEAR))
    np.add.at(of_kind, kind, sold)
    np.add.at(usual_of_kind, kind, usual)
    found = ((of_kind + SHRINKAGE * index) / (usual_of_kind + SHRINKAGE))[kind] if count > 1 else index[None, :]
    if which == "own":
        found = (sold + SHRINKAGE * found) / (usual + SHRINKAGE)
    found = np.broadcast_to(found, (len(units), YEAR))
    return np.clip(found / found.mean(axis=1, keepdims=True), LEAST, MOST)


def _by_place(units: np.ndarray, known: np.ndarray, place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What was sold and what a usual week would have sold, by place in the year and smoothed over its neighbours."""
    level = _level(units, known) * known
    first, second = np.zeros((len(units), YEAR)), np.zeros((len(units), YEAR))
    for week, where in enumerate(place):
        first[:, where] += units[:, week]
        second[:, where] += level[:, week]
    return _smooth(first), _smooth(second)


def _level(units: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Mean of the year around each week."""
    weeks = units.shape[1]
    summed, counted = (np.pad(np.cumsum(values, axis=1), ((0, 0), (1, 0))) for values in (units, known))
    low = np.clip(np.arange(weeks) - YEAR // 2, 0, max(weeks - YEAR, 0))
    high = np.minimum(low + YEAR, weeks)
    return (summed[:, high] - summed[:, low]) / np.maximum(counted[:, high] - counted[:, low], 1e-9)


def _smooth(values: np.ndarray) -> np.ndarray:
    half = len(KERNEL) // 2
    parts = [weight * np.roll(values, step, axis=1) for step, weight in enumerate(KERNEL, -half)]
    return np.sum(parts, axis=0)
