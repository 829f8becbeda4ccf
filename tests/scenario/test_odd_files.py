"""What stands in a folder under the name of a table, or of the settings, but is none."""

import os

import pytest

from optimizer.scenario.read import read
from tests.scenario import starter_files as make


@pytest.fixture
def folder(tmp_path):
    return make.starter_folder(tmp_path)


def only_line(folder):
    found = make.refused(folder)
    assert len(found) == 1, [str(problem) for problem in found]
    return str(found[0])


def instead(file, what):
    file.unlink()
    what(file)


@pytest.mark.parametrize("table", ["skus", "in_transit"])
@pytest.mark.parametrize(
    ("make_it", "words"),
    [
        (lambda file: file.mkdir(), "it is a folder, not a table"),
        (lambda file: file.symlink_to(file.name), "it is a link that leads nowhere, not a table"),
        (lambda file: file.symlink_to("gone.csv"), "it is a link that leads nowhere, not a table"),
        (lambda file: os.mkfifo(file), "it is no plain file, not a table"),
    ],
    ids=["folder", "circle of links", "broken link", "pipe"],
)
def test_a_table_that_is_no_file_is_named_even_where_the_table_is_optional(folder, table, make_it, words):
    instead(folder / f"{table}.csv", make_it)
    assert only_line(folder) == f"{table}.csv: {words}. Put the file in its place, or remove it."


def test_a_folder_without_the_name_of_a_table_is_nobodys_business(folder):
    (folder / "archive.csv").mkdir()
    (folder / "skus").mkdir()
    make.same(read(folder), make.STARTER)


def test_a_required_table_in_a_format_that_is_not_read_is_reported_once(folder):
    (folder / "skus.csv").rename(folder / "skus.txt")
    assert only_line(folder).startswith("skus.txt: files of type .txt are not read in a folder.")


@pytest.mark.parametrize("name", ["Scenario.toml", "scenario.toml.txt", "settings.toml"])
def test_settings_under_another_name_are_found(folder, name):
    (folder / "scenario.toml").rename(folder / name)
    if (folder / "scenario.toml").exists():
        pytest.skip("this file system does not tell upper case from lower case")
    assert only_line(folder) == f"scenario.toml: the file is missing. Rename {name}."


def test_settings_in_another_encoding_are_refused(folder):
    (folder / "scenario.toml").write_bytes('name = "小店"\n'.encode("gbk"))
    assert only_line(folder) == "scenario.toml: it is not in UTF-8. Save it as UTF-8."


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "[" * 900 + "]" * 900])
def test_settings_that_are_nested_without_end_are_refused(folder, text):
    (folder / "scenario.toml").write_text(text)
    assert only_line(folder).startswith("scenario.toml: it cannot be read as TOML")


def test_a_name_of_blanks_is_no_name(folder):
    text = (folder / "scenario.toml").read_text().replace('name = "starter"', 'name = "  "')
    (folder / "scenario.toml").write_text(text)
    assert only_line(folder) == "scenario.toml, name = '  ': it is missing. Add it: name of the scenario."


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsb"])
def test_a_workbook_of_another_kind_is_to_be_saved_as_xlsx(tmp_path, ending):
    (tmp_path / f"s.{ending}").write_bytes(b"\xd0\xcf\x11\xe0")
    assert only_line(tmp_path / f"s.{ending}").endswith(
        "a folder, an .xlsx workbook or the address of a database. Save it as .xlsx."
    )


def test_a_letter_that_cannot_be_seen_is_reported_once(folder):
    make.swap(folder, "opening_stock", "MUG-01", "MUG\u200b-01")
    assert only_line(folder) == (
        "opening_stock row 2, sku = 'MUG\\u200b-01': a code with line breaks or letters that cannot be seen. "
        "Write it anew."
    )


def test_a_share_that_is_a_percentage_is_reported_once(folder):
    make.swap(folder, "regions", ",0.05,", ",5,")
    assert only_line(folder).startswith("regions row 2, return_rate = '5': it is above 1.")


def test_a_lonely_cell_right_of_the_table_is_reported_once(folder):
    make.swap(folder, "opening_stock", "CN-SZ,BAG-03", ",,,,,,x\nCN-SZ,BAG-03")
    assert only_line(folder).startswith("opening_stock row 3 = 'x': a value stands in column 7, which has no header.")


@pytest.mark.parametrize(
    ("date", "remedy"),
    [
        ("46038", "Format the cell as a date; as Excel counts days it is 2026-01-16"),
        ("20260116", "Write 2026-01-16, with dashes"),
        ("2026年1月16日", "Write 2026-01-16, with dashes"),
        ("16/01/2026", "Write 2026-01-16"),
        ("1/16/2026", "Write 2026-01-16"),
        ("16.1.2026", "Write 2026-01-16"),
        ("05/06/2026", "Write year, month and day as 2026-01-31"),
        ("26-01-16", "Write year, month and day as 2026-01-31"),
    ],
)
def test_the_remedy_of_a_date_says_the_date_that_was_meant_where_it_is_clear(folder, date, remedy):
    make.swap(folder, "in_transit", "2026-01-16", date)
    assert make.refused(folder)[0].remedy == remedy
