"""Freight: which rates of a lane are in force on each departure."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer.rates.dated import versions
from optimizer.rates.exchange import Exchange
from optimizer.scenario.scenario import Scenario


@dataclass(frozen=True)
class FreightTable:
    """One basis of a lane as in force on a day, in the scenario's currency. Shapes (brackets,).

    `rate` per kg, m3, case, container or departure; `start` is the least quantity that the bracket charges for (its
    own start, or minimum_charge / rate); `from_quantity` names the bracket; `divisor` is NaN where gross weight
    counts.
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
        self._by_lane: dict[str, list[_Version]] = {}
        self._known: dict[tuple[str, np.datetime64], list[FreightTable]] = {}
        for (lane, basis, kind), first, following, rows in versions(
            scenario["freight_rates"], ["lane", "basis", "container_type"]
        ):
            self._by_lane.setdefault(lane, []).append(
                _version(basis, kind, first, following, rows.sort_values("from_quantity"))
            )

    def bases(self, lane: str) -> set[tuple[str, str]]:
        """All (basis, container type) that the lane is ever charged by."""
        return {(version.table.basis, version.table.container_type) for version in self._by_lane.get(lane, [])}

    def in_force(self, lane: str, basis: str, container_type: str, days: np.ndarray) -> np.ndarray:
        """Whether the lane has a table of a basis and container type on each day."""
        wanted = [
            version
            for version in self._by_lane.get(lane, [])
            if (version.table.basis, version.table.container_type) == (basis, container_type)
        ]
        return np.array([any(version.holds_on(day) for version in wanted) for day in days], dtype=bool)

    def tables(self, lane: str, day: np.datetime64) -> list[FreightTable]:
        """Every table of the lane in force on a day."""
        if (lane, day) not in self._known:
            in_force = [version for version in self._by_lane.get(lane, []) if version.holds_on(day)]
            self._known[lane, day] = [self._converted(version, day) for version in in_force]
        return self._known[lane, day]

    def _converted(self, version: _Version, day: np.datetime64) -> FreightTable:
        if not any(version.currencies):
            return version.table
        exchange = self._exchange.rates(version.currencies, day)
        return replace(version.table, rate=version.table.rate * exchange)


@dataclass(frozen=True)
class _Version:
    """A freight table in its own currencies, and the days on which it is in force."""

    table: FreightTable
    currencies: np.ndarray
    first: np.datetime64
    following: np.datetime64 | None

    def holds_on(self, day: np.datetime64) -> bool:
        return bool(day >= self.first and (self.following is None or day < self.following))


def _version(
    basis: str, kind: str, first: np.datetime64, following: np.datetime64 | None, rows: pd.DataFrame
) -> _Version:
    rate, minimum = rows["rate"].to_numpy(), rows["minimum_charge"].to_numpy()
    least = np.divide(minimum, rate, out=np.zeros(len(rows)), where=rate > 0)
    start = rows["from_quantity"].to_numpy()
    table = FreightTable(basis, kind, rate, np.maximum(start, least), start, float(rows["volumetric_divisor"].iloc[0]))
    return _Version(table, rows["currency"].to_numpy(dtype=object), first, following)
