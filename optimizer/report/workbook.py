"""The workbook of a plan, for the warehouse, the forwarder and the buyer."""

from __future__ import annotations

import datetime as dt
import math
from io import BytesIO
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from optimizer.plan.alerts import title as title_of
from optimizer.plan.alerts import told
from optimizer.report.briefing import Briefing
from optimizer.report.sheet import MOST_ROWS, SHEET_ROWS, Style, write_sheet
from optimizer.report.sheets import IF_ANY, ORDERING, SHEETS, TERMS
from optimizer.report.steps import steps
from optimizer.report.summary import key_figures, standing, title
from optimizer.report.words import Words

#: Texts stay texts: what looks like a formula or a link is not one. Missing numbers become empty cells. Rows are
#: written as they come: the instructions of ten thousand SKUs would take gigabytes.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_workbook(brief: Briefing, path: str | Path, language: str = "en") -> None:
    """Write the workbook: a sheet with the key figures, one for each of `sheets.SHEETS`, and the alerts.

    Raises OSError.
    """
    # Whether the place can be written is known before a long job begins.
    with open(path, "wb") as file:
        # In memory first: an archive that cannot be written to its end complains once more when it is let go.
        packed = BytesIO()
        book = xlsxwriter.Workbook(packed, OPTIONS)
        try:
            _fill(book, brief, language)
            book.close()
        except FileCreateError as error:  # what the operating system said is inside
            raise OSError(*getattr(error.args[0], "args", error.args)) from error
        file.write(packed.getbuffer())


def _fill(book: xlsxwriter.Workbook, brief: Briefing, language: str) -> None:
    words = Words(language)
    # Equal plans give equal files, whenever they are written.
    first = brief.plan.scenario.settings.starts_on
    book.set_properties({"title": title(brief, words), "created": dt.datetime(first.year, first.month, first.day)})
    style = Style(book)
    _front(book, brief, words, style)
    for name, make in SHEETS.items():
        rows = make(brief)
        if name in TERMS:
            rows = rows.assign(**{TERMS[name]: rows[TERMS[name]].map(words.term)})
        if "mode" in rows:
            rows = rows.assign(mode=rows["mode"].map(words.mode).astype(object))
        if len(rows) or name not in IF_ANY:
            most = {"most_rows": SHEET_ROWS} if name in ORDERING else {}
            write_sheet(book, words.sheet(name), rows, words, style, **most)
    write_sheet(book, words.sheet("alerts"), alert_rows(brief, language), words, style)


def alert_rows(brief: Briefing, language: str) -> pd.DataFrame:
    """Alerts with their sentences; more rows than a sheet shows are only counted."""
    rows = brief.alerts
    said = pd.DataFrame(told(rows.head(MOST_ROWS), language), columns=["says", "do"], dtype=object)
    rows = rows.assign(alert=[title_of(kind, language) for kind in rows["kind"]], amount=rows["money"])
    return rows[["alert", "amount", "act_by", "sku", "location", "region", "lane", "units"]].join(said)


def _front(book: xlsxwriter.Workbook, brief: Briefing, words: Words, style: Style) -> None:
    sheet = book.add_worksheet(words.sheet("summary"))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 90)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, title(brief, words), style.title)
    sheet.write_string(1, 0, standing(brief, words))
    for row, (name, figure, kind, note) in enumerate(key_figures(brief, words), start=3):
        sheet.write_string(row, 0, name, style.bold)
        if math.isnan(figure):
            sheet.write_string(row, 1, words("no_bound"), style.right)
        else:
            sheet.write_number(row, 1, figure, style.kinds[0][kind])
        sheet.write_string(row, 2, note)
    for row, step in enumerate([words("next"), *(steps(brief, words) or [words("next_none")])], start=9):
        sheet.write_string(row, 0, step, style.bold if row == 9 else None)
