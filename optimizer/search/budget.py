"""Wall time that several steps share."""

from __future__ import annotations

import time
from dataclasses import replace

from optimizer.solvers.solver import Limits

#: Seconds in which a plan is made however few are left: that of an earlier run again, one around a relaxation that is
#: known, or one with nothing booked where no other was found.
LAST_SECONDS = 10.0


class Budget:
    """Limits with the seconds that are left of them."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._ends = limits, time.monotonic() + limits.seconds

    def __call__(self) -> Limits:
        return replace(self._limits, seconds=max(self._ends - time.monotonic(), 0.0))
