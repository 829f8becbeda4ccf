"""How far the sheets of a workbook reach, told before they are read: a sheet takes memory for all that it spans."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
#: A cell that holds something; its place, such as AB12.
CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
CHUNK = 1 << 20

#: Up to so many cells are read however empty they are; beyond that one in so many must be filled.
ALWAYS, ONE_IN = 20_000_000, 4


@dataclass(frozen=True)
class Extent:
    """Rows and columns from A1 to the farthest filled cells, the name of their corner, and how many are filled."""

    rows: int
    columns: int
    corner: str
    filled: int

    @property
    def too_far(self) -> bool:
        """Whether a few stray cells make the sheet far larger than its table."""
        span = self.rows * self.columns
        return span > ALWAYS and span > ONE_IN * self.filled


def extents(book: zipfile.ZipFile) -> Iterator[tuple[str, Extent]]:
    """Name and extent of each sheet of an .xlsx workbook. Raises KeyError where it has no such parts."""
    targets = {
        _attribute(link, b"Id"): _attribute(link, b"Target").lstrip("/").removeprefix("xl/")
        for link in LINK.findall(book.read(LINKS))
    }
    for sheet in SHEET.findall(book.read(WORKBOOK)):
        part = "xl/" + targets.get(_attribute(sheet, rb"\w+:id"), "")
        if part in book.namelist():
            yield _attribute(sheet, b"name"), _extent(book, part)


def _extent(book: zipfile.ZipFile, part: str) -> Extent:
    far_row, filled, columns = 0, 0, {b"A"}
    for column, row in _cells(book, part):
        columns.add(column)
        far_row = max(far_row, int(row))
        filled += 1
    letters = max(columns, key=_number)
    return Extent(far_row, _number(letters), f"{letters.decode()}{far_row}", filled)


def _cells(book: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, bytes]]:
    rest = b""
    with book.open(part) as stream:
        while chunk := stream.read(CHUNK):
            text = rest + chunk
            whole = max(text.rfind(b"<"), 0)
            for cell in CELL.finditer(text, 0, whole):
                yield cell[1], cell[2]
            rest = text[whole:]
    for cell in CELL.finditer(rest):
        yield cell[1], cell[2]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"""=["']([^"']*)["']""", tag)
    return found[1].decode("utf-8", "replace") if found else ""
