"""What trials teach about a forecast's own errors: how often it was exceeded, and how long an error lasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import special

from optimizer.forecast.choose import AHEAD, SPEED_NAMES, ahead, trials
from optimizer.forecast.fit import Manner
from optimizer.forecast.forecast import LEVELS
from optimizer.forecast.outlook import Outlook, outlook
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

#: Observations as they should be that stand against those of the trials.
DOUBT = 500.0
#: Where nothing is known: the share of the variance of a score that lasts, and what is left of it a week later.
PERSISTENCE, FADING = 0.2, 0.95
#: Errors of fewer pairs tell nothing about correlation.
LEAST_PAIRS = 30
SEED = 1


@dataclass(frozen=True)
class Lessons:
    """By kind of mover: `levels` (K, Q): the level to ask a shape for, for each of `LEVELS`; `persistence` (K,): the
    share of the variance of a normal score that lasts, and `fading` (K,): what is left of it a week later.
    """

    levels: np.ndarray
    persistence: np.ndarray
    fading: np.ndarray


def lessons(history: Weeks, manners: tuple[Manner, ...]) -> Lessons:
    """Lessons from the trials that the history is long enough for; without any the shapes are taken at their word."""
    count = len(SPEED_NAMES)
    found = [_trial(history, week, manners) for week in trials(history.sold.shape[1])]
    levels, persistence, fading = np.tile(LEVELS, (count, 1)), np.full(count, PERSISTENCE), np.full(count, FADING)
    for kind in range(count):
        grades = [(grade[rows == kind], known[rows == kind]) for grade, known, rows in found]
        seen = np.concatenate([grade[known] for grade, known in grades]) if grades else np.zeros(0)
        if len(seen):
            levels[kind] = _recalibrated(seen)
            persistence[kind], fading[kind] = _lasting(grades)
    return Lessons(levels, persistence, fading)


def grades(found: Outlook, actual: np.ndarray, starts: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Probability integral transform of weekly units (S, P): uniform where a forecast is right. Whole units stand for
    all that rounds to them, none for all its chance, so a grade is drawn from where they lie.
    """
    shape = found.shape(starts, starts + WEEK * DAY)
    whole = actual == np.round(actual)
    half = np.where(whole, 0.5, 0.0)
    above = shape.probability(actual + half * (actual > 0))
    below = np.where(actual > 0, shape.probability(np.maximum(actual - half, 0.0)), 0.0)
    return np.asarray(below + (above - below) * random.random(actual.shape))


def _trial(history: Weeks, week: int, manners: tuple[Manner, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Grades and whether they are known (S', P), and kinds of movers (S',), of the forecast as of a week."""
    then = outlook(history.before(week), manners)
    actual, known = ahead(history, week, AHEAD)
    starts = then.history.until + np.arange(actual.shape[1]) * WEEK * DAY
    made = grades(then, actual, starts, np.random.default_rng(SEED + week))
    return made, (known > 0) & then.wanted[:, None], then.speed


def _recalibrated(seen: np.ndarray) -> np.ndarray:
    """Levels that were not exceeded as often as `LEVELS` ask (Kuleshov, Fenner and Ermon 2018)."""
    ordered = np.sort(np.clip(seen, 1e-6, 1.0 - 1e-6))
    empirical = np.quantile(ordered, LEVELS)
    trust = len(ordered) / (len(ordered) + DOUBT)
    return special.ndtr(trust * special.ndtri(empirical) + (1.0 - trust) * special.ndtri(LEVELS))


def _lasting(grades: Iterable[tuple[np.ndarray, np.ndarray]]) -> tuple[float, float]:
    """Persistence and fading that come nearest to the correlations between weeks so far apart."""
    apart, weight = np.zeros(AHEAD), np.zeros(AHEAD)
    for grade, known in grades:
        score = np.where(known, special.ndtri(np.clip(grade, 1e-3, 1.0 - 1e-3)), 0.0)
        score = np.where(known, score - score.sum(axis=0) / np.maximum(known.sum(axis=0), 1), 0.0)
        for lag in range(1, min(score.shape[1], AHEAD)):
            both = known[:, lag:] & known[:, :-lag]
            apart[lag] += (score[:, lag:] * score[:, :-lag]).sum()
            weight[lag] += both.sum()
        apart[0] += (score**2).sum()
        weight[0] += known.sum()
    lags = np.flatnonzero(weight > LEAST_PAIRS)
    if not len(lags) or lags[0] != 0 or len(lags) < 3 or apart[0] <= 0:
        return PERSISTENCE, FADING
    seen = (apart[lags] / weight[lags] / (apart[0] / weight[0]))[1:]
    return _nearest(seen, lags[1:], weight[lags[1:]])


def _nearest(seen: np.ndarray, lags: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    best = (np.inf, PERSISTENCE, FADING)
    for fading in (0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.99, 1.0):
        curve = fading**lags
        share = float(np.clip((weight * curve * seen).sum() / (weight * curve**2).sum(), 0.0, 0.9))
        best = min(best, (float((weight * (seen - share * curve) ** 2).sum()), share, fading))
    return best[1], best[2]
