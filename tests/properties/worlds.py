"""Small random scenarios of which every feature can be switched on by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from optimizer.scenario.scenario import Scenario
from tests.formulation.toys import MONDAY, Row, toy

FEATURES = (
    "cases",
    "moq",
    "supplier_minimum",
    "breaks",
    "containers",
    "fees",
    "tiers",
    "rooms",
    "docks",
    "capacity",
    "targets",
    "patience",
    "clearance",
    "matched",
    "in_transit",
    "duty",
    "transfer",
    "locks",
    "euros",
    "parcels",
    "days",
)
#: Features that make rows which tie SKUs together.
LINKING = {"supplier_minimum", "breaks", "containers", "fees", "rooms", "docks", "capacity"}


@dataclass(frozen=True)
class World:
    """What a scenario is made from: a seed for its numbers, its features, its SKUs."""

    seed: int
    features: frozenset[str]
    skus: tuple[str, ...] = ("A", "B")

    def scenario(self, **changes: Any) -> Scenario:
        """The scenario, with some settings or tables in place of its own."""
        return toy(**{**self.tables(), **changes})

    def tables(self) -> dict[str, Any]:
        """Settings and rows of all tables, as `toy` takes them."""
        parts = (_places, _goods, _lanes, _rates, _service, _state)
        made: dict[str, Any] = {}
        for number, part in enumerate(parts):  # each part has numbers of its own, so that features do not shift them
            made.update(part(self, np.random.default_rng([self.seed, number])))
        return made

    def has(self, feature: str) -> bool:
        return feature in self.features


def worlds(without: set[str] = frozenset(), always: set[str] = frozenset(), skus: tuple[str, ...] = ("A", "B")):
    """A strategy of worlds: any features but those `without`, and those `always`."""
    free = [feature for feature in FEATURES if feature not in without | always]
    return st.builds(
        lambda seed, chosen: World(seed, frozenset(chosen) | always, skus),
        st.integers(0, 9_999),
        st.frozensets(st.sampled_from(free)),
    )


def _places(world: World, random: np.random.Generator) -> dict[str, Any]:
    limits: Row = {}
    if world.has("rooms"):
        limits |= {"storage_volume_m3": 0.03, "overflow_per_m3_day": float(random.uniform(1, 20))}
    if world.has("docks"):
        limits |= {"receiving_m3_per_day": 0.004, "receiving_overflow_per_m3": float(random.uniform(5, 80))}
    regions = [
        {"region": "W", "country": "US", "platform_fee_rate": 0.1, "return_rate": 0.05},
        {"region": "E", "country": "US"},
    ]
    if world.has("clearance"):
        regions.append({"region": "trader", "country": "US", "kind": "clearance"})
    return {
        "periods": (1, 2, 4, 7, 14) if world.has("days") else (7, 7, 7, 7),
        "capital_rate": float(random.uniform(0, 0.3)),
        "end_stock": "matched" if world.has("matched") else "zero",
        "review_days": 7,
        "locations": [
            {"location": "factory", "kind": "supplier", "country": "CN"},
            {"location": "home", "kind": "domestic", "country": "CN"},
            {"location": "west", "kind": "overseas", "country": "US", **limits},
            {"location": "east", "kind": "overseas", "country": "US"},
        ],
        "regions": regions,
        "exchange_rates": [
            {"currency": "EUR", "rate": 1.1},
            {"currency": "EUR", "rate": 1.25, "valid_from": "2026-06-10"},
        ],
    }


def _goods(world: World, random: np.random.Generator) -> dict[str, Any]:
    skus, prices, sourcing = [], [], []
    for sku in world.skus:
        cost = float(random.uniform(3, 9))
        skus.append(
            {
                "sku": sku,
                "hs_code": "6109.10" if random.random() < 0.5 else "8504.40",
                "unit_weight_kg": float(random.uniform(0.3, 4)),
                "unit_volume_m3": float(random.uniform(0.002, 0.02)),
                "case_pack": int(random.integers(2, 7)) if world.has("cases") else None,
                "declared_value": None if random.random() < 0.5 else cost,
                "units_per_order": float(random.integers(1, 3)),
            }
        )
        prices += [{"sku": sku, "region": region, "price": float(random.uniform(25, 60))} for region in "WE"]
        sourcing.append(
            {
                "sku": sku,
                "supplier": "factory",
                "unit_cost": cost,
                "moq": float(random.integers(5, 15)) if world.has("moq") else 0.0,
                "production_days": int(random.integers(0, 5)),
                "currency": "EUR" if world.has("euros") else "",
            }
        )
        if world.has("clearance"):
            prices.append({"sku": sku, "region": "trader", "price": float(random.uniform(0, 3))})
    least = float(random.uniform(40, 120)) if world.has("supplier_minimum") else 0.0
    return {
        "skus": skus,
        "prices": prices,
        "sourcing": sourcing,
        "suppliers": [{"supplier": "factory", "minimum_order_value": least}],
    }


def _lanes(world: World, random: np.random.Generator) -> dict[str, Any]:
    to = {"west": "sea", "east": "rail"}
    limit: Row = {"capacity_m3": 0.06, "capacity_units": 6} if world.has("capacity") else {}
    lanes: list[Row] = [
        {"lane": "buy", "origin": "factory", "destination": "home", "lead_time_days": int(random.integers(0, 4))},
        {"lane": "air", "origin": "home", "destination": "west", "lead_time_days": 3, **limit},
    ]
    for destination, lane in to.items():
        days = int(random.integers(5, 12))
        lanes.append({"lane": lane, "origin": "home", "destination": destination, "lead_time_days": days, **limit})
    if world.has("transfer"):
        lanes.append({"lane": "truck", "origin": "west", "destination": "east", "lead_time_days": 2})
    locks = [{"lane": "sea", "sku": world.skus[0], "most": 6}, {"lane": "air", "sku": world.skus[-1], "most": 0}]
    return {"lanes": lanes, "locks": locks if world.has("locks") else []}


def _rates(world: World, random: np.random.Generator) -> dict[str, Any]:
    rent = float(random.uniform(0.2, 2))
    currency = "EUR" if world.has("euros") else ""
    rates = [
        {"lane": "buy", "basis": "kg", "rate": 0.2},
        {"lane": "air", "basis": "kg", "rate": float(random.uniform(3, 6)), "currency": currency},
        {"lane": "rail", "basis": "m3", "rate": float(random.uniform(80, 150))},
    ]
    sea = float(random.uniform(1, 2))
    if world.has("breaks"):
        rates += [
            {"lane": "sea", "basis": "kg", "rate": sea, "volumetric_divisor": 5_000, "minimum_charge": 8},
            {"lane": "sea", "basis": "kg", "rate": 0.7 * sea, "volumetric_divisor": 5_000, "from_quantity": 40},
        ]
    else:
        rates.append({"lane": "sea", "basis": "kg", "rate": sea})
    if world.has("containers"):
        rates.append({"lane": "rail", "basis": "container", "container_type": "box", "rate": 12})
    if world.has("fees"):
        rates += [{"lane": lane, "basis": "departure", "rate": float(random.uniform(5, 25))} for lane in ("sea", "buy")]
    if world.has("transfer"):
        rates.append({"lane": "truck", "basis": "m3", "rate": 40})
    share = float(random.uniform(0, 0.3)) if world.has("duty") else 0.0
    tiers = [(0, rent), *([(9, 3 * rent), (20, 5 * rent)] if world.has("tiers") else [])]
    return {
        "freight_rates": rates,
        "container_types": [{"container_type": "box", "volume_m3": 0.1, "payload_kg": 60}],
        "storage_rates": [
            {"location": location, "from_age_days": age, "per_m3_day": amount}
            for location in ("west", "east")
            for age, amount in tiers
        ],
        "handling_rates": [{"location": "west", "basis": "m3", "rate": 20}],
        "duty_rates": [
            {"customs_territory": "US", "kind": "freight", "rate": share},
            {"customs_territory": "US", "kind": "freight", "rate": 1.5 * share, "hs_prefix": "61"},
            {"customs_territory": "US", "kind": "parcel", "rate": share, "per_item": 0.3},
        ],
    }


def _service(world: World, random: np.random.Generator) -> dict[str, Any]:
    lanes: list[Row] = [
        {"location": "west", "region": "W", "delivery_days": 3, "per_order": 2, "per_kg": 0.5},
        {"location": "west", "region": "E", "delivery_days": 6, "per_order": 3, "per_kg": 0.8},
        {"location": "east", "region": "E", "delivery_days": 3, "per_order": 2, "per_kg": 0.5},
    ]
    if world.has("parcels"):
        lanes.append({"location": "home", "region": "W", "delivery_days": 12, "per_order": 1, "per_kg": 6})
    if world.has("clearance"):
        lanes.append({"location": "west", "region": "trader", "delivery_days": 0})
    shares = [(4, 1.0), (8, float(random.uniform(0.3, 0.9))), (15, 0.3)]
    patience = [{"region": region, "days": days, "share": share} for region in "WE" for days, share in shares]
    target = {"location": "west", "sku": world.skus[0], "cover_days": 6, "price_per_unit_day": 0.05}
    return {
        "delivery_lanes": lanes,
        "delivery_patience": patience if world.has("patience") else [],
        "stock_targets": [target] if world.has("targets") else [],
    }


def _state(world: World, random: np.random.Generator) -> dict[str, Any]:
    stock, coming, want = [], [], []
    for sku in world.skus:
        stock += [
            {"location": "home", "sku": sku, "units": float(random.integers(5, 20))},
            {"location": "west", "sku": sku, "units": float(random.integers(0, 9)), "received_on": "2026-05-20"},
        ]
        if world.has("in_transit"):
            coming += [
                {"destination": "east", "sku": sku, "arrives_on": f"2026-06-{day:02}", "units": float(units)}
                for day, units in ((4, random.integers(1, 6)), (12, random.integers(1, 6)), (30, 3))
            ]
        want += [
            {
                "sku": sku,
                "region": region,
                "starts_on": MONDAY + dt.timedelta(days=7 * week),
                "days": 7,
                "mean": float(random.integers(0, 7)),
            }
            for region in "WE"
            for week in range(12)
        ]
    return {"opening_stock": stock, "in_transit": coming, "demand": want}
