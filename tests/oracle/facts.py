"""The tables of a scenario as plain dictionaries by code; days are whole numbers (`date.toordinal`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from optimizer.scenario.scenario import Scenario

Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """Rows by table, and those that are looked up by their codes. Empty cells are None, empty texts ""."""

    rows: dict[str, list[Row]]
    skus: dict[str, Row]
    locations: dict[str, Row]
    regions: dict[str, Row]
    lanes: dict[str, Row]
    territories: dict[str, str]
    prices: dict[tuple[str, str], Row]
    sourcing: dict[tuple[str, str], Row]

    def is_supplier(self, location: str) -> bool:
        """Whether a location never runs dry."""
        return self.locations[location]["kind"] == "supplier"

    def stocking(self) -> list[str]:
        """Locations that hold our stock."""
        return [location for location in self.locations if not self.is_supplier(location)]

    def territory_of(self, place: str) -> str:
        """Customs territory of a location or a region."""
        row = self.locations.get(place) or self.regions[place]
        return self.territories[row["country"]]

    def clears_customs(self, lane: Row) -> bool:
        """Whether what moves on the lane enters another customs territory and duty is not in the rate."""
        crossed = self.territory_of(lane["origin"]) != self.territory_of(lane["destination"])
        return crossed and not lane["duty_included"]

    def suppliers_of(self, sku: str) -> list[str]:
        """Suppliers that make a SKU."""
        return [supplier for made, supplier in self.sourcing if made == sku]


def facts_of(scenario: Scenario) -> Facts:
    """Every table, read once."""
    rows = {name: _plain_rows(table.to_dict("records")) for name, table in scenario.tables.items()}
    return Facts(
        rows=rows,
        skus={row["sku"]: row for row in rows["skus"]},
        locations={row["location"]: row for row in rows["locations"]},
        regions={row["region"]: row for row in rows["regions"]},
        lanes={row["lane"]: row for row in rows["lanes"]},
        territories={row["country"]: row["customs_territory"] for row in rows["countries"]},
        prices={(row["sku"], row["region"]): row for row in rows["prices"]},
        sourcing={(row["sku"], row["supplier"]): row for row in rows["sourcing"]},
    )


def _plain_rows(records: Iterable[Row]) -> list[Row]:
    return [{str(column): _plain(value) for column, value in record.items()} for record in records]


def _plain(value: Any) -> Any:
    if value != value:  # NaN and NaT
        return None
    return value.toordinal() if isinstance(value, dt.datetime) else value
