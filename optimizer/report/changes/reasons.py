"""What reasons are called, and the sentences of the inputs that changed."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import Any

import numpy as np

from optimizer.plan.diff.why import ONLY
from optimizer.report.changes.changes import Changes
from optimizer.report.changes.words import EDITS, PHRASES, REASONS
from optimizer.report.values import units
from optimizer.scenario.columns import Column
from optimizer.scenario.edits import Edit
from optimizer.scenario.languages import LANGUAGES
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings_schema import SETTINGS

#: Changed inputs that are told under a reason.
MOST_TOLD = 3


def reason_named(reason: str, language: str = "en") -> str:
    """What a reason is called; one of several inputs that were not told apart names them all."""
    place = LANGUAGES.index(language)
    return (" + " if language == "en" else "＋").join(REASONS[part][place] for part in reason.split("+") if part)


def cause_named(reason: str, level: str, language: str = "en") -> str:
    """What the reason of a line is called, and whether it is one only because nothing else has changed."""
    named, place = reason_named(reason, language), LANGUAGES.index(language)
    return PHRASES["only"][place].format(reason=named) if level == ONLY else named


def changed_inputs(told: Changes, reason: str, language: str = "en", most: int = MOST_TOLD) -> list[str]:
    """A sentence for each of the largest changes of the inputs that a reason names, and one for how many more."""
    groups = [told.why.inputs.get(group, ()) for group in reason.split("+")]
    edits = [edit for edit in chain.from_iterable(zip_longest(*groups)) if edit is not None]  # one of each in turn
    found = [edit_told(edit, language) for edit in edits[:most]]
    if len(edits) > most:
        found.append(PHRASES["more_inputs"][LANGUAGES.index(language)].format(count=len(edits) - most))
    return found


def edit_told(edit: Edit, language: str = "en") -> str:
    """One changed input as a sentence."""
    place = LANGUAGES.index(language)
    columns, days = _columns(edit.table), abs(edit.days_late or 0)
    column = columns[edit.column] if edit.column else None
    ends = {"before": _value(column, edit.before, place), "after": _value(column, edit.after, place)}
    words = {"table": _table(edit.table, place), "row": _row(edit, columns, place), "units": units(edit.units or 0.0),
             "column": _named(column, place) if column else "", "days": days, "s": "s"[: days != 1]}  # fmt: skip
    keys = {"sku": edit.row.get("sku", ""), "place": edit.row.get("destination", "")}
    return EDITS[_phrase(edit)][place].format(**ends, **words, **keys)


def _phrase(edit: Edit) -> str:
    if edit.days_late is not None:
        return "late" if edit.days_late > 0 else "early"
    if edit.table not in SCHEMA:
        return "setting"
    if edit.kind == "total" and edit.before == edit.after:
        return "divided"
    return f"{edit.kind}_row" if edit.kind in ("new", "gone") and not edit.column else edit.kind


def _table(name: str, place: int) -> str:
    return SCHEMA[name].chinese if place and name in SCHEMA else name


def _columns(table: str) -> dict[str, Column]:
    return dict(SCHEMA[table].by_name) if table in SCHEMA else {column.name: column for column in SETTINGS}


def _named(column: Column, place: int) -> str:
    return column.chinese if place else column.name


def _row(edit: Edit, columns: dict[str, Column], place: int) -> str:
    """The keys of a row: names as they are, days and numbers with what they are."""
    parts = [_value(columns[name], value, place) if isinstance(value, str) else
             f"{_named(columns[name], place)} {_value(columns[name], value, place)}"
             for name, value in edit.row.items()]  # fmt: skip
    return ("，" if place else ", ").join(parts)


def _value(column: Column | None, value: Any, place: int) -> str:
    """A value as a table has it; units without a fraction that says nothing."""
    if value is None:
        return EDITS["nothing"][place]
    if isinstance(value, bool | np.bool_):
        return str(value).lower()
    if isinstance(value, float | int):
        return units(value) if column and "units" in (column.name, column.unit) else f"{value:,.10g}"
    return str(value)
