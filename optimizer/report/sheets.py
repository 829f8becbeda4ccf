"""The tables that a workbook holds, a function for each sheet."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from optimizer.plan.arrivals import arrivals as arriving
from optimizer.plan.ledger.look_up import look_up
from optimizer.report.briefing import Briefing

DEPARTURES = (
    "departure", "lane", "mode", "origin", "destination", "departs_on", "arrives_on", "containers", "container_fill",
    "cases", "units", "volume_m3", "weight_kg", "charged_kg", "charged_m3", "charge",
)  # fmt: skip
SHIPPING = (
    "departure", "lane", "mode", "origin", "destination", "departs_on", "arrives_on", "sku", "name", "hs_code",
    "origin_country", "cases", "case_pack", "units", "volume_m3", "weight_kg", "declared", "containers",
)  # fmt: skip
ORDERS = (
    "supplier", "order", "destination", "order_on", "departs_on", "arrives_on", "skus", "cases", "units", "amount",
    "currency",
)  # fmt: skip
ARRIVALS = ("location", "arrives_on", "sku", "name", "units", "volume_m3", "lane", "origin", "departs_on")
ORDER_LINES = (
    "order", "supplier", "destination", "lane", "order_on", "departs_on", "arrives_on", "sku", "name", "cases", "units",
    "unit_cost", "amount", "currency",
)  # fmt: skip


def departures(brief: Briefing) -> pd.DataFrame:
    """Every departure: what is aboard, in what, for how much freight."""
    return brief.departures[list(DEPARTURES)]


def shipping(brief: Briefing) -> pd.DataFrame:
    """What the warehouse packs for each departure, SKU by SKU, with what the customs form asks for."""
    rows = pd.concat([brief.views["shipments"], brief.views["transfers"]], ignore_index=True)
    numbers = brief.departures[["lane", "departs_on", "departure", "containers"]]
    rows = rows.merge(numbers, on=["lane", "departs_on"])
    rows = rows.assign(
        **{name: _of_sku(brief, rows, name) for name in ("name", "hs_code", "origin_country", "case_pack")}
    )
    rows = rows.assign(declared=rows["units"] * _of_sku(brief, rows, "declared"))
    return rows.sort_values(["departure", "sku"], kind="stable")[list(SHIPPING)]


def orders(brief: Briefing) -> pd.DataFrame:
    """Every order by supplier: when to place it, for how much."""
    return brief.orders.sort_values(["supplier", "order"], kind="stable")[list(ORDERS)]


def order_lines(brief: Briefing) -> pd.DataFrame:
    """Every line of every order, by supplier."""
    rows = brief.order_lines.sort_values(["supplier", "order"], kind="stable")
    return rows.assign(name=_of_sku(brief, rows, "name"))[list(ORDER_LINES)]


def arrivals(brief: Briefing) -> pd.DataFrame:
    """What each location must expect, day by day: goods under way and what the plan sends."""
    rows = arriving(brief.ledger)
    return rows.assign(name=_of_sku(brief, rows, "name"))[list(ARRIVALS)]


def stock(brief: Briefing) -> pd.DataFrame:
    """Units by location and SKU: before the first period, and at the end of each, a column for each."""
    ledger = brief.ledger
    found, opening = ledger.stock.on_hand, ledger.stock.opening
    place, sku = np.nonzero((opening > 0) | (np.abs(found) > 1e-6).any(axis=2))
    last = ledger.facts.calendar.ends - np.timedelta64(1, "D")
    table = {
        "location": ledger.stock.locations.to_numpy(dtype=object)[place],
        "sku": ledger.stock.skus.to_numpy(dtype=object)[sku],
        "opening": opening[place, sku],
        **{str(day): found[place, sku, period] for period, day in enumerate(last)},
    }
    rows = pd.DataFrame(table)
    rows.insert(2, "name", _of_sku(brief, rows, "name"))
    return rows


#: Sheets by name, in order; rows of a sheet stand together by its first column.
SHEETS: dict[str, Callable[[Briefing], pd.DataFrame]] = {
    "departures": departures,
    "shipping": shipping,
    "orders": orders,
    "order_lines": order_lines,
    "arrivals": arrivals,
    "stock": stock,
    "short": lambda brief: brief.short,
    "idle": lambda brief: brief.idle,
    "full": lambda brief: brief.full,
    "below_target": lambda brief: brief.below_target,
    "costs": lambda brief: brief.costs,
}

#: Sheets that are left out where they have nothing to say.
IF_ANY = ("full", "below_target")

#: Sheets that tell somebody what to do or to expect: no row of theirs is left out where a sheet can hold it.
ORDERING = ("shipping", "orders", "order_lines", "arrivals")

#: Columns that hold terms of the model, which are translated.
TERMS = {"costs": "line", "full": "kind"}


def _of_sku(brief: Briefing, rows: pd.DataFrame, column: str) -> pd.Series:
    return look_up(rows["sku"], brief.ledger.facts.goods[column])
