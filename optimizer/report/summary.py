"""The summary of a plan that a planner reads at seven in the morning."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from optimizer.report import trouble, week
from optimizer.report.briefing import Briefing
from optimizer.report.page import aligned, cut, table, width, wrapped
from optimizer.report.steps import steps
from optimizer.report.values import money, shown, units
from optimizer.report.words import Words

#: Rows of a list that are shown, and of the lists of what is decided this week; the workbook has all.
MOST_ROWS, MOST_DECIDED = 10, 20


def summary(brief: Briefing, language: str = "en") -> str:
    """The summary as text, in English ("en") or Chinese ("zh"), with a page of `page.ACROSS` places across."""
    words = Words(language)
    sections = (_head, _leaving, _ordering, _costs, _short, _idle, _full, _below_target, _next)
    return "\n\n".join("\n".join(lines) for section in sections if (lines := section(brief, words)))


def written(folder: str, language: str = "en") -> str:
    """Where the plan folder stands, and what is in it."""
    format = "Parquet" if (Path(folder) / "ship.parquet").is_file() else "CSV"
    return "\n".join(wrapped(Words(language)("written", folder=folder, format=format)))


def key_figures(brief: Briefing, words: Words) -> list[tuple[str, float, str, str]]:
    """What a plan is judged by: name, figure (NaN where it is unknown), kind of figure, explanation."""
    measures = brief.measures
    parts = {name: money(amount) for name, amount in brief.mission.items()}
    served = words("served_note", delivered=units(measures.delivered), demand=units(measures.demand))
    return [
        (words("mission"), measures.mission_cost, "money", words("mission_note", **parts)),
        (words("total_cost"), measures.total_cost, "money", words("total_note")),
        (words("gap"), *_gap(brief, words)),
        (words("served"), measures.fill_rate, "share", served),
        (words("mismatch"), measures.mismatch, "share", words("mismatch_note")),
    ]


def title(brief: Briefing, words: Words) -> str:
    """Which plan this is."""
    settings = brief.plan.scenario.settings
    name, currency = cut(settings.name, 40), cut(settings.currency)
    return words("title", name=name, first=_day(brief.first), last=_day(brief.last), currency=currency)


def standing(brief: Briefing, words: Words) -> str:
    """How the search ended, and whether figures are those expected over sample paths."""
    settings, paths = brief.plan.scenario.settings, len(brief.ledger.paths)
    status = "optimal" if brief.within_gap and brief.plan.status == "feasible" else brief.plan.status
    told = words(status, asked=settings.solve.gap)
    return told if paths == 1 else f"{told} {words('paths', count=paths, days=settings.committed_days)}"


def _head(brief: Briefing, words: Words) -> list[str]:
    figures = key_figures(brief, words)
    unknown = words("no_bound")
    told = [[name, unknown if math.isnan(figure) else shown(figure, kind)] for name, figure, kind, _ in figures]
    starts = aligned(told, [False, True])
    later = " " * (max(map(width, starts)) + 2)
    lines = [*wrapped(title(brief, words)), *wrapped(standing(brief, words)), ""]
    for start, (*_, note) in zip(starts, figures, strict=True):
        lines += wrapped(note, f"{start}  ", later)
    return lines


def _gap(brief: Briefing, words: Words) -> tuple[float, str, str]:
    measures = brief.measures
    if not math.isfinite(measures.gap):
        return math.nan, "money", words("no_bound_note")
    note = "gap_floor_note" if measures.floor_acts else "gap_note"
    return max(measures.gap, 0.0), "money", words(note, share=max(measures.gap_share, 0.0))


def _leaving(brief: Briefing, words: Words) -> list[str]:
    rows = brief.leaving
    last = brief.until - pd.Timedelta(days=1)
    head = words("leaving", first=_day(brief.first), last=_day(last))
    if rows.empty:
        later = brief.departures.head(1).itertuples()
        return [head, "  " + words("leaving_none")] + [
            "  " + words("leaving_next", lane=cut(row.lane), day=_day(row.departs_on)) for row in later
        ]
    totals = {column: float(rows[column].sum()) for column in ("cases", "units", "volume_m3", "charge")}
    last = {"lane": words("total"), **totals}
    return [head, *_top(_filled(rows[list(week.LEAVING)]), words, "departures", MOST_DECIDED, last)]


def _ordering(brief: Briefing, words: Words) -> list[str]:
    rows = brief.ordering
    if rows.empty:
        later = brief.order_lines.head(1).itertuples()
        return [words("ordering"), "  " + words("ordering_none")] + [
            "  " + words("ordering_next", day=_day(row.order_on), supplier=cut(row.supplier)) for row in later
        ]
    return [words("ordering"), *_top(_filled(rows[list(week.ORDERING)]), words, "orders", MOST_DECIDED)]


def _costs(brief: Briefing, words: Words) -> list[str]:
    rows = brief.costs.assign(line=[words.term(line) for line in brief.costs["line"]])
    return [words("costs"), *table(rows, words, {"line": words("total"), "amount": brief.measures.total_cost})]


def _short(brief: Briefing, words: Words) -> list[str]:
    rows, currency = brief.short, brief.plan.scenario.settings.currency
    if rows.empty:
        return [words("short_none")]
    lost = rows["units"].sum()
    share = lost / brief.measures.demand
    head = words("short", units=units(lost), share=share, money=money(rows["money"].sum()), currency=currency)
    return [head, *_top(rows[list(trouble.SHORT)], words, "short")]


def _idle(brief: Briefing, words: Words) -> list[str]:
    rows, currency = brief.idle, brief.plan.scenario.settings.currency
    day = _day(brief.idle_on)
    if rows.empty:
        return [words("idle_none", day=day)]
    total = {"units": units(rows["units"].sum()), "money": money(rows["value"].sum())}
    head = words("idle", day=day, currency=currency, **total)
    return [head, "  " + words("idle_note"), *_top(rows[list(trouble.IDLE)], words, "idle")]


def _full(brief: Briefing, words: Words) -> list[str]:
    rows = brief.full.assign(kind=[words.term(kind) for kind in brief.full["kind"]])
    if rows.empty:
        return []
    head = words("full", money=money(rows["amount"].sum()), currency=brief.plan.scenario.settings.currency)
    return [head, *_top(rows, words, "full")]


def _below_target(brief: Briefing, words: Words) -> list[str]:
    rows, currency = brief.below_target, brief.plan.scenario.settings.currency
    if rows.empty:
        return []
    total = {"units": units(rows["units"].sum()), "money": money(rows["amount"].sum())}
    return [words("below_target", currency=currency, **total), *_top(rows, words, "below_target")]


def _next(brief: Briefing, words: Words) -> list[str]:
    told = steps(brief, words) or [words("next_none")]
    lines = [line for place, step in enumerate(told, 1) for line in wrapped(step, f"  {place}. ", "     ")]
    return [words("next"), *lines]


def _filled(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns that say something in some row."""
    return rows.loc[:, rows.notna().any() & (rows != "").any()]


def _top(
    rows: pd.DataFrame, words: Words, sheet: str, most: int = MOST_ROWS, last: Mapping[str, Any] | None = None
) -> list[str]:
    """The first rows of a table, how many more there are, and the totals of all."""
    named = rows if "name" not in rows or (rows["name"] != "").any() else rows.drop(columns="name")
    lines = table(named.head(most), words, last)
    if len(rows) > most:
        lines.insert(
            len(lines) - (last is not None), f"  {words('more', count=len(rows) - most, sheet=words.sheet(sheet))}"
        )
    return lines


def _day(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"
