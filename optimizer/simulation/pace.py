"""How fast things sell, as planners who work by rules reckon it from the last weeks."""

from __future__ import annotations

import numpy as np

from optimizer.simulation.policy import Known
from optimizer.simulation.scene import WEEK

#: Share of a week that a SKU must have been in stock for the week to tell how uneven its sales are.
BETTER_PART = 0.5


def velocity(
    known: Known, days: tuple[int, ...], weights: tuple[float, ...], in_stock_only: bool = False
) -> np.ndarray:
    """Units a day (C, S): the weighted mean over windows of so many last days.

    Sales of a week are even over its days. `in_stock_only`: the last days in stock, however long ago; without it days
    out of stock count as days on which nobody wanted anything.
    """
    had = known.in_stock if in_stock_only else np.ones(known.in_stock.shape)
    paces = [weight * weekly_pace(known.sold, had, length / WEEK) for length, weight in zip(days, weights, strict=True)]
    return np.sum(paces, axis=0) / (sum(weights) * WEEK)


def mean_and_spread(known: Known, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean units of a week and their variance (C, S) over the last so many weeks in stock. The variance, over those of
    them that were in stock for the better part, is no less than that of a Poisson variable.
    """
    mean = weekly_pace(known.sold, known.in_stock, weeks)
    had = known.in_stock
    counted = (_latest(had, weeks) > 0) & (had >= BETTER_PART)
    count = counted.sum(axis=2)
    pace = np.divide(known.sold, had, out=np.zeros(had.shape), where=counted)
    off = np.where(counted, pace - mean[:, :, None], 0.0)
    spread = np.divide((off**2).sum(axis=2), count - 1, out=np.zeros(mean.shape), where=count > 1)
    return mean, np.maximum(spread, mean)


def weekly_pace(sold: np.ndarray, in_stock: np.ndarray, weeks: float) -> np.ndarray:
    """Units of a whole week in stock (C, S), from those sold (C, S, H) in the last so many weeks of which something was
    in stock: weeks before them count where the last ones were not. 0 where there never was any stock.
    """
    part = _latest(in_stock, weeks)
    units, had = (sold * part).sum(axis=2), (in_stock * part).sum(axis=2)
    return np.divide(units, had, out=np.zeros(had.shape), where=had > 0)


def _latest(in_stock: np.ndarray, weeks: float) -> np.ndarray:
    """The share of each week (C, S, H; the oldest first) that lies within the last so many weeks in stock."""
    later = np.cumsum(in_stock[:, :, ::-1], axis=2)[:, :, ::-1] - in_stock
    room = np.maximum(weeks - later, 0.0)
    share = np.divide(room, in_stock, out=(room > 0).astype(float), where=in_stock > 0)
    return np.minimum(share, 1.0)
