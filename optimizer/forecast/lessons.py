"""What trials teach about a forecast's own errors: how often it was exceeded, and how long an error lasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import special

from optimizer.forecast.choose import AHEAD, SPEED_NAMES, ahead, sold_out, trials
from optimizer.forecast.factors import KINDS, factors, shares
from optimizer.forecast.fit import Manner
from optimizer.forecast.forecast import LEVELS, mean_of
from optimizer.forecast.outlook import Outlook, outlook
from optimizer.forecast.shape import Shape
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

#: Observations as they should be that stand against those of the trials.
DOUBT = 500.0
#: Where nothing is known: the share of the variance of a score that lasts, and what is left of it a week later.
PERSISTENCE, FADING = 0.2, 0.95
#: Errors of fewer pairs tell nothing about correlation.
LEAST_PAIRS = 30
#: Pairs of a kind of mover that weigh as much as all pairs together, for what they have in common.
FEW_PAIRS = 10.0
#: So many pairs tell how the mean of a kind of mover changes with its quantiles.
MOVED_PAIRS = 500
#: No trials move a mean by more than so many times: what they have seen is a few weeks.
MOST_MOVED = 1.5
#: The most that the variance of a score grows with a week ahead, and bounds of what it may become.
MOST_WIDENING, WIDE = 0.05, (0.5, 2.5)
SEED = 1
NOTHING = np.zeros(len(KINDS))


@dataclass(frozen=True)
class Lessons:
    """By kind of mover: `levels` (K, Q): the level to ask a shape for, for each of `LEVELS`; `scale` (K,): what
    the mean of a shape is multiplied with, half of the way to that of these quantiles; `persistence` (K,): the
    share of the variance of a normal score that lasts, and `fading` (K,): what is left of it a week later. `shares`
    (K, F): of that variance, what is common to pairs, by kind of `factors.KINDS`; None where no trial tells. `widening`
    (K,): by which share of it the variance grows with each week ahead, from the week `middle` (K,) of which the levels
    are those.
    """

    levels: np.ndarray
    scale: np.ndarray
    persistence: np.ndarray
    fading: np.ndarray
    shares: np.ndarray | None
    widening: np.ndarray
    middle: np.ndarray

    def wide(self, kind: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        """By how much distributions of pairs of a kind (S,) are wider so many weeks ahead (P,), (S, P)."""
        grown = 1.0 + self.widening[kind][:, None] * (ahead[None, :] - self.middle[kind][:, None])
        return np.sqrt(np.clip(grown, *WIDE))


@dataclass(frozen=True)
class Trial:
    """A forecast as of an earlier week, judged: grades (S, P), whether they are known, kind of mover (S,), the groups
    of `factors` (S, K), and the shape of its first week (S, 1).
    """

    grade: np.ndarray
    known: np.ndarray
    speed: np.ndarray
    group: np.ndarray
    shape: Shape


def lessons(history: Weeks, manners: tuple[Manner, ...]) -> Lessons:
    """Lessons from the trials that the history is long enough for; without any the shapes are taken at their word."""
    count = len(SPEED_NAMES)
    found = [_trial(history, week, manners) for week in trials(history.sold.shape[1])]
    levels, scale = np.tile(LEVELS, (count, 1)), np.ones(count)
    persistence, fading = np.full(count, PERSISTENCE), np.full(count, FADING)
    widening, middle = np.zeros(count), np.full(count, AHEAD / 2.0)
    for kind in range(count):
        grades = [(one.grade[one.speed == kind], one.known[one.speed == kind]) for one in found]
        seen = np.concatenate([grade[known] for grade, known in grades]) if grades else np.zeros(0)
        if len(seen):
            levels[kind] = _recalibrated(seen)
            scale[kind] = moved(found, kind, levels[kind])
            persistence[kind], fading[kind] = _lasting(grades)
            widening[kind], middle[kind] = _widening(grades)
    return Lessons(levels, scale, persistence, fading, _common(found), widening, middle)


def lessons_of(found: Outlook) -> Lessons:
    """The lessons for an outlook, from all pairs with sales, whether the table `demand` tells of them or not."""
    return lessons(found.history if found.whole is None else found.whole, found.manners)


def grades(
    found: Outlook, actual: np.ndarray, starts: np.ndarray, random: np.random.Generator, least: np.ndarray | None = None
) -> np.ndarray:
    """Probability integral transform of weekly units (S, P): uniform where a forecast is right. Whole units stand for
    all that rounds to them, none for all its chance, so a grade is drawn from where they lie. `least`: where no fewer
    were wanted (S, P), since they sold out.
    """
    shape = found.shape(starts, starts + WEEK * DAY)
    whole = actual == np.round(actual)
    half = np.where(whole, 0.5, 0.0)
    above = shape.probability(actual + half * (actual > 0))
    if least is not None:
        above = np.where(least, 1.0, above)
    below = np.where(actual > 0, shape.probability(np.maximum(actual - half, 0.0)), 0.0)
    return np.asarray(below + (above - below) * random.random(actual.shape))


def _trial(history: Weeks, week: int, manners: tuple[Manner, ...]) -> Trial:
    """The forecast as of a week, of the pairs that had sold by then."""
    then = outlook(history.before(week), manners)
    actual, known = ahead(history, week, AHEAD)
    least = sold_out(history, week, AHEAD)
    sold, known = np.where(np.isnan(least), actual, least), (known > 0) | ~np.isnan(least)
    starts = then.history.until + np.arange(actual.shape[1]) * WEEK * DAY
    made = grades(then, sold, starts, np.random.default_rng(SEED + week), ~np.isnan(least))
    past = then.history
    group = factors(past.sku, past.region, past.category, NOTHING).group
    shape = then.shape(starts[:1], starts[:1] + WEEK * DAY)
    return Trial(made, known & then.wanted[:, None], then.speed, group, shape)


def _common(trials: list[Trial]) -> np.ndarray | None:
    """The shares of the factors by kind of mover (K, F), None where no trial tells them. What a kind of mover is wrong
    by on the whole is no factor: levels put it right. Whether goods that seldom sell do so in a week is nearly all
    chance: they say nothing of the traffic that moves the others, so each kind is told by its own, and by all where it
    has few.
    """
    if not any(one.known.any() for one in trials):
        return None
    scores = [special.ndtri(np.clip(one.grade, 1e-3, 1.0 - 1e-3)) for one in trials]
    for kind in range(len(SPEED_NAMES)):
        cells = [one.known & (one.speed == kind)[:, None] for one in trials]
        seen = np.concatenate([score[mine] for score, mine in zip(scores, cells, strict=True)] or [np.zeros(0)])
        middle = seen.mean() if len(seen) else 0.0
        scores = [np.where(mine, score - middle, score) for score, mine in zip(scores, cells, strict=True)]
    of_all = shares((score, one.known, one.group) for score, one in zip(scores, trials, strict=True))
    found = []
    for kind in range(len(SPEED_NAMES)):
        cells = [one.known & (one.speed == kind)[:, None] for one in trials]
        mine = shares((score, mine, one.group) for score, mine, one in zip(scores, cells, trials, strict=True))
        pairs = max(int(one.any(axis=1).sum()) for one in cells)
        found.append((pairs * mine + FEW_PAIRS * of_all) / (pairs + FEW_PAIRS))
    return np.array(found)


def _recalibrated(seen: np.ndarray) -> np.ndarray:
    """Levels that were not exceeded as often as `LEVELS` ask (Kuleshov, Fenner and Ermon 2018)."""
    ordered = np.sort(np.clip(seen, 1e-6, 1.0 - 1e-6))
    empirical = np.quantile(ordered, LEVELS)
    trust = len(ordered) / (len(ordered) + DOUBT)
    return special.ndtr(trust * special.ndtri(empirical) + (1.0 - trust) * special.ndtri(LEVELS))


def moved(trials: list[Trial], kind: int, levels: np.ndarray) -> float:
    """How the units of a kind of mover change, all in all, where their distributions are asked for other levels; half
    of it (in logarithms), for the trials of one history have the luck of their weeks in common.
    """
    before = after = 0.0
    for one in trials:
        rows = np.flatnonzero(one.speed == kind)
        rows = rows[:: max(len(rows) // MOVED_PAIRS, 1)]
        shape = Shape(*(getattr(one.shape, name)[rows] for name in ("chance", "size", "variation")))
        before += float(mean_of(shape.quantile(LEVELS[None, :])).sum())
        after += float(mean_of(np.maximum.accumulate(shape.quantile(levels[None, :]), axis=-1)).sum())
    return float(np.clip(np.sqrt(after / before), 1.0 / MOST_MOVED, MOST_MOVED)) if before > 0.0 else 1.0


def _widening(grades: Iterable[tuple[np.ndarray, np.ndarray]]) -> tuple[float, float]:
    """The share of itself by which the mean square of a score grows from week to week ahead, and the mean week that is
    judged: demand wanders, so what comes late is less sure than what comes soon. Errors of a week have much in common,
    so the growth is believed as far as it exceeds its own standard error, by how weeks scatter around it, and only from
    trials that look all weeks ahead; never less than nothing.
    """
    square, count = np.zeros(AHEAD), np.zeros(AHEAD)
    for grade, known in grades:
        if grade.shape[1] == AHEAD:
            square += np.where(known, special.ndtri(np.clip(grade, 1e-3, 1.0 - 1e-3)) ** 2, 0.0).sum(axis=0)
            count += known.sum(axis=0)
    if not count.all():
        return 0.0, AHEAD / 2.0
    ahead, seen = np.arange(AHEAD) + 0.5, square / count
    middle, mean = np.average(ahead, weights=count), np.average(seen, weights=count)
    apart, off = ahead - middle, seen - mean
    scale = (count * apart**2).sum()
    slope = (count * apart * off).sum() / scale
    error = np.sqrt((count * (off - slope * apart) ** 2).sum() / (AHEAD - 2) / scale)
    return float(np.clip((slope - error) / max(mean, 1e-9), 0.0, MOST_WIDENING)), float(middle)


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
