"""What is wanted since the first day, placed on the paths so that at every end of a period it covers its distribution.

Stock must last for what is wanted over a lead time, not for a week. Where the strata of each week are dealt apart,
those of the sum lie far too close to its mean.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import special

from optimizer.forecast.forecast import Forecast
from optimizer.forecast.paths.strata import levels

#: Draws of a pair that tell how its sums are distributed.
DRAWS = 200
TINY = 1e-12


def placed(forecast: Forecast, scores: np.ndarray, weights: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Units on each path (P, S, periods), never below 0, of which the weighted mean is that of the draws.

    `scores` (P, S, periods) put the paths in order, so that what they have in common shows: at the end of each period
    the path takes the mean of its stratum of all that was wanted until then. The order leans half on the scores so far
    and half on those of all periods, since what happens between two arrivals must vary too. Where the order turns, less
    than nothing would be wanted; then the sums come as near as they can (a projection on a simplex).
    """
    drawn = _drawn(forecast, random)
    mean = drawn.mean(axis=0)
    low, high = levels(_order(scores, forecast.spread), weights)
    wanted = _between(np.sort(np.cumsum(drawn, axis=2), axis=0), low, high)
    units, sums = np.empty_like(wanted), np.zeros(wanted.shape[:2])
    for period in range(wanted.shape[2]):
        units[:, :, period] = _nearest(wanted[:, :, period] - sums, weights, mean[:, period])
        sums += units[:, :, period]
    return units


def _drawn(forecast: Forecast, random: np.random.Generator) -> np.ndarray:
    """Units of equally likely draws (D, S, periods), each pair by itself; those of one period stand for equal shares of
    its distribution, so that their mean hangs on no chance.
    """
    alone = replace(forecast, factors=None)
    scores = np.stack([alone.scores(one) for one in random.spawn(DRAWS)])
    ranks = np.argsort(np.argsort(scores, axis=0, kind="stable"), axis=0, kind="stable")
    return forecast.at(special.ndtri((ranks + 0.5) / DRAWS))


def _order(scores: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Keys that put the paths in order at the end of each period, (P, S, periods)."""
    sums = np.cumsum(scores * spread, axis=2)
    so_far = np.sqrt(np.cumsum(spread**2, axis=1))
    return sums / np.maximum(so_far, TINY) + sums[:, :, -1:] / np.maximum(so_far[:, -1:], TINY)


def _between(ordered: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Means of ordered draws (D, ...) between two levels (P, ...)."""
    sums = np.concatenate([np.zeros((1, *ordered.shape[1:])), np.cumsum(ordered, axis=0)])

    def until(level: np.ndarray) -> np.ndarray:
        place = level * len(ordered)
        below = np.clip(place.astype(np.int64), 0, len(ordered) - 1)
        first, second = (np.take_along_axis(sums, below + step, axis=0) for step in (0, 1))
        return np.asarray(first + (place - below) * (second - first))

    return (until(high) - until(low)) / np.maximum((high - low) * len(ordered), TINY)


def _nearest(need: np.ndarray, weights: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """What is nearest to `need` (P, S), not below 0 and with this weighted mean (S,): Duchi et al. 2008, weighted."""
    order = np.argsort(-need, axis=0, kind="stable")
    sorted_need, mass = np.take_along_axis(need, order, axis=0), np.cumsum(weights[order], axis=0)
    excess = (np.cumsum(weights[order] * sorted_need, axis=0) - mean) / mass
    last = np.maximum((sorted_need > excess).sum(axis=0) - 1, 0)
    return np.asarray(np.maximum(need - np.take_along_axis(excess, last[None], axis=0), 0.0))
