"""Tables as tired people leave them: what is plainly meant is read, what is not is refused in one clear report."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.scenario.read import read
from tests.cli.test_bad_input import Change, append, keep_rows, swap, write
from tests.scenario import starter_files as make


def text(table: str, edit: Callable[[str], str], encoding: str = "utf-8") -> Change:
    """Edit the text of a table and write it in an encoding."""

    def change(folder: Path) -> None:
        file = folder / f"{table}.csv"
        file.write_bytes(edit(file.read_text("utf-8-sig")).encode(encoding))

    return change


def settings(old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        file = folder / "scenario.toml"
        assert old in file.read_text("utf-8")
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    return change


def several(*changes: Change) -> Change:
    return lambda folder: [change(folder) for change in changes]


def with_decimal_commas(table: str) -> str:
    return table.replace(",", ";").replace(".", ",")


def lane(row: str) -> Change:
    return several(append("lanes", row), append("freight_rates", f"{row.split(',')[0]},m3,,0,,60,CNY,,0,"))


#: What is read as it was meant.
MEANT: dict[str, Change] = {
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
    "digits of full width": swap("opening_stock", ",288", ",２８８"),
    "dates with slashes": text("demand", lambda table: table.replace("2026-0", "2026/0")),
    "a plus before a number": swap("opening_stock", ",288", ",+288"),
    "no line end after the last row": text("skus", str.rstrip),
    "a folder beside the tables": lambda folder: (folder / "old").mkdir(),
    "a lock file of Excel": write("~$skus.csv", b"\0\0"),
}

#: What is refused, and what the report says.
REFUSED: dict[str, tuple[Change, str]] = {
    "UTF-16 without a mark": (text("skus", str, "utf-16-le"), "skus (1)\n  the file is binary, not a CSV table"),
    "letters of Western Europe": (
        text("locations", lambda table: re.sub(r"[^\x00-\x7f]+", "Fábrica Nuñez", table), "latin-1"),
        "the encoding of the file cannot be told",
    ),
    "decimal commas": (
        text("skus", with_decimal_commas),
        "= '0,42': it is not a number: it has a decimal comma.\n      Write 0.42",
    ),
    "an Excel serial": (swap("in_transit", "2026-01-16", "46038"), "as Excel counts days it is 2026-01-16"),
    "day first": (
        swap("in_transit", "2026-01-16", "16/01/2026"),
        "= '16/01/2026': it is not a date.\n      Write 2026-01-16.",
    ),
    "a date with a time": (swap("in_transit", "2026-01-16", "2026-01-16 08:30"), "only whole days count"),
    "a year of two digits": (swap("in_transit", "2026-01-16", "26-01-16"), "it is not a date"),
    "another century": (swap("in_transit", "2026-01-16", "0026-01-16"), "the year is not between 1970 and 2199"),
    "thousands": (swap("opening_stock", ",288", ',"1,288"'), "it has thousands separators.\n      Write 1288"),
    "a percent sign": (swap("regions", ",0.05,", ",5%,"), "a share is written between 0 and 1.\n      Write 0.05"),
    "a currency sign": (swap("prices", "12.9", "$12.9"), "= '$12.9': it is not a number"),
    "a unit": (swap("skus", ",0.42,", ",0.42 kg,"), "no unit"),
    "a formula": (swap("skus", ",0.42,", ",=1/2,"), "= '=1/2': it is not a number"),
    "an error of a formula": (swap("skus", ",0.42,", ",#REF!,"), "it is not a finite number"),
    "1e400": (swap("skus", ",0.42,", ",1e400,"), "it is not a finite number.\n      Write a smaller number"),
    "1e300": (swap("skus", ",0.42,", ",1e300,"), "it is beyond 1e+12"),
    "a negative lead time": (swap("lanes", "sea,28", "sea,-28"), "row 3 lead_time_days = '-28': it is negative"),
    "a lead time in words": (
        swap("lanes", "sea,28", "sea,4 weeks"),
        "row 3 lead_time_days = '4 weeks': it is not a number",
    ),
    "a lead time of a broken number": (swap("lanes", "sea,28", "sea,28.5"), "it is not a whole number"),
    "a lead time of centuries": (swap("lanes", "sea,28", "sea,100000"), "it is above 1100 days"),
    "a key in small letters": (swap("opening_stock", "MUG-01", "mug-01"), "Did you mean 'MUG-01'"),
    "a choice in capitals": (swap("locations", "overseas", "Overseas"), "Did you mean 'overseas'"),
    "a weekday in Chinese": (swap("lanes", "Wed", "周三"), "it holds a word that is not a weekday"),
    "a header twice": (
        text("opening_stock", lambda table: table.replace("units,note", "units,units")),
        "there more than once",
    ),
    "an unknown column": (
        text("skus", lambda table: table.replace("note", "colour", 1)),
        "row 1 colour: the table has no such column",
    ),
    "a title above the header": (text("skus", "My goods\n".__add__), "the header stands in row 2, not in row 1"),
    "a row of totals": (append("opening_stock", "Total,,,938,"), "row 6 location = 'Total'"),
    "a comma in a name": (
        swap("skus", "desk lamp", "desk lamp, white, big, tall"),
        "row 3: the row has 15 cells, but the header has 12",
    ),
    "a few commas in a name": (
        swap("skus", "desk lamp", "desk lamp, white, big"),
        "The input was refused: 1 problem.\n\nskus (1)\n  row 3 = '1': a value stands in column 13",
    ),
    "an open quote": (swap("skus", "台灯 desk", '"台灯 desk'), "row 3: a quote is opened and never closed"),
    "NUL bytes": (swap("skus", "desk lamp", "desk\0lamp"), "the file is binary"),
    "a copy of a table": (
        lambda folder: shutil.copy(folder / "skus.csv", folder / "skus (1).csv"),
        "skus (1).csv (1)\n  no table has that name",
    ),
    "a table in Excel": (write("in_transit.xlsx", b"PK"), "files of type .xlsx are not read in a folder"),
    "a workbook called CSV": (write("skus.csv", b"PK\x03\x04rest"), "the file is a zip file or an Excel workbook"),
    "a folder called CSV": (
        lambda folder: ((folder / "in_transit.csv").unlink(), (folder / "in_transit.csv").mkdir()),
        "it is a folder, not a table",
    ),
    "a circle of links": (
        lambda folder: ((folder / "in_transit.csv").unlink(), (folder / "in_transit.csv").symlink_to("in_transit.csv")),
        "a link that leads nowhere",
    ),
    "a pipe": (lambda folder: ((folder / "skus.csv").unlink(), os.mkfifo(folder / "skus.csv")), "it is no plain file"),
    "no settings": (lambda folder: (folder / "scenario.toml").unlink(), "scenario.toml (1)\n  the file is missing"),
    "an unknown setting": (
        settings("capital_rate", "kapital_rate"),
        "kapital_rate: there is no such setting.\n      Did you mean 'capital_rate'",
    ),
    "bad TOML": (settings('"USD"', "USD"), "it cannot be read as TOML (Invalid value (at line 2"),
    "100,000 periods": (settings('"12 x 7d"', '"100000 x 7d"'), "is not a length of periods"),
    "a horizon of centuries": (settings('"12 x 7d"', '"9999 x 7d"'), "the horizon is longer than 1100 days"),
    "a horizon beyond demand": (
        settings('"12 x 7d"', '"52 x 7d"'),
        "the table ends on 2026-06-21, before the last day",
    ),
    "a SKU without a price": (
        keep_rows("prices", lambda row: not row.startswith("MUG-01,US-temu")),
        "no price of MUG-01 in US-temu",
    ),
    "containers without a type": (
        swap("freight_rates", "sea,departure,", "sea,container,"),
        "a rate per container must say which type",
    ),
    "containers of an unknown type": (
        swap("freight_rates", "sea,departure,,", "sea,container,40HQ,"),
        "the table container_types has no such container_type",
    ),
    "a lane to itself": (lane("loop,US-W,US-W,truck,3,,,1,,,,,false,"), "the lane ends where it starts"),
    "rent that falls": (
        swap("storage_rates", "US-W,91,,1.5", "US-W,91,,0.1"),
        "the rent is lower than that of younger stock",
    ),
    "a lock that nothing can keep": (
        write("locks.csv", "lane,sku,date,least,most\nsea,MUG-01,2026-01-07,36,\nsea,MUG-01,,0,10\n"),
        "another lock allows fewer of MUG-01",
    ),
    "a lock without a departure": (write("locks.csv", "lane,sku,date,least\nsea,MUG-01,,36\n"), "must say which"),
    "demand and sales": (
        write("sales.csv", "sku,region,date,units\nMUG-01,US-temu,2026-01-01,5\n"),
        "demand and sales are both filled",
    ),
    "neither demand nor sales": (lambda folder: (folder / "demand.csv").unlink(), "neither demand nor sales has a row"),
}


@pytest.mark.parametrize("case", MEANT)
def test_what_is_plainly_meant_is_read(tmp_path, case):
    folder = make.starter_folder(tmp_path)
    MEANT[case](folder)
    make.same(read(folder), make.STARTER)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_is_refused_in_one_clear_report(ran, tmp_path, case):
    change, words = REFUSED[case]
    folder = make.starter_folder(tmp_path)
    change(folder)
    ran("check", folder).assert_told(3, "The input was refused: ", words)


@pytest.mark.parametrize("path", ["nowhere", "empty", "file.csv", "book.xls", "book.xlsx"])
def test_what_is_no_scenario_at_all_is_refused_in_one_line(ran, tmp_path, path):
    (tmp_path / "empty").mkdir()
    for name in ("file.csv", "book.xls", "book.xlsx"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0 whatever")
    done = ran("check", tmp_path / path)
    done.assert_told(3, "The input was refused: 1 problem.", path)
    assert len(done.err.strip().split("\n")) == 5


@pytest.mark.parametrize(
    "locks",
    ["sea,MUG-01,2026-01-07,99972,", "air,MUG-01,2026-01-06,3600,"],
    ids=["more than there is", "more than the lane takes"],
)
def test_locks_that_ask_for_more_than_there_is_leave_no_plan(ran, tmp_path, locks):
    folder = make.starter_folder(tmp_path)
    write("locks.csv", f"lane,sku,date,least,most\n{locks}\n")(folder)
    make.swap(folder, "opening_stock", ",288", ",28800" if "air" in locks else ",288")
    ran("plan", folder, "--quiet").assert_told(4, "No plan keeps all the rules.", "which locks ask for more than stock")


def test_goods_that_go_round_in_circles_are_planned(ran, tmp_path):
    folder = make.starter_folder(tmp_path)
    several(
        lane("back,US-W,CN-SZ,sea,28,,,1,,,,,true,"), lane("forth,CN-SZ,US-W,truck,0,,,1,,,,,true,")
    )(folder)  # fmt: skip
    assert ran("plan", folder, "--quiet", "--gap", 0.2).code == 0
