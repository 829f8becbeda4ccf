"""What is decided this week: departures that leave, and orders that must be placed."""

from __future__ import annotations

import pandas as pd

LEAVING = (
    "lane", "origin", "destination", "departs_on", "arrives_on", "cases", "units", "volume_m3", "containers",
    "container_fill", "charge",
)  # fmt: skip
ORDERING = ("order", "supplier", "order_on", "departs_on", "skus", "cases", "units", "amount", "currency")


def departures(views: dict[str, pd.DataFrame], ship: pd.DataFrame) -> pd.DataFrame:
    """Every departure with a number, its cases, and what it is charged (`charge`), in the order of departure."""
    cases = ship.groupby(["lane", "period"])["cases"].sum(min_count=1)
    rows = views["departures"].rename(columns={"amount": "charge"}).join(cases, on=["lane", "period"])
    rows["departure"] = [f"D{place:03d}" for place in range(1, len(rows) + 1)]
    return rows


def order_lines(views: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every line of a purchase with the number of its order: what leaves a supplier for one place on one day."""
    lines = views["purchases"]
    keys = ["departs_on", "supplier", "destination", "currency"]
    due = lines.groupby(keys, sort=False)["order_on"].min().rename("due").reset_index()
    due = due.sort_values(["due", *keys], kind="stable").reset_index(drop=True)
    due["order"] = [f"PO{place:03d}" for place in range(1, len(due) + 1)]
    lines = lines.merge(due[[*keys, "order"]], on=keys)
    return lines.sort_values(["order", "order_on", "sku", "lane"], kind="stable").reset_index(drop=True)


def orders(lines: pd.DataFrame) -> pd.DataFrame:
    """Every order: when it must be placed at the latest for its first line, how much, for how much."""
    keys = ["order", "supplier", "destination", "currency"]
    return (
        lines.groupby(keys, sort=False)
        .agg(
            order_on=("order_on", "min"), departs_on=("departs_on", "min"), arrives_on=("arrives_on", "max"),
            skus=("sku", "nunique"), cases=("cases", _sum_of_any), units=("units", "sum"), amount=("amount", "sum"),
        )
        .reset_index()
    )  # fmt: skip


def _sum_of_any(cases: pd.Series) -> float:
    """The sum; NaN where goods come in no cases."""
    return cases.sum(min_count=1)


def within(rows: pd.DataFrame, day: str, until: pd.Timestamp) -> pd.DataFrame:
    """The rows whose `day` comes before `until`."""
    return rows[rows[day] < until].reset_index(drop=True)
