"""Bad input: one clear report with table, row, column, value, rule and remedy, exit code 3, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.scenario import starter_files as make

Change = Callable[[Path], object]


def swap(table: str, old: str, new: str) -> Change:
    return lambda folder: make.swap(folder, table, old, new)


def append(table: str, row: str) -> Change:
    def change(folder: Path) -> None:
        file = folder / f"{table}.csv"
        file.write_text(file.read_text("utf-8-sig") + row + "\n", "utf-8")

    return change


def write(name: str, data: str | bytes) -> Change:
    return lambda folder: (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def keep_rows(table: str, keep: Callable[[str], bool]) -> Change:
    def change(folder: Path) -> None:
        file = folder / f"{table}.csv"
        head, *rows = file.read_text("utf-8-sig").splitlines()
        file.write_text("\n".join([head, *filter(keep, rows)]) + "\n", "utf-8")

    return change


def huge(name: str, size: int) -> Change:
    """A file of that size that takes no room on the disk."""

    def change(folder: Path) -> None:
        with (folder / name).open("r+b") as file:
            file.truncate(size)

    return change


def merged_header(folder: Path) -> None:
    """The scenario as one workbook, in which two headers share a cell."""
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    with xlsxwriter.Workbook(str(folder)) as book:
        book.add_worksheet("settings").write_row(0, 0, ["key", "value"])
        sheet = book.add_worksheet("skus")
        sheet.write_row(0, 0, ["sku", "name", "origin_country"])
        sheet.merge_range(0, 3, 0, 4, "unit_weight_kg and unit_volume_m3")


#: What the issue lists: a change to the starter, and what its report must say.
LISTED: dict[str, tuple[Change, list[str]]] = {
    "missing table": (
        lambda folder: (folder / "regions.csv").unlink(),
        ["regions (1)", "the table is missing", "Add it (where customers are"],
    ),
    "missing column": (
        lambda folder: make.swap(folder, "skus", ",unit_volume_m3,", ",,"),
        ["skus", "row 1 unit_volume_m3: the column is missing", "Add it: volume of one unit, packed (m3)"],
    ),
    "text in a number": (
        swap("skus", ",0.42,", ",heavy,"),
        ["skus (1)", "row 2 unit_weight_kg = 'heavy': it is not a number", "Write digits"],
    ),
    "NaN": (
        swap("skus", ",0.42,", ",NaN,"),
        ["skus (1)", "row 2 unit_weight_kg = 'NaN': it is not a finite number", "Write a number"],
    ),
    "negative volume": (
        swap("skus", ",0.0018,", ",-0.0018,"),
        ["skus (1)", "row 2 unit_volume_m3 = '-0.0018': it is not above 0", "Write volume of one unit, packed (m3)"],
    ),
    "zero volume": (
        swap("skus", ",0.0018,", ",0,"),
        ["skus (1)", "row 2 unit_volume_m3 = '0': it is not above 0", "Write volume of one unit, packed (m3)"],
    ),
    "unknown key": (
        swap("opening_stock", "US-W,MUG-01", "US-V,MUG-01"),
        [
            "opening_stock (1)",
            "row 4 location = 'US-V': the table locations has no such location",
            "Did you mean 'US-W'",
        ],
    ),
    "duplicate key": (
        append("exchange_rates", "CNY,,0.15,"),
        [
            "exchange_rates (1)",
            "row 3 currency = 'CNY': another row has the same currency, valid_from: row 2",
            "Keep one",
        ],
    ),
    "a region without a delivery lane": (
        keep_rows("delivery_lanes", lambda row: ",US-temu," not in row),
        ["demand (1)", "row 2 region = 'US-temu': no delivery lane serves the region", "Add a row to delivery_lanes"],
    ),
    "a region that no warehouse can serve": (
        lambda folder: [
            change(folder)
            for change in (
                keep_rows("delivery_lanes", lambda row: not row.startswith("CN-SZ,US-temu")),
                keep_rows("lanes", lambda row: row.startswith("purchase")),
                keep_rows("freight_rates", lambda row: row.startswith("purchase")),
                keep_rows("opening_stock", lambda row: row.startswith("CN-SZ")),
                keep_rows("in_transit", lambda row: False),
            )
        ],
        ["demand (1)", "row 2 region = 'US-temu': no warehouse can serve the region", "Add lanes that lead to them"],
    ),
    "a lane with no rate": (
        keep_rows("freight_rates", lambda row: not row.startswith("air")),
        ["lanes (1)", "row 4 lane = 'air': the lane has no rate in freight_rates", "Add a row to freight_rates"],
    ),
    "a currency with no rate": (
        swap("suppliers", ",CNY,", ",EUR,"),
        [
            "suppliers (1)",
            "row 2 currency = 'EUR': the currency has no exchange rate",
            "Add an exchange rate valid from",
        ],
    ),
    "a lock outside the horizon": (
        write("locks.csv", "lane,sku,date,least\nsea,MUG-01,2027-01-06,36\n"),
        [
            "locks (1)",
            "row 2 date = '2027-01-06': the date is outside the horizon (2026-01-05 to 2026-03-29)",
            "Correct",
        ],
    ),
    "demand that ends before the horizon": (
        keep_rows("demand", lambda row: "2026-0" in row and row.split(",")[2] < "2026-03"),
        [
            "demand (1)",
            "starts_on = '2026-03-01': the table ends on 2026-03-01, before the last day",
            "plan fewer periods",
        ],
    ),
    "stock that is received after the first day": (
        swap("opening_stock", "2025-12-10", "2026-12-10"),
        [
            "opening_stock (1)",
            "row 2 received_on = '2026-12-10': opening stock is received after",
            "in_transit instead",
        ],
    ),
    "a date that does not exist": (
        swap("in_transit", "2026-01-16", "2026-02-30"),
        ["in_transit (1)", "row 2 arrives_on = '2026-02-30': no such date exists", "Write a date of the calendar"],
    ),
    "an empty table": (
        keep_rows("prices", lambda row: False),
        ["prices (1)", "the table has no rows", "Fill it: what a unit sells for in a region"],
    ),
    "an empty file": (
        write("prices.csv", b""),
        ["prices (1)", "the file is empty", "Write a header with at least sku, region, price"],
    ),
    "a workbook with merged headers": (
        merged_header,
        ["skus (1)", "row 1: cells are merged (D1:E1)", "Unmerge them and write a value in each cell"],
    ),
    "a picture": (
        write("skus.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ["skus (1)", "the file is a picture, not a CSV table", "Save it as CSV (UTF-8)"],
    ),
    "200 MB where 2 MB were meant": (
        huge("demand.csv", 201_000_000),
        ["demand.csv (1)", "the file has 201 MB; at most 200 MB are read", "Look whether it is the right file"],
    ),
    "21 MB where a few lines were meant": (
        huge("lanes.csv", 21_000_000),
        ["lanes.csv (1)", "the file has 21 MB; at most 20 MB are read", "Look whether it is the right file"],
    ),
}


@pytest.mark.parametrize("case", LISTED)
def test_bad_input_is_one_clear_report_and_nothing_is_written(ran, tmp_path, case):
    change, words = LISTED[case]
    folder = make.starter_folder(tmp_path)
    if case == "a workbook with merged headers":
        folder = folder.rename(tmp_path / "starter.xlsx")
    change(folder)
    before = sorted(tmp_path.rglob("*"))
    done = ran("plan", folder, "--quiet", "--out", tmp_path / "plan")
    done.assert_told(3, "The input was refused: ", *words)
    assert sorted(tmp_path.rglob("*")) == before


def test_rows_with_the_same_problem_are_named_together(ran, tmp_path):
    folder = make.starter_folder(tmp_path)
    text = (folder / "demand.csv").read_text("utf-8-sig")
    (folder / "demand.csv").write_text(text.replace("US-temu", "US-temo"), "utf-8")
    report = ran("check", folder).err.split("\n")[2:]
    assert report[0] == "demand (21)"
    assert report[1].startswith(
        "  row 2 region = 'US-temo' (also rows 3, 4, 5, 6, 7, 8, 9, 10 and 63 more): the table regions"
    )
    assert report[2:] == ["      Did you mean 'US-temu'.", ""]


def test_everything_that_is_wrong_is_told_at_once(ran, tmp_path):
    folder = make.starter_folder(tmp_path)
    for case in ("text in a number", "unknown key", "a lane with no rate", "a date that does not exist"):
        LISTED[case][0](folder)
    done = ran("check", folder)
    done.assert_told(
        3, "The input was refused: 4 problems.", "skus (1)", "opening_stock (1)", "lanes (1)", "in_transit (1)"
    )
    assert len(ran("check", folder, "--json").document["problems"]) == 4
