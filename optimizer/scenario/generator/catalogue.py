"""What is sold: sizes, weights, costs and cases, all correlated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.scenario.generator.categories import CATEGORIES
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import typed

CASE_PACKS = np.array([6, 8, 10, 12, 16, 20, 24, 30, 36, 40, 48])
#: A carton that one person can carry.
CASE_M3, CASE_KG = 0.06, 18.0


@dataclass(frozen=True)
class Catalogue:
    """The products as arrays, one entry per SKU: money in US$, `category` and `supplier` as numbers."""

    sku: np.ndarray
    category: np.ndarray
    supplier: np.ndarray
    volume_m3: np.ndarray
    weight_kg: np.ndarray
    unit_cost: np.ndarray
    price: np.ndarray
    case_pack: np.ndarray
    units_per_order: np.ndarray
    origin: np.ndarray

    def __len__(self) -> int:
        return len(self.sku)


def catalogue(spec: Spec, supplier_countries: np.ndarray, rng: np.random.Generator) -> Catalogue:
    """Draw the products: a supplier makes a few categories, size drives cost, cost and weight drive the price."""
    count = spec.skus
    supplier = rng.integers(0, spec.supplier_count, count)
    share = np.array([category.share for category in CATEGORIES])
    home = rng.choice(len(CATEGORIES), size=(spec.supplier_count, 3), p=share / share.sum())
    category = home[supplier, rng.integers(0, 3, count)]
    litres, density, cost = (
        np.array([getattr(entry, name) for entry in CATEGORIES])[category]
        for name in ("litres", "kg_per_m3", "unit_cost")
    )
    size = np.clip(rng.normal(0, 0.55, count), -1.4, 1.4)
    volume = np.round(litres * np.exp(size) / 1000, 6)
    weight = np.round(volume * density * np.exp(np.clip(rng.normal(0, 0.3, count), -0.8, 0.8)), 3)
    unit_cost = np.round(cost * np.exp(0.6 * size + rng.normal(0, 0.3, count)), 2)
    price = np.floor((2.4 * unit_cost + 5 + 2.2 * weight) * np.exp(rng.normal(0, 0.12, count))) + 0.99
    return Catalogue(
        sku=sku_codes(count),
        category=category,
        supplier=supplier,
        volume_m3=volume,
        weight_kg=weight,
        unit_cost=unit_cost,
        price=price,
        case_pack=case_packs(volume, weight),
        units_per_order=np.round(rng.choice([1.0, 1.1, 1.2, 1.4, 1.8], count), 1),
        origin=supplier_countries[supplier],
    )


def sku_codes(count: int) -> np.ndarray:
    """Codes S0001 and so on, wide enough for all."""
    width = max(4, len(str(count)))
    return np.array([f"S{number:0{width}d}" for number in range(1, count + 1)], dtype=object)


def case_packs(volume_m3: np.ndarray, weight_kg: np.ndarray) -> np.ndarray:
    """The largest usual carton, 6 to 48 units, that stays near 60 litres and 18 kg."""
    fits = np.minimum(CASE_M3 / volume_m3, CASE_KG / weight_kg)
    return CASE_PACKS[np.clip(np.searchsorted(CASE_PACKS, fits, side="right") - 1, 0, None)]


def skus(spec: Spec, goods: Catalogue) -> pd.DataFrame:
    """The table of products; every third one has a declared value a little above its cost."""
    names = np.array([category.name for category in CATEGORIES], dtype=object)
    codes = np.array([category.hs_code for category in CATEGORIES], dtype=object)
    declared = np.where(np.arange(len(goods)) % 3 == 0, np.round(goods.unit_cost * 1.1, 2), np.nan)
    return typed(
        "skus",
        {
            "sku": goods.sku,
            "name": names[goods.category] + " " + goods.sku,
            "category": names[goods.category],
            "hs_code": codes[goods.category],
            "origin_country": goods.origin,
            "units_per_order": goods.units_per_order,
            "unit_weight_kg": goods.weight_kg,
            "unit_volume_m3": goods.volume_m3,
            "case_pack": goods.case_pack if spec.whole_cases else np.nan,
            "declared_value": declared,
            "goodwill": np.round(goods.price * 0.05, 2),
        },
    )
