"""The comparison of two plans as text."""

from __future__ import annotations

from typing import Any

from optimizer.report.changes.changes import Changes
from optimizer.report.changes.reasons import cause_named, changed_inputs, reason_named
from optimizer.report.changes.words import KINDS, PHRASES
from optimizer.report.values import money, units
from optimizer.scenario.languages import LANGUAGES


def changes_text(told: Changes, language: str = "en", most: int = 20) -> str:
    """The changes as text, at most so many lines of them."""
    place = LANGUAGES.index(language)
    before, after = told.old.total_cost, told.new.total_cost
    lines = [_title(told, place)]
    lines.append(_said("total", place, before=money(before), after=money(after), change=f"{after - before:+,.0f}"))
    lines += ["", *_why(told, place), ""]
    counts = {"changed": len(told.diff.lines), "same": told.diff.same, "done": units(told.diff.done)}
    lines.append(_said("lines", place, **counts))
    lines += _lines(told, place, most)
    if lost := _lost(told, place, most):
        lines += ["", _said("lost_sales", place), *lost]
    return "\n".join(lines)


def _title(told: Changes, place: int) -> str:
    old, new = (plan.scenario.settings for plan in (told.old, told.new))
    head = {"name": new.name, "old": old.starts_on, "new": new.starts_on, "currency": new.currency}
    if told.names is None:
        return _said("title", place, **head)
    return _said("title_named", place, old_name=told.names[0], new_name=told.names[1], **head)


def _why(told: Changes, place: int) -> list[str]:
    language = LANGUAGES[place]
    if told.parts is None:
        rows = [(reason_named(group, language), group) for group in told.why.inputs]
        inputs = [line for name, group in rows for line in (f"  {name}", *_inputs(told, group, place, " " * 4))]
        return [_said("no_why", place), *([_said("inputs", place)] if inputs else []), *inputs]
    lines = [_said("why", place)]
    for row in told.parts.itertuples():
        lines.append(f"  {row.money:>+14,.0f}  {reason_named(row.reason, language)}")
        lines += _inputs(told, row.reason, place, " " * 20)
    return [*lines, f"  {_said('why_note', place)}"]


def _inputs(told: Changes, reason: str, place: int, indent: str) -> list[str]:
    return [f"{indent}{sentence}" for sentence in changed_inputs(told, reason, LANGUAGES[place])]


def _lines(told: Changes, place: int, most: int) -> list[str]:
    """The changed lines, the dearest first, at most so many."""
    rows = told.lines
    found = [_line(row, place) for row in rows.head(most).to_dict("records")]
    return [*found, *_more(len(rows) - most, place)] or ["  " + _said("none", place)]


def _line(row: dict[str, Any], place: int) -> str:
    ends = {end: _end(row[lane], row[day], place) for end, lane, day in
            (("before", "lane_before", "departs_before"), ("after", "lane", "departs_on"))}  # fmt: skip
    phrase = "moved" if ends["before"] and ends["after"] else "added" if ends["after"] else "taken"
    text = _said(phrase, place, sku=row["sku"], units=units(row["units"]), **ends)
    return f"  {row['money']:>+14,.0f}  {KINDS[row['kind']][place]}: {text}{_cause(row, place)}"


def _lost(told: Changes, place: int, most: int) -> list[str]:
    """Lost sales that are others, the dearest first, at most so many; what looks the same is not told."""
    rows = [{**row, "before": units(row["before"]), "after": units(row["after"])}
            for row in told.lost.to_dict("records")]  # fmt: skip
    rows = [row for row in rows if row["before"] != row["after"]]
    words = ("sku", "region", "before", "after")
    found = [f"  {row['money']:>+14,.0f}  {_said('lost', place, **{name: row[name] for name in words})}"
             f"{_cause(row, place)}" for row in rows[:most]]  # fmt: skip
    return [*found, *_more(len(rows) - most, place)]


def _cause(row: dict[str, Any], place: int) -> str:
    reason = cause_named(row["reason"], row["reason_level"], LANGUAGES[place])
    return f" {_said('why_line', place, reason=reason)}" if reason else ""


def _more(count: int, place: int) -> list[str]:
    return ["  " + _said("more", place, count=count)] if count > 0 else []


def _end(lane: str, day: Any, place: int) -> str:
    return _said("place", place, lane=lane, day=f"{day:%Y-%m-%d}") if lane else ""


def _said(phrase: str, place: int, **values: Any) -> str:
    return PHRASES[phrase][place].format(**values)
