"""The summary of a plan that a planner reads at seven in the morning."""

from __future__ import annotations

import math

import pandas as pd

from optimizer.report import trouble, week
from optimizer.report.briefing import Briefing
from optimizer.report.page import aligned, table
from optimizer.report.steps import next_steps
from optimizer.report.values import money, units
from optimizer.report.words import Words

#: Rows of a list that are shown; the workbook has all.
MOST_ROWS = 8


def summary(brief: Briefing, language: str = "en") -> str:
    """The summary as text, in English ("en") or Chinese ("zh")."""
    words = Words(language)
    sections = (_head, _leaving, _ordering, _costs, _short, _idle, _full, _below_target, next_steps)
    return "\n\n".join("\n".join(lines) for section in sections if (lines := section(brief, words)))


def key_figures(brief: Briefing, words: Words) -> list[list[str]]:
    """What a plan is judged by: name, figure, explanation."""
    measures = brief.measures
    parts = {name: money(amount) for name, amount in brief.mission.items()}
    served = words("served_note", delivered=units(measures.delivered), demand=units(measures.demand))
    return [
        [words("mission"), money(measures.mission_cost), words("mission_note", **parts)],
        [words("total_cost"), money(measures.total_cost), words("total_note")],
        [words("gap"), *_gap(brief, words)],
        [words("served"), f"{measures.fill_rate:.1%}", served],
        [words("mismatch"), f"{measures.mismatch:.1%}", words("mismatch_note")],
    ]


def title(brief: Briefing, words: Words) -> str:
    """Which plan this is."""
    settings = brief.plan.scenario.settings
    last = pd.Timestamp(brief.plan.scenario.calendar.end) - pd.Timedelta(days=1)
    return words("title", name=settings.name, first=_day(brief.first), last=_day(last), currency=settings.currency)


def standing(brief: Briefing, words: Words) -> str:
    """How the search ended."""
    status = "optimal" if brief.within_gap and brief.plan.status == "feasible" else brief.plan.status
    return words(status, asked=brief.plan.scenario.settings.solve.gap)


def _head(brief: Briefing, words: Words) -> list[str]:
    return [
        title(brief, words),
        standing(brief, words),
        "",
        *aligned(key_figures(brief, words), [False, True, False]),
    ]


def _gap(brief: Briefing, words: Words) -> list[str]:
    measures = brief.measures
    if not math.isfinite(measures.gap):
        return [words("no_bound"), words("no_bound_note")]
    note = "gap_floor_note" if measures.floor_acts else "gap_note"
    return [money(max(measures.gap, 0.0)), words(note, share=max(measures.gap_share, 0.0))]


def _leaving(brief: Briefing, words: Words) -> list[str]:
    rows = brief.leaving
    last = brief.until - pd.Timedelta(days=1)
    head = words("leaving", first=_day(brief.first), last=_day(last))
    if rows.empty:
        later = brief.departures.head(1).itertuples()
        return [head, "  " + words("leaving_none")] + [
            "  " + words("leaving_next", lane=row.lane, day=_day(row.departs_on)) for row in later
        ]
    last_row = rows[["cases", "units", "volume_m3", "charge"]].sum()
    last_row["lane"] = words("total")
    shown = rows[list(week.LEAVING)]
    return [head, *table(shown.loc[:, shown.notna().any() & (shown != "").any()], words, last_row)]


def _ordering(brief: Briefing, words: Words) -> list[str]:
    rows = brief.ordering
    if rows.empty:
        later = brief.order_lines.head(1).itertuples()
        return [words("ordering"), "  " + words("ordering_none")] + [
            "  " + words("ordering_next", day=_day(row.order_on), supplier=row.supplier) for row in later
        ]
    return [words("ordering"), *table(rows[list(week.ORDERING)], words)]


def _costs(brief: Briefing, words: Words) -> list[str]:
    rows = brief.costs.assign(line=[words.term(line) for line in brief.costs["line"]])
    last = pd.Series({"line": words("total"), "amount": brief.measures.total_cost})
    return [words("costs"), *table(rows, words, last)]


def _short(brief: Briefing, words: Words) -> list[str]:
    rows, currency = brief.short, brief.plan.scenario.settings.currency
    if rows.empty:
        return [words("short_none")]
    lost = rows["units"].sum()
    share = lost / brief.measures.demand
    head = words("short", units=units(lost), share=share, money=money(rows["money"].sum()), currency=currency)
    return [head, *_top(rows[list(trouble.SHORT)], words)]


def _idle(brief: Briefing, words: Words) -> list[str]:
    rows, currency = brief.idle, brief.plan.scenario.settings.currency
    first = _day(brief.first)
    if rows.empty:
        return [words("idle_none", first=first)]
    total = {"units": units(rows["units"].sum()), "money": money(rows["value"].sum())}
    head = words("idle", first=first, currency=currency, **total)
    return [head, "  " + words("idle_note"), *_top(rows[list(trouble.IDLE)], words)]


def _full(brief: Briefing, words: Words) -> list[str]:
    rows = brief.full.assign(kind=[words.term(kind) for kind in brief.full["kind"]])
    if rows.empty:
        return []
    head = words("full", money=money(rows["amount"].sum()), currency=brief.plan.scenario.settings.currency)
    return [head, *_top(rows, words)]


def _below_target(brief: Briefing, words: Words) -> list[str]:
    rows, currency = brief.below_target, brief.plan.scenario.settings.currency
    if rows.empty:
        return []
    total = {"units": units(rows["units"].sum()), "money": money(rows["amount"].sum())}
    return [words("below_target", currency=currency, **total), *_top(rows, words)]


def _top(rows: pd.DataFrame, words: Words) -> list[str]:
    named = rows if "name" not in rows or (rows["name"] != "").any() else rows.drop(columns="name")
    lines = table(named.head(MOST_ROWS), words)
    return lines + ([f"  {words('more', count=len(rows) - MOST_ROWS)}"] if len(rows) > MOST_ROWS else [])


def _day(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"
