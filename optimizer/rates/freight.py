"""Freight: which rates of a lane are in force on each departure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.rates.dated import in_version, versions
from optimizer.rates.exchange import Exchange
from optimizer.scenario.scenario import Scenario


@dataclass(frozen=True)
class FreightTable:
    """One basis of a lane as in force on a day, in the scenario's currency. Shapes (brackets,).

    `rate` per kg, m3, case, container or departure; `start` is the least quantity that the bracket charges for (its own start, or
    minimum_charge / rate); `from_quantity` names the bracket; `divisor` is NaN where gross weight counts.
    """

    basis: str
    container_type: str
    rate: np.ndarray
    start: np.ndarray
    from_quantity: np.ndarray
    divisor: float

    @property
    def stepped(self) -> bool:
        """Whether the charge is more than rate x quantity: breaks or a minimum."""
        return len(self.rate) > 1 or bool(self.start[0] > 0)


class Freight:
    """The freight tables of all lanes."""

    def __init__(self, scenario: Scenario, exchange: Exchange) -> None:
        self._exchange = exchange
        self._by_lane: dict[str, list[tuple]] = {}
        for (lane, basis, kind), first, following, rows in versions(scenario["freight_rates"], ["lane", "basis", "container_type"]):
            self._by_lane.setdefault(lane, []).append((basis, kind, first, following, rows.sort_values("from_quantity")))

    def bases(self, lane: str) -> set[tuple[str, str]]:
        """All (basis, container type) that the lane is ever charged by."""
        return {(basis, kind) for basis, kind, *_ in self._by_lane.get(lane, [])}

    def tables(self, lane: str, day: np.datetime64) -> list[FreightTable]:
        """Every table of the lane in force on a day."""
        return [self._table(basis, kind, rows, day) for basis, kind, first, following, rows in self._by_lane.get(lane, [])
                if in_version(np.array([day]), first, following)[0]]

    def _table(self, basis: str, kind: str, rows: pd.DataFrame, day: np.datetime64) -> FreightTable:
        exchange = self._exchange.rates(rows["currency"].to_numpy(), day)
        listed, minimum = rows["rate"].to_numpy(), rows["minimum_charge"].to_numpy()
        least = np.divide(minimum, listed, out=np.zeros(len(rows)), where=listed > 0)
        start = rows["from_quantity"].to_numpy()
        return FreightTable(basis, kind, listed * exchange, np.maximum(start, least), start, float(rows["volumetric_divisor"].iloc[0]))
