"""The value of what is left when the horizon ends."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.cover import Cover
from optimizer.plan.ledger.events import Events
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.stock import Stock


def left_over(facts: Facts, events: Events, stock: Stock, shipped: pd.DataFrame) -> pd.DataFrame:
    """What the end leaves: location, sku, units, and the day (number) on which it is there.

    Stock on hand is there on the first day after the horizon.
    """
    on_hand = stock.rows(stock.on_hand[:, :, -1:])[["location", "sku", "units"]].assign(day=facts.end)
    beyond = shipped[shipped["arrival_period"] >= facts.periods]
    under_way = pd.DataFrame(
        {"location": beyond["destination"], "sku": beyond["sku"], "units": beyond["units"], "day": beyond["arrives"]}
    )
    late = events.receipts.loc[events.receipts["period"] >= facts.periods, ["location", "sku", "units", "day"]]
    return pd.concat([on_hand, under_way, late], ignore_index=True)


def end_stock(facts: Facts, left: pd.DataFrame, end_cover: pd.DataFrame, cover: Cover) -> pd.DataFrame:
    """Minus the value of what is left, matched to later demand or not: location, sku, amount."""
    if facts.scenario.settings.end_stock == "zero":
        return pd.DataFrame(
            {"location": pd.Series(dtype=object), "sku": pd.Series(dtype=object), "amount": pd.Series(dtype=float)}
        )
    plain = left.assign(amount=-_unmatched(cover, left) * left["units"])
    gain = cover.worth(end_cover) - _unmatched(cover, end_cover) if len(end_cover) else np.zeros(0)
    matched = end_cover.assign(amount=-gain * end_cover["units"].to_numpy(dtype=float))
    return pd.concat([plain[["location", "sku", "amount"]], matched[["location", "sku", "amount"]]], ignore_index=True)


def _unmatched(cover: Cover, rows: pd.DataFrame) -> np.ndarray:
    return cover.unmatched[cover.places.get_indexer(rows["location"]), cover.skus.get_indexer(rows["sku"])]
