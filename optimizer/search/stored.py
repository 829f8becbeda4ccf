"""Prices of linking rows as a table that another run can start from: tonight's from last night's, a what-if from its
base.

Prices only tell where a search begins. A bound holds at any prices, so those of another catalogue, or nonsense, cost
time and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.network.network import Network
from optimizer.search.stored_keys import DATE, NAMES, row_keys

#: Columns of a table of prices, in order.
PRICE_COLUMNS = (*NAMES, DATE, "price")


@dataclass(frozen=True)
class Recalled:
    """Prices (links,) that a table knows for linking rows, NaN for those that it does not know; how many it knows."""

    prices: np.ndarray
    matched: int

    def times(self, share: float) -> Recalled:
        """A share of each price."""
        return Recalled(share * self.prices, self.matched)

    def filled(self, first: np.ndarray) -> np.ndarray:
        """The prices, with `first` (links,) where they are unknown."""
        return np.where(np.isnan(self.prices), first, self.prices)


def stored_prices(net: Network, program: Program, links: np.ndarray, prices: np.ndarray) -> pd.DataFrame:
    """The table (`PRICE_COLUMNS`) of `prices` (links,) of the rows `links` of a network's program."""
    keys = row_keys(net, program, links)
    return keys.assign(price=np.asarray(prices, dtype=np.float64)[keys["link"].to_numpy()])[list(PRICE_COLUMNS)]


def recalled_prices(
    table: pd.DataFrame, net: Network, program: Program, links: np.ndarray, dearest: np.ndarray
) -> Recalled:
    """What a table of prices says of the rows `links` of a network's program, however old and whosever it is.

    A row takes the price of the row of the same names that is nearest in date. Rows that the table alone knows, prices
    that are no numbers, and prices beyond `dearest` (links,), which no row is ever worth, are ignored.
    """
    keys, known = row_keys(net, program, links), usable(table)
    prices = np.full(len(links), np.nan)
    if len(keys) and len(known):
        nearest = pd.merge_asof(
            keys.assign(**_names(keys)).sort_values(DATE, kind="stable"),
            known,
            on=DATE,
            by=list(NAMES),
            direction="nearest",
        )
        prices[nearest["link"].to_numpy()] = nearest["price"].to_numpy()
    prices[~(np.abs(prices) <= dearest)] = np.nan
    return Recalled(prices, int(np.isfinite(prices).sum()))


def usable(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of prices that say something, by date, with typed columns; none where a column is missing."""
    if not set(PRICE_COLUMNS) <= set(table.columns):
        return pd.DataFrame(
            {**{name: pd.Series(dtype=object) for name in NAMES}, DATE: pd.Series(dtype="datetime64[ns]"),
             "price": pd.Series(dtype=np.float64)}
        )  # fmt: skip
    typed = pd.DataFrame(_names(table))
    typed[DATE] = pd.to_datetime(table[DATE], format="ISO8601", errors="coerce").astype("datetime64[ns]")
    typed["price"] = pd.to_numeric(table["price"], errors="coerce").astype(np.float64)
    typed = typed[typed[DATE].notna() & np.isfinite(typed["price"])]
    return typed.drop_duplicates([*NAMES, DATE], keep="last").sort_values(DATE, kind="stable", ignore_index=True)


def _names(table: pd.DataFrame) -> dict[str, pd.Series]:
    """Columns of names as texts of one type."""
    return {name: table[name].fillna("").astype(str).astype(object) for name in NAMES}
