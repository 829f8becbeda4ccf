"""Alerts in words: a sentence on what is the matter, one on what to do, and what it costs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from optimizer.plan.alerts.rows import DAYS, KINDS, NUMBERS
from optimizer.plan.alerts.sentences import DO, PARTS, SAYS, TITLES
from optimizer.scenario.languages import LANGUAGES


def told(rows: pd.DataFrame, language: str = "en") -> list[tuple[str, str]]:
    """For each alert what is the matter and what to do, in English ("en") or Chinese ("zh")."""
    place = LANGUAGES.index(language)
    return [_told(row, place) for row in rows.to_dict("records")]


def between(language: str) -> str:
    """What stands between two sentences."""
    return "" if language == "zh" else " "


def phrases(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """For each alert the names of its sentences in `sentences.SAYS` and `sentences.DO`, for who fills them in."""
    return [
        (_says(row), _do(row)) for row in rows[["kind", "basis", "lane", "money", "act_by", "then"]].to_dict("records")
    ]


def title(kind: str, language: str = "en") -> str:
    """What a kind of alert is called."""
    return TITLES[kind][LANGUAGES.index(language)]


def as_dicts(rows: pd.DataFrame, language: str = "en") -> list[dict[str, Any]]:
    """Alerts as plain values for JSON; what is empty is left out, dates are texts such as 2026-01-31."""
    return [
        {**_plain(row), "says": says, "do": do}
        for row, (says, do) in zip(rows.to_dict("records"), told(rows, language), strict=True)
    ]


def as_text(rows: pd.DataFrame, currency: str, language: str = "en", most: int = 5) -> str:
    """Alerts by kind, at most so many of each, as lines of text."""
    return "\n".join(_lines(rows, currency, language, most)) or PARTS["none"][LANGUAGES.index(language)]


def _lines(rows: pd.DataFrame, currency: str, language: str, most: int) -> Iterator[str]:
    place = LANGUAGES.index(language)
    for kind in KINDS:
        mine = rows[rows["kind"] == kind]
        if mine.empty:
            continue
        money = f"{mine['money'].sum():,.0f}"
        yield PARTS["head"][place].format(title=title(kind, language), count=len(mine), money=money, currency=currency)
        for money, (says, do) in zip(mine["money"].head(most), told(mine.head(most), language), strict=True):
            yield f"  {money:>12,.0f}  {says}{between(language)}{do}"
        if len(mine) > most:
            yield f"  {'':>12}  {PARTS['more'][place].format(count=len(mine) - most)}"


def _told(row: dict[str, Any], place: int) -> tuple[str, str]:
    """The sentences of an alert. Values are filled in once: braces in a name stay what they are."""
    kind, values = row["kind"], {name: _shown(name, value) for name, value in row.items()}
    values["basis"] = PARTS[row["basis"]][place] if row["basis"] in PARTS else row["basis"]
    values["tier"] = PARTS["tier"][place].format(**values) if values["then"] else ""
    if kind == "ageing":
        values |= {name: f"{row[name]:,.2f}" for name in ("before", "after")}
        values["more"] = PARTS["ageing_more"][place].format(**values) if values["until"] else ""
    return SAYS[_says(row)][place].format(**values), DO[_do(row)][place].format(**values)


def _says(row: dict[str, Any]) -> str:
    if row["kind"] == "duty_change":
        return "duty_change_lane" if row["lane"] else "duty_change_region"
    if row["kind"] == "rate_change":
        return f"rate_change_{row['basis'] or 'freight'}"
    return row["kind"]


def _do(row: dict[str, Any]) -> str:
    kind = row["kind"]
    if kind in ("duty_change", "rate_change"):
        if pd.isna(row["act_by"]):
            return "change_taken"
        place = "_place" if kind == "rate_change" and not row["lane"] else ""
        return f"{kind}{place}_{'dearer' if row['money'] > 0 else 'cheaper'}"
    if pd.isna(row["then"]) and kind in ("out_of_reach", "half_empty"):
        return "out_of_reach_never" if kind == "out_of_reach" else "half_empty_last"
    return kind


def _shown(name: str, value: Any) -> str:
    if name in DAYS:
        return "" if pd.isna(value) else f"{value:%Y-%m-%d}"
    if name not in NUMBERS:
        return str(value)
    if pd.isna(value):
        return ""
    if name == "share":
        return f"{value:.0%}"
    return f"{value:,.1f}" if name == "units" and abs(value) < 10 and round(value, 6) % 1 else f"{value:,.0f}"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name in DAYS:
            if not pd.isna(value):
                found[name] = f"{value:%Y-%m-%d}"
        elif name in NUMBERS:
            if math.isfinite(value):
                found[name] = round(float(value), 4)
        elif value:
            found[name] = str(value)
    return found
