"""A complete set of input tables, typed, with defaults filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from optimizer.scenario.by_sku import BySku
from optimizer.scenario.calendar import Calendar
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings import Settings


@dataclass(frozen=True)
class Scenario:
    """Settings and every table of the schema (an absent optional table is an empty frame with all its columns).

    Column types: key, text and choice are strings ("" where empty), number is float64 (NaN where empty), whole is
    int64, or float64 with NaN where the column is optional, date is datetime64[ns] (NaT where empty), flag is bool.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    @property
    def calendar(self) -> Calendar:
        """The periods of the horizon."""
        return Calendar(self.settings.starts_on, self.settings.periods)

    def with_tables(self, **tables: pd.DataFrame) -> Scenario:
        """The same scenario with some tables in place of its own; the new ones must be typed as described above."""
        unknown = sorted(set(tables) - set(SCHEMA))
        if unknown:
            raise KeyError(f"no such table: {', '.join(unknown)}")
        return replace(self, tables={**self.tables, **tables})

    def only(self, skus: Iterable[str]) -> Scenario:
        """A slice: the same scenario with the rows of some SKUs only.

        The first slice looks through all tables, the next ones cost no more than their own rows.
        """
        wanted = list(skus)
        kept = {name: self.tables[name].take(places.rows(wanted)) for name, places in self._by_sku.items()}
        return replace(self, tables={**self.tables, **kept})

    @cached_property
    def _by_sku(self) -> dict[str, BySku]:
        return {name: BySku(table) for name, table in self.tables.items() if "sku" in table.columns}

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: the tables, not where each SKU stands in them."""
        return {"settings": self.settings, "tables": self.tables}
