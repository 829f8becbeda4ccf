"""The most that can be aboard, ordered, held and received: what bounds the decisions that tie SKUs together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Totals:
    """Sums over SKUs. `aboard` (sailings, 3): volume, weight and units that can be of use aboard each departure;
    `ordered` (supplier orders,): units; `held`, `received`: m3 at any location.

    Totals of slices add up to those of the whole.
    """

    aboard: np.ndarray
    ordered: np.ndarray
    held: float
    received: float

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.aboard + other.aboard,
            self.ordered + other.ordered,
            self.held + other.held,
            self.received + other.received,
        )
