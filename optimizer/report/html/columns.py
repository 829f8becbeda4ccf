"""Tables as columns of small numbers: codes become places in a list of names, days become days since the first one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

#: Decimals that a page keeps of quantities and money.
DECIMALS = 4


def numbers(values: Any, decimals: int = DECIMALS) -> list[int | float | None]:
    """Rounded numbers, whole ones without a point, None where there is none."""
    rounded = np.round(np.asarray(values, dtype=float).ravel(), decimals)
    whole = np.isfinite(rounded) & (rounded == np.round(rounded))
    return [
        int(value) if is_whole else (value if value == value else None)
        for value, is_whole in zip(rounded.tolist(), whole.tolist(), strict=True)
    ]


def places(codes: Iterable, names: pd.Index) -> list[int]:
    """Where each code stands in a list of names; -1 for none."""
    return names.get_indexer(pd.Index(np.asarray(codes, dtype=object))).tolist()


def days(dates: Any, first: pd.Timestamp) -> list[int | None]:
    """Days from the first day of the plan to each date; None for no date."""
    passed = (pd.to_datetime(pd.Series(np.asarray(dates))) - first).dt.days
    return [None if value != value else int(value) for value in passed.tolist()]


def texts(values: Iterable) -> list[str]:
    """Texts; "" for none."""
    return ["" if value is None or value != value else str(value) for value in values]


def by_period(rows: pd.DataFrame, keys: list[str], periods: int, column: str = "units") -> tuple[pd.DataFrame, list]:
    """Rows put together by keys, and for each of these the numbers of all periods, one after the other."""
    if rows.empty:
        return rows[keys], []
    group = rows.groupby(keys, sort=True).ngroup().to_numpy()
    first = rows[keys].assign(group=group).drop_duplicates("group").sort_values("group")
    sums = np.zeros((len(first), periods))
    np.add.at(sums, (group, rows["period"].to_numpy(dtype=np.int64)), rows[column].to_numpy(dtype=float))
    return first[keys].reset_index(drop=True), numbers(sums)
