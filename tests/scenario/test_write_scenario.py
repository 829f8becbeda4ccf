"""Writing is complete or not at all, and destroys nothing that it should not."""

import os

import pytest

from optimizer.errors import StoreError, UsageError
from optimizer.scenario.read import read
from optimizer.scenario.write import in_place, write
from tests.scenario import starter_files as make


def left_over(folder):
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("name", ["s", "s.xlsx"])
def test_nothing_half_written_is_left_when_writing_fails(tmp_path, monkeypatch, name):
    monkeypatch.setattr("optimizer.scenario.write.settings_toml", lambda *_, **__: 1 / 0)
    monkeypatch.setattr("optimizer.scenario.workbook_write._table", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(make.STARTER, tmp_path / name)
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("name", ["s", "s.xlsx"])
def test_what_was_there_stays_when_replacing_fails(tmp_path, monkeypatch, name):
    write(make.STARTER, tmp_path / name)
    monkeypatch.setattr("optimizer.scenario.write.settings_toml", lambda *_, **__: 1 / 0)
    monkeypatch.setattr("optimizer.scenario.workbook_write._table", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(make.STARTER, tmp_path / name, replace=True)
    make.same(read(tmp_path / name), make.STARTER)
    assert left_over(tmp_path) == [name]


def test_what_was_there_is_put_back_when_the_last_rename_fails(tmp_path, monkeypatch):
    path, rename = tmp_path / "s", os.replace
    write(make.STARTER, path)

    def fails_for_the_new_one(source, target):
        if str(target) == str(path) and source.name == "new":
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "replace", fails_for_the_new_one)
    with pytest.raises(StoreError, match="No space left"):
        write(make.STARTER, path, replace=True)
    make.same(read(path), make.STARTER)
    assert left_over(tmp_path) == ["s"]


@pytest.mark.parametrize("name", ["s", "s.xlsx"])
def test_what_is_there_is_not_replaced_unasked(tmp_path, name):
    write(make.STARTER, tmp_path / name)
    with pytest.raises(UsageError, match="is there already"):
        write(make.STARTER, tmp_path / name)


@pytest.mark.parametrize("name", ["s", "s.xlsx"])
def test_what_is_there_is_replaced_when_asked(tmp_path, name):
    write(make.with_cell(make.STARTER, "skus", 0, "goodwill", 9.0), tmp_path / name)
    write(make.STARTER, tmp_path / name, replace=True)
    make.same(read(tmp_path / name), make.STARTER)


def test_a_table_that_the_new_scenario_lacks_is_gone(tmp_path):
    lock = {"lane": "sea", "sku": "MUG-01", "most": 0.0}
    write(make.with_rows(make.STARTER, "locks", lock), tmp_path / "s")
    assert (tmp_path / "s" / "locks.csv").exists()
    write(make.STARTER, tmp_path / "s", replace=True)
    assert not (tmp_path / "s" / "locks.csv").exists()


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "s").mkdir()
    write(make.STARTER, tmp_path / "s")
    make.same(read(tmp_path / "s"), make.STARTER)


def test_a_folder_with_other_files_is_never_replaced(tmp_path):
    write(make.STARTER, tmp_path / "s")
    (tmp_path / "s" / "thesis.docx").write_text("years of work")
    with pytest.raises(UsageError, match=r"it holds thesis\.docx, which is not part of a scenario"):
        write(make.STARTER, tmp_path / "s", replace=True)
    assert (tmp_path / "s" / "thesis.docx").exists()


def test_a_file_in_the_place_of_the_parent_is_a_store_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="Cannot write"):
        write(make.STARTER, tmp_path / "file" / "s")


def test_parents_are_made(tmp_path):
    write(make.STARTER, tmp_path / "a" / "b" / "s")
    make.same(read(tmp_path / "a" / "b" / "s"), make.STARTER)


def test_an_unknown_format_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="There is no format 'json'"):
        write(make.STARTER, tmp_path / "s", "json")


def test_a_sheet_that_cannot_hold_the_rows_is_a_usage_error(tmp_path, monkeypatch):
    monkeypatch.setattr("optimizer.scenario.workbook_write.MOST_ROWS", 10)
    with pytest.raises(UsageError, match="demand has more rows than a sheet can hold"):
        write(make.STARTER, tmp_path / "s.xlsx")
    assert left_over(tmp_path) == []


def test_equal_scenarios_make_equal_files(tmp_path):
    for name in ("a", "b"):
        write(make.STARTER, tmp_path / name)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_whatever_is_made_in_place_is_there_only_when_complete(tmp_path):
    seen = []

    def make_it(path):
        path.write_text("half")
        seen.append((tmp_path / "out").exists())
        path.write_text("whole")

    in_place(tmp_path / "out", make_it)
    assert seen == [False]
    assert (tmp_path / "out").read_text() == "whole"


def test_the_readme_of_a_folder_outlives_new_tables(tmp_path):
    write(make.STARTER, tmp_path / "s")
    (tmp_path / "s" / "README.md").write_text("our story", encoding="utf-8")
    write(make.STARTER, tmp_path / "s", replace=True)
    assert (tmp_path / "s" / "README.md").read_text(encoding="utf-8") == "our story"
