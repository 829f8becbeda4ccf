"""Reading a scenario from an Excel workbook: a sheet for each table, and one for the settings."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from optimizer.errors import Problem, Refused
from optimizer.scenario.cell_text import cell_text
from optimizer.scenario.folder import content
from optimizer.scenario.headers import check_headers
from optimizer.scenario.names import README_SHEETS, SETTINGS_SHEETS, did_you_mean, plain, table_named
from optimizer.scenario.raw import RawTable, Source, raw_table
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings_sheet import settings_of
from optimizer.scenario.sizes import UNPACKED, oversize
from optimizer.scenario.workbook_extent import Extent, extents

#: What goes wrong in files that are no workbook, damaged, or locked by a password.
DAMAGED = (zipfile.BadZipFile, zlib.error, CalamineError, ValueError, KeyError, OSError, RuntimeError, EOFError)


def read_workbook(path: Path, most_bytes: int) -> Source:
    """Every sheet of the workbook as text. Raises StoreError or Refused where there is no workbook to read."""
    if path.stat().st_size > most_bytes:
        raise Refused([oversize(path.name, path.stat().st_size, most_bytes)])
    book = _opened(path, content(path), most_bytes)
    try:
        return _read_sheets(book)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # what goes wrong within the reader is no Exception, if it is in Rust
        raise Refused([_no_workbook(path, error)]) from error


def _read_sheets(book: CalamineWorkbook) -> Source:
    source = Source()
    settings: dict[str, Any] | None = None
    for name in book.sheet_names:
        if plain(name) in SETTINGS_SHEETS:
            settings, trouble = settings_of(_rows(book.get_sheet_by_name(name)))
            source.problems.extend(trouble)
        elif plain(name) not in README_SHEETS:
            _add_table(source, name, book.get_sheet_by_name(name))
    if settings is None:
        remedy = "Add it with the columns key and value, and at least name, currency, starts_on and periods"
        source.problems.append(Problem("settings", 0, "", "", "the sheet is missing", remedy))
    return Source(source.tables, settings, "settings", source.spoilt, source.problems)


def _opened(path: Path, data: bytes, most_bytes: int) -> CalamineWorkbook:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        size = sum(part.file_size for part in archive.infolist())
        if size > most_bytes * UNPACKED:
            raise Refused([oversize(path.name, size, most_bytes * UNPACKED)])
        if far := [_too_far(name, extent) for name, extent in extents(archive) if extent.too_far]:
            raise Refused(far)
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except DAMAGED as error:
        raise Refused([_no_workbook(path, error)]) from error


def _too_far(name: str, extent: Extent) -> Problem:
    rule = f"the sheet reaches to {extent.corner}, but only {extent.filled:,} of its cells are filled"
    remedy = "Delete what stands far right of the table or far below it, or copy the table into a new sheet"
    return Problem(name, 0, "", "", rule, remedy)


def _no_workbook(path: Path, error: BaseException) -> Problem:
    rule = f"the file is not an Excel workbook, or it is damaged ({error})"[:200]
    return Problem(path.name, 0, "", "", rule, "Save it in Excel as .xlsx, without a password")


def _add_table(source: Source, name: str, sheet: CalamineSheet) -> None:
    table = table_named(name)
    if table is None:
        remedy = did_you_mean(name, (*SCHEMA, *SETTINGS_SHEETS[:1], *README_SHEETS[:1]))
        source.problems.append(Problem(name, 0, "", "", "no table has that name", remedy))
        return
    if table.name in source.tables or table.name in source.spoilt:
        remedy = "Keep one of the sheets"
        source.problems.append(Problem(name, 0, "", "", f"the table {table.name} is there twice", remedy))
        return
    raw, problems = _read_sheet(table.name, sheet)
    source.problems.extend(problems)
    if raw is None or problems:
        source.spoilt.add(table.name)
    if raw is not None:
        source.tables[table.name] = raw


def _read_sheet(name: str, sheet: CalamineSheet) -> tuple[RawTable | None, list[Problem]]:
    if merged := _merged(name, sheet):
        return None, merged
    rows = _rows(sheet)
    if not rows or not any(rows[0]) and len(rows) == 1:
        wanted = ", ".join(column.name for column in SCHEMA[name].columns if column.required)
        return None, [Problem(name, 0, "", "", "the sheet is empty", f"Write a header with at least {wanted}")]
    header = rows[0]
    if problems := check_headers(SCHEMA[name], header, rows[:12]):
        return None, problems
    width = len(header)
    columns = list(zip(*rows[1:], strict=True)) or [()] * width
    cells = pd.DataFrame({place: pd.Series(columns[place], dtype=object) for place in range(width)})
    cells[width] = ""
    return raw_table(name, header, cells)


def _rows(sheet: CalamineSheet) -> list[list[str]]:
    """The cells from A1 on as texts, all rows of equal length."""
    return [[cell_text(value).strip() for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _merged(name: str, sheet: CalamineSheet) -> list[Problem]:
    """A merged range hides which column or row a value belongs to."""
    return [
        Problem(
            name,
            first[0] + 1,
            "",
            "",
            f"cells are merged ({_cell(first)}:{_cell(last)})",
            "Unmerge them and write a value in each cell",
        )
        for first, last in sheet.merged_cell_ranges or []
    ]


def _cell(place: tuple[int, int]) -> str:
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
