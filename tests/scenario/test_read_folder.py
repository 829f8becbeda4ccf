"""Bad folders: each mistake is reported once, with its place and a remedy, together with all others."""

import pytest

from optimizer.errors import Refused, StoreError
from optimizer.scenario.read import read
from optimizer.scenario.schema import TABLES
from tests.scenario import starter_files as make


@pytest.fixture
def folder(tmp_path):
    return make.starter_folder(tmp_path)


def only_line(folder):
    found = [str(problem) for problem in make.refused(folder)]
    assert len(found) == 1, found
    return found[0]


def test_a_clean_folder_is_read(folder):
    make.same(read(folder), make.STARTER)


@pytest.mark.parametrize("table", [table.name for table in TABLES if table.required])
def test_a_missing_required_table_is_named(folder, table):
    (folder / f"{table}.csv").unlink()
    line = only_line(folder)
    assert line.startswith(f"{table}: the table is missing. Add it (")


def test_a_missing_required_column_is_named(folder):
    make.swap(folder, "skus", "unit_volume_m3", "note2")
    found = [str(problem) for problem in make.refused(folder)]
    assert found[0].startswith("skus row 1, note2: the table has no such column. Did you mean 'note'")


def test_a_required_column_that_is_left_out_is_named(folder):
    make.swap(folder, "exchange_rates", "currency,valid_from,rate,note\nCNY,,0.14,", "currency,valid_from,note\nCNY,,")
    assert only_line(folder).startswith("exchange_rates row 1, rate: the column is missing. Add it: how much of")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (",0.42,", ",zero,", "unit_weight_kg = 'zero': it is not a number."),
        (",0.42,", ",NaN,", "unit_weight_kg = 'NaN': it is not a finite number."),
        (",0.42,", ",inf,", "unit_weight_kg = 'inf': it is not a finite number."),
        (",0.42,", ",1e999,", "unit_weight_kg = '1e999': it is not a finite number."),
        (",0.42,", ",#DIV/0!,", "unit_weight_kg = '#DIV/0!': it is not a finite number."),
        (
            ",0.42,",
            ',"1,200",',
            "unit_weight_kg = '1,200': it is not a number: it has thousands separators. Write 1200.",
        ),
        (",0.42,", ',"0,42",', "unit_weight_kg = '0,42': it is not a number: it has a decimal comma. Write 0.42."),
        (",0.42,", ",0.42kg,", "unit_weight_kg = '0.42kg': it is not a number."),
        (",0.42,", ",,", "unit_weight_kg: it must be filled."),
        (",0.42,", ",0x10,", "unit_weight_kg = '0x10': it is not a number."),
        (",0.42,", ",1_0,", "unit_weight_kg = '1_0': it is not a number."),
        (",0.0018,", ",0,", "unit_volume_m3 = '0': it is not above 0."),
        (",0.0018,", ",-1,", "unit_volume_m3 = '-1': it is not above 0."),
        (",36,", ",36.5,", "case_pack = '36.5': it is not a whole number."),
        (",36,", ",35%,", "case_pack = '35%': it is not a number: a share is written between 0 and 1. Write 0.35."),
    ],
)
def test_a_bad_number_is_named_with_its_remedy(folder, old, new, expected):
    make.swap(folder, "skus", old, new)
    assert only_line(folder).startswith(f"skus row 2, {expected}")


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        ("2026-02-30", "no such date exists"),
        ("2026-13-01", "no such date exists"),
        ("0026-01-16", "the year is not between 1970 and 2199"),
        ("16.01.2026", "it is not a date"),
        ("01/16/2026", "it is not a date"),
        ("46038", "it is a number, not a date"),
        ("2026-01-16 12:30", "it has a time of day; only whole days count"),
        ("soon", "it is not a date"),
    ],
)
def test_a_bad_date_is_named(folder, new, rule):
    make.swap(folder, "in_transit", "2026-01-16", new)
    assert only_line(folder).startswith(f"in_transit row 2, arrives_on = '{new}': {rule}.")


@pytest.mark.parametrize("good", ["2026/1/16", "2026-1-16", "2026.01.16", "2026-01-16 00:00:00", "2026-01-16T00:00"])
def test_dates_are_read_as_spreadsheets_write_them(folder, good):
    make.swap(folder, "in_transit", "2026-01-16", good)
    make.same(read(folder), make.STARTER)


@pytest.mark.parametrize("good", ["TRUE", "1", "yes", "是"])
def test_flags_are_read_as_people_write_them(folder, good):
    make.swap(folder, "lanes", ",true,", f",{good},")
    make.same(read(folder), make.STARTER)


def test_a_flag_that_is_neither_is_named(folder):
    make.swap(folder, "lanes", ",true,", ",perhaps,")
    assert only_line(folder).startswith("lanes row 4, duty_included = 'perhaps': it is neither true nor false.")


def test_an_unknown_key_is_named_with_the_nearest_known_one(folder):
    make.swap(folder, "lanes", "sea,CN-SZ,US-W", "sea,CN-SZ,US-X")
    assert only_line(folder) == (
        "lanes row 3, destination = 'US-X': the table locations has no such location. Did you mean 'US-W'."
    )


def test_a_duplicate_key_is_named_with_its_first_row(folder):
    make.swap(folder, "prices", "LAMP-02,US-temu", "MUG-01,US-temu")
    assert any("prices row 3" in str(problem) and "row 2" in problem.rule for problem in make.refused(folder))


def test_rows_are_counted_as_in_the_file_when_lines_are_empty(folder):
    make.swap(folder, "lanes", "sea,CN-SZ,US-W", "\n,,,\nsea,CN-SZ,US-X")
    assert only_line(folder).startswith("lanes row 5, destination")


def test_rows_are_counted_as_a_spreadsheet_counts_them_when_cells_hold_lines(folder):
    make.swap(folder, "lanes", "ordered production_days", '"two\nlines"')
    make.swap(folder, "lanes", '"two\nlines" before it departs', '"two\nlines"')
    make.swap(folder, "lanes", "sea,CN-SZ,US-W", "sea,CN-SZ,US-X")
    assert only_line(folder).startswith("lanes row 3, destination")


def test_an_unknown_table_is_refused_with_the_nearest_known_one(folder):
    (folder / "lane.csv").write_text("lane\nx\n")
    assert only_line(folder) == "lane.csv: no table has that name. Did you mean 'lanes'."


def test_an_unknown_column_is_refused(folder):
    make.swap(folder, "skus", "goodwill", "godwill")
    assert only_line(folder) == "skus row 1, godwill: the table has no such column. Did you mean 'goodwill'."


def test_a_column_that_is_there_twice_is_refused(folder):
    make.swap(folder, "skus", "name,category", "name,品名")
    assert only_line(folder) == "skus row 1, name: the column is there more than once. Keep one of them."


def test_a_column_that_is_not_used_yet_is_refused_when_filled(folder):
    make.swap(folder, "suppliers", "minimum_order_value,deposit_rate", "minimum_order_value,deposit_rate")
    make.swap(folder, "suppliers", "FACTORY,2000,", "FACTORY,2000,0.3")
    assert only_line(folder).startswith("suppliers row 1, deposit_rate: the model does not use this column yet")


def test_a_table_that_is_there_twice_is_refused(folder):
    (folder / "商品.csv").write_bytes((folder / "skus.csv").read_bytes())
    assert "the table skus is there twice" in only_line(folder)


def test_a_table_in_a_format_that_is_not_read_is_refused(folder):
    (folder / "closures.xlsx").write_bytes(b"")
    assert only_line(folder).startswith("closures.xlsx: files of type .xlsx are not read in a folder.")


def test_other_files_are_left_alone(folder):
    for name in ("README.md", ".DS_Store", "~$lanes.xlsx", "invoice.pdf"):
        (folder / name).write_text("anything")
    make.same(read(folder), make.STARTER)


def test_a_lane_without_a_rate_is_named(folder):
    make.swap(folder, "freight_rates", "air,kg", "sea,m3")
    assert any("lane has no rate" in problem.rule and problem.value == "air" for problem in make.refused(folder))


def test_all_problems_of_all_tables_come_together(folder):
    make.swap(folder, "skus", ",0.42,", ",zero,")
    make.swap(folder, "skus", "9405.20,CN", "9405.20,XX")
    make.swap(folder, "in_transit", "2026-01-16", "2026-02-30")
    make.swap(folder, "regions", "customers", "custommers")
    make.swap(folder, "exchange_rates", "CNY", "CNH")
    (folder / "lane.csv").write_text("x")
    (folder / "storage_rates.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    found = make.refused(folder)
    assert {problem.table for problem in found} >= {
        "lane.csv",
        "skus",
        "in_transit",
        "regions",
        "storage_rates",
        "countries",
    }
    assert len([problem for problem in found if problem.table == "skus"]) == 2


def test_a_problem_can_be_told_as_json(folder):
    make.swap(folder, "skus", ",0.42,", ",zero,")
    assert make.refused(folder)[0].as_dict() == {
        "table": "skus",
        "row": 2,
        "column": "unit_weight_kg",
        "value": "zero",
        "rule": "it is not a number",
        "remedy": "Write digits, with a point before the decimals and no unit",
    }


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    found = make.refused(tmp_path / "nowhere")
    assert found[0].rule == "there is no such folder or workbook"


def test_an_empty_folder_is_refused_in_one_line(tmp_path):
    (tmp_path / "notes.txt").write_text("nothing of ours")
    (line,) = map(str, make.refused(tmp_path))
    assert line == (
        f"{tmp_path}: the folder holds neither scenario.toml nor a table. Name a folder with scenario.toml and tables, "
        "or make one with 'optimizer new DIR'."
    )


def test_a_folder_with_settings_alone_is_refused_table_by_table(folder):
    for file in folder.glob("*.csv"):
        file.unlink()
    found = make.refused(folder)
    assert {problem.table for problem in found} == {
        "demand",
        *(table.name for table in TABLES if table.required),
    }


def test_the_folder_of_a_plan_is_told_from_a_scenario(folder):
    (folder / "manifest.json").write_text("{}")
    (folder / "inputs").mkdir()
    (line,) = map(str, make.refused(folder))
    assert line.endswith(f"the folder of a plan, not of a scenario. Name {folder / 'inputs'} for its tables.")


def test_a_single_file_is_not_a_scenario(tmp_path):
    (tmp_path / "skus.csv").write_text("sku\nA\n")
    assert (
        make.refused(tmp_path / "skus.csv")[0].rule
        == "a scenario is a folder, an .xlsx workbook or the address of a database"
    )


def test_a_file_that_cannot_be_opened_is_a_store_error(folder, monkeypatch):
    def deny(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", deny)
    with pytest.raises(StoreError, match="Cannot read .*Permission denied"):
        read(folder)


def test_a_folder_that_is_far_too_large_is_refused_before_it_is_read(folder, monkeypatch):
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(Refused) as caught:
        read(folder, most_bytes=1000)
    assert [problem.table for problem in caught.value.problems] == ["demand.csv"]


def test_200_mb_in_a_small_table_are_refused_before_they_are_read(folder):
    with open(folder / "countries.csv", "wb") as file:
        file.truncate(50_000_000)
    found = make.refused(folder)
    assert [str(problem) for problem in found] == [
        "countries.csv: the file has 50 MB; at most 20 MB are read. Look whether it is the right file; large tables "
        "are read as Parquet."
    ]
