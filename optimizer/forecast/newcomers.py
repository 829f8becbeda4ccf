"""Products without a sale yet: which of them are to be forecast like others of their category."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY
from optimizer.scenario.reach import within_reach
from optimizer.scenario.scenario import Scenario

#: A product that was on sale for so many weeks without a sale is not new: nobody wants it.
TRIED_WEEKS = 8


def unsold(history: Weeks) -> np.ndarray:
    """Pairs of a history that were long enough in stock to sell, and did not (S,)."""
    return (history.first == history.sold.shape[1]) & (history.known.sum(axis=1) >= TRIED_WEEKS)


def newcomers(scenario: Scenario, history: Weeks) -> pd.DataFrame:
    """SKU and region of products that have a price there, can be brought there, and have not a row of sales or demand
    anywhere; but not of those whose stock has lain for weeks. Only regions in which others have sold.
    """
    prices = scenario["prices"]
    told = set(scenario["sales"]["sku"]) | set(scenario["demand"]["sku"])
    new = prices[~prices["sku"].isin(told | set(idle(scenario))) & prices["region"].isin(set(history.region))]
    return new.loc[within_reach(scenario, new), ["sku", "region"]].drop_duplicates().reset_index(drop=True)


def idle(scenario: Scenario) -> np.ndarray:
    """SKUs whose opening stock was received weeks ago."""
    stock = scenario["opening_stock"]
    since = np.datetime64(scenario.settings.starts_on, "D") - TRIED_WEEKS * WEEK * DAY
    old = stock["received_on"].notna() & (stock["received_on"] <= pd.Timestamp(since)) & (stock["units"] > 0)
    return stock.loc[old, "sku"].unique()


def with_pairs(history: Weeks, pairs: pd.DataFrame, category: dict[str, str]) -> Weeks:
    """The history and some pairs of which it knows nothing: all that is told of them is told by others."""
    count, weeks = len(pairs), history.sold.shape[1]
    names = {
        "sku": pairs["sku"].to_numpy(dtype=object),
        "region": pairs["region"].to_numpy(dtype=object),
        "category": np.array([category.get(sku, "") for sku in pairs["sku"]], dtype=object),
        "first": np.full(count, weeks),
    }
    added: dict[str, Any] = {name: np.concatenate([getattr(history, name), values]) for name, values in names.items()}
    blank = np.zeros((count, weeks))
    cells: dict[str, Any] = {
        name: np.vstack([getattr(history, name), blank]) for name in ("sold", "net", "known", "missed", "short")
    }
    return replace(history, **added, **cells)
