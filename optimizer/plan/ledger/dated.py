"""Which version of a dated table is in force on a day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

#: Day number of an empty `valid_from`: before everything.
ALWAYS = -(10**7)
#: No version is in force.
NONE_YET = -(10**8)


def day_numbers(dates: pd.Series | np.ndarray) -> np.ndarray:
    """Days since 1970 as int64; `ALWAYS` where the date is empty."""
    days = np.asarray(dates).astype("datetime64[D]")
    return np.where(np.isnat(days), ALWAYS, days.astype(np.int64))


def in_force(table: pd.DataFrame, by: Sequence[str], wanted: pd.DataFrame, days: np.ndarray) -> np.ndarray:
    """For each row of `wanted` (columns `by`) and day number: the day number of the version in force, or `NONE_YET`.

    Rows of `table` that agree on `by` and on `valid_from` are one version; the latest that has begun is in force.
    """
    if table.empty or wanted.empty:
        return np.full(len(wanted), NONE_YET)
    names = list(by)
    versions = table[names].assign(version=day_numbers(table["valid_from"])).drop_duplicates()
    both = pd.concat([versions[names], wanted[names]], ignore_index=True)
    group = both.groupby(names, sort=False).ngroup().to_numpy(dtype=np.int64)
    span = 4 * 10**7
    begins = np.sort(group[: len(versions)] * span + versions["version"].to_numpy() + 2 * 10**7)
    asked = group[len(versions) :] * span + np.asarray(days, dtype=np.int64) + 2 * 10**7
    place = np.searchsorted(begins, asked, side="right") - 1
    found = begins[np.maximum(place, 0)]
    same = (place >= 0) & (found // span == asked // span)
    return np.where(same, found % span - 2 * 10**7, NONE_YET)


def attach(wanted: pd.DataFrame, table: pd.DataFrame, by: Sequence[str], days: np.ndarray) -> pd.DataFrame:
    """Every row of `wanted` with each row of the version in force on its day; rows without a version are left out."""
    dated = wanted.assign(version=in_force(table, by, wanted, days), day=np.asarray(days, dtype=np.int64))
    rows = table.assign(version=day_numbers(table["valid_from"])).drop(columns=["valid_from", "note"], errors="ignore")
    return dated.merge(rows, on=[*by, "version"], how="inner").drop(columns="version")
