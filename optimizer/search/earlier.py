"""What an earlier plan comes to today, and what that says of what to book and of how long to look for prices."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

#: A plan this near to the bound, as a share of the mission cost, says well what to book.
CLOSE = 0.1
#: Rounds of prices in which the bound hardly rises that are the last ones.
LEVEL_ROUNDS = 6


@dataclass
class Earlier:
    """Its cost and mission cost with the tables of today, and its linking columns."""

    objective: float
    mission: float
    columns: np.ndarray
    _bounds: list[float] = field(default_factory=list)

    def close(self, bound: float) -> bool:
        """Whether it is so near to a bound that what it books is worth booking again."""
        return self.objective - bound <= CLOSE * self.mission

    def settled(self, bound: float, least: float) -> bool:
        """Whether further rounds of prices are of little use: the plan is close, and the best `bound` so far, heard
        once a round, has risen by less than `least` in the last ones.
        """
        self._bounds.append(bound)
        level = len(self._bounds) > LEVEL_ROUNDS and bound - self._bounds[-1 - LEVEL_ROUNDS] < least
        return level and self.close(bound)
