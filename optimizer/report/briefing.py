"""Everything that a report says of a plan, as tables; how it is shown is decided elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from optimizer.plan.ledger import Ledger, account
from optimizer.plan.measures import Measures, measure
from optimizer.plan.plan import Plan
from optimizer.plan.views import views
from optimizer.report import spending, trouble, week


@dataclass(frozen=True)
class Briefing:
    """A plan with its measures, and what of it a planner must know.

    `views`: the plan's views; `departures`, `orders`, `order_lines`: all of the horizon, numbered; `until`: the first
    day after this week, which lasts until the next plan; `mission`: parts of the mission cost; the other tables are
    described where they are made (`trouble`, `spending`).
    """

    plan: Plan
    ledger: Ledger
    measures: Measures
    views: dict[str, pd.DataFrame]
    first: pd.Timestamp
    until: pd.Timestamp
    departures: pd.DataFrame
    order_lines: pd.DataFrame
    orders: pd.DataFrame
    costs: pd.DataFrame
    mission: dict[str, float]
    short: pd.DataFrame
    idle: pd.DataFrame
    full: pd.DataFrame
    below_target: pd.DataFrame

    @property
    def leaving(self) -> pd.DataFrame:
        """The departures of this week."""
        return week.within(self.departures, "departs_on", self.until)

    @property
    def ordering(self) -> pd.DataFrame:
        """The orders that must be placed this week: those of their lines that are due."""
        return week.orders(week.within(self.order_lines, "order_on", self.until))

    @property
    def within_gap(self) -> bool:
        """Whether the gap asked for was reached."""
        return self.plan.status == "optimal" or self.measures.gap_share <= self.plan.scenario.settings.solve.gap

    def as_dict(self) -> dict[str, Any]:
        """This week, and what is wrong, as plain values for JSON."""
        tables = {
            "leaving": self.leaving[["departure", *week.LEAVING]],
            "ordering": self.ordering[list(week.ORDERING)],
            **{name: getattr(self, name) for name in ("short", "idle", "full", "below_target")},
        }
        return {name: _records(rows) for name, rows in tables.items()}


def brief(plan: Plan) -> Briefing:
    """Prepare the report of a plan."""
    ledger = account(plan)
    measures, found = measure(plan, ledger=ledger), views(plan, ledger)
    first = pd.Timestamp(plan.scenario.settings.starts_on)
    lines = week.order_lines(found)
    return Briefing(
        plan=plan, ledger=ledger, measures=measures, views=found,
        first=first, until=first + pd.Timedelta(days=plan.scenario.settings.review_days),
        departures=week.departures(found, plan["ship"]), order_lines=lines, orders=week.orders(lines),
        costs=spending.cost_lines(measures), mission=spending.mission_parts(ledger, measures),
        short=trouble.short(ledger), idle=trouble.idle_now(ledger),
        full=trouble.full(ledger, plan["overflow"]),
        below_target=trouble.below_target(ledger, plan["target_shortfall"]),
    )  # fmt: skip


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in rows.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    return value
