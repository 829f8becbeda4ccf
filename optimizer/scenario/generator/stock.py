"""Stock on hand and under way on the first day, already mismatched."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.generator.catalogue import Catalogue
from optimizer.scenario.generator.demand import Demand
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import joined, typed

#: Weeks of demand at home: of goods that still sell, and of those that are sold out there.
HOME_WEEKS, SOLD_OUT = (2.0, 7.0), 0.35
#: Weeks of demand overseas of goods that die.
DYING_WEEKS = (10.0, 30.0)
#: Share of (SKU, warehouse) with goods under way.
UNDER_WAY = 0.3


def by_location(demand: Demand, nearest: np.ndarray, skus: int, locations: int) -> np.ndarray:
    """Weekly units of each SKU that each overseas warehouse is nearest to, (skus, locations); `nearest` (regions,)
    numbers warehouses, -1 for none.
    """
    found = np.zeros((skus, locations + 1))
    np.add.at(found, (demand.sku, nearest[demand.region]), demand.recent)
    return found[:, :locations]


def opening_stock(
    spec: Spec,
    goods: Catalogue,
    demand: Demand,
    weekly: np.ndarray,
    homes: list[str],
    abroad: list[str],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Too much overseas of what no longer sells, in old lots; little of what does, and often nothing at home."""
    fading = demand.fading[:, None]
    weeks = np.where(fading, rng.uniform(*DYING_WEEKS, weekly.shape), rng.uniform(*spec.cover_weeks, weekly.shape))
    overseas = np.floor(weekly * weeks * (rng.random(weekly.shape) < np.where(fading, 0.95, 0.7)))
    old = np.floor(overseas * np.where(fading, rng.uniform(0.4, 0.9, weekly.shape), 0.0))
    tables = []
    for place, code in enumerate(abroad):
        for units, ages in (
            (old[:, place], rng.integers(95, 320, len(goods))),
            (overseas[:, place] - old[:, place], rng.integers(5, 60, len(goods))),
        ):
            tables.append(_lots(spec, goods, code, units, ages))
    total = weekly.sum(axis=1)
    home = (
        total * rng.uniform(*HOME_WEEKS, len(goods)) * (rng.random(len(goods)) > np.where(demand.fading, 0.7, SOLD_OUT))
    )
    cases = np.floor(home / goods.case_pack)
    where = rng.integers(0, len(homes), len(goods))
    ages = rng.integers(2, 50, len(goods))
    tables += [
        _lots(spec, goods, code, np.where(where == number, cases * goods.case_pack, 0.0), ages)
        for number, code in enumerate(homes)
    ]
    return joined("opening_stock", *tables)


def in_transit(
    spec: Spec, goods: Catalogue, weekly: np.ndarray, abroad: list[str], rng: np.random.Generator
) -> pd.DataFrame:
    """One to four weeks of demand, in whole cases, that arrive within the first five weeks."""
    tables = []
    for place, code in enumerate(abroad):
        units = np.ceil(weekly[:, place] * rng.uniform(1, 4, len(goods)) / goods.case_pack) * goods.case_pack
        chosen = np.flatnonzero((rng.random(len(goods)) < UNDER_WAY) & (weekly[:, place] > goods.case_pack / 8))
        days = rng.integers(2, 35, len(goods))[chosen]
        arrives = np.datetime64(spec.starts_on, "D") + days.astype("timedelta64[D]")
        tables.append(
            typed(
                "in_transit",
                {
                    "destination": np.full(len(chosen), code, dtype=object),
                    "sku": goods.sku[chosen],
                    "arrives_on": arrives.astype("datetime64[ns]"),
                    "units": units[chosen],
                },
            )
        )
    return joined("in_transit", *tables)


def _lots(spec: Spec, goods: Catalogue, location: str, units: np.ndarray, ages: np.ndarray) -> pd.DataFrame:
    there = np.flatnonzero(units > 0)
    received = np.datetime64(spec.starts_on, "D") - ages[there].astype("timedelta64[D]")
    return typed(
        "opening_stock",
        {
            "location": np.full(len(there), location, dtype=object),
            "sku": goods.sku[there],
            "received_on": received.astype("datetime64[ns]"),
            "units": units[there],
        },
    )
