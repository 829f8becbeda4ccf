"""How well a forecast kept its word: forecasts made as of earlier weeks, beside what was sold then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.forecast.choose import AHEAD, SPEED_NAMES, ahead, choose, pinball
from optimizer.forecast.forecast import Forecast
from optimizer.forecast.lessons import lessons
from optimizer.forecast.naive import seasonal_naive
from optimizer.forecast.outlook import outlook
from optimizer.forecast.predict import forecast_of
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

#: Shares that the central intervals promise, and the levels whose loss is counted: their ends, and the median.
INTERVALS = (0.5, 0.8, 0.95)
COUNTED = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
#: Earlier weeks as of which forecasts are made at most, and the least history that they learn from.
MOST_ORIGINS, LEAST_LEARNT = 4, 20
#: Paths by which the demand of all weeks ahead together is judged.
PATHS = 100
SEED = 1


@dataclass(frozen=True)
class Kept:
    """Of the pairs of a speed ("all" for all): `pairs` and `weeks` that were judged; `coverage`: share of weeks within
    each of `INTERVALS`, and `together`: the same of the demand of all weeks ahead; `loss` and `naive`: mean pinball
    loss over `COUNTED` of the forecast and of the seasonal naive one, as shares of the units sold.
    """

    speed: str
    pairs: int
    weeks: int
    coverage: tuple[float, ...]
    together: tuple[float, ...]
    loss: float
    naive: float

    @property
    def saved(self) -> float:
        """The share of the seasonal naive forecast's loss that the forecast saves."""
        return 1.0 - self.loss / self.naive if self.naive > 0 else 0.0


@dataclass(frozen=True)
class Judged:
    """One origin: kind of mover (S,); per week (S, W): whether it is known, its units, its grade, and both losses; the
    grade of all weeks together (S,), NaN where not all are known.
    """

    speed: np.ndarray
    known: np.ndarray
    units: np.ndarray
    grade: np.ndarray
    loss: np.ndarray
    naive: np.ndarray
    together: np.ndarray


def calibration(history: Weeks) -> list[Kept]:
    """How well forecasts made as of up to four earlier weeks kept their word, by speed and for all; each learns only
    from what was known by then. Empty where the history is too short.
    """
    judged = [judge(history, week) for week in origins(history.sold.shape[1])]
    if not judged:
        return []
    found = [_kept(name, judged, place) for place, name in enumerate(SPEED_NAMES)]
    return [kept for kept in (*found, _kept("all", judged, None)) if kept.weeks]


def origins(weeks: int) -> list[int]:
    """The weeks as of which a history of so many is judged, the latest first."""
    last = [weeks - AHEAD * (1 + place) for place in range(MOST_ORIGINS)]
    return [week for week in last if week >= LEAST_LEARNT]


def judge(history: Weeks, week: int) -> Judged:
    """The forecast made as of a week, beside what was sold in the weeks after it."""
    then = history.before(week)
    manners = choose(then)
    found = outlook(then, manners)
    starts = then.until + np.arange(AHEAD) * WEEK * DAY
    made = forecast_of(found, lessons(then, manners), starts, starts + WEEK * DAY)
    units, known = ahead(history, week, AHEAD)
    random = np.random.default_rng(SEED + week)
    losses = np.mean([pinball(units, made.quantile(float(level)), level) for level in COUNTED], axis=0)
    naive = pinball(units[:, :, None], seasonal_naive(then, AHEAD, COUNTED), COUNTED).mean(axis=2)
    return Judged(
        found.speed,
        known > 0,
        units,
        _grade(made, units, random),
        losses,
        naive,
        np.where((known > 0).all(axis=1), _grade_together(made, units.sum(axis=1), random), np.nan),
    )


def _grade(made: Forecast, units: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Where units lie in their distribution, drawn from the chance of all that rounds to them."""
    half = np.where(units == np.round(units), 0.5, 0.0)
    above = made.probability(units + half * (units > 0))
    below = np.where(units > 0, made.probability(np.maximum(units - half, 0.0)), 0.0)
    return np.asarray(below + (above - below) * random.random(units.shape))


def _grade_together(made: Forecast, total: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Where the demand of all weeks lies among that of drawn paths, ties and gaps between paths drawn."""
    less, same = np.zeros(len(total)), np.zeros(len(total))
    for draws in np.random.default_rng(SEED).spawn(PATHS):
        drawn = made.at(made.scores(draws)).sum(axis=1)
        same += np.abs(drawn - total) <= 0.5 * (total == np.round(total))
        less += drawn < total - 0.5 * (total == np.round(total))
    return np.asarray((less + random.random(len(total)) * (same + 1.0)) / (PATHS + 1.0))


def _kept(name: str, judged: Sequence[Judged], kind: int | None) -> Kept:
    rows = [one.speed == kind if kind is not None else np.ones(len(one.speed), dtype=bool) for one in judged]
    cells = [one.known & mine[:, None] for one, mine in zip(judged, rows, strict=True)]

    def seen(name: str) -> np.ndarray:
        return np.concatenate([getattr(one, name)[mine] for one, mine in zip(judged, cells, strict=True)])

    whole = np.concatenate([one.together[mine] for one, mine in zip(judged, rows, strict=True)])
    sold = max(float(seen("units").sum()), 1e-9)
    return Kept(
        name,
        sum(int(mine.sum()) for mine in rows),
        len(seen("grade")),
        _within(seen("grade")),
        _within(whole[np.isfinite(whole)]),
        float(seen("loss").sum()) / sold,
        float(seen("naive").sum()) / sold,
    )


def _within(grades: np.ndarray) -> tuple[float, ...]:
    """Share of grades within each central interval."""
    return tuple(float(np.mean(np.abs(grades - 0.5) <= share / 2)) if len(grades) else 0.0 for share in INTERVALS)
