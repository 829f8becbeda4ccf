"""Least orders at suppliers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.survey import Survey


def sku_orders(ground: Survey, shipments: pd.DataFrame) -> pd.DataFrame:
    """A row per supplier, SKU and period that can be ordered and has a least order: origin, sku, period, moq, most."""
    moq = np.nan_to_num(ground.sourcing("moq"))
    bought = shipments.assign(moq=moq[shipments["origin"], shipments["sku"]])
    bought = bought[bought["moq"] > 0]
    grouped = bought.groupby(["origin", "sku", "period"], as_index=False)
    return grouped.agg(moq=("moq", "first"), most=("most", "sum"))


def supplier_orders(ground: Survey) -> pd.DataFrame:
    """One row per supplier with a least order value and period with a departure: origin, period, least (money)."""
    terms = ground.scenario["suppliers"]
    least = np.zeros(len(ground.locations))
    days = ground.scenario.calendar.starts[0]
    least[ground.locations.get_indexer(terms["supplier"])] = terms["minimum_order_value"] * ground.exchange.rates(
        terms["currency"].to_numpy(), days
    )
    sailings = ground.sailings[least[ground.sailings["origin"]] > 0]
    keys = sailings[["origin", "period"]].drop_duplicates().sort_values(["origin", "period"]).reset_index(drop=True)
    return keys.assign(least=least[keys["origin"]])
