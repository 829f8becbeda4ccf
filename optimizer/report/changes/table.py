"""The changed lines of two plans compared as a table for a spreadsheet."""

from __future__ import annotations

import pandas as pd

from optimizer.report.changes.changes import Changes
from optimizer.report.changes.reasons import cause_named
from optimizer.report.changes.words import KINDS
from optimizer.scenario.formulas import shielded
from optimizer.scenario.languages import LANGUAGES


def changes_table(told: Changes, language: str = "en") -> pd.DataFrame:
    """The changed lines for a spreadsheet, with words for kinds and reasons; no cell is a formula."""
    place, rows = LANGUAGES.index(language), told.lines.drop(columns=["period_before", "period"])
    texts = {name: rows[name].map(shielded) for name in ("sku", "lane_before", "lane", "place")}
    days = {name: rows[name].dt.strftime("%Y-%m-%d").fillna("") for name in ("departs_before", "departs_on")}
    causes = [cause_named(*cause, language) for cause in zip(rows["reason"], rows["reason_level"], strict=True)]
    words = {"kind": rows["kind"].map(lambda kind: KINDS[kind][place]),
             "reason": pd.Series(causes, rows.index, dtype=object)}  # fmt: skip
    return rows.assign(**texts, **days, **words, money=rows["money"].round(2)).drop(columns="reason_level")
