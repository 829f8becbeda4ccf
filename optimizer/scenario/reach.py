"""Which SKUs can be brought to which regions, sooner or later."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.scenario import Scenario


def reached(scenario: Scenario) -> pd.MultiIndex:
    """Pairs (sku, region) for which some place that serves the region can ever hold the SKU; time is not looked at."""
    held = can_hold(scenario)
    pairs = held.merge(scenario["delivery_lanes"][["location", "region"]], on="location")
    return pd.MultiIndex.from_frame(pairs[["sku", "region"]].drop_duplicates())


def can_hold(scenario: Scenario) -> pd.DataFrame:
    """Pairs (location, sku): where it is made, is in stock or arrives, and wherever lanes lead from there."""
    skus, places = scenario["skus"]["sku"], scenario["locations"]["location"]
    held = np.zeros((len(places), len(skus)), dtype=bool)
    at, of = pd.Index(places.to_numpy(dtype=object)), pd.Index(skus.to_numpy(dtype=object))
    for table, column in (("sourcing", "supplier"), ("opening_stock", "location"), ("in_transit", "destination")):
        rows = scenario[table]
        rows = rows[rows["units"] > 0] if "units" in rows else rows
        held[at.get_indexer(rows[column]), of.get_indexer(rows["sku"])] = True
    lanes = scenario["lanes"]
    ways = list(zip(at.get_indexer(lanes["origin"]), at.get_indexer(lanes["destination"]), strict=True))
    for _ in places:  # no way passes a place twice
        before = held.copy()
        for origin, destination in ways:
            held[destination] |= held[origin]
        if (held == before).all():
            break
    place, sku = np.nonzero(held)
    return pd.DataFrame({"location": at[place], "sku": of[sku]})
