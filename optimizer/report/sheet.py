"""One sheet of a workbook from a table: headings, formats, widths; nothing in it that a spreadsheet would run."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xlsxwriter

from optimizer.report.bulk import BulkSheet
from optimizer.report.page import width
from optimizer.report.values import SHEET_FORMATS, kind_of, shown
from optimizer.report.words import Words

#: Rows of a sheet that people still look at; the tables of the plan hold them all.
MOST_ROWS = 20_000

#: Rows that a sheet can hold below its heading, with one for a note.
SHEET_ROWS = 1_048_574

#: Narrowest and widest column, and how many rows are measured for it.
NARROWEST, WIDEST, MEASURED = 8, 40, 200


class Style:
    """The formats of a workbook. `kinds`: by kind of column, on white and on grey."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True})
        self.right = book.add_format({"align": "right"})
        heading = {"bold": True, "bottom": 1, "bg_color": "#D9E2EC", "text_wrap": True, "valign": "top"}
        self.heading = book.add_format(heading)
        formats = {"text": "General", **SHEET_FORMATS}
        self.kinds = [
            {kind: book.add_format({"num_format": text, **shade}) for kind, text in formats.items()}
            for shade in ({}, {"bg_color": "#F2F4F7"})
        ]


def write_sheet(
    book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame, words: Words, style: Style, most_rows: int = MOST_ROWS
) -> None:
    """Add a sheet with a table. Rows whose first column differs from the row before change their shade."""
    sheet = book.add_worksheet(name, BulkSheet)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    kept = frame.head(most_rows)
    kinds = [_kind(column, kept.iloc[:, place]) for place, column in enumerate(frame.columns)]
    for place, (column, kind) in enumerate(zip(frame.columns, kinds, strict=True)):
        sheet.set_column(place, place, _wide(words.column(column), kept.iloc[:, place], kind))
    for place, column in enumerate(frame.columns):
        sheet.write_string(0, place, words.column(column), style.heading)
    sheet.write_table(1, kept, kinds, _shades(kept), style.kinds)
    if len(kept):
        sheet.autofilter(0, 0, len(kept), len(frame.columns) - 1)
    if len(frame) > len(kept):
        sheet.write_string(len(kept) + 1, 0, words("rows_cut", count=len(frame) - len(kept)))


def _kind(column: str, values: pd.Series) -> str:
    """Kind of a column; whole units have another format than broken ones."""
    kind = kind_of(column)
    return "broken" if kind == "units" and (np.abs(values - values.round()) > 0.005).any() else kind


def _shades(frame: pd.DataFrame) -> list[int]:
    if frame.empty:
        return []
    first = frame.iloc[:, 0]
    return ((first != first.shift()).cumsum() % 2).astype(int).tolist()


def _wide(head: str, values: pd.Series, kind: str) -> int:
    widest = max((width(shown(value, kind)) for value in values.head(MEASURED).tolist()), default=0)
    return max(NARROWEST, min(WIDEST, max(width(head), widest) + 3))
