"""A stretch of a scenario's own history: what was known when it began, and what was wanted in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.errors import Problem, Refused
from optimizer.forecast.weeks import Weeks, weeks
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.backtest.earlier import moved_back
from optimizer.simulation.remarks import remarks
from optimizer.simulation.world import World

#: Weeks of sales that a policy must have seen before the first one that it decides in.
LEAST_LEARNT = 8
#: Weeks on which a rule can be tuned at the least.
LEAST_TUNED = 4
#: Weeks before and after a stockout from whose sales the demand of its days is guessed.
AROUND = 4


@dataclass(frozen=True)
class Stretch:
    """`scenario`: as of the first day. `demand`: sku, region, week (0 is the first), units; weeks from `weeks` on come
    after the replay, and say what the stock that is left is wanted for. `guessed`: the share of the units of the
    replay that was not sold but is guessed for days out of stock.
    """

    scenario: Scenario
    demand: pd.DataFrame
    weeks: int
    guessed: float


def stretch(scenario: Scenario, count: int, after: int = 0, back: int = 0) -> Stretch:
    """The `count` weeks of history that end `back` weeks before its last `after` weeks.

    What comes before them is history, those `after` weeks are kept to value what is left. Raises Refused where the
    history is too short.
    """
    history = weeks(scenario)
    known = history.sold.shape[1]
    first = known - back - after - count
    if first < LEAST_LEARNT:
        raise Refused([_too_short(known, count, known - back - after - LEAST_LEARNT)])
    wanted, guessed = units_wanted(history)
    inside = slice(first, first + count)
    total = float(wanted[:, inside].sum())
    return Stretch(
        scenario=moved_back(scenario, history.starts[first]),
        demand=_rows(history, wanted[:, first : first + count + after]),
        weeks=count,
        guessed=float(guessed[:, inside].sum()) / total if total > 0 else 0.0,
    )


def oddities(scenario: Scenario, count: int, after: int, language: str = "en") -> list[Problem]:
    """What is odd in the history before the last `count` weeks, `after` weeks before its end, and in these. Raises
    Refused where the history is too short.
    """
    found = stretch(scenario, count, after)
    return remarks(World(found.scenario, found.demand), language)


def weeks_to_tune(scenario: Scenario, count: int, after: int) -> int:
    """How many weeks before the last `count` and `after` ones a rule can be tuned on, no more than `count`; none where
    there are only a few.
    """
    left = weeks(scenario).sold.shape[1] - after - count - LEAST_LEARNT
    return min(left, count) if left >= LEAST_TUNED else 0


def units_wanted(history: Weeks) -> tuple[np.ndarray, np.ndarray]:
    """Units wanted in each week (S, W), and how many of them are guessed, since they were not sold.

    A day out of stock is taken to want what the days in stock of the weeks around it sold, or of the nearest weeks
    where none are so near, and no less than was sold.
    """
    sold, share = history.sold + history.missed, np.minimum(history.short, 1.0)
    known = _around(history.known)
    near = pd.DataFrame(np.where(known > 1e-9, _around(history.sold) / np.maximum(known, 1e-9), np.nan))
    rate = near.ffill(axis=1).bfill(axis=1).fillna(0.0).to_numpy()
    guessed = np.where(share > 0, np.maximum(rate * share - history.missed, 0.0), 0.0)
    # Units are whole where all that was sold is.
    whole = bool((sold == np.round(sold)).all())
    guessed = np.round(guessed) if whole else guessed
    return sold + guessed, guessed


def _around(values: np.ndarray) -> np.ndarray:
    """Sums over `AROUND` weeks before and after each week and itself."""
    total = np.cumsum(np.pad(values, ((0, 0), (AROUND + 1, AROUND))), axis=1)
    return total[:, 2 * AROUND + 1 :] - total[:, : -2 * AROUND - 1]


def _rows(history: Weeks, units: np.ndarray) -> pd.DataFrame:
    pair, week = np.nonzero(units > 0)
    return pd.DataFrame(
        {"sku": history.sku[pair], "region": history.region[pair], "week": week, "units": units[pair, week]}
    )


def _too_short(known: int, count: int, most: int) -> Problem:
    rule = f"the history has {known} week{'s' if known != 1 else ''}, too short to replay {count} of them"
    if most < 1:
        remedy = f"Add earlier sales: a policy must have seen {LEAST_LEARNT} weeks before it decides"
    else:
        remedy = (
            f"Replay {most} at most (--weeks {most}), or add earlier sales; the first {LEAST_LEARNT} are to learn from"
        )
    return Problem("sales", 0, "date", "", rule, remedy)
