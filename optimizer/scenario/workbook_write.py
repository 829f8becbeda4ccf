"""Writing a scenario as an Excel workbook that planners can edit and `read` takes back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import xlsxwriter

from optimizer.errors import UsageError
from optimizer.scenario.columns import Column, Table
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import TABLES
from optimizer.scenario.settings_write import settings_rows

MOST_ROWS = 1_048_575
#: Texts stay texts: no formulas, no links.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(scenario: Scenario, path: Path, language: str = "en") -> None:
    """Write every table that has rows or is required, and the settings. Numbers keep 16 digits, as Excel's do."""
    for table in TABLES:
        if len(scenario[table.name]) > MOST_ROWS:
            raise UsageError(f"{table.name} has more rows than a sheet can hold; write a folder instead.")
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        formats = {
            "header": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        _settings(book, scenario, formats)
        for table in TABLES:
            if table.required or len(scenario[table.name]):
                _table(book, table, scenario[table.name], formats, language)


def _settings(book: xlsxwriter.Workbook, scenario: Scenario, formats: dict) -> None:
    sheet = book.add_worksheet("settings")
    for place, header in enumerate(("key", "value", "note")):
        sheet.write_string(0, place, header, formats["header"])
    for row, (key, value, meaning) in enumerate(settings_rows(scenario.settings), start=1):
        sheet.write_string(row, 0, key)
        if isinstance(value, int | float):
            sheet.write_number(row, 1, value)
        else:
            sheet.write_string(row, 1, str(value))
        sheet.write_string(row, 2, meaning)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 80)


def _table(book: xlsxwriter.Workbook, table: Table, frame: pd.DataFrame, formats: dict, language: str) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        name = column.chinese if language == "zh" else column.name
        sheet.write_string(0, place, name, formats["header"])
        sheet.write_comment(0, place, column.meaning + (f" ({column.unit})" if column.unit else ""))
        sheet.set_column(place, place, max(12, len(name) + 2))
        _column(sheet, place, column, frame[column.name], formats)


def _column(sheet, place: int, column: Column, values: pd.Series, formats: dict) -> None:
    for row, value in enumerate(values.tolist(), start=1):
        if value == "" or pd.isna(value):
            continue
        if column.kind == "date":
            sheet.write_datetime(row, place, value.to_pydatetime(), formats["date"])
        elif column.kind == "flag":
            sheet.write_boolean(row, place, bool(value))
        elif column.kind in ("number", "whole"):
            sheet.write_number(row, place, value)
        else:
            sheet.write_string(row, place, value)
