"""A scenario in the making, which features add to and change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.formulation.toys import MONDAY, Row

#: Weeks of demand: four of the horizon and some after it.
WEEKS = 9


def date(day: int) -> dt.date:
    """A day counted from the first one."""
    return MONDAY + dt.timedelta(days=day)


@dataclass
class Draft:
    """Settings and rows of tables that features may add to and change."""

    settings: dict[str, Any]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, *rows: Row) -> None:
        """Append rows."""
        self.rows.setdefault(table, []).extend(rows)

    def add_lane(self, lane: str, origin: str, destination: str, days: int, **more: Any) -> None:
        """Append a lane."""
        row = {"lane": lane, "origin": origin, "destination": destination, "lead_time_days": days}
        self.add("lanes", {**row, **more})

    def add_demand(self, sku: str, region: str, random: np.random.Generator) -> None:
        """Append weekly demand."""
        for week in range(WEEKS):
            mean = float(random.integers(0, 7))
            self.add("demand", {"sku": sku, "region": region, "starts_on": date(7 * week), "days": 7, "mean": mean})

    def each(self, table: str, **values: Any) -> list[Row]:
        """The rows of a table in which all these columns hold these values."""
        return [row for row in self.rows.get(table, []) if all(row.get(key) == value for key, value in values.items())]

    def codes(self, table: str, column: str) -> list[str]:
        """The codes in a column."""
        return [row[column] for row in self.rows.get(table, [])]
