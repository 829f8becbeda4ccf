"""Lanes, their sailings, and what they cost. Illustrative, modelled on 2025-26 price lists; JP, CA and AU are assumed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.scenario.generator import markets
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import from_records

CONTAINERS = (("20GP", 28.0, 17000.0), ("40HQ", 68.0, 19000.0))


@dataclass(frozen=True)
class Way:
    """A lane with its rates; `tiers` are (from quantity, rate) of `basis`, `boxes` are rates per container type."""

    origin: str
    destination: str
    mode: str
    days: int
    late_days: int
    weekdays: str
    basis: str = ""
    tiers: tuple[tuple[float, float], ...] = ()
    currency: str = "USD"
    divisor: float = np.nan
    minimum: float = 0.0
    boxes: tuple[tuple[str, float], ...] = ()
    departure_fee: float = 0.0
    capacity_m3: float = np.nan
    duty_included: bool = False

    @property
    def code(self) -> str:
        """The lane's code, from its ends and mode."""
        return f"{self.origin}>{self.destination} {self.mode}"


#: destination -> mode -> (days, nine of ten days, weekdays, basis, tiers, currency, minimum, containers, fee of a departure)
_DDP = {"basis": "kg", "currency": "CNY", "divisor": 6000.0, "duty_included": True}
FIRST_LEG: dict[str, dict[str, dict]] = {
    "US-W": {
        "sea": {"days": 25, "late_days": 35, "weekdays": "Thu", "tiers": ((0, 13.7), (51, 11.7), (100, 10.7)), "minimum": 290.0, **_DDP},
        "air": {"days": 9, "late_days": 14, "weekdays": "Tue Fri", "tiers": ((0, 50.0),), **_DDP},
        "fcl": {"days": 32, "late_days": 45, "weekdays": "Sat", "boxes": (("20GP", 3300.0), ("40HQ", 5500.0)), "departure_fee": 280.0},
        "fast": {"days": 17, "late_days": 21, "weekdays": "Wed", "tiers": ((0, 16.7), (51, 14.7), (100, 13.7)), "minimum": 350.0, **_DDP},
        "lcl": {"days": 36, "late_days": 48, "weekdays": "Mon", "basis": "m3", "tiers": ((0, 115.0), (5, 95.0)), "minimum": 115.0, "departure_fee": 90.0},
        "express": {"days": 4, "late_days": 7, "weekdays": "", "tiers": ((0, 62.0),), **_DDP, "divisor": 5000.0},
    },
    "US-E": {
        "sea": {"days": 38, "late_days": 50, "weekdays": "Thu", "tiers": ((0, 15.8), (51, 13.8), (100, 12.8)), "minimum": 330.0, **_DDP},
        "air": {"days": 10, "late_days": 15, "weekdays": "Tue Fri", "tiers": ((0, 52.0),), **_DDP},
        "fcl": {"days": 40, "late_days": 55, "weekdays": "Sat", "boxes": (("20GP", 4500.0), ("40HQ", 7500.0)), "departure_fee": 280.0},
        "fast": {"days": 21, "late_days": 27, "weekdays": "Wed", "tiers": ((0, 19.4), (51, 17.4), (100, 16.4)), "minimum": 400.0, **_DDP},
        "lcl": {"days": 46, "late_days": 60, "weekdays": "Mon", "basis": "m3", "tiers": ((0, 135.0), (5, 115.0)), "minimum": 135.0, "departure_fee": 90.0},
        "express": {"days": 5, "late_days": 8, "weekdays": "", "tiers": ((0, 64.0),), **_DDP, "divisor": 5000.0},
    },
    "UK": {
        "sea": {"days": 42, "late_days": 58, "weekdays": "Fri", "tiers": ((0, 15.5), (51, 13.5), (100, 12.5)), "minimum": 320.0, **_DDP},
        "air": {"days": 9, "late_days": 13, "weekdays": "Tue Fri", "tiers": ((0, 43.0),), **_DDP},
        "fcl": {"days": 44, "late_days": 60, "weekdays": "Sun", "boxes": (("20GP", 2600.0), ("40HQ", 4200.0)), "departure_fee": 240.0},
        "fast": {"days": 30, "late_days": 44, "weekdays": "Wed", "tiers": ((0, 14.5),), "minimum": 300.0, **_DDP},
        "lcl": {"days": 48, "late_days": 62, "weekdays": "Mon", "basis": "m3", "tiers": ((0, 110.0), (5, 90.0)), "minimum": 110.0, "departure_fee": 80.0},
        "express": {"days": 4, "late_days": 7, "weekdays": "", "tiers": ((0, 60.0),), **_DDP, "divisor": 5000.0},
    },
    "DE": {
        "sea": {"days": 42, "late_days": 58, "weekdays": "Fri", "tiers": ((0, 14.3), (51, 12.3), (100, 11.3)), "minimum": 300.0, **_DDP},
        "air": {"days": 9, "late_days": 13, "weekdays": "Tue Fri", "tiers": ((0, 42.0),), **_DDP},
        "fcl": {"days": 44, "late_days": 58, "weekdays": "Sun", "boxes": (("20GP", 2500.0), ("40HQ", 4000.0)), "departure_fee": 240.0},
        "fast": {"days": 27, "late_days": 40, "weekdays": "Wed", "tiers": ((0, 13.0),), "minimum": 280.0, **_DDP},
        "lcl": {"days": 46, "late_days": 60, "weekdays": "Mon", "basis": "m3", "tiers": ((0, 105.0), (5, 88.0)), "minimum": 105.0, "departure_fee": 80.0},
        "express": {"days": 4, "late_days": 7, "weekdays": "", "tiers": ((0, 60.0),), **_DDP, "divisor": 5000.0},
    },
    "JP": {
        "sea": {"days": 12, "late_days": 16, "weekdays": "Mon Thu", "tiers": ((0, 9.5), (100, 7.5)), "minimum": 200.0, **_DDP},
        "air": {"days": 5, "late_days": 7, "weekdays": "Tue Fri", "tiers": ((0, 24.0),), **_DDP},
        "fcl": {"days": 15, "late_days": 20, "weekdays": "Sat", "boxes": (("20GP", 1200.0), ("40HQ", 1900.0)), "departure_fee": 200.0},
        "fast": {"days": 8, "late_days": 10, "weekdays": "Wed Sat", "tiers": ((0, 12.0), (100, 10.0)), "minimum": 220.0, **_DDP},
        "lcl": {"days": 17, "late_days": 22, "weekdays": "Mon", "basis": "m3", "tiers": ((0, 70.0), (5, 58.0)), "minimum": 70.0, "departure_fee": 70.0},
        "express": {"days": 3, "late_days": 5, "weekdays": "", "tiers": ((0, 38.0),), **_DDP, "divisor": 5000.0},
    },
    "US-FBA": {
        "sea": {"days": 30, "late_days": 42, "weekdays": "Thu", "tiers": ((0, 14.7), (51, 12.7), (100, 11.7)), "minimum": 310.0, **_DDP},
        "air": {"days": 12, "late_days": 18, "weekdays": "Fri", "tiers": ((0, 52.0),), **_DDP},
        "fast": {"days": 21, "late_days": 28, "weekdays": "Wed", "tiers": ((0, 17.7), (51, 15.7), (100, 14.7)), "minimum": 370.0, **_DDP},
        "express": {"days": 7, "late_days": 11, "weekdays": "", "tiers": ((0, 64.0),), **_DDP, "divisor": 5000.0},
    },
    "CA": {
        "sea": {"days": 32, "late_days": 44, "weekdays": "Thu", "tiers": ((0, 15.0), (100, 12.0)), "minimum": 300.0, **_DDP},
        "air": {"days": 9, "late_days": 14, "weekdays": "Fri", "tiers": ((0, 48.0),), **_DDP},
        "fcl": {"days": 40, "late_days": 52, "weekdays": "Sat", "boxes": (("20GP", 3400.0), ("40HQ", 5600.0)), "departure_fee": 260.0},
        "fast": {"days": 22, "late_days": 28, "weekdays": "Wed", "tiers": ((0, 17.0), (100, 15.0)), "minimum": 350.0, **_DDP},
        "lcl": {"days": 42, "late_days": 54, "weekdays": "Mon", "basis": "m3", "tiers": ((0, 130.0), (5, 110.0)), "minimum": 130.0, "departure_fee": 90.0},
        "express": {"days": 5, "late_days": 8, "weekdays": "", "tiers": ((0, 62.0),), **_DDP, "divisor": 5000.0},
    },
    "AU": {
        "sea": {"days": 26, "late_days": 36, "weekdays": "Fri", "tiers": ((0, 11.5), (100, 9.0)), "minimum": 240.0, **_DDP},
        "air": {"days": 7, "late_days": 10, "weekdays": "Fri", "tiers": ((0, 40.0),), **_DDP},
        "fcl": {"days": 30, "late_days": 40, "weekdays": "Sun", "boxes": (("20GP", 2200.0), ("40HQ", 3600.0)), "departure_fee": 220.0},
        "fast": {"days": 19, "late_days": 25, "weekdays": "Wed", "tiers": ((0, 13.5), (100, 11.5)), "minimum": 280.0, **_DDP},
        "lcl": {"days": 32, "late_days": 42, "weekdays": "Mon", "basis": "m3", "tiers": ((0, 95.0), (5, 80.0)), "minimum": 95.0, "departure_fee": 80.0},
        "express": {"days": 4, "late_days": 6, "weekdays": "", "tiers": ((0, 55.0),), **_DDP, "divisor": 5000.0},
    },
}

#: The second domestic warehouse ships in bulk only.
BULK_MODES = ("sea", "fcl")

TRANSFERS = (
    Way("US-W", "US-E", "ltl", 7, 10, "Mon Thu", "m3", ((0, 90.0),), minimum=150.0),
    Way("US-E", "US-W", "ltl", 7, 10, "Mon Thu", "m3", ((0, 90.0),), minimum=150.0),
    Way("US-W", "US-FBA", "ltl", 5, 9, "Tue", "m3", ((0, 60.0),), minimum=90.0),
    Way("US-E", "US-FBA", "ltl", 5, 9, "Tue", "m3", ((0, 60.0),), minimum=90.0),
    Way("DE", "UK", "road", 6, 14, "Wed", "m3", ((0, 85.0),), currency="EUR", minimum=120.0),
)


def ways(spec: Spec, suppliers: list[tuple[str, str]], weekly_volume: dict[str, float]) -> list[Way]:
    """Every lane: suppliers (code, country) to home, home to overseas, between warehouses, and back where returns are wanted."""
    homes = [place.code for place in markets.domestic(spec)]
    abroad = [place.code for place in markets.overseas(spec)]
    found = [_inbound(supplier, country, home) for number, (supplier, country) in enumerate(suppliers) for home in _homes_of(number, homes)]
    for number, home in enumerate(homes):
        for destination in abroad:
            found += [_outbound(spec, home, destination, mode, weekly_volume[destination]) for mode in FIRST_LEG[destination]
                      if mode in spec.first_leg_modes and (number == 0 or mode in BULK_MODES)]
    if len(homes) > 1:
        found += [Way(*ends, "truck", 3, 5, "Mon Thu", "m3", ((0, 120.0),), "CNY", minimum=200.0) for ends in (homes, homes[::-1])]
    found += [way for way in TRANSFERS if {way.origin, way.destination} <= set(abroad)]
    if spec.returns:
        found += [Way(place, homes[0], "return sea", 40, 55, "Sun", "m3", ((0, 120.0),), minimum=240.0, departure_fee=150.0)
                  for place in abroad if place != "US-FBA"]
    return found


def lanes(ways: list[Way]) -> pd.DataFrame:
    """The table of lanes."""
    records = [(way.code, way.origin, way.destination, way.mode, way.days, way.weekdays, way.capacity_m3, way.duty_included,
                f"nine of ten within {way.late_days} days") for way in ways]
    names = ("lane", "origin", "destination", "mode", "lead_time_days", "sailing_weekdays", "capacity_m3", "duty_included", "note")
    return from_records("lanes", names, records)


def freight_rates(ways: list[Way]) -> pd.DataFrame:
    """What the lanes cost."""
    records: list[tuple] = []
    for way in ways:
        records += [(way.code, way.basis, "", start, rate, way.currency, way.divisor, way.minimum, markets.SOURCE) for start, rate in way.tiers]
        records += [(way.code, "container", kind, 0.0, rate, way.currency, np.nan, 0.0, markets.SOURCE) for kind, rate in way.boxes]
        if way.departure_fee:
            records.append((way.code, "departure", "", 0.0, way.departure_fee, "USD", np.nan, 0.0, "documents, entry and clearance; illustrative"))
    names = ("lane", "basis", "container_type", "from_quantity", "rate", "currency", "volumetric_divisor", "minimum_charge", "note")
    return from_records("freight_rates", names, records)


def container_types(ways: list[Way]) -> pd.DataFrame:
    """The containers that the lanes offer: what can be loaded on the floor, and the road limit of weight."""
    used = {kind for way in ways for kind, _ in way.boxes}
    return from_records("container_types", ("container_type", "volume_m3", "payload_kg"), [box for box in CONTAINERS if box[0] in used])


def _inbound(supplier: str, country: str, home: str) -> Way:
    days = 6 if country == "VN" else 3
    rate = 260.0 if country == "VN" else 60.0
    return Way(supplier, home, "truck", days, days + 2, "Mon Wed Fri", "m3", ((0, rate),), "CNY", duty_included=country == "VN")


def _homes_of(number: int, homes: list[str]) -> list[str]:
    """A supplier sends to its nearest warehouse at home; every third one to all."""
    return homes if number % 3 == 2 else [homes[number % len(homes)]]


def _outbound(spec: Spec, home: str, destination: str, mode: str, weekly: float) -> Way:
    rates = dict(FIRST_LEG[destination][mode])
    if rates.get("boxes") and spec.container_tightness > 0:
        largest = CONTAINERS[-1][1]
        rates["capacity_m3"] = largest * max(1.0, np.ceil(weekly / spec.container_tightness / largest))
    name = "rail" if mode == "fast" and destination in ("UK", "DE") else "fast-sea" if mode == "fast" else mode
    return Way(home, destination, name, **rates)
