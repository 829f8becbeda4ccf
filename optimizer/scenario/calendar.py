"""Periods, and the days on which lanes depart and goods arrive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Calendar:
    """The horizon: consecutive periods of given lengths in days from the first day on."""

    starts_on: dt.date
    lengths: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.lengths)

    @cached_property
    def days(self) -> np.ndarray:
        """Length of each period in days, int64."""
        return np.asarray(self.lengths, dtype=np.int64)

    @cached_property
    def starts(self) -> np.ndarray:
        """First day of each period, datetime64[D]."""
        first = np.datetime64(self.starts_on, "D")
        return first + np.concatenate([[0], np.cumsum(self.days)[:-1]]) * DAY

    @cached_property
    def ends(self) -> np.ndarray:
        """First day after each period, datetime64[D]."""
        return self.starts + self.days * DAY

    @property
    def end(self) -> np.datetime64:
        """First day after the horizon."""
        return self.ends[-1]

    def arrival_period(self, dates: np.ndarray) -> np.ndarray:
        """First period that starts on or after each date; `len(self)` where the date lies beyond the last start."""
        return np.searchsorted(self.starts, np.asarray(dates, dtype="datetime64[D]"), side="left")

    def period_of(self, dates: np.ndarray) -> np.ndarray:
        """The period that holds each date; -1 before the horizon and `len(self)` after it."""
        days = np.asarray(dates, dtype="datetime64[D]")
        period = np.searchsorted(self.starts, days, side="right") - 1
        return np.where(days >= self.end, len(self), period)
