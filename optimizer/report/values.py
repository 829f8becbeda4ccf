"""How values look, on a page and in a sheet: one place knows which column is money, a date, a share."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

#: Kind of each column that is no text.
KINDS: dict[str, str] = {
    **dict.fromkeys(("departs_on", "arrives_on", "order_on", "from_day", "until_day", "act_by"), "date"),
    **dict.fromkeys(("units", "cases", "case_pack", "skus", "cleared", "left", "opening"), "units"),
    **dict.fromkeys(("volume_m3", "charged_m3"), "volume"),
    **dict.fromkeys(("weight_kg", "charged_kg"), "weight"),
    **dict.fromkeys(("amount", "charge", "money", "value", "declared"), "money"),
    **dict.fromkeys(("container_fill", "share", "of_demand"), "share"),
    "unit_cost": "price",
}

#: A heading that is a day.
DAY = re.compile(r"\d{4}-\d\d-\d\d")

#: Below so many units a decimal says something.
FEW = 10

#: Number formats of a spreadsheet; broken: units of which some are no whole number.
SHEET_FORMATS = {
    "date": "yyyy-mm-dd",
    "units": "#,##0",
    "broken": "#,##0.0",
    "volume": "#,##0.00",
    "weight": "#,##0.0",
    "money": "#,##0.00",
    "price": "#,##0.00##",
    "share": "0.0%",
}


def kind_of(column: str) -> str:
    """Kind of a column: text, date, units, volume, weight, money, price or share; one headed by a day holds units."""
    return "units" if DAY.fullmatch(column) else KINDS.get(column, "text")


def shown(value: Any, kind: str) -> str:
    """A value as a page shows it; nothing where there is none."""
    if value is None or (kind != "text" and pd.isna(value)):
        return ""
    if kind == "date":
        return f"{value:%Y-%m-%d}"
    if kind == "units":
        return units(value)
    if kind == "share":
        return f"{value:.1%}"
    return f"{value:,.1f}" if kind == "volume" else f"{value:,.2f}" if kind == "price" else _whole(value, kind)


def units(value: float) -> str:
    """Whole units; a few of them with a decimal where there is one."""
    few = abs(value) < FEW and abs(value - round(value)) >= 0.05
    return f"{value:,.1f}" if few else money(value)


def money(value: float) -> str:
    """Money without cents, and never minus nothing."""
    return "0" if round(value) == 0 else f"{value:,.0f}"


def signed(value: float) -> str:
    """Money with its sign; nothing of it has none."""
    return "0" if round(value) == 0 else f"{value:+,.0f}"


def _whole(value: Any, kind: str) -> str:
    return money(value) if kind in ("money", "weight") else str(value)
