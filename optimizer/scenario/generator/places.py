"""Tables of countries, locations and regions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.generator import markets
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import from_records, typed

#: Every so many suppliers one is in Vietnam.
VIETNAM_EVERY = 6
HQ_M3 = 68.0
#: Weeks of demand that a warehouse is built for.
ROOM_WEEKS = 6.0


def countries(spec: Spec) -> pd.DataFrame:
    """The countries in use and their customs territories."""
    used = {"CN", "VN", *(place.country for place in markets.overseas(spec))}
    used |= {region.country for region in markets.regions(spec)}
    records = [(code, territory, currency) for code, (territory, currency) in markets.COUNTRIES.items() if code in used]
    return from_records("countries", ("country", "customs_territory", "currency"), records)


def supplier_codes(spec: Spec) -> list[str]:
    """Codes of the suppliers."""
    return [f"SUP-{number + 1:02d}" for number in range(spec.supplier_count)]


def supplier_countries(spec: Spec) -> np.ndarray:
    """Country of each supplier: mostly China, some Vietnam."""
    numbers = np.arange(spec.supplier_count)
    return np.where(numbers % VIETNAM_EVERY == VIETNAM_EVERY - 1, "VN", "CN").astype(object)


def locations(spec: Spec, weekly_volume: dict[str, float]) -> pd.DataFrame:
    """Suppliers and warehouses; `weekly_volume` (m3 by location) sizes rooms and docks. Overflow is dear but never
    forbidden.
    """
    suppliers = [
        (code, f"factory {code}", "supplier", country, "", np.nan, np.nan, np.nan, np.nan)
        for code, country in zip(supplier_codes(spec), supplier_countries(spec), strict=True)
    ]
    warehouses = [
        _warehouse(spec, place, weekly_volume[place.code])
        for place in (*markets.domestic(spec), *markets.overseas(spec))
    ]
    names = (
        "location",
        "name",
        "kind",
        "country",
        "currency",
        "storage_volume_m3",
        "receiving_m3_per_day",
        "overflow_per_m3_day",
        "receiving_overflow_per_m3",
    )
    return from_records("locations", names, suppliers + warehouses)


def regions(spec: Spec) -> pd.DataFrame:
    """Customers, one clearance region per customs territory, and disposal for the marketplace's stock, which nobody
    else may fetch.
    """
    customers = [
        (
            region.code,
            region.name,
            "customers",
            region.country,
            region.channel,
            region.return_rate,
            region.platform_fee_rate,
        )
        for region in markets.regions(spec)
    ]
    outlets = [(code, "", kind, country, "", 0.0, 0.0) for code, kind, country in outlet_regions(spec)]
    return from_records(
        "regions",
        ("region", "name", "kind", "country", "channel", "return_rate", "platform_fee_rate"),
        customers + outlets,
    )


def outlet_regions(spec: Spec) -> list[tuple[str, str, str]]:
    """Clearance and disposal regions: code, kind, country."""
    by_territory = {"CN": "CN"}
    for place in markets.overseas(spec):
        if place.kind != "marketplace":
            by_territory.setdefault(markets.COUNTRIES[place.country][0], place.country)
    outlets = [(f"{territory}-clearance", "clearance", country) for territory, country in by_territory.items()]
    if any(place.kind == "marketplace" for place in markets.overseas(spec)):
        outlets.append(("US-disposal", "disposal", "US"))
    return outlets


def outlets_of(spec: Spec, warehouse: markets.Warehouse) -> list[str]:
    """Clearance or disposal regions that a warehouse can give stock to."""
    if warehouse.kind == "marketplace":
        return ["US-disposal"]
    return [f"{markets.COUNTRIES[warehouse.country][0]}-clearance"]


def suppliers(spec: Spec, rng: np.random.Generator) -> pd.DataFrame:
    """Terms over all products: a least order value where least orders are wanted."""
    codes = supplier_codes(spec)
    value = np.round(rng.uniform(2000, 8000, len(codes)), -2) * spec.moq
    chinese = supplier_countries(spec) == "CN"
    return typed(
        "suppliers",
        {
            "supplier": codes,
            "minimum_order_value": np.where(chinese, value, np.round(value / 7, -1)),
            "currency": np.where(chinese, "CNY", "USD"),
            "note": markets.SOURCE,
        },
    )


def _warehouse(spec: Spec, place: markets.Warehouse, weekly: float) -> tuple:
    room = dock = np.nan
    if spec.storage_tightness > 0:
        room = np.ceil(max(weekly, 0.5) * ROOM_WEEKS / spec.storage_tightness)
        dock = np.ceil(max(weekly * 3 / 7 / spec.storage_tightness, HQ_M3 / 7))
    per_usd = {"CNY": 7.0, "GBP": 0.75, "EUR": 0.86, "JPY": 150.0, "CAD": 1.38, "AUD": 1.52}.get(place.currency, 1.0)
    rent, receiving = (1.2, 9.0) if place.kind == "domestic" else (3.0, 25.0)
    prices = (
        (np.round(rent * per_usd, 2), np.round(receiving * per_usd, 2))
        if spec.storage_tightness > 0
        else (np.nan, np.nan)
    )
    return (place.code, place.name, place.kind, place.country, place.currency, room, dock, *prices)
