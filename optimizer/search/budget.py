"""Wall time that several steps share."""

from __future__ import annotations

import time
from dataclasses import replace

from optimizer.solvers.solver import Limits


class Budget:
    """Limits with the seconds that are left of them."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._ends = limits, time.monotonic() + limits.seconds

    def __call__(self) -> Limits:
        return replace(self._limits, seconds=max(self._ends - time.monotonic(), 0.0))
