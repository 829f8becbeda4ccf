"""Lanes, their sailings, and what they cost. Illustrative, modelled on 2025-26 price lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.scenario.generator import markets
from optimizer.scenario.generator.first_leg import Tariff
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import from_records

#: destination -> mode -> tariff
Tariffs = Mapping[str, Mapping[str, Tariff]]
#: Type, volume that can be loaded on the floor, payload on the road.
CONTAINERS = (("20GP", 28.0, 17000.0), ("40HQ", 68.0, 19000.0))
#: The second domestic warehouse ships in bulk only.
BULK_MODES = ("sea", "fcl")


@dataclass(frozen=True)
class Way:
    """A lane: its ends, what is said of it, and its tariff."""

    origin: str
    destination: str
    mode: str
    tariff: Tariff
    capacity_m3: float = np.nan

    @property
    def code(self) -> str:
        """The lane's code, from its ends and mode."""
        return f"{self.origin}>{self.destination} {self.mode}"


def pallets(days: int, late_days: int, weekdays: str, rate: float, minimum: float, currency: str = "USD") -> Tariff:
    """Part loads by m3 with a least charge."""
    return Tariff(days, late_days, weekdays, "m3", ((0.0, rate),), currency, minimum=minimum)


TRANSFERS = (
    Way("US-W", "US-E", "ltl", pallets(7, 10, "Mon Thu", 90.0, 150.0)),
    Way("US-E", "US-W", "ltl", pallets(7, 10, "Mon Thu", 90.0, 150.0)),
    Way("US-W", "US-FBA", "ltl", pallets(5, 9, "Tue", 60.0, 90.0)),
    Way("US-E", "US-FBA", "ltl", pallets(5, 9, "Tue", 60.0, 90.0)),
    Way("DE", "UK", "road", pallets(6, 14, "Wed", 85.0, 120.0, "EUR")),
)
BETWEEN_HOMES = pallets(3, 5, "Mon Thu", 120.0, 200.0, "CNY")
RETURN = Tariff(40, 55, "Sun", "m3", ((0.0, 120.0),), minimum=240.0, departure_fee=150.0)
TRUCK = Tariff(3, 5, "Mon Wed Fri", "m3", ((0.0, 60.0),), "CNY")
#: Goods from Vietnam stay in bond at home: no Chinese duty.
TRUCK_FROM_VIETNAM = Tariff(6, 8, "Mon Wed Fri", "m3", ((0.0, 260.0),), "CNY", duty_included=True)


def ways(spec: Spec, tariffs: Tariffs, suppliers: list[tuple[str, str]], weekly_volume: dict[str, float]) -> list[Way]:
    """Every lane: suppliers (code, country) to home, on to overseas, between warehouses, and back if wanted."""
    homes = [place.code for place in markets.domestic(spec)]
    abroad = [place.code for place in markets.overseas(spec)]
    found = [way for number, supplier in enumerate(suppliers) for way in _inbound(number, supplier, homes)]
    for number, home in enumerate(homes):
        offered = [mode for mode in spec.first_leg_modes if number == 0 or mode in BULK_MODES]
        found += [
            way
            for place in abroad
            for way in _outbound(home, place, offered, tariffs[place], _room_aboard(spec, weekly_volume[place]))
        ]
    if len(homes) > 1:
        found += [Way(start, end, "truck", BETWEEN_HOMES) for start, end in (homes, homes[::-1])]
    found += [way for way in TRANSFERS if {way.origin, way.destination} <= set(abroad)]
    if spec.returns:
        found += [Way(place, homes[0], "return sea", RETURN) for place in abroad if place != "US-FBA"]
    return found


def lanes(ways: Sequence[Way]) -> pd.DataFrame:
    """The table of lanes."""
    records = [
        (way.code, way.origin, way.destination, way.mode, way.tariff.days, way.tariff.late_days, way.tariff.weekdays)
        + (way.capacity_m3, way.tariff.duty_included)
        for way in ways
    ]
    names = ("lane", "origin", "destination", "mode", "lead_time_days", "lead_time_p90_days", "sailing_weekdays")
    return from_records("lanes", (*names, "capacity_m3", "duty_included"), records)


def freight_rates(ways: Sequence[Way], change: pd.Timestamp) -> pd.DataFrame:
    """What the lanes cost; rates that include duty may change on the day `change`."""
    records: list[tuple] = []
    for way in ways:
        records += _rates(way, pd.NaT, 1.0)
        if way.tariff.rise != 1.0:
            records += _rates(way, change, way.tariff.rise)
        if way.tariff.departure_fee:
            note = "documents, entry and clearance; illustrative"
            records.append((way.code, "departure", "", 0.0, pd.NaT, way.tariff.departure_fee, "USD", np.nan, 0.0, note))
    names = ("lane", "basis", "container_type", "from_quantity", "valid_from", "rate", "currency", "volumetric_divisor")
    return from_records("freight_rates", (*names, "minimum_charge", "note"), records)


def container_types(ways: Sequence[Way]) -> pd.DataFrame:
    """The containers that the lanes offer: what can be loaded on the floor, and the road limit of weight."""
    used = {kind for way in ways for kind, _ in way.tariff.boxes}
    chosen = [box for box in CONTAINERS if box[0] in used]
    return from_records("container_types", ("container_type", "volume_m3", "payload_kg"), chosen)


def _rates(way: Way, since: object, factor: float) -> list[tuple]:
    tariff = way.tariff
    end = (tariff.currency, tariff.divisor, round(tariff.minimum * factor, 2), markets.SOURCE)
    tiers = [(way.code, tariff.basis, "", start, since, round(rate * factor, 2), *end) for start, rate in tariff.tiers]
    boxes = [(way.code, "container", kind, 0.0, since, round(rate * factor, 2), *end) for kind, rate in tariff.boxes]
    return tiers + boxes


def _inbound(number: int, supplier: tuple[str, str], homes: list[str]) -> list[Way]:
    """A supplier sends to its nearest warehouse at home; every third one to all."""
    code, country = supplier
    tariff = TRUCK_FROM_VIETNAM if country == "VN" else TRUCK
    near = homes if number % 3 == 2 else [homes[number % len(homes)]]
    return [Way(code, home, "truck", tariff) for home in near]


def _room_aboard(spec: Spec, weekly: float) -> float:
    """Volume of the containers that a sailing takes: whole 40HQ, at least one; NaN without a limit."""
    largest = CONTAINERS[-1][1]
    if spec.container_tightness == 0:
        return np.nan
    return largest * max(1.0, np.ceil(weekly / spec.container_tightness / largest))


def _outbound(
    home: str, destination: str, modes: list[str], tariffs: Mapping[str, Tariff], room_aboard: float
) -> list[Way]:
    fast = "rail" if destination in ("UK", "DE") else "fast-sea"
    return [
        Way(home, destination, fast if mode == "fast" else mode, tariff, room_aboard if tariff.boxes else np.nan)
        for mode, tariff in tariffs.items()
        if mode in modes
    ]
