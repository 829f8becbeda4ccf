"""Whether stock and sales are as of tonight, or were left behind by a feed that has stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.scenario import Scenario

#: Days ahead of the night from which stock is odd: nobody has counted it yet.
AHEAD = 7


def stale(scenario: Scenario, night: dt.date) -> list[Problem]:
    """Tables that are older than the settings of the section [nightly] allow, one problem for each warehouse.

    Stock is known as of `opening_stock.counted_on`, the newest day of each location, or else of the first day of the
    horizon. Sales reach to the end of their last bucket; a scenario with demand in their place has none to look at.
    """
    return [*_stale_stock(scenario, night), *_stale_sales(scenario, night)]


def ahead(scenario: Scenario, night: dt.date) -> Iterator[str]:
    """What is dated so far after the night that the clock or the date may be wrong."""
    starts = scenario.settings.starts_on
    if (starts - night).days > AHEAD:
        yield f"The horizon starts on {starts}, {(starts - night).days} days after the night of {night}."
    counted = scenario["opening_stock"]["counted_on"].max()
    if counted is not pd.NaT and (counted.date() - night).days > 1:
        yield f"Stock is counted on {counted.date()}, after the night of {night}."


def _stale_stock(scenario: Scenario, night: dt.date) -> Iterator[Problem]:
    stock, settings = scenario["opening_stock"], scenario.settings
    first, most = pd.Timestamp(settings.starts_on), settings.nightly.stock_days_old
    if stock["counted_on"].isna().all():
        if (age := (night - settings.starts_on).days) > most:
            remedy = "Bring the stock up to date, with starts_on or opening_stock.counted_on as of then"
            yield Problem("settings", 0, "starts_on", str(settings.starts_on), _old("stock", age, night, most),
                          _or_allow(remedy, "stock"))  # fmt: skip
        return
    for location, counted in stock["counted_on"].fillna(first).groupby(stock["location"], sort=True):
        newest = counted.max()
        if (age := (night - newest.date()).days) > most:
            row, rule = int(counted.idxmax()) + 2, _old(f"stock of {location}", age, night, most)
            remedy = _or_allow(f"Look why the stock of {location} comes no more", "stock")
            yield Problem("opening_stock", row, "counted_on", str(newest.date()), rule, remedy)


def _stale_sales(scenario: Scenario, night: dt.date) -> Iterator[Problem]:
    sales, most = scenario["sales"], scenario.settings.nightly.sales_days_old
    if sales.empty:
        return
    last = sales["date"] + pd.to_timedelta(sales["days"] - 1, unit="D")
    if (age := (night - last.max().date()).days) > most:
        row, remedy = int(last.idxmax()) + 2, _or_allow("Look why sales come no more", "sales")
        yield Problem("sales", row, "date", str(last.max().date()), _old("sales", age, night, most), remedy)


def _old(what: str, age: int, night: dt.date, most: int) -> str:
    return f"the {what} is {age} days old in the night of {night}; at most {most} are allowed"


def _or_allow(remedy: str, what: str) -> str:
    return f"{remedy}, or allow more by nightly.{what}_days_old or --{what}-days"
