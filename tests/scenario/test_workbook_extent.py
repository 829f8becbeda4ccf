"""Sheets that span far more than they hold, and archives that are no workbooks of Excel."""

import zipfile

import pytest

from optimizer.scenario.read import read
from optimizer.scenario.workbook_extent import CHUNK, extents
from tests.scenario import starter_files as make
from tests.scenario.test_workbooks import lines, workbook


def with_stray_cell(path, row, column):
    """The starter with one more cell in the sheet skus; rows and columns count from 0."""

    def stray(name, rows):
        if name != "skus":
            return rows
        rows = [*rows, *([] for _ in range(row - len(rows) + 1))]
        return [[*cells, *[None] * (column - len(cells)), "x"] if at == row else cells for at, cells in enumerate(rows)]

    return workbook(path, change=stray)


@pytest.mark.parametrize(("row", "column", "corner"), [(1_048_575, 16_383, "XFD1048576"), (20_000, 16_383, "XFD20001")])
def test_a_stray_cell_far_away_is_refused_before_the_sheet_is_read(tmp_path, row, column, corner):
    # Read, the sheet would take up to 500 GB: the reader keeps every cell that it spans.
    (line,) = lines(with_stray_cell(tmp_path / "s.xlsx", row, column))
    assert line.startswith(f"skus: the sheet reaches to {corner}, but only ")
    assert line.endswith(
        "Delete what stands far right of the table or far below it, or copy the table into a new sheet."
    )


def test_a_stray_cell_nearby_is_named_by_its_place(tmp_path):
    (line,) = lines(with_stray_cell(tmp_path / "s.xlsx", 3, 40))
    assert line.startswith("skus row 4 = 'x': a value stands in column 41, which has no header.")


def test_cells_that_are_only_formatted_do_not_count(tmp_path):
    import xlsxwriter

    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("skus")
        sheet.write_string(1, 1, "x")
        sheet.write_blank(9_999, 9_999, None, book.add_format({"bold": True}))
    ((name, extent),) = extents(zipfile.ZipFile(path))
    assert (name, extent.rows, extent.columns, extent.corner, extent.filled) == ("skus", 2, 2, "B2", 1)


def test_a_cell_at_the_edge_of_a_chunk_is_seen(tmp_path):
    path = workbook(tmp_path / "s.xlsx")
    expected = [(name, extent.filled) for name, extent in extents(zipfile.ZipFile(path))]
    padded = tmp_path / "padded.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(padded, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            data = source.read(part)
            if part.startswith("xl/worksheets/sheet"):
                first = data.index(b'r="B1"')
                data = data.replace(b"<sheetData>", b" " * (CHUNK - first) + b"<sheetData>", 1)
            target.writestr(part, data)
    assert [(name, extent.filled) for name, extent in extents(zipfile.ZipFile(padded))] == expected
    make.same(read(padded), make.STARTER)


def test_an_archive_that_is_no_excel_workbook_is_refused(tmp_path):
    path = tmp_path / "s.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    assert "the file is not an Excel workbook" in lines(path)[0]


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path):
    path = workbook(tmp_path / "s.xlsx")
    data = bytearray(path.read_bytes())
    size = zipfile.ZipFile(path).getinfo("xl/worksheets/sheet2.xml").file_size.to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (50).to_bytes(4, "little")
    path.write_bytes(data)
    assert "the file is not an Excel workbook, or it is damaged" in lines(path)[0]


def test_a_reader_that_panics_is_a_damaged_workbook(tmp_path, monkeypatch):
    class Panic(BaseException):
        """What Rust raises is no Exception."""

    def panic(*arguments):
        raise Panic("index out of bounds")

    monkeypatch.setattr("optimizer.scenario.workbook._read_sheets", panic)
    assert "or it is damaged (index out of bounds)" in lines(workbook(tmp_path / "s.xlsx"))[0]
