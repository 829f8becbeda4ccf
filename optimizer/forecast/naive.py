"""The seasonal naive forecast: what was sold in the same week a year ago. The yardstick of every other one."""

from __future__ import annotations

import numpy as np
from scipy import special

from optimizer.forecast.weeks import Weeks

YEAR = 52


def seasonal_naive(history: Weeks, ahead: int, levels: np.ndarray) -> np.ndarray:
    """Quantiles (S, ahead, L) of the weeks after a history: the same week a year ago, or the last week where the
    history is shorter than a year and what lies ahead; spread normally, as far as such forecasts were off within the
    history (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.5), and cut at nothing.
    """
    sold, count = history.sold, history.sold.shape[1]
    lag = YEAR if count >= YEAR + ahead else 1
    place = np.arange(count, count + ahead) - lag * (1 + np.arange(ahead) // lag)
    both = (history.known[:, lag:] > 0) & (history.known[:, :-lag] > 0)
    off = np.where(both, sold[:, lag:] - sold[:, :-lag], 0.0)
    spread = np.sqrt((off**2).sum(axis=1) / np.maximum(both.sum(axis=1), 1))
    wide = spread[:, None] * np.sqrt(1.0 + np.arange(ahead) // lag)
    return np.maximum(sold[:, place][:, :, None] + wide[:, :, None] * special.ndtri(levels), 0.0)
