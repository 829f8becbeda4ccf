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
#: Times that the season is found anew, since what a year sells on the whole hangs on which of its weeks are known.
ROUNDS = 3
#: An index that changes less is not sought further.
SETTLED = 0.01
#: Weeks of a year in which a pair must be known to tell of growth, and the most growth from week to week: three times a
#: year.
LEAST_KNOWN, MOST_GROWTH = 26.0, float(np.log(3.0)) / YEAR


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
    index = np.ones(YEAR)
    for _ in range(ROUNDS):
        # What is not known of a pair counts neither as sold nor as usual: that it sold out, or came later, is none.
        growth = _growth(units * known, known, index[place])
        sold, usual = _by_place(units * known, known, place, growth, index)
        found = np.divide(sold.sum(axis=0), usual.sum(axis=0), out=np.ones(YEAR), where=usual.sum(axis=0) > 0)
        before, index = index, found / found.mean() if found.any() else np.ones(YEAR)
        if np.abs(index - before).max() < SETTLED:
            break
    sold, usual = (_over(values, scale) for values in (sold, usual))
    count = int(kind.max()) + 1 if len(kind) else 0
    of_kind, usual_of_kind = np.zeros((count, YEAR)), np.zeros((count, YEAR))
    np.add.at(of_kind, kind, sold)
    np.add.at(usual_of_kind, kind, usual)
    found = ((of_kind + SHRINKAGE * index) / (usual_of_kind + SHRINKAGE))[kind] if count > 1 else index[None, :]
    if which == "own":
        found = (sold + SHRINKAGE * found) / (usual + SHRINKAGE)
    found = np.broadcast_to(found, (len(units), YEAR))
    return np.clip(found / found.mean(axis=1, keepdims=True), LEAST, MOST)


def _over(values: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return np.divide(values, scale[:, None], out=np.zeros_like(values), where=scale[:, None] > 0)


def _by_place(
    units: np.ndarray, known: np.ndarray, place: np.ndarray, growth: float, index: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """What was sold and what a usual week would have sold, by place in the year and smoothed over its neighbours."""
    level = _level(units, known * index[place], growth) * known
    first, second = np.zeros((len(units), YEAR)), np.zeros((len(units), YEAR))
    for week, where in enumerate(place):
        first[:, where] += units[:, week]
        second[:, where] += level[:, week]
    return _smooth(first), _smooth(second)


def _growth(units: np.ndarray, known: np.ndarray, index: np.ndarray) -> float:
    """Growth from week to week (of the logarithm): what pairs that are known in both sold in the last year, over the
    first, each week counted by its season.
    """
    first, last = slice(0, YEAR), slice(units.shape[1] - YEAR, None)
    told = [known[:, year].sum(axis=1) for year in (first, last)]
    both = (told[0] >= LEAST_KNOWN) & (told[1] >= LEAST_KNOWN)
    usual = [np.maximum((known[both, year] * index[year]).sum(axis=1), 1e-9) for year in (first, last)]
    before, after = (float((units[both, year].sum(axis=1) / weeks).sum())
                     for year, weeks in zip((first, last), usual, strict=True))  # fmt: skip
    if before <= 0.0 or after <= 0.0:
        return 0.0
    return float(np.clip(np.log(after / before) / (units.shape[1] - YEAR), -MOST_GROWTH, MOST_GROWTH))


def _level(units: np.ndarray, known: np.ndarray, growth: float) -> np.ndarray:
    """Mean of the year around each week, each week counted by its season; at both ends, where that year lies on one
    side, as growth would have it.
    """
    weeks = units.shape[1]
    summed, counted = (np.pad(np.cumsum(values, axis=1), ((0, 0), (1, 0))) for values in (units, known))
    low = np.clip(np.arange(weeks) - YEAR // 2, 0, max(weeks - YEAR, 0))
    high = np.minimum(low + YEAR, weeks)
    aside = np.arange(weeks) - (low + high - 1) / 2.0
    mean = (summed[:, high] - summed[:, low]) / np.maximum(counted[:, high] - counted[:, low], 1e-9)
    return np.asarray(mean * np.exp(growth * aside))


def _smooth(values: np.ndarray) -> np.ndarray:
    half = len(KERNEL) // 2
    parts = [weight * np.roll(values, step, axis=1) for step, weight in enumerate(KERNEL, -half)]
    return np.sum(parts, axis=0)
