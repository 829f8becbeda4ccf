"""Tables that are written at once hold the very cells that the library writes one by one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from optimizer.report import bulk
from optimizer.report.bulk import BulkSheet
from optimizer.report.workbook import OPTIONS

TEXTS = [
    "plain",
    "a & b < c > d",
    " led",
    "trailed\t",
    "=1+1",
    "\x01control",
    "_x0001_",
    "发货单",
    "😀",
    '"quoted"',
    "",
    None,
]
KINDS = ("text", "date", "units")


def table() -> pd.DataFrame:
    count = len(TEXTS)
    days = pd.date_range("2026-11-01", periods=count).to_series(index=range(count))
    numbers = np.concatenate([[np.nan, 0.0, -1.5, 1e-7, 1 / 3, 123456789.0], np.arange(count - 6)])
    return pd.DataFrame({"text": pd.Series(TEXTS, dtype=object), "day": days.where(days.index != 2), "units": numbers})


def written(path: Path, at_once: bool, frame: pd.DataFrame) -> str:
    """The sheet of a workbook with a heading, a table and a note below, as XML."""
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        styles = [
            {
                kind: book.add_format({"num_format": text, **shade})
                for kind, text in zip(KINDS, ("General", "yyyy", "0"), strict=True)
            }
            for shade in ({}, {"bg_color": "#F2F4F7"})
        ]
        for style in styles:
            for kind in KINDS:  # numbered in one order, whoever asks first
                style[kind]._get_xf_index()
        sheet = book.add_worksheet("a", BulkSheet)
        sheet.write_string(0, 0, "head")
        shades = [row // 2 % 2 for row in range(len(frame))]
        if at_once:
            sheet.write_table(1, frame, KINDS, shades, styles)
        else:
            one_by_one(sheet, frame, shades, styles)
        sheet.write_string(len(frame) + 1, 0, "note")
    with zipfile.ZipFile(path) as packed:
        return packed.read("xl/worksheets/sheet1.xml").decode()


def one_by_one(sheet, frame: pd.DataFrame, shades: list[int], styles: list[dict]) -> None:
    for row, (shade, values) in enumerate(zip(shades, frame.itertuples(index=False), strict=True), start=1):
        for place, (kind, value) in enumerate(zip(KINDS, values, strict=True)):
            style = styles[shade][kind]
            if value is None or value == "" or value != value or value is pd.NaT:
                sheet.write_blank(row, place, None, style)
            elif kind == "date":
                sheet.write_datetime(row, place, value.to_pydatetime(), style)
            elif kind == "text":
                sheet.write_string(row, place, value, style)
            else:
                sheet.write_number(row, place, value, style)


@pytest.mark.parametrize(("chunk", "known"), [(5, 2), (5, 100_000), (10_000, 100_000)])
def test_a_table_at_once_is_what_the_library_writes_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, known: int
):
    monkeypatch.setattr(bulk, "CHUNK", chunk)
    monkeypatch.setattr(bulk, "MOST_KNOWN", known)
    assert written(tmp_path / "a.xlsx", True, table()) == written(tmp_path / "b.xlsx", False, table())


def test_a_table_without_rows_leaves_its_heading_alone(tmp_path: Path):
    written(tmp_path / "a.xlsx", True, table().head(0))
    assert CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python() == [["head"], ["note"]]


def test_what_looks_like_a_rich_text_stays_a_text(tmp_path: Path):
    text = "<r><t>bold</t></r>"
    written(tmp_path / "a.xlsx", True, table().head(1).assign(text=text))
    assert CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()[1][0] == text


def read_back(path: Path, frame: pd.DataFrame) -> list[list]:
    """The rows of a table that was written at once, without heading and note."""
    written(path, True, frame)
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:-1]


def test_an_infinite_number_is_no_cell(tmp_path: Path):
    with pytest.raises(TypeError, match="infinite"):
        read_back(tmp_path / "a.xlsx", table().head(2).assign(units=[np.inf, 2.0]))


def test_numbers_of_any_type_are_numbers_or_empty(tmp_path: Path):
    rows = read_back(tmp_path / "a.xlsx", table().head(2).assign(units=pd.array([3, None], dtype="Int64")))
    assert [row[2] for row in rows] == [3.0, ""]


def test_days_far_ahead_parts_of_days_and_columns_of_objects_are_dates(tmp_path: Path):
    days = [pd.Timestamp("2195-01-01"), pd.Timestamp("2026-11-01 18:00"), pd.NaT]
    for kind in (object, "datetime64[ns]"):
        rows = read_back(tmp_path / "a.xlsx", table().head(3).assign(day=pd.Series(days, dtype=kind)))
        # the format of the cells is a year, so they are read as days of that kind
        assert [str(row[1]) for row in rows] == ["2195-01-01", "2026-11-01 18:00:00", ""]


def test_what_is_equal_but_reads_differently_stays_different(tmp_path: Path):
    rows = read_back(tmp_path / "a.xlsx", table().head(4).assign(text=pd.Series([1, True, 1.0, pd.NA], dtype=object)))
    assert [row[0] for row in rows] == ["1", "True", "1.0", ""]


def test_a_table_that_no_sheet_can_hold_is_refused(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", OPTIONS) as book:
        sheet = book.add_worksheet("a", BulkSheet)
        style = {kind: book.add_format() for kind in KINDS}
        with pytest.raises(ValueError, match="cannot hold 12 rows"):
            sheet.write_table(1_048_570, table(), KINDS, [0] * 12, [style])


def test_a_text_is_cut_at_what_a_cell_can_hold_in_utf_16(tmp_path: Path):
    written(tmp_path / "a.xlsx", True, table().head(1).assign(text="😀" * 20_000))
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert rows[1][0] == "😀" * 16_383
