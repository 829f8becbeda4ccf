"""Random small sellers: a plain one, and some forty features that can each be switched on by themselves."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import Settings
from tests.formulation.toys import MONDAY, typed
from tests.oracle import features_of_goods, features_of_lanes, features_of_places, features_of_plans, features_of_rates
from tests.oracle.draft import Draft

#: Features by name, in the order in which they are applied: places first, new ones last.
FEATURES = {
    change.__name__: change
    for module in (features_of_places, features_of_lanes, features_of_goods, features_of_rates, features_of_plans)
    for change in module.FEATURES
}


@dataclass(frozen=True)
class Seller:
    """What a scenario is made from: a seed for its numbers, and its features."""

    seed: int
    features: frozenset[str]

    def scenario(self) -> Scenario:
        """The scenario. Each feature has numbers of its own, so that one does not shift those of another."""
        draft = plain(self._random("plain"))
        for name, change in FEATURES.items():
            if name in self.features:
                change(draft, self._random(name))
        return Scenario(Settings("seller", "USD", MONDAY, **draft.settings), typed(draft.rows))

    def _random(self, name: str) -> np.random.Generator:
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])


def seller(seed: int, share: float = 0.35) -> Seller:
    """The seller of a seed, with about that share of all features."""
    random = np.random.default_rng(seed)
    chosen = random.random(len(FEATURES)) < share
    return Seller(seed, frozenset(name for name, on in zip(FEATURES, chosen.tolist(), strict=True) if on))


def plain(random: np.random.Generator) -> Draft:
    """Two products of one factory, brought home and shipped west by weight, sold from there."""
    draft = Draft({"periods": (7, 7, 7, 7), "end_stock": "zero"})
    draft.add("countries", {"country": "CN", "customs_territory": "CN", "currency": "CNY"})
    draft.add("countries", {"country": "US", "customs_territory": "US"})
    draft.add("exchange_rates", {"currency": "CNY", "rate": 0.14}, {"currency": "EUR", "rate": 1.1})
    draft.add("locations", {"location": "factory", "kind": "supplier", "country": "CN"})
    draft.add("locations", {"location": "home", "kind": "domestic", "country": "CN"})
    draft.add("locations", {"location": "west", "kind": "overseas", "country": "US"})
    draft.add("regions", {"region": "W", "country": "US", "platform_fee_rate": 0.1, "return_rate": 0.05})
    for sku in ("A", "B"):
        _add_goods(draft, sku, random)
    draft.add_lane("buy", "factory", "home", int(random.integers(0, 4)))
    draft.add("freight_rates", {"lane": "buy", "basis": "kg", "rate": 0.2})
    draft.add_lane("sea", "home", "west", int(random.integers(5, 12)))
    draft.add("freight_rates", {"lane": "sea", "basis": "kg", "rate": float(random.uniform(1, 2))})
    draft.add("delivery_lanes", {"location": "west", "region": "W", "delivery_days": 3, "per_order": 2, "per_kg": 0.5})
    draft.add("storage_rates", {"location": "west", "per_m3_day": float(random.uniform(0.3, 2))})
    for territory in ("CN", "US"):
        for kind in ("freight", "parcel"):
            draft.add("duty_rates", {"customs_territory": territory, "kind": kind})
    return draft


def _add_goods(draft: Draft, sku: str, random: np.random.Generator) -> None:
    draft.add(
        "skus",
        {
            "sku": sku,
            "hs_code": "6109.10" if sku == "A" else "8504.40",
            "origin_country": "CN",
            "unit_weight_kg": float(random.uniform(0.3, 4)),
            "unit_volume_m3": float(random.uniform(0.002, 0.02)),
            "units_per_order": float(random.integers(1, 3)),
            "goodwill": float(random.uniform(0, 2)),
        },
    )
    draft.add("prices", {"sku": sku, "region": "W", "price": float(random.uniform(25, 60))})
    draft.add("sourcing", {"sku": sku, "supplier": "factory", "unit_cost": float(random.uniform(4, 9))})
    draft.add("opening_stock", {"location": "home", "sku": sku, "units": float(random.integers(3, 15))})
    draft.add("opening_stock", {"location": "west", "sku": sku, "units": float(random.integers(0, 9))})
    draft.add_demand(sku, "W", random)
