"""One sheet of a workbook from a table: headings, formats, widths; nothing in it that a spreadsheet would run."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from optimizer.report.page import width
from optimizer.report.values import SHEET_FORMATS, kind_of, shown
from optimizer.report.words import Words

#: Rows of a sheet that people still look at; the tables of the plan hold them all. Letters that a cell can hold.
MOST_ROWS, MOST_LETTERS = 20_000, 32_767

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
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    kept = frame.head(most_rows)
    shades = _shades(kept)
    for place, column in enumerate(frame.columns):
        head, kind = words.column(column), _kind(column, kept.iloc[:, place])
        sheet.set_column(place, place, _wide(head, kept.iloc[:, place], kind))
        sheet.write_string(0, place, head, style.heading)
        _write(sheet, place, kept.iloc[:, place], kind, [style.kinds[shade][kind] for shade in shades])
    if len(kept):
        sheet.autofilter(0, 0, len(kept), len(frame.columns) - 1)
    if len(frame) > len(kept):
        sheet.write_string(len(kept) + 1, 0, words("rows_cut", count=len(frame) - len(kept)))


def _write(sheet: Worksheet, place: int, values: pd.Series, kind: str, formats: list) -> None:
    for row, (value, style) in enumerate(zip(values.tolist(), formats, strict=True), start=1):
        if value is None or value == "" or pd.isna(value):
            sheet.write_blank(row, place, None, style)
        elif kind == "date":
            sheet.write_datetime(row, place, value.to_pydatetime(), style)
        elif kind == "text":
            sheet.write_string(row, place, str(value)[:MOST_LETTERS], style)
        else:
            sheet.write_number(row, place, value, style)


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
