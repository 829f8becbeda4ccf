"""Least orders at suppliers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.survey import Survey


def sku_orders(ground: Survey, shipments: pd.DataFrame) -> pd.DataFrame:
    """A row per supplier, SKU and period that has a least order and can be ordered now: origin, sku, period, moq, most,
    committed (1).
    """
    moq = np.nan_to_num(ground.sourcing("moq"))
    bought = shipments.assign(moq=moq[shipments["origin"], shipments["sku"]])
    bought = bought[(bought["moq"] > 0) & (bought["committed"] == 1)]
    grouped = bought.groupby(["origin", "sku", "period"], as_index=False)
    return grouped.agg(moq=("moq", "first"), most=("most", "sum"), committed=("committed", "first"))


def supplier_orders(ground: Survey) -> pd.DataFrame:
    """One row per supplier with a least order value and period with a departure: origin, period, least (money at the
    first day of the period).
    """
    terms = ground.scenario["suppliers"]
    asking = terms[terms["minimum_order_value"] > 0]
    known = pd.DataFrame(
        {
            "origin": ground.locations.get_indexer(asking["supplier"]),
            "least": asking["minimum_order_value"].to_numpy(),
            "currency": asking["currency"].to_numpy(),
        }
    )
    keys = ground.sailings[["origin", "period"]].drop_duplicates().merge(known, on="origin")
    keys = keys.sort_values(["origin", "period"]).reset_index(drop=True)
    days = ground.scenario.calendar.starts[keys["period"].to_numpy()]
    keys["least"] *= ground.exchange.rates(keys["currency"].to_numpy(), days)
    return keys.drop(columns="currency")
