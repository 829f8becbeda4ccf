"""By how much an event multiplies demand, learnt from the weeks of a history in which it was held."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optimizer.forecast.events import Events, Lift
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

#: Weeks on both sides of an event by which it is told what would have been sold without it.
AROUND = 6
#: Squared coefficient of variation of a usual week, besides chance: what says how much a pair's event week tells.
UNEVEN = 0.5
#: The least and the most that sales make an event believed to multiply demand by.
LEAST, MOST = 0.05, 20.0
#: The most that an event is believed to differ from itself: a squared coefficient of variation.
MOST_DOUBT = 1.0
#: Precision of the guess that an event changes nothing; that a category sees what all see; a pair what its category
#: sees. A spread of uplifts of 0.5 among all of them makes 4; one pair sees an event once a year, and tells little.
ALL_WEIGHT, CATEGORY_WEIGHT, PAIR_WEIGHT = 1.0, 4.0, 6.0


def lift(history: Weeks) -> Lift | None:
    """Uplift of each event and pair: as the user tells it, otherwise as the history shows it, otherwise none.

    None without events. The units of a week with an event, less what weeks around it without any would have it be, over
    the share of such a week in which the event was held: summed over pairs, with weights for how much each tells, first
    over all, then over each category, then of the pair alone, each drawn towards the one before.
    """
    told = history.events
    if told is None:
        return None
    meant = told.meant(history.category, history.region)
    uplift, doubt = np.ones(meant.shape), np.zeros(len(told.name))
    share = told.share(history.starts, history.starts + WEEK * DAY)
    quiet = _quiet(meant, share)
    kind = np.unique(history.category.astype(str), return_inverse=True)[1]
    for name in told.names:
        rows = np.flatnonzero(told.name == name)
        if share[rows].any():
            seen = _seen(history, meant[rows], share[rows], quiet)
            told_in_full = seen.in_full()
            uplift[rows] = _estimate(seen.at_least(_estimate(told_in_full, kind)), kind)
            doubt[rows] = _doubt(told_in_full, uplift[rows[0]])
    given = np.isfinite(told.uplift)
    uplift[given] = told.uplift[given][:, None]
    return Lift(told, meant, uplift, doubt)


def occasions(history: Weeks, told: Events, name: str) -> int:
    """How often an event was held in a history, on days of which demand is known, or what it was at least."""
    share = told.share(history.starts, history.starts + WEEK * DAY)
    known = told.meant(history.category, history.region).astype(float) @ history.told
    held = ((share > 0) & (known > 0)).any(axis=1) & (told.name == name)
    return len(np.unique(told.first[held]))


def _quiet(meant: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Whether a week of a pair has no event at all (S, W)."""
    quiet = np.ones((meant.shape[1], share.shape[1]), dtype=bool)
    for row in np.flatnonzero(share.any(axis=1)):
        quiet[np.ix_(meant[row], share[row] > 0)] = False
    return quiet


@dataclass(frozen=True)
class _Seen:
    """Weeks of one event, N of them: the share of each in which it was held, units sold, units that usual weeks would
    have sold, the squared coefficient of variation of the usual weeks around, besides chance, and whether the week sold
    out, so that no less was wanted; all (S, N).
    """

    held: np.ndarray
    sold: np.ndarray
    usual: np.ndarray
    uneven: np.ndarray
    out: np.ndarray

    def in_full(self) -> _Seen:
        """Without the weeks that sold out."""
        return replace(self, sold=np.where(self.out, 0.0, self.sold), usual=np.where(self.out, 0.0, self.usual))

    def at_least(self, uplift: np.ndarray) -> _Seen:
        """With what weeks that sold out must have been wanted for: what was sold, or what the uplift (S,) says."""
        expected = self.usual * (1.0 + self.held * (uplift[:, None] - 1.0))
        return replace(self, sold=np.where(self.out, np.maximum(self.sold, expected), self.sold))


def _seen(history: Weeks, meant: np.ndarray, share: np.ndarray, quiet: np.ndarray) -> _Seen:
    held = np.minimum(meant.T.astype(float) @ share, 1.0)
    told = history.told
    weeks = np.flatnonzero(held.any(axis=0))
    usual, uneven = np.zeros((len(held), len(weeks))), np.zeros((len(held), len(weeks)))
    for place, week in enumerate(weeks):
        near = slice(max(week - AROUND, 0), week + AROUND + 1)
        calm = quiet[:, near] & (history.known[:, near] > 0)
        count = np.where(calm, history.known[:, near], 0.0).sum(axis=1)
        units = np.where(calm, history.sold[:, near], 0.0)
        base = np.divide(units.sum(axis=1), count, out=np.zeros(len(held)), where=count > 0)
        square = np.divide((units**2).sum(axis=1), count, out=np.zeros(len(held)), where=count > 0)
        excess = square - base**2 - base
        usual[:, place] = base * told[:, week] * (held[:, week] > 0)
        uneven[:, place] = np.divide(excess, base**2, out=np.zeros(len(held)), where=base > 0)
    sold, out = (history.sold + history.missed)[:, weeks], history.missed[:, weeks] > 0
    return _Seen(held[:, weeks], np.where(usual > 0, sold, 0.0), usual, uneven, out)


def _estimate(seen: _Seen, kind: np.ndarray) -> np.ndarray:
    """Uplift of one event by pair (S,)."""
    # Units of a week vary by about level + UNEVEN * level^2: the weights of the best mean of ratios.
    weight = 1.0 / (1.0 + UNEVEN * seen.usual.max(axis=1, initial=0.0))
    more = weight * (seen.sold - seen.usual).sum(axis=1)
    usual = weight * (seen.usual * seen.held).sum(axis=1)
    of_all = _drawn(more.sum(), usual.sum(), 0.0, ALL_WEIGHT)
    of_kind = _drawn(np.bincount(kind, more), np.bincount(kind, usual), of_all, CATEGORY_WEIGHT)
    return np.clip(1.0 + _drawn(more, usual, of_kind[kind], PAIR_WEIGHT), LEAST, MOST)


def _doubt(seen: _Seen, uplift: np.ndarray) -> float:
    """Squared coefficient of variation of what an event has really made of demand, around its uplift: how much further
    off its weeks were than usual ones, by the method of moments over all pairs.
    """
    expected = seen.usual * (1.0 + seen.held * (uplift[:, None] - 1.0))
    by_event = seen.usual * seen.held * uplift[:, None]
    weight = (seen.usual > 0) / (1.0 + UNEVEN * expected) ** 2
    # A pair's own week has drawn its uplift near: told without that week it would be off by 1 / (1 - drawn) as much.
    told = seen.usual * seen.held / (1.0 + UNEVEN * seen.usual.max(axis=1, keepdims=True, initial=0.0))
    drawn = told / (told.sum(axis=1, keepdims=True) + PAIR_WEIGHT)
    off = ((seen.sold - expected) / (1.0 - drawn)) ** 2 - expected - seen.uneven * expected**2
    return float(np.clip((weight * off).sum() / max((weight * by_event**2).sum(), 1e-9), 0.0, MOST_DOUBT))


def _drawn(more: np.ndarray | float, usual: np.ndarray | float, guess: np.ndarray | float, weight: float) -> np.ndarray:
    """What comes on top of a usual day, as a multiple of it, drawn towards a guess of that weight."""
    return (np.asarray(more) + weight * np.asarray(guess)) / (np.asarray(usual) + weight)
