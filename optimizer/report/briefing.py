"""Everything that a report says of a plan, as tables; how it is shown is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from optimizer.errors import Problem
from optimizer.forecast.remarks import remarks
from optimizer.plan.alerts import alerts
from optimizer.plan.ledger import Ledger, account
from optimizer.plan.measures import Measures, measure
from optimizer.plan.plan import Plan
from optimizer.plan.views import views
from optimizer.report import spending, trouble, week
from optimizer.scenario.doubts import doubts


@dataclass(frozen=True)
class Briefing:
    """A plan with its measures, and what of it a planner must know.

    `views`: the plan's views; `departures`, `orders`, `order_lines`: all of the horizon, numbered; `until`: the first
    day after this week, which lasts until the next plan; `mission`: parts of the mission cost; `doubts`: what looks
    like a slip in the tables that were planned for. The other tables are described where they are made (`trouble`,
    `spending`).
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
    doubts: list[Problem]

    @cached_property
    def alerts(self) -> pd.DataFrame:
        """All alerts, those first that cost most."""
        return alerts(self.ledger)

    @property
    def leaving(self) -> pd.DataFrame:
        """The departures of this week."""
        return week.within(self.departures, "departs_on", self.until)

    @property
    def ordering(self) -> pd.DataFrame:
        """The orders that must be placed this week: those of their lines that are due."""
        return week.orders(week.within(self.order_lines, "order_on", self.until))

    @property
    def last(self) -> pd.Timestamp:
        """The last day of the horizon."""
        return pd.Timestamp(self.plan.scenario.calendar.end) - pd.Timedelta(days=1)

    @property
    def idle_on(self) -> pd.Timestamp:
        """The day at whose end `idle` stands: the last one of the first period."""
        return pd.Timestamp(self.plan.scenario.calendar.ends[0]) - pd.Timedelta(days=1)

    @property
    def within_gap(self) -> bool:
        """Whether the gap asked for was reached."""
        return self.plan.status == "optimal" or self.measures.gap_share <= self.plan.scenario.settings.solve.gap

    def containers_leaving(self) -> dict[str, float]:
        """Containers of this week's departures, by type."""
        booked = self.plan["containers"].merge(self.leaving[["lane", "period"]], on=["lane", "period"])
        counts = booked.groupby("container_type", sort=True)["containers"].sum()
        return {str(kind): float(count) for kind, count in counts.items() if count > 0}


def brief(plan: Plan, language: str | None = None) -> Briefing:
    """Prepare the report of a plan; what is odd in its sales is told in a language, by default the scenario's."""
    ledger = account(plan)
    measures, found = measure(plan, ledger=ledger), views(plan, ledger)
    first = pd.Timestamp(plan.scenario.settings.starts_on)
    found_odd = [*doubts(plan.scenario), *remarks(plan.scenario, language or plan.scenario.settings.language)]
    lines = week.order_lines(found)
    return Briefing(
        plan=plan, ledger=ledger, measures=measures, views=found,
        first=first, until=first + pd.Timedelta(days=plan.scenario.settings.review_days),
        departures=week.departures(found, plan["ship"]), order_lines=lines, orders=week.orders(lines),
        costs=spending.cost_lines(measures), mission=spending.mission_parts(ledger, measures),
        short=trouble.short(ledger), idle=trouble.idle_now(ledger),
        full=trouble.full(ledger, plan["overflow"]),
        below_target=trouble.below_target(ledger, plan["target_shortfall"]), doubts=found_odd,
    )  # fmt: skip
