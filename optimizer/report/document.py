"""A briefing as plain values, for JSON: all that the summary says."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from optimizer.report import week
from optimizer.report.briefing import Briefing
from optimizer.report.steps import steps
from optimizer.report.words import Words


def document(brief: Briefing, language: str = "en") -> dict[str, Any]:
    """What a plan is, what is decided this week, what is wrong, and what to do; numbers that do not exist are None.

    Dates are texts such as 2026-01-31; `language` is that of the steps.
    """
    return {
        **_plan(brief),
        **brief.measures.as_dict(),
        "mission": {name: round(amount, 4) for name, amount in brief.mission.items()},
        "cost_lines": _records(brief.costs),
        **_this_week(brief),
        **_trouble(brief),
        "doubts": [doubt.as_dict() for doubt in brief.doubts],
        "steps": steps(brief, Words(language)),
    }


def _plan(brief: Briefing) -> dict[str, Any]:
    plan, settings = brief.plan, brief.plan.scenario.settings
    return {
        "scenario": settings.name,
        "currency": settings.currency,
        "first_day": _plain(brief.first),
        "last_day": _plain(brief.last),
        "status": plan.status,
        "within_gap": brief.within_gap,
        "gap_asked": settings.solve.gap,
        "paths": len(brief.ledger.paths),
        "solver": plan.solver,
        "seconds": dict(plan.seconds),
    }


def _this_week(brief: Briefing) -> dict[str, Any]:
    leaving, ordering = brief.leaving, brief.ordering
    return {
        "week": {"first_day": _plain(brief.first), "last_day": _plain(brief.until - pd.Timedelta(days=1))},
        "leaving": _records(leaving[["departure", *week.LEAVING]]),
        "leaving_total": _totals(leaving, "cases", "units", "volume_m3", "charge"),
        "containers_leaving": brief.containers_leaving(),
        "next_departure": _first(brief.departures, "departure", "lane", "departs_on"),
        "ordering": _records(ordering[list(week.ORDERING)]),
        "next_order": _first(brief.order_lines, "order", "supplier", "order_on"),
    }


def _trouble(brief: Briefing) -> dict[str, Any]:
    return {
        "short": _records(brief.short),
        "short_total": _totals(brief.short, "units", "money"),
        "idle_on": _plain(brief.idle_on),
        "idle": _records(brief.idle),
        "idle_total": _totals(brief.idle, "units", "volume_m3", "value", "cleared", "left"),
        "full": _records(brief.full),
        "full_total": _totals(brief.full, "amount"),
        "below_target": _records(brief.below_target),
        "below_target_total": _totals(brief.below_target, "units", "amount"),
    }


def _totals(rows: pd.DataFrame, *columns: str) -> dict[str, Any]:
    return {column: _plain(float(rows[column].sum())) for column in columns}


def _first(rows: pd.DataFrame, *columns: str) -> dict[str, Any] | None:
    return next(iter(_records(rows[list(columns)].head(1))), None)


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in rows.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    return value
