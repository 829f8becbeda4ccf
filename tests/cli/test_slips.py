"""Tables as tired people leave them: what is not plainly meant is refused in one clear report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import FACTORY, toy_folder
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


#: What is refused, and what the report says.
REFUSED: dict[str, tuple[Change, str]] = {
    "UTF-16 without a mark": (text("skus", str, "utf-16-le"), "skus (1)\n  the file is binary, not a CSV table"),
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
    "thousands": (swap("opening_stock", ",288", ',"1,288"'), "it has thousands separators.\n      Write 1288"),
    "a percent sign": (swap("regions", ",0.05,", ",5%,"), "a share is written between 0 and 1.\n      Write 0.05"),
    "a currency sign": (swap("prices", "12.9", "$12.9"), "= '$12.9': it is not a number"),
    "a unit": (swap("skus", ",0.42,", ",0.42 kg,"), "no unit"),
    "a formula": (swap("skus", ",0.42,", ",=1/2,"), "= '=1/2': it is not a number"),
    "1e400": (swap("skus", ",0.42,", ",1e400,"), "it is not a finite number.\n      Write a smaller number"),
    "a negative lead time": (swap("lanes", "sea,28", "sea,-28"), "row 3 lead_time_days = '-28': it is negative"),
    "a lead time in words": (
        swap("lanes", "sea,28", "sea,4 weeks"),
        "row 3 lead_time_days = '4 weeks': it is not a number",
    ),
    "a lead time of centuries": (swap("lanes", "sea,28", "sea,100000"), "it is above 1100 days"),
    "a key in small letters": (swap("opening_stock", "MUG-01", "mug-01"), "Did you mean 'MUG-01'"),
    "a weekday in Chinese": (swap("lanes", "Wed", "周三"), "it holds a word that is not a weekday"),
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
    "a copy of a table": (
        lambda folder: shutil.copy(folder / "skus.csv", folder / "skus (1).csv"),
        "skus (1).csv (1)\n  no table has that name",
    ),
    "an unknown setting": (
        settings("capital_rate", "kapital_rate"),
        "kapital_rate: there is no such setting.\n      Did you mean 'capital_rate'",
    ),
    "bad TOML": (settings('"USD"', "USD"), "it cannot be read as TOML (Invalid value (at line 2"),
    "100,000 periods": (settings('"12 x 7d"', '"100000 x 7d"'), "is not a length of periods"),
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
    "a lock that nothing can keep": (
        write("locks.csv", "lane,sku,date,least,most\nsea,MUG-01,2026-01-07,36,\nsea,MUG-01,,0,10\n"),
        "another lock allows fewer of MUG-01",
    ),
    "a lock without a departure": (write("locks.csv", "lane,sku,date,least\nsea,MUG-01,,36\n"), "must say which"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_slip_is_refused_in_one_clear_report(ran, tmp_path, case):
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


def test_locks_that_ask_for_more_than_there_is_leave_no_plan(ran, tmp_path):
    folder = make.starter_folder(tmp_path)
    write("locks.csv", "lane,sku,date,least,most\nsea,MUG-01,2026-01-07,99972,\n")(folder)
    ran("plan", folder, "--quiet").assert_told(4, "No plan keeps all the rules.", "which locks ask for more than stock")


def test_locks_that_ask_for_more_than_a_lane_takes_are_refused(ran, tmp_path):
    folder = make.starter_folder(tmp_path)
    write("locks.csv", "lane,sku,date,least,most\nair,MUG-01,2026-01-06,3600,\n")(folder)
    make.swap(folder, "opening_stock", ",288", ",28800")
    told = "row 2 date = '2026-01-06': locks force 6.48 m3 onto this departure of air, which takes 5."
    ran("plan", folder, "--quiet").assert_told(3, told, "raise the capacity of the lane")


def test_goods_that_go_round_in_circles_are_planned(ran, tmp_path):
    both = {"duty_included": True, "lead_time_days": 0}
    lanes = [
        *FACTORY["lanes"],
        {"lane": "back", "origin": "west", "destination": "home", **both},
        {"lane": "forth", "origin": "home", "destination": "west", **both},
    ]
    assert ran("plan", toy_folder(tmp_path / "round", lanes=lanes), "--quiet").code == 0
