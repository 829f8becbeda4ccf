"""The settings of a scenario: what `scenario.toml` may say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SolveSettings:
    """How hard to look for a plan: `gap` as a share of the mission cost, wall time in seconds, threads, seed, number
    of sample paths."""

    gap: float = 0.005
    seconds: float = 120.0
    threads: int = 2
    seed: int = 1
    paths: int = 1


@dataclass(frozen=True)
class NightlySettings:
    """How old the tables of a nightly run may be: `stock_days_old` and `sales_days_old` in days before the night;
    `when_stale`: "refuse" or "warn"."""

    stock_days_old: int = 2
    sales_days_old: int = 7
    when_stale: str = "refuse"


@dataclass(frozen=True)
class Settings:
    """Everything about a scenario that is not a table.

    `periods`: lengths of the periods in days, in order (written in TOML as `["14 x 1d", "14 x 7d"]`). `review_days`:
    days between two plans. `commit_days`: decisions that fall due within so many days are the same on all sample
    paths; without it all of them are. `frozen_days`: decisions that fall due within so many days are fixed to the
    locks. `change_rate`: share of its value that each unit more or less costs than `last_plan` ships in the first
    `change_days`. `capital_rate`: yearly share of the value of stock on hand and in transit. `end_stock`: "matched"
    (worth what its demand after the horizon is worth) or "zero". `rent_on`: "end" (stock at the end of a period) or
    "end_and_half_deliveries" (plus half of the period's deliveries).
    """

    name: str
    currency: str
    starts_on: dt.date
    periods: tuple[int, ...]
    review_days: int = 7
    commit_days: int = 366
    frozen_days: int = 0
    change_rate: float = 0.0
    change_days: int = 28
    capital_rate: float = 0.0
    end_stock: str = "matched"
    rent_on: str = "end"
    language: str = "en"
    solve: SolveSettings = field(default_factory=SolveSettings)
    nightly: NightlySettings = field(default_factory=NightlySettings)

    @property
    def committed_days(self) -> int:
        """Days within which decisions are the same on all sample paths: what falls due before the next plan can wait
        for nothing, however short the window.
        """
        return min(max(self.commit_days, self.review_days), sum(self.periods))
