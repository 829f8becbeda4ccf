"""The workbook, read back: what the warehouse, the forwarder and the buyer find in it."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from optimizer.plan.views import views
from optimizer.report import sheet as sheet_module
from optimizer.report.briefing import Briefing
from optimizer.report.workbook import write_workbook
from tests.plan.making import BASE, changed
from tests.report.reporting import EVERYTHING, by_sea, renamed, small, told

#: Two factories, two goods: what leaves each of them for one place on one day is one order.
SUPPLIERS: dict[str, Any] = {
    "locations": [*BASE["locations"], {"location": "G", "kind": "supplier", "country": "CN"}],
    "skus": [*BASE["skus"], {**BASE["skus"][0], "sku": "B", "name": "Blanket", "case_pack": 5}],
    "prices": [*BASE["prices"], {"sku": "B", "region": "US", "price": 30}],
    "sourcing": [
        *BASE["sourcing"],
        {"sku": "B", "supplier": "F", "unit_cost": 7.25, "currency": "CNY"},
        {"sku": "B", "supplier": "G", "unit_cost": 6.5},
    ],
    "exchange_rates": [{"currency": "CNY", "rate": 0.14}],
    "lanes": [*BASE["lanes"], {"lane": "buy2", "origin": "G", "destination": "SZ", "lead_time_days": 3}],
    "freight_rates": [*BASE["freight_rates"], {"lane": "buy2", "basis": "case", "rate": 0}],
}
BUYING = {
    "ship": [
        {"lane": "buy", "sku": "A", "period": 0, "units": 30},
        {"lane": "buy", "sku": "B", "period": 0, "units": 40},
        {"lane": "buy", "sku": "A", "period": 1, "units": 20},
        {"lane": "buy2", "sku": "B", "period": 0, "units": 10},
    ]
}


def book(briefing: Briefing, folder: Path, language: str = "en") -> dict[str, list[list[Any]]]:
    """The sheets of the workbook of a plan, by name."""
    path = folder / "plan.xlsx"
    write_workbook(briefing, path, language)
    read = CalamineWorkbook.from_path(path)
    return {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}


def frame(rows: list[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows[1:], columns=rows[0])


def test_the_workbook_has_a_sheet_for_everybody(tmp_path: Path):
    assert list(book(told(), tmp_path)) == [
        "Summary", "Departures", "Shipping instructions", "Purchase orders", "Purchase order lines", "Arrivals",
        "Stock", "Short", "Idle", "Too full", "Below target", "Costs", "Alerts",
    ]  # fmt: skip


def test_sheets_about_limits_are_left_out_where_none_was_exceeded(tmp_path: Path):
    assert {"Too full", "Below target"} & set(book(told(small()), tmp_path)) == set()


def test_shipping_instructions_say_what_the_warehouse_packs_for_each_departure(tmp_path: Path):
    # Declared at 8 a unit; 2 kg and 0.01 m3 each; cartons of 10. Purchases are no business of the warehouse.
    rows = book(told(), tmp_path)["Shipping instructions"]
    assert rows[0] == [
        "Departure", "Lane", "Mode", "From", "To", "Departs", "Available", "SKU", "Name", "HS code", "Made in", "Cases",
        "Per case", "Units", "m3", "kg", "Declared value", "Containers",
    ]  # fmt: skip
    assert [[row[place] for place in (0, 1, 5, 7, 11, 12, 13, 14, 15, 16, 17)] for row in rows[1:]] == [
        ["D001", "sea", dt.date(2026, 6, 1), "A", 4, 10, 40, 0.4, 80, 320, ""],
        ["D002", "fcl", dt.date(2026, 6, 3), "A", 4, 10, 40, 0.4, 80, 320, "1 x box"],
        ["D004", "sea", dt.date(2026, 6, 8), "A", 2, 10, 20, 0.2, 40, 160, ""],
        ["D005", "move", dt.date(2026, 6, 15), "A", 1, 10, 10, 0.1, 20, 80, ""],
    ]


def test_departures_and_their_instructions_come_to_the_same(tmp_path: Path):
    sheets = book(told(), tmp_path)
    packed = frame(sheets["Shipping instructions"]).groupby("Departure")[["Cases", "Units", "m3", "kg"]].sum()
    departures = frame(sheets["Departures"]).set_index("Departure")
    assert (packed - departures.loc[packed.index, packed.columns]).abs().to_numpy().max() < 1e-9
    assert departures.loc["D002", ["Containers", "Filled", "Charge"]].tolist() == ["1 x box", 0.8, 60]


def test_purchase_orders_stand_by_supplier_and_add_up_to_their_lines(tmp_path: Path):
    plan = small(None, BUYING, **SUPPLIERS)
    sheets = book(told(plan), tmp_path)
    orders, lines = frame(sheets["Purchase orders"]), frame(sheets["Purchase order lines"])
    assert orders[["Supplier", "Order", "SKUs", "Units", "Amount", "Currency"]].to_numpy().tolist() == [
        ["F", "PO001", 1, 40, 290, "CNY"],
        ["F", "PO002", 1, 30, 150, "USD"],
        ["F", "PO004", 1, 20, 100, "USD"],
        ["G", "PO003", 1, 10, 65, "USD"],
    ]
    assert lines.groupby("Order")["Amount"].sum().to_dict() == orders.set_index("Order")["Amount"].to_dict()
    assert lines["Supplier"].tolist() == sorted(lines["Supplier"])
    bought = views(plan)["purchases"]
    assert orders["Units"].sum() == bought["units"].sum() == 100
    assert lines.groupby("Currency")["Amount"].sum().to_dict() == bought.groupby("currency")["amount"].sum().to_dict()


def test_lines_that_leave_together_are_one_order(tmp_path: Path):
    same = changed("sourcing", {"sku": "A"})
    plan = small(None, BUYING, **{**SUPPLIERS, "sourcing": [*same, {"sku": "B", "supplier": "F", "unit_cost": 7.25},
                                                         SUPPLIERS["sourcing"][2]]})  # fmt: skip
    orders = frame(book(told(plan), tmp_path)["Purchase orders"])
    assert orders[["Supplier", "SKUs", "Units", "Amount"]].to_numpy().tolist() == [
        ["F", 2, 70, 440], ["F", 1, 20, 100], ["G", 1, 10, 65],
    ]  # fmt: skip


def test_the_stock_of_each_period_is_a_number_under_its_last_day(tmp_path: Path):
    rows = book(told(), tmp_path)["Stock"]
    assert rows[0] == ["Location", "SKU", "Name", "Opening", "2026-06-07", "2026-06-14", "2026-06-21", "2026-06-28"]
    # W: 40, less 14; less 10; 40 arrive by sea and 10 leave for E; 20 arrive by sea and 5 are cleared (the container
    # lands beyond the horizon).
    assert [row[:1] + row[3:] for row in rows[1:]] == [
        ["SZ", 200, 120, 96, 156, 156],
        ["W", 40, 26, 16, 46, 61],
        ["E", 0, 0, 0, 0, 3],
    ]


def test_each_location_reads_what_it_must_expect(tmp_path: Path):
    rows = book(told(), tmp_path)["Arrivals"]
    assert rows[0] == ["Location", "Available", "SKU", "Name", "Units", "m3", "Lane", "From", "Departs"]
    assert [[row[place] for place in (0, 1, 2, 4, 6, 7, 8)] for row in rows[1:]] == [
        ["E", dt.date(2026, 6, 22), "A", 10, "move", "W", dt.date(2026, 6, 15)],
        ["SZ", dt.date(2026, 6, 11), "A", 60, "buy", "F", dt.date(2026, 6, 8)],
        ["W", dt.date(2026, 6, 15), "A", 40, "sea", "SZ", dt.date(2026, 6, 1)],
        ["W", dt.date(2026, 6, 22), "A", 20, "sea", "SZ", dt.date(2026, 6, 8)],
        ["W", dt.date(2026, 6, 23), "A", 40, "fcl", "SZ", dt.date(2026, 6, 3)],
    ]


def test_alerts_stand_with_what_they_cost_and_what_to_do(tmp_path: Path):
    english, chinese = (book(told(), tmp_path, language)[name] for language, name in (("en", "Alerts"), ("zh", "预警")))
    assert english[0][:3] == ["Alert", "Amount", "Act by"]
    assert len(english) == len(chinese) == len(told().alerts) + 1
    assert [row[1] for row in english[1:]] == pytest.approx(told().alerts["money"].tolist())
    assert all(row[-1] and row[-2] for row in [*english, *chinese])


def test_a_sheet_that_is_an_order_to_somebody_is_never_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheet_module.write_sheet, "__defaults__", (2,))
    rows = book(told(), tmp_path)["Shipping instructions"]
    assert len(rows) == 5


def test_dates_are_dates_and_numbers_are_numbers_everywhere(tmp_path: Path):
    sheets = book(told(), tmp_path)
    texts = {"Departure", "Lane", "Mode", "From", "To", "SKU", "Name", "HS code", "Made in", "Containers", "Supplier",
             "Order", "Currency", "Location", "Region", "Cost line", "Limit", "Alert",
             "What is the matter", "What to do"}  # fmt: skip
    days = {"Departs", "Available", "Order by", "Until", "Act by"}
    for name, rows in sheets.items():
        if name == "Summary":
            continue
        for place, head in enumerate(rows[0]):
            filled = [row[place] for row in rows[1:] if row[place] != ""]
            if head in days or (head == "From" and name in ("Short", "Too full", "Below target")):
                assert all(isinstance(value, dt.date) for value in filled), (name, head)
            elif head in texts:
                assert all(isinstance(value, str) for value in filled), (name, head)
            else:
                assert filled and all(isinstance(value, float) for value in filled), (name, head, filled)


def test_the_front_sheet_has_the_key_figures_as_numbers_and_the_steps(tmp_path: Path):
    front = book(told(), tmp_path)["Summary"]
    assert front[0][0] == "small: plan from 2026-06-01 to 2026-06-28, money in USD"
    figures = {row[0]: row[1] for row in front[3:8]}
    assert figures["Mission cost"] == pytest.approx(1133.66)
    assert figures["Total cost"] == pytest.approx(1124.96)
    assert figures["Proven gap"] == pytest.approx(1)
    assert figures["Demand served"] == 0.625
    assert front[9][0] == "NEXT"
    assert front[10][0].startswith("Place orders: 1")


def test_an_unknown_gap_is_called_unknown(tmp_path: Path):
    front = book(told(bound=float("-inf")), tmp_path)["Summary"]
    assert [row[1] for row in front if row[0] == "Proven gap"] == ["unknown"]


def test_the_chinese_workbook_has_chinese_sheets_headings_and_cost_lines(tmp_path: Path):
    sheets = book(told(), tmp_path, "zh")
    assert list(sheets)[:4] == ["摘要", "航次", "发货指令", "采购单"]
    assert sheets["采购单"][0][:3] == ["供应商", "采购单号", "终点"]
    assert {row[0] for row in sheets["成本"][1:]} >= {"关税", "仓租", "采购"}
    assert [row[1] for row in sheets["爆仓"][1:]] == ["库容", "收货能力"]


@pytest.mark.parametrize("language, sheet, head, mode", [("en", "Departures", "Mode", "sea"),
                                                         ("zh", "航次", "运输方式", "海运")])  # fmt: skip
def test_modes_are_called_by_their_names_in_chinese_alone(tmp_path: Path, language, sheet, head, mode):
    heads, first, *_ = book(by_sea(), tmp_path, language)[sheet]
    assert first[heads.index(head)] == mode


@pytest.mark.parametrize("code", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "'=quoted", '=HYPERLINK("http://x")', "\tTAB"])
def test_no_cell_is_anything_that_a_spreadsheet_would_run(tmp_path: Path, code: str):
    tables = renamed({"A": code.strip(), "W": code.strip() + "W"})
    tables["skus"] = [{**row, "name": code, "hs_code": "6109"} for row in tables["skus"]]
    plan = small(
        None,
        {"ship": [{"lane": "sea", "sku": code.strip(), "period": 0, "units": 10}]},
        **tables,
    )
    rows = book(told(plan), tmp_path)["Shipping instructions"]
    assert (rows[1][7], rows[1][8]) == (code.strip(), code)
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        for part in archive.namelist():
            assert not part.startswith(("xl/externalLinks", "xl/ddeLinks")), part
            if part.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ >]|<hyperlink|Target=", archive.read(part)), part


def test_equal_plans_make_equal_files(tmp_path: Path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    for name in ("one", "two"):
        write_workbook(told(EVERYTHING), tmp_path / name / "plan.xlsx")
    first, second = ((tmp_path / name / "plan.xlsx").read_bytes() for name in ("one", "two"))
    assert first == second


def test_a_list_that_no_sheet_can_hold_ends_with_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheet_module.write_sheet, "__defaults__", (2,))
    rows = book(told(), tmp_path)["Departures"]
    assert len(rows) == 4
    assert rows[3][0] == "3 more rows do not fit on a sheet; the tables of the plan's folder hold them all."


def test_a_text_longer_than_a_cell_is_cut(tmp_path: Path):
    skus = changed("skus", {"sku": "A"}, name="x" * 40_000)
    rows = book(
        told(small(None, {"ship": [{"lane": "sea", "sku": "A", "period": 0, "units": 10}]}, skus=skus)), tmp_path
    )
    assert len(rows["Shipping instructions"][1][8]) == 32_767


@pytest.mark.parametrize("place", ["nowhere/plan.xlsx", "."])
def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path: Path, place: str):
    with pytest.raises(OSError):
        write_workbook(told(), tmp_path / place)
