"""From weeks of history to the pace and the season of each pair, weeks out of stock made up for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optimizer.forecast.events import Lift
from optimizer.forecast.pace import Groups, Pace, groups, pace
from optimizer.forecast.season import Season, season, week_of_year
from optimizer.forecast.shape import Shape, over_days, weekly
from optimizer.forecast.uplift import LEAST, lift
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

#: Times that weeks that sold out are made up for anew (expectation and maximisation): with fewer the pace stays too
#: low, with many more what chance did to a pair that nearly always sells out grows with every round.
ROUNDS = 5
#: Goods that sell in so many of their weeks sell by the day, others by the order.
STEADY = 0.9
#: What sold out is taken to have been wanted by no more than so many usual sizes beyond what was sold.
BEYOND = 2.0


@dataclass(frozen=True)
class Manner:
    """How to forecast: what a week counts against the week after it, and which season."""

    memory: float
    season: Season


@dataclass(frozen=True)
class Fit:
    """Pace and season index (S, 52) of S pairs as they stand on the day `until`, and what events make of them."""

    pace: Pace
    season: np.ndarray
    until: np.datetime64
    lift: Lift | None = None

    def shape(self, starts: np.ndarray, ends: np.ndarray) -> Shape:
        """The distribution of the units of each pair in periods [start, end), arrays of (S, P)."""
        days = (ends - starts) / DAY
        index = self.season[:, week_of_year(starts + (days - WEEK) / 2 * DAY)]
        if self.lift is None:
            return over_days(weekly(self.pace), days, index, self.pace.doubt)
        shape = over_days(weekly(self.pace), days, index * self.lift.factor(starts, ends), self.pace.doubt)
        doubts = self.lift.doubts(starts, ends)
        return replace(shape, variation=shape.variation + doubts * (1.0 + shape.variation))

    def only(self, pairs: np.ndarray) -> Fit:
        """Some of the pairs: their places, or a mask."""
        lift = None if self.lift is None else self.lift.only(pairs)
        return Fit(self.pace.only(pairs), self.season[pairs], self.until, lift)


def fit(history: Weeks, manner: Manner) -> Fit:
    """Pace and season of the pairs of a history that has at least a week."""
    like = groups(history.sku, history.region, history.category)
    place, events = week_of_year(history.starts), lift(history)
    # A user may say that nothing at all is sold in an event: what was sold then nevertheless tells little.
    factor = 1.0 if events is None else np.maximum(events.factor(history.starts, history.starts + WEEK * DAY), LEAST)
    known = history.known
    whole = np.divide(history.sold, known, out=np.zeros_like(history.sold), where=known > 0)
    index = season(whole / factor, known, place, _categories(history), manner.season)
    found = _pace(history, index[:, place] * factor, like, manner.memory)
    return Fit(found, index, history.until, events)


def _pace(history: Weeks, index: np.ndarray, like: Groups, memory: float) -> Pace:
    rows, cells = np.nonzero((history.short > 0) & (history.known + history.missed > 0))
    made_up, told = history.sold / index, history.known.copy()
    whole = np.divide(made_up, told, out=made_up.copy(), where=(told > 0) & (history.short == 0))
    if not len(rows):
        return pace(whole, told, history.first, like, memory)
    missed, short = history.missed[rows, cells], history.short[rows, cells]
    seen = told[rows, cells] + np.where(missed > 0, short, 0.0)
    whole[rows, cells] = made_up[rows, cells] / np.maximum(history.known[rows, cells], 1.0 / WEEK)
    told[rows, cells] = np.where(missed > 0, seen, told[rows, cells])
    told[rows, cells] = _telling(pace(whole, told, history.first, like, memory), told, rows, cells)
    doubt, since, least = np.zeros(whole.shape), np.flatnonzero(missed > 0), missed / index[rows, cells] / short
    rows, cells, share = rows[since], cells[since], (short / np.maximum(seen, 1.0 / WEEK))[since]
    sold = (made_up[rows, cells] / np.maximum(seen[since], 1.0 / WEEK)) if len(rows) else np.zeros(0)
    whole[rows, cells] = sold + share * least[since]
    for _ in range(ROUNDS if len(rows) else 0):
        now = pace(whole, told, history.first, like, memory, doubt)
        shape = weekly(now.only(rows))
        above, unsure = made_up_for(shape, least[since])
        whole[rows, cells], doubt[rows, cells] = sold + share * above, share**2 * unsure
    return pace(whole, told, history.first, like, memory, doubt)


def _telling(now: Pace, told: np.ndarray, rows: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """What weeks (rows, cells) tell that were not in stock throughout, against whole ones: the units of a week vary
    from week to week, and by chance from day to day, and only the latter is less known of few days. Weighed by their
    days, the weeks that sold best, and so ran out, would count least. Goods that seldom sell vary by the order.
    """
    uneven = np.where(now.frequency >= STEADY, np.maximum(now.variation * now.size - 1.0, 0.0), 0.0)[rows]
    share = told[rows, cells]
    return np.where(share > 0, (1.0 + uneven) / (1.0 / np.maximum(share, 1.0 / WEEK) + uneven), 0.0)


def made_up_for(shape: Shape, least: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the units of weeks in which no less than `least` was wanted, of a shape each.

    The tail of a very uneven gamma goes on for many times its mean. As what is made up for is what the next shape is
    made from, that would feed on itself: the mean lies a few usual sizes above, and is no less sure than any week is.
    """
    above, unsure = shape.mean_above(least), shape.variance_above(least)
    return np.minimum(above, least + BEYOND * shape.size), np.minimum(unsure, shape.variation * shape.size**2)


def _categories(history: Weeks) -> np.ndarray:
    return np.unique(history.category.astype(str), return_inverse=True)[1]
