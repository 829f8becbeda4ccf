"""Which SKUs can be brought to which regions, sooner or later."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.scenario import Scenario

#: Tables that say where a SKU is to begin with, and their columns.
SOURCES = (("sourcing", "supplier"), ("opening_stock", "location"), ("in_transit", "destination"))


def within_reach(scenario: Scenario, wanted: pd.DataFrame) -> np.ndarray:
    """For each row (sku, region) whether some place that serves the region can ever hold the SKU; time is no matter."""
    regions, places, skus = (_codes(scenario, table) for table in ("regions", "locations", "skus"))
    held = _held(scenario, places, skus)
    served = np.zeros((len(regions), len(skus)), dtype=bool)
    lanes = scenario["delivery_lanes"]
    for region, place in zip(regions.get_indexer(lanes["region"]), places.get_indexer(lanes["location"]), strict=True):
        served[region] |= held[place]
    return served[_places(regions, wanted["region"]), _places(skus, wanted["sku"])]


def _held(scenario: Scenario, places: pd.Index, skus: pd.Index) -> np.ndarray:
    """Which place can hold which SKU (places, SKUs): where it is made, is in stock or arrives, and where lanes lead."""
    held = np.zeros((len(places), len(skus)), dtype=bool)
    for table, column in SOURCES:
        rows = scenario[table]
        rows = rows[rows["units"] > 0] if "units" in rows else rows
        held[places.get_indexer(rows[column]), skus.get_indexer(rows["sku"])] = True
    lanes = scenario["lanes"]
    ways = list(zip(places.get_indexer(lanes["origin"]), places.get_indexer(lanes["destination"]), strict=True))
    for _ in places:  # no way passes a place twice
        before = held.copy()
        for origin, destination in ways:
            held[destination] |= held[origin]
        if (held == before).all():
            break
    return held


def _places(known: pd.Index, names: pd.Series) -> np.ndarray:
    """Where each name stands among those that are known, -1 if nowhere; each is looked up once."""
    codes, distinct = pd.factorize(names)
    return known.get_indexer(pd.Index(distinct, dtype=object))[codes]


def _codes(scenario: Scenario, table: str) -> pd.Index:
    return pd.Index(scenario[table][table[:-1]].to_numpy(dtype=object))
