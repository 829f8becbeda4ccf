"""Reading a CSV file: its encoding, its separator, its cells as text."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.cell_text import mapped
from optimizer.scenario.columns import Table
from optimizer.scenario.formulas import unshielded
from optimizer.scenario.headers import check_headers
from optimizer.scenario.names import column_named, plain
from optimizer.scenario.raw import RawTable, raw_table

#: Beginnings of files that are something else, whatever they are called.
SIGNATURES = {
    b"PK\x03\x04": "a zip file or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF document",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
}
SEPARATORS = (",", ";", "\t")


def read_csv(table: Table, data: bytes) -> tuple[RawTable | None, list[Problem]]:
    """The cells of a CSV file, and what is wrong with it; no table where it cannot be read at all."""
    text, trouble = _decoded(table.name, data)
    if text is None:
        return None, trouble
    if "\n" not in text:
        text = text.replace("\r", "\n")  # as old Macs end their lines
    header, separator = _header(table, text)
    if not any(header):
        return None, [_whole(table.name, "the file is empty", _columns_wanted(table))]
    problems = check_headers(table, header, _first_rows(text, separator))
    if problems:
        return None, problems
    try:
        cells = _cells(text, separator, len(header) + 1)
    except pd.errors.ParserError as error:
        return None, [_unreadable(table.name, text, separator, len(header), str(error))]
    if "'" in text:
        cells = cells.apply(lambda texts: mapped(texts.fillna("").to_numpy(dtype=object), unshielded))
    return raw_table(table.name, header, cells)


def _cells(text: str, separator: str, count: int) -> pd.DataFrame:
    """The cells below the header, `count` columns of them, of which the last is beyond the header.

    Raises ParserError where a row has more cells, unless those are empty.
    """
    try:
        return _split(text, separator, count)
    except pd.errors.EmptyDataError:
        return pd.DataFrame({place: pd.Series(dtype=str) for place in range(count)})
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        rows = list(_overlong_rows(text, separator, count))
        if not rows or any(any(map(plain, cells[count:])) for _, cells in rows):
            raise pd.errors.ParserError(str(error)) from error
        return _split(text, separator, max(len(cells) for _, cells in rows)).iloc[:, :count]


def _split(text: str, separator: str, count: int) -> pd.DataFrame:
    with warnings.catch_warnings():
        # Of a first row with too many cells pandas only warns, and then drops cells of all rows.
        warnings.simplefilter("error", pd.errors.ParserWarning)
        return pd.read_csv(
            io.StringIO(text),
            sep=separator,
            header=None,
            skiprows=1 if len(_first_rows(text, separator, 1)) else 0,
            names=range(count),
            index_col=False,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
        )


def _overlong_rows(text: str, separator: str, count: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with more than `count` cells, with their numbers; a row that cannot be split ends the search."""
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1):
            if len(cells) > count:
                yield row, cells
    except csv.Error:
        return


def _decoded(name: str, data: bytes) -> tuple[str | None, list[Problem]]:
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            return None, [_whole(name, f"the file is {what}, not a CSV table", "Save it as CSV (UTF-8)")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        return None, [_whole(name, "the file is binary, not a CSV table", "Save it as CSV (UTF-8)")]
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and not _looks_chinese(text):
            break
        if text.lstrip().startswith("<"):
            return None, [_whole(name, "the file is a web page or XML, not a CSV table", "Save it as CSV (UTF-8)")]
        return text, []
    return None, [_whole(name, "the encoding of the file cannot be told (not UTF-8, not GBK)", "Save it as CSV UTF-8")]


def _looks_chinese(text: str) -> bool:
    """Whether most of what is not ASCII is everyday Chinese; Western accents read as GBK are rare characters."""
    foreign = [character for character in text if ord(character) > 127]
    common = sum(len(character.encode("gb2312", "ignore")) > 0 for character in foreign)
    return common >= 0.8 * len(foreign)


def _header(table: Table, text: str) -> tuple[list[str], str]:
    """The names in the first row, and the separator under which most of them are known."""
    found = {separator: (_first_rows(text, separator, 1) or [[]])[0] for separator in SEPARATORS}
    known = {
        separator: sum(column_named(table, name) is not None for name in names) for separator, names in found.items()
    }
    best = max(SEPARATORS, key=lambda separator: (known[separator], len(found[separator])))
    return [name.strip().strip("\ufeff").strip() for name in found[best]], best


def _first_rows(text: str, separator: str, count: int = 12) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text[:200_000]), delimiter=separator)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == count:
                break
    except csv.Error:
        pass
    return rows


def _unreadable(name: str, text: str, separator: str, width: int, error: str) -> Problem:
    """Which row breaks the file: it is too long, or a quote is never closed."""
    for row, cells in _overlong_rows(text, separator, width):
        if any(map(plain, cells[width:])):
            rule = f"the row has {len(cells)} cells, but the header has {width}"
            remedy = "Quote a text that holds the separator, or remove the extra cells"
            return Problem(name, row, "", "", rule, remedy)
    if match := re.search(r"EOF inside string starting at row (\d+)", error):
        rule, remedy = "a quote is opened and never closed", "Close it, or remove it"
        return Problem(name, int(match[1]) + 1, "", "", rule, remedy)
    rule = f"the file cannot be split into rows and cells ({error})"
    return _whole(name, rule, "Look for a quote that is never closed")


def _columns_wanted(table: Table) -> str:
    names = ", ".join(column.name for column in table.columns if column.required)
    return f"Write a header with at least {names}"


def _whole(name: str, rule: str, remedy: str) -> Problem:
    return Problem(name, 0, "", "", rule, remedy)
