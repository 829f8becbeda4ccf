"""Briefings of small plans for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from optimizer.plan.plan import Plan
from optimizer.report.briefing import Briefing, brief
from optimizer.report.summary import summary
from tests.plan.making import BASE, Row, plan_of, scenario
from tests.plan.spoiling import right

#: The plan of `tests.plan.spoiling`, where everything happens: shipments by kg and in a container, a purchase, a
#: transfer, lost sales, clearance, rent by age, stores too small, stock below its target.
EVERYTHING = right()


def told(plan: Plan = EVERYTHING, **changes: Any) -> Briefing:
    """The briefing of a plan with some of its fields changed, without doubts about these made-up tables."""
    if plan is EVERYTHING and not changes:
        return _everything()
    return replace(brief(replace(plan, **changes)), doubts=[])


@cache
def _everything() -> Briefing:
    return replace(brief(EVERYTHING), doubts=[])


def by_sea() -> Briefing:
    """A plan that ships ten units on a lane by sea."""
    tables = renamed({})
    tables["lanes"] = [{**row, "mode": "sea"} for row in tables["lanes"]]
    return told(small(None, {"ship": [{"lane": "sea", "sku": "A", "period": 0, "units": 10}]}, **tables))


def section(briefing: Briefing, title: str, language: str = "en") -> list[str]:
    """The lines of the section of the summary whose title begins so, without the title."""
    for part in summary(briefing, language).split("\n\n"):
        if part.startswith(title):
            return part.split("\n")[1:]
    raise AssertionError(f"no section {title!r}")


def titles(briefing: Briefing, language: str = "en") -> list[str]:
    """The first lines of all sections after the head."""
    return [part.split("\n")[0] for part in summary(briefing, language).split("\n\n")[2:]]


def small(settings: dict[str, Any] | None = None, events: dict[str, list[Row]] | None = None, **tables: Any) -> Plan:
    """A plan of the scenario of `tests.plan.making` that does nothing but what `events` say."""
    return plan_of(scenario(settings, **tables), **(events or {}))


def renamed(names: dict[str, str]) -> dict[str, list[Row]]:
    """The tables of the scenario of `tests.plan.making` with other codes."""
    return {
        table: [{key: names.get(str(value), value) for key, value in row.items()} for row in rows]
        for table, rows in BASE.items()
    }
