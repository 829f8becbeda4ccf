"""The events that lie ahead, and what each makes of demand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.forecast.events import Lift
from optimizer.forecast.outlook import Outlook
from optimizer.forecast.uplift import occasions
from optimizer.scenario.calendar import DAY


@dataclass(frozen=True)
class Coming:
    """A row of the table `events` that lies ahead: `first` and `last` day, the pairs that it moves, the least, the mean
    (weighted by what sells) and the greatest multiple of a usual day; `told` by the user, or else learnt from so many
    `occasions` of the same event in the history.
    """

    event: str
    first: np.datetime64
    last: np.datetime64
    pairs: int
    least: float
    mean: float
    most: float
    told: bool
    occasions: int


def coming(found: Outlook, starts: np.ndarray, ends: np.ndarray) -> list[Coming]:
    """The events within periods [start, end) that move any pair of an outlook."""
    lift = next((fit.lift for fit in found.fits.values()), None)
    if lift is None:
        return []
    share = lift.events.share(starts, ends)
    rows = np.flatnonzero((share > 0).any(axis=1) & lift.meant.any(axis=1))
    weight = found.history.sold.sum(axis=1) + 1.0
    return [_one(found, lift, int(row), weight) for row in rows]


def _one(found: Outlook, lift: Lift, row: int, weight: np.ndarray) -> Coming:
    told, mine = lift.events, lift.meant[row]
    uplift = lift.uplift[row, mine]
    return Coming(
        str(told.name[row]),
        told.first[row],
        told.after[row] - DAY,
        int(mine.sum()),
        float(uplift.min()),
        float(np.average(uplift, weights=weight[mine])),
        float(uplift.max()),
        bool(np.isfinite(told.uplift[row])),
        occasions(found.history, told, str(told.name[row])),
    )
