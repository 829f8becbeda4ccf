"""Histories of sales for the tests of the forecast: weeks before the first day of the toy scenario."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np

from optimizer.forecast.weeks import Weeks, weeks
from optimizer.scenario.scenario import Scenario
from tests.formulation.toys import MONDAY, Row, toy

FIRST_DAY = np.datetime64(MONDAY)


def sale(first: int, units: float, days: int = 1, sku: str = "A", region: str = "W", **more: object) -> Row:
    """A row of sales that begins so many days before (negative) the first day."""
    date = MONDAY + dt.timedelta(days=first)
    return {"sku": sku, "region": region, "date": date, "days": days, "units": units, **more}


def weekly(units: Iterable[float], sku: str = "A", region: str = "W", out: Iterable[int] = ()) -> list[Row]:
    """A row for each week up to the first day; `out`: the places of weeks that were out of stock."""
    listed, empty = list(units), set(out)
    return [
        sale(7 * (place - len(listed)), value, 7, sku, region, in_stock=place not in empty)
        for place, value in enumerate(listed)
    ]


def shop(sales: list[Row], **tables: Any) -> Scenario:
    """The toy with sales in the place of demand, and a price for every SKU in every region."""
    skus = tables.pop("skus", [{"sku": name} for name in sorted({row["sku"] for row in sales} | {"A"})])
    regions = tables.pop("regions", [{"region": name, "country": "US"} for name in
                                     sorted({row["region"] for row in sales} | {"W"})])  # fmt: skip
    prices = [{"sku": sku["sku"], "region": region["region"], "price": 20} for sku in skus for region in regions]
    delivery = [{"location": "west", "region": region["region"], "delivery_days": 3} for region in regions]
    base = {"skus": skus, "regions": regions, "prices": prices, "delivery_lanes": delivery, "demand": []}
    return toy(sales=sales, **{**base, **tables})


def history(sales: list[Row], **tables: Any) -> Weeks:
    """The weeks of such a shop."""
    return weeks(shop(sales, **tables))


def many(random: np.random.Generator, count: int, length: int, mean: float, region: str = "W") -> list[Row]:
    """SKUs S000, S001, ... with Poisson sales of one mean."""
    drawn = random.poisson(mean, (count, length))
    return [row for place in range(count) for row in weekly(map(float, drawn[place]), f"S{place:03d}", region)]
