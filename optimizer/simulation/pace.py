"""How fast things sell, as planners who work by rules reckon it from the last weeks."""

from __future__ import annotations

import numpy as np

from optimizer.simulation.policy import Known
from optimizer.simulation.scene import WEEK


def velocity(
    known: Known, days: tuple[int, ...], weights: tuple[float, ...], in_stock_only: bool = False
) -> np.ndarray:
    """Units a day (C, S): the weighted mean over windows of so many last days.

    Sales of a week are even over its days. `in_stock_only`: days out of stock do not count; without it they count as
    days on which nobody wanted anything.
    """
    total = np.zeros(known.sold.shape[:2])
    for length, weight in zip(days, weights, strict=True):
        part = _window(known.sold.shape[2], length)
        sold = known.sold @ part
        had = (known.in_stock @ part if in_stock_only else np.full(sold.shape, part.sum())) * WEEK
        total += weight * np.divide(sold, had, out=np.zeros_like(sold), where=had > 0)
    return total / sum(weights)


def mean_and_spread(known: Known, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean units of a week and their variance (C, S) over the last weeks, days out of stock left out. The variance is
    no less than that of a Poisson variable.
    """
    sold, had = known.sold[:, :, -weeks:], known.in_stock[:, :, -weeks:]
    share = had.sum(axis=2)
    mean = np.divide(sold.sum(axis=2), share, out=np.zeros(share.shape), where=share > 0)
    whole = had >= 1.0
    count = whole.sum(axis=2)
    off = np.where(whole, sold - mean[:, :, None], 0.0)
    spread = np.divide((off**2).sum(axis=2), count - 1, out=np.zeros(share.shape), where=count > 1)
    return mean, np.maximum(spread, mean)


def _window(weeks: int, days: int) -> np.ndarray:
    """The share of each week (oldest first) that lies within the last so many days (weeks,)."""
    age = np.arange(weeks, 0, -1) * WEEK
    return np.clip((days - (age - WEEK)) / WEEK, 0.0, 1.0)
