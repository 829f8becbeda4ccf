"""A comparison as plain values for JSON, and as a tidy table for CSV."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from optimizer.report.what_if.comparison import Answered, Comparison, difference, share_of_mission
from optimizer.report.what_if.figures import Figures

#: Columns of the table.
COLUMNS = ("what_if", "sweep", "at", "group", "figure", "kind", "value", "base", "difference")


def document(comparison: Comparison) -> dict[str, Any]:
    """All figures of the base and of each what-if, differences, and between which bounds they are proven to lie;
    numbers that do not exist are None.
    """
    first, last = comparison.days
    return {
        "scenario": comparison.scenario,
        "currency": comparison.currency,
        "first_day": first,
        "last_day": last,
        "asked": comparison.asked,
        "notes": list(comparison.notes),
        "base": _plan(comparison.base),
        "what_ifs": [_answer(comparison, answer) for answer in comparison.answers],
    }


def table(comparison: Comparison) -> pd.DataFrame:
    """A row for each figure of each what-if: `COLUMNS`."""
    rows = []
    for answer in comparison.planned:
        for group, name, kind in comparison.shown():
            value, base = answer.figures[group, name], comparison.base[group, name]  # type: ignore[index]
            rows.append((answer.name[0], answer.sweep, answer.at, group, name, kind, value, base, value - base))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _answer(comparison: Comparison, answer: Answered) -> dict[str, Any]:
    said = {"name": answer.name[0], "name_zh": answer.name[1], "description": answer.description[0],
            "description_zh": answer.description[1], "changes": list(answer.changes), "sweep": answer.sweep,
            "at": answer.at, "message": answer.message}  # fmt: skip
    if answer.figures is None:
        return {**said, "plan": None}
    one = difference(comparison.base, answer.figures)
    against = {"total_cost": _plain(one.found), "at_least": _plain(one.least), "at_most": _plain(one.most),
               "certain": one.certain, "of_mission": _plain(share_of_mission(comparison.base, one.found))}  # fmt: skip
    changed = _grouped(comparison.base, answer.figures, comparison)
    return {**said, "difference": against, "differences": changed, "plan": _plan(answer.figures)}


def _grouped(base: Figures, figures: Figures, comparison: Comparison) -> dict[str, dict[str, float | None]]:
    found: dict[str, dict[str, float | None]] = {}
    for group, name, _ in comparison.shown():
        found.setdefault(group, {})[name] = _plain(figures[group, name] - base[group, name])
    return found


def _plan(figures: Figures) -> dict[str, Any]:
    found: dict[str, Any] = {"status": figures.status, "bound": _plain(figures.bound)}
    for figure in figures.values:
        found.setdefault(figure.group, {})[figure.name] = _plain(figure.value)
    return {**found, "seconds": round(figures.seconds, 2)}


def _plain(value: float) -> float | None:
    return round(float(value), 4) if math.isfinite(value) else None
