"""The comparison of two plans for people and for programs: as text, as plain values, as a table for a spreadsheet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from optimizer.plan.diff import Diff
from optimizer.plan.plan import Plan
from optimizer.report.change_words import KINDS, PHRASES, REASONS
from optimizer.report.values import money, units
from optimizer.scenario.formulas import shielded
from optimizer.scenario.languages import LANGUAGES


@dataclass(frozen=True)
class Changes:
    """A diff of two plans, `parts` (reason, money) and `reasons` (one by line of the diff), None and empty where they
    were not told apart.
    """

    old: Plan
    new: Plan
    diff: Diff
    parts: pd.DataFrame | None = None
    reasons: tuple[str, ...] = ()

    @property
    def lines(self) -> pd.DataFrame:
        """The lines of the diff with their reason ("" where none is known)."""
        rows = self.diff.lines
        return rows.assign(reason=list(self.reasons) if self.reasons else [""] * len(rows))


def changes_text(told: Changes, language: str = "en", most: int = 20) -> str:
    """The changes as text, at most so many lines of them."""
    place, settings = LANGUAGES.index(language), told.new.scenario.settings
    before, after = told.old.total_cost, told.new.total_cost
    head = {"name": settings.name, "old": told.old.scenario.settings.starts_on, "new": settings.starts_on,
            "currency": settings.currency}  # fmt: skip
    lines = [_said("title", place, **head)]
    lines.append(_said("total", place, before=money(before), after=money(after), change=f"{after - before:+,.0f}"))
    lines += ["", *_why(told, place), ""]
    counts = {"changed": len(told.diff.lines), "same": told.diff.same, "done": units(told.diff.done)}
    lines.append(_said("lines", place, **counts))
    lines += line_texts(told, language, most)
    for row in told.diff.lost.head(most).itertuples():
        words = {"sku": row.sku, "region": row.region, "before": units(row.before), "after": units(row.after)}
        lines.append(_said("lost", place, **words))
    return "\n".join(lines)


def line_texts(told: Changes, language: str = "en", most: int = 20) -> list[str]:
    """The changed lines, the dearest first, at most so many."""
    place, rows = LANGUAGES.index(language), told.lines
    found = [_line(row, place) for row in rows.head(most).to_dict("records")]
    if len(rows) > most:
        found.append("  " + _said("more", place, count=len(rows) - most))
    return found or ["  " + _said("none", place)]


def changes_document(told: Changes, most: int | None = None) -> dict[str, Any]:
    """The changes as plain values for JSON, at most so many lines of them."""
    rows = told.lines if most is None else told.lines.head(most)
    return {
        "currency": told.new.scenario.settings.currency,
        "total_before": told.old.total_cost,
        "total_after": told.new.total_cost,
        "reasons": None if told.parts is None else _records(told.parts),
        "costs": _records(told.diff.costs),
        "counts": told.diff.counts,
        "same": told.diff.same,
        "decided_since_units": told.diff.done,
        "beyond_units": told.diff.beyond,
        "left_out": len(told.lines) - len(rows),
        "lines": _records(rows.drop(columns=["period_before", "period"])),
        "lost": _records(told.diff.lost),
    }


def changes_table(told: Changes, language: str = "en") -> pd.DataFrame:
    """The changed lines for a spreadsheet, with words for kinds and reasons; no cell is a formula."""
    place, rows = LANGUAGES.index(language), told.lines.drop(columns=["period_before", "period"])
    texts = {name: rows[name].map(shielded) for name in ("sku", "lane_before", "lane", "place")}
    days = {name: rows[name].dt.strftime("%Y-%m-%d").fillna("") for name in ("departs_before", "departs_on")}
    words = {"kind": rows["kind"].map(lambda kind: KINDS[kind][place]),
             "reason": rows["reason"].map(lambda name: reason_named(name, language))}  # fmt: skip
    return rows.assign(**texts, **days, **words, money=rows["money"].round(2))


def reason_named(reason: str, language: str = "en") -> str:
    """What a reason is called; one of several inputs that were not told apart names them all."""
    place = LANGUAGES.index(language)
    return (" + " if language == "en" else "＋").join(REASONS[part][place] for part in reason.split("+") if part)


def _why(told: Changes, place: int) -> list[str]:
    if told.parts is None:
        return [_said("no_why", place)]
    rows = [f"  {row.money:>+14,.0f}  {reason_named(row.reason, LANGUAGES[place])}" for row in told.parts.itertuples()]
    return [_said("why", place), *rows, f"  {_said('why_note', place)}"]


def _line(row: dict[str, Any], place: int) -> str:
    ends = {end: _end(row[lane], row[day], place) for end, lane, day in
            (("before", "lane_before", "departs_before"), ("after", "lane", "departs_on"))}  # fmt: skip
    phrase = "moved" if ends["before"] and ends["after"] else "added" if ends["after"] else "taken"
    text = _said(phrase, place, sku=row["sku"], units=units(row["units"]), **ends)
    reason = reason_named(row["reason"], LANGUAGES[place])
    told = f" {_said('why_line', place, reason=reason)}" if reason else ""
    return f"  {row['money']:>+14,.0f}  {KINDS[row['kind']][place]}: {text}{told}"


def _end(lane: str, day: Any, place: int) -> str:
    return _said("place", place, lane=lane, day=f"{day:%Y-%m-%d}") if lane else ""


def _said(phrase: str, place: int, **values: Any) -> str:
    return PHRASES[phrase][place].format(**values)


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items() if _plain(value) is not None}
            for row in rows.to_dict("records")]  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if value is pd.NaT or value == "":
        return None
    return (round(value, 4) if math.isfinite(value) else None) if isinstance(value, float) else value
