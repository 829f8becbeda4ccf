"""From invoice lines to weekly sales: what counts as a sale, of which product, in which week."""

from __future__ import annotations

import numpy as np
import pandas as pd

#: A code of a product: five digits and perhaps letters. Postage, fees, vouchers, samples and corrections have others.
PRODUCT = r"\d{5}[A-Z]*"
#: Columns of a sale.
SALE = ("sku", "name", "order", "customer", "country", "time", "units", "price")


def history(lines: pd.DataFrame, until: pd.Timestamp | None = None) -> pd.DataFrame:
    """Sales in whole weeks, before `until` where it is given: the columns of `SALE`, and week (its Monday); prices in
    the shop's currency.

    `lines` are invoice lines with the columns of the file. Nothing after `until` is looked at, not even that a sale
    was cancelled later.
    """
    first, last = lines["InvoiceDate"].min(), lines["InvoiceDate"].max()
    if until is not None:
        lines, last = lines[lines["InvoiceDate"] < until], min(last, until - pd.Timedelta(seconds=1))
    sold = without_cancelled(sales(lines))
    day = sold["time"].dt.normalize()
    sold = sold.assign(week=day - pd.to_timedelta(day.dt.day_of_week, unit="D"))
    start, end = whole_weeks(first, last)
    return sold[(sold["week"] >= start) & (sold["week"] < end)].reset_index(drop=True)


def sales(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of products that were paid for, codes in capital letters, with the columns `SALE`; cancelled units are
    negative. Lines without a price are gifts and corrections of stock.
    """
    code = lines["StockCode"].astype(str).str.strip().str.upper()
    kept = lines[code.str.fullmatch(PRODUCT) & (lines["UnitPrice"] > 0) & (lines["Quantity"] != 0)]
    return pd.DataFrame(
        {
            "sku": code[kept.index],
            "name": kept["Description"].fillna("").astype(str).str.strip(),
            "order": kept["InvoiceNo"].astype(str),
            "customer": kept["CustomerID"].fillna(-1.0),
            "country": kept["Country"],
            "time": kept["InvoiceDate"],
            "units": kept["Quantity"].astype(float),
            "price": kept["UnitPrice"],
        },
        columns=list(SALE),
    )


def without_cancelled(sold: pd.DataFrame) -> pd.DataFrame:
    """Sales less what was cancelled: each cancelled unit is taken from the latest earlier sale of that product to that
    customer; one without such a sale was sold before the history begins. Sales without a customer count as one of
    their country.
    """
    ordered = sold.sort_values("time", kind="stable").reset_index(drop=True)
    units = ordered["units"].to_numpy().copy()
    buyer = ordered.groupby(["customer", "country", "sku"]).ngroup().to_numpy()
    touched = np.flatnonzero(np.isin(buyer, buyer[units < 0]))
    for places in pd.Series(touched).groupby(buyer[touched]).agg(list):
        _cancel(units, places)
    return ordered.assign(units=units)[units > 0].reset_index(drop=True)


def whole_weeks(first: pd.Timestamp, last: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first Monday from `first` on, and the day after the last Sunday up to `last`."""
    start, end = first.normalize(), last.normalize() + pd.Timedelta(days=1)
    return start + pd.Timedelta(days=-start.weekday() % 7), end - pd.Timedelta(days=end.weekday())


def _cancel(units: np.ndarray, places: list[int]) -> None:
    """Take the cancelled units from the sales of one buyer, the latest first; `places` are in order of time."""
    bought: list[int] = []
    for place in places:
        if units[place] > 0:
            bought.append(place)
        while units[place] < 0 and bought:
            taken = min(units[bought[-1]], -units[place])
            units[bought[-1]] -= taken
            units[place] += taken
            if units[bought[-1]] == 0:
                bought.pop()
