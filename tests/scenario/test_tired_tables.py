"""Tables as tired people leave them: what is plainly meant is read as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.scenario.read import read
from tests.scenario import starter_files as make


def text(table: str, edit: Callable[[str], str], encoding: str = "utf-8") -> Callable[[Path], object]:
    """Edit the text of a table and write it in an encoding."""

    def change(folder: Path) -> None:
        file = folder / f"{table}.csv"
        file.write_bytes(edit(file.read_text("utf-8-sig")).encode(encoding))

    return change


#: What is read as it was meant.
MEANT: dict[str, Callable[[Path], object]] = {
    "UTF-8 with a byte order mark": text("locations", str, "utf-8-sig"),
    "UTF-8 without": text("locations", str),
    "GBK": text("locations", str, "gbk"),
    "UTF-16": text("locations", str, "utf-16"),
    "semicolons": text("skus", lambda table: table.replace(",", ";")),
    "tabs": text("skus", lambda table: table.replace(",", "\t")),
    "line ends of Windows": text("skus", lambda table: table.replace("\n", "\r\n")),
    "line ends of old Macs": text("skus", lambda table: table.replace("\n", "\r")),
    "blank lines": text("skus", lambda table: table.replace("\n", "\n\n")),
    "blanks around cells": text("skus", lambda table: table.replace(",", " , ")),
    "headers in capitals": text(
        "skus", lambda table: table.split("\n")[0].upper() + table[len(table.split("\n")[0]) :]
    ),
    "file names in capitals": lambda folder: (folder / "skus.csv").rename(folder / "SKUS.CSV"),
    "digits of full width": text("opening_stock", lambda table: table.replace(",288", ",２８８")),
    "dates with slashes": text("demand", lambda table: table.replace("2026-0", "2026/0")),
    "a plus before a number": text("opening_stock", lambda table: table.replace(",288", ",+288")),
    "no line end after the last row": text("skus", str.rstrip),
    "a folder beside the tables": lambda folder: (folder / "old").mkdir(),
    "a lock file of Excel": lambda folder: (folder / "~$skus.csv").write_bytes(b"\0\0"),
}


@pytest.mark.parametrize("case", MEANT)
def test_what_is_plainly_meant_is_read(tmp_path, case):
    folder = make.starter_folder(tmp_path)
    MEANT[case](folder)
    make.same(read(folder), make.STARTER)
