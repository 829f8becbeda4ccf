"""Workbooks: as planners write them, and as they break them."""

import datetime as dt
import zipfile

import pytest
import xlsxwriter

from optimizer.scenario.read import read
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings_write import settings_rows
from optimizer.scenario.write import write
from tests.scenario import starter_files as make


def workbook(path, *, leave_out=(), change=None, sheets=None):
    """A workbook of the starter, written cell by cell; `change` is told each sheet's name and rows."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in {**_sheets(), **(sheets or {})}.items():
            if name in leave_out:
                continue
            sheet = book.add_worksheet(name)
            for place, cells in enumerate(change(name, rows) if change else rows):
                sheet.write_row(place, 0, cells)
    return path


def _sheets():
    sheets = {
        "settings": [["key", "value"], *([key, str(value)] for key, value, _ in settings_rows(make.STARTER.settings))]
    }
    for name, frame in make.STARTER.tables.items():
        if len(frame):
            rows = frame.astype(object).where(frame.notna(), "").values.tolist()
            sheets[name] = [list(frame.columns), *([_excel(value) for value in row] for row in rows)]
    return sheets


def _excel(value):
    return value.to_pydatetime() if hasattr(value, "to_pydatetime") else value


def lines(path):
    return [str(problem) for problem in make.refused(path)]


def test_a_clean_workbook_is_read(tmp_path):
    make.same(read(workbook(tmp_path / "s.xlsx")), make.STARTER)


def test_chinese_sheets_and_columns_are_read(tmp_path):
    def chinese(name, rows):
        columns = SCHEMA[name].by_name if name in SCHEMA else {}
        return [[columns[cell].chinese if cell in columns else cell for cell in rows[0]], *rows[1:]]

    sheets = {
        SCHEMA[name].chinese if name in SCHEMA else "设置": chinese(name, rows) for name, rows in _sheets().items()
    }
    path = tmp_path / "s.xlsx"
    make.same(read(workbook(path, leave_out=_sheets(), sheets=sheets)), make.STARTER)


def test_codes_that_are_numbers_in_the_sheet_keep_no_decimal(tmp_path):
    def numbers(name, rows):
        return [[int(cell) if cell in ("6912", "6307") else cell for cell in row] for row in rows]

    make.same(read(workbook(tmp_path / "s.xlsx", change=numbers)), make.STARTER)


def test_a_readme_sheet_is_for_people(tmp_path):
    make.same(read(workbook(tmp_path / "s.xlsx", sheets={"README": [["Hello"]], "说明": [["你好"]]})), make.STARTER)


def test_an_unknown_sheet_is_refused(tmp_path):
    path = workbook(tmp_path / "s.xlsx", sheets={"price": [["sku"]]})
    assert lines(path) == ["price: no table has that name. Did you mean 'prices'."]


def test_a_workbook_without_settings_is_refused(tmp_path):
    path = workbook(tmp_path / "s.xlsx", leave_out=("settings",))
    assert lines(path)[0].startswith("settings: the sheet is missing. Add it with the columns key and value")


def test_a_table_that_is_there_in_two_languages_is_refused(tmp_path):
    path = workbook(tmp_path / "s.xlsx", sheets={"商品": _sheets()["skus"]})
    assert lines(path) == ["商品: the table skus is there twice. Keep one of the sheets."]


def test_merged_headers_are_refused(tmp_path):
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in _sheets().items():
            sheet = book.add_worksheet(name)
            for place, cells in enumerate(rows):
                sheet.write_row(place, 0, [str(cell) for cell in cells])
            if name == "lanes":
                sheet.merge_range(0, 1, 0, 2, "from and to")
    assert lines(path) == ["lanes row 1: cells are merged (B1:C1). Unmerge them and write a value in each cell."]


def test_a_title_above_the_header_is_refused(tmp_path):
    def titled(name, rows):
        return [["Prices of spring", ""], ["", ""], *rows] if name == "prices" else rows

    found = lines(workbook(tmp_path / "s.xlsx", change=titled))
    assert found == [
        "prices row 1 = 'Prices of spring': the header stands in row 3, not in row 1. "
        "Delete the 2 rows above the header."
    ]


def test_rows_are_counted_as_in_the_sheet(tmp_path):
    def wrong(name, rows):
        return [*rows[:2], [""] * 5, ["MUG-01", "US-temp", 1.0, "", ""], *rows[2:]] if name == "prices" else rows

    assert lines(workbook(tmp_path / "s.xlsx", change=wrong))[0].startswith("prices row 4, region = 'US-temp'")


def test_an_empty_sheet_of_a_table_is_refused(tmp_path):
    found = lines(workbook(tmp_path / "s.xlsx", change=lambda name, rows: [] if name == "prices" else rows))
    assert found == ["prices: the sheet is empty. Write a header with at least sku, region, price."]


def test_a_date_that_is_only_a_number_is_refused(tmp_path):
    def serial(name, rows):
        return (
            [[46038 if isinstance(cell, dt.datetime) else cell for cell in row] for row in rows]
            if name == "in_transit"
            else rows
        )

    found = lines(workbook(tmp_path / "s.xlsx", change=serial))
    assert found[0].startswith("in_transit row 2, arrives_on = '46038': it is a number, not a date.")


def test_an_error_of_a_formula_is_refused(tmp_path):
    def error(name, rows):
        return [["#N/A" if cell == 12.9 else cell for cell in row] for row in rows]

    assert lines(workbook(tmp_path / "s.xlsx", change=error))[0].startswith(
        "prices row 2, price = '#N/A': it is not a finite"
    )


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 but broken", b"\xd0\xcf\x11\xe0 old or locked"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, data):
    path = tmp_path / "s.xlsx"
    path.write_bytes(data)
    assert "the file is not an Excel workbook" in lines(path)[0]


def test_a_workbook_that_is_far_too_large_is_refused_before_it_is_read(tmp_path):
    path = workbook(tmp_path / "s.xlsx")
    assert make.refused(path, most_bytes=100)[0].rule.endswith("at most 0 MB are read")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path):
    path = tmp_path / "s.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(20_000_000))
    assert path.stat().st_size < 100_000
    found = make.refused(path, most_bytes=1_000_000)
    assert found[0].rule == "the file has 20 MB; at most 8 MB are read"


def test_settings_that_are_wrong_are_named_by_key(tmp_path):
    def wrong(name, rows):
        if name != "settings":
            return rows
        return [[key, {"solve.gap": "2", "currency": ""}.get(key, value)] for key, value in rows]

    found = lines(workbook(tmp_path / "s.xlsx", change=wrong))
    assert [line.split(":")[0] for line in found] == ["settings, currency", "settings, solve.gap = '2'"]


def test_a_sheet_of_settings_needs_its_headers(tmp_path):
    found = lines(workbook(tmp_path / "s.xlsx", change=lambda name, rows: rows[1:] if name == "settings" else rows))
    assert found[0].startswith("settings row 1: the first row does not hold the headers key and value.")


def test_a_setting_that_is_there_twice_is_refused(tmp_path):
    last = []

    def again(name, rows):
        if name != "settings":
            return rows
        last.append(len(rows) + 1)
        return [*rows, rows[1]]

    found = lines(workbook(tmp_path / "s.xlsx", change=again))
    assert found == [f"settings row {last[0]}, name = 'starter': the setting is there twice. Keep one."]


def test_formulas_in_texts_stay_texts(tmp_path):
    scenario = make.with_cell(make.STARTER, "skus", 0, "note", "=1+1")
    write(scenario, tmp_path / "s.xlsx")
    make.same(read(tmp_path / "s.xlsx"), scenario)
