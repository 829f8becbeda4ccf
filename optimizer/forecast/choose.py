"""Which manner of forecasting served each kind of mover best, on the last weeks of its own history."""

from __future__ import annotations

import numpy as np

from optimizer.forecast.fit import Manner, fit
from optimizer.forecast.season import LEAST_WEEKS
from optimizer.forecast.shape import Shape
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

#: Mean units a week from which a pair counts as a medium and as a fast mover.
SPEEDS = (1.0, 10.0)
SPEED_NAMES = ("slow", "medium", "fast")
#: Without enough history to choose by.
USUAL = Manner(0.95, "none")
MEMORIES = (0.85, 0.93, 0.97)
#: Weeks looked ahead in a trial, the least that a trial may learn from, and how many trials there are.
AHEAD, LEAST_LEARNT, TRIALS = 13, 13, 3
#: Levels whose loss is compared.
COMPARED = np.array([0.1, 0.5, 0.8, 0.95])
#: Share of the loss without a season that a season must save: what seldom sells seems to have one by chance, and a
#: forecast that goes up and down with it, or has it in one week and not in the next, buys what nobody wants.
WORTH_A_SEASON = 0.025
#: More pairs than these say no more about which manner is better.
MOST_PAIRS = 3_000


def speed(history: Weeks) -> np.ndarray:
    """Kind of mover of each pair: place in `SPEED_NAMES`, by the units of a week in stock since its first sale, of one
    that sold out by those (S,).
    """
    usual = (history.sold + history.missed).sum(axis=1) / np.maximum(history.told.sum(axis=1), 1.0 / WEEK)
    return np.searchsorted(SPEEDS, usual, side="right")


def choose(history: Weeks) -> tuple[Manner, ...]:
    """The manner of each kind of mover, by pinball loss in trials: forecasts made as of earlier weeks and compared with
    what was sold then; one with a season only where it is clearly better. Where the history is too short for a trial,
    the usual one.
    """
    origins = trials(history.sold.shape[1])
    if not origins:
        return (USUAL,) * len(SPEED_NAMES)
    part = _sample(history)
    manners = _manners(min(origins))
    losses = np.array([np.sum([_losses(part, week, manner) for week in origins], axis=0) for manner in manners])
    plain = np.array([manner.season == "none" for manner in manners])
    least = np.where(plain[:, None], losses, np.inf).min(axis=0)
    losses = np.where(plain[:, None] | (losses < (1.0 - WORTH_A_SEASON) * least), losses, np.inf)
    return tuple(manners[place] for place in losses.argmin(axis=0))


def trials(weeks: int) -> list[int]:
    """The weeks as of which trial forecasts are made, none in a history that is too short."""
    last = weeks - min(AHEAD, weeks // 3)
    step = max(min(AHEAD, weeks // 3) // 2, 1)
    return [week for week in range(last, last - TRIALS * step, -step) if week >= LEAST_LEARNT]


def pinball(actual: np.ndarray, quantile: np.ndarray, level: float | np.ndarray) -> np.ndarray:
    """Loss of a quantile: what it misses, times its level where it was too low and 1 - level where too high."""
    off = actual - quantile
    return np.maximum(level * off, (level - 1.0) * off)


def ahead(history: Weeks, week: int, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Units and known share (S', weeks) of the weeks after `week`, of the pairs that had sold by then. Weeks that were
    not wholly in stock are not known.
    """
    seen = history.sold_by(week)
    after = slice(week, week + weeks)
    return history.sold[seen, after], (history.known[seen, after] >= 1.0).astype(float)


def sold_out(history: Weeks, week: int, weeks: int) -> np.ndarray:
    """Units (S', weeks) that were sold in those weeks, of the same pairs, in which there was nothing to sell for a
    time: no less was wanted; NaN in all others. Weeks of high demand sell out: without them a trial would only see
    what the shelves held.
    """
    seen = history.sold_by(week)
    after = slice(week, week + weeks)
    least = history.sold[seen, after] + history.missed[seen, after]
    cut = (history.short[seen, after] > 0) & (history.known[seen, after] < 1.0)
    return np.where(cut & (least > 0), least, np.nan)


def _losses(history: Weeks, week: int, manner: Manner) -> np.ndarray:
    """Loss of a trial by kind of mover, each pair in units of what it sells."""
    past = history.before(week)
    actual, counts = ahead(history, week, AHEAD)
    starts = past.until + np.arange(actual.shape[1]) * WEEK * DAY
    shape = fit(past, manner).shape(starts, starts + WEEK * DAY)
    scale = np.maximum((past.sold.sum(axis=1) / np.maximum(past.known.sum(axis=1), 1.0)), 1e-9)
    loss = (_mean_loss(shape, actual) * counts).sum(axis=1) / scale
    return np.bincount(speed(past), loss, minlength=len(SPEED_NAMES))


def _mean_loss(shape: Shape, actual: np.ndarray) -> np.ndarray:
    return np.mean([pinball(actual, shape.quantile(level), level) for level in COMPARED], axis=0)


def _manners(weeks: int) -> list[Manner]:
    """The usual one stands first: it wins a tie."""
    seasons = ("none", "category", "own") if weeks >= LEAST_WEEKS else ("none",)
    return [USUAL, *(Manner(memory, kind) for kind in seasons for memory in MEMORIES)]  # type: ignore[arg-type]


def _sample(history: Weeks) -> Weeks:
    """Whole SKUs, evenly from all, where there are very many pairs."""
    names = np.unique(history.sku.astype(str))
    step = int(np.ceil(len(history.sku) / MOST_PAIRS))
    return history if step <= 1 else history.only(np.isin(history.sku.astype(str), names[::step]))
