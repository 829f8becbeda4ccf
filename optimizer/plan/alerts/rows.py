"""The table of alerts: one row for each thing that somebody should look at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

#: Every kind of alert, in the order in which a planner would act.
KINDS = (
    "out_of_reach", "late_arrival", "overdue", "half_empty", "duty_change", "rate_change", "ageing", "idle",
    "too_full", "below_target", "impatient", "not_worth_it",
)  # fmt: skip

#: Columns: what it costs (`money`, in the scenario's currency), from when until when it holds, by when somebody must
#: act (NaT where no day is better than another), what it is about ("" where it is about nothing of that sort), a day
#: (`then`) and numbers whose meaning depends on the kind (NaT, NaN where there are none): see the functions that find
#: them.
COLUMNS = (
    "kind", "money", "day", "until", "act_by", "then", "sku", "location", "region", "lane", "basis", "units", "share",
    "before", "after",
)  # fmt: skip
DAYS, NUMBERS = ("day", "until", "act_by", "then"), ("money", "units", "share", "before", "after")

#: Less is rounding.
LEAST_UNITS, LEAST_MONEY = 0.05, 0.005


def rows_of(kind: str, **columns: Any) -> pd.DataFrame:
    """Alerts of a kind from columns of equal length; days may be dates or day numbers; what is not given is empty."""
    known: dict[str, Any] = {
        name: _column(name, columns[name]) if name in columns else None for name in COLUMNS if name != "kind"
    }
    length = max((len(values) for values in known.values() if values is not None), default=0)
    filled = {name: _empty(name, length) if values is None else values for name, values in known.items()}
    return pd.DataFrame({"kind": np.full(length, kind, dtype=object), **filled})[list(COLUMNS)]


def _column(name: str, values: Any) -> np.ndarray:
    values = np.asarray(values)
    if name not in DAYS:
        return values.astype(float if name in NUMBERS else object)
    if np.issubdtype(values.dtype, np.number):
        values = values.astype(np.int64).astype("datetime64[D]")
    return values.astype("datetime64[ns]")


def _empty(name: str, length: int) -> np.ndarray:
    if name in DAYS:
        return np.full(length, np.datetime64("NaT", "ns"))
    return np.full(length, np.nan) if name in NUMBERS else np.full(length, "", dtype=object)
