"""Limits and targets that the plan breaks because keeping them costs more."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.alerts.rows import LEAST_MONEY, rows_of
from optimizer.plan.ledger import Ledger


def too_full(ledger: Ledger) -> pd.DataFrame:
    """`too_full`: space beyond the limit of a location; `basis`: storage or receiving; `money`: what it costs."""
    return _spans(ledger, "too_full", ledger.entries["overflow_rent"].rename(columns={"kind": "basis"}), "basis")


def below_target(ledger: Ledger) -> pd.DataFrame:
    """`below_target`: stock below what the platform asks for; `money`: its fees."""
    return _spans(ledger, "below_target", ledger.entries["low_stock_fees"], "sku")


def _spans(ledger: Ledger, kind: str, entries: pd.DataFrame, key: str) -> pd.DataFrame:
    """Entries of a cost line by location and key, from the first day to the last that they touch."""
    calendar, period = ledger.facts.calendar, entries["period"].to_numpy()
    rows = entries.assign(day=calendar.starts[period], until=calendar.ends[period] - np.timedelta64(1, "D"))
    rows = rows.groupby(["location", key]).agg(money=("amount", "sum"), day=("day", "min"), until=("until", "max"))
    rows = rows[rows["money"] > LEAST_MONEY].reset_index()
    columns = {name: rows[name] for name in ("location", key, "money", "day", "until")}
    return rows_of(kind, act_by=rows["day"], **columns)
