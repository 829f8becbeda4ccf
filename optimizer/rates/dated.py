"""Tables whose rows hold from a day on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

EVER = np.datetime64("0001-01-01", "D")


def valid_days(table: pd.DataFrame) -> np.ndarray:
    """`valid_from` as datetime64[D], with the beginning of time where it is empty."""
    days = table["valid_from"].to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), EVER, days)


def versions(
    table: pd.DataFrame, group: Sequence[str]
) -> Iterator[tuple[tuple, np.datetime64, np.datetime64 | None, pd.DataFrame]]:
    """Each version of each group's table: (group key, first day, first day of the next version or None, rows).

    Rows of one group with equal `valid_from` form one version; a later version replaces the earlier one whole.
    """
    days = pd.Series(valid_days(table), index=table.index)
    for key, rows in table.groupby(list(group), sort=True):
        starts = np.unique(days[rows.index].to_numpy().astype("datetime64[D]"))
        for first, following in zip(starts, [*starts[1:], None], strict=True):
            yield key, first, following, rows[days[rows.index].to_numpy().astype("datetime64[D]") == first]


def in_version(days: np.ndarray, first: np.datetime64, following: np.datetime64 | None) -> np.ndarray:
    """Whether a version that holds from `first` until before `following` is in force on each day."""
    return (days >= first) & (True if following is None else days < following)
