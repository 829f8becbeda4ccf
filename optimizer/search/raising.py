"""Bounds of single SKUs raised piece by piece, so that the bound of all is told on the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np

from optimizer.decomposition.offers import Offers

#: Share of the time for it after which the bound is told; so many pieces that bring nothing are the last ones.
PIECE, IDLE = 0.1, 3


class Raises(Protocol):
    """Who asks the workers: `bounds` of all SKUs, `stop` whether the search is to end, `proved` hears bounds."""

    bounds: np.ndarray
    stop: Callable[[], bool]
    proved: Callable[[float], None]

    def go_on(self, seconds: float) -> tuple[Offers, float]:
        """Better answers, and the bound of all, after some seconds more."""
        ...


def raised(asked: Raises, ends: float, piece: float) -> Iterator[Offers]:
    """Better answers of SKUs, piece by piece of so many seconds, until the clock (`time.monotonic`) has come to `ends`,
    nothing is gained any more, or the search is to end, for an earlier plan may be near enough to the bound.
    """
    idle = 0
    _, bound = asked.go_on(0.0)
    asked.proved(bound)
    while idle < IDLE and not asked.stop() and (left := ends - time.monotonic()) > 0:
        before = asked.bounds
        better, bound = asked.go_on(min(piece, left))
        asked.proved(bound)
        yield better
        idle = idle + 1 if not len(better) and np.array_equal(before, asked.bounds) else 0
