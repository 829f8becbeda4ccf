"""Plan folders: complete or not there, equal when read again, refused when changed."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from optimizer.errors import Refused, StoreError
from optimizer.plan import table_file
from optimizer.plan.folder import read_plan, write_plan
from optimizer.plan.plan import PLAN_TABLES, Plan
from optimizer.plan.verify import verify
from tests.plan.making import BASE, Row, plan_of, scenario
from tests.plan.spoiling import right


def renamed(rows: list[Row], names: dict[str, str]) -> list[Row]:
    return [{key: names.get(str(value), value) for key, value in row.items()} for row in rows]


def assert_equal(one: Plan, other: Plan) -> None:
    for name in PLAN_TABLES:
        pd.testing.assert_frame_equal(
            one[name].reset_index(drop=True), other[name], check_dtype=False, check_exact=True, check_index_type=False
        )


def test_a_plan_is_read_as_it_was_written(tmp_path: Path):
    plan = replace(right(), bound=12.3456789012345, seconds={"solve": 0.1})
    again = read_plan(write_plan(plan, tmp_path / "plan"))
    assert_equal(plan, again)
    assert (again.bound, again.status, again.solver, again.seconds) == (
        plan.bound,
        "feasible",
        "by hand",
        {"solve": 0.1},
    )
    assert again.scenario.settings == plan.scenario.settings
    assert verify(replace(again, bound=-np.inf)) == ()


def test_a_plan_without_a_bound_is_read_without_one(tmp_path: Path):
    again = read_plan(write_plan(replace(right(), bound=-np.inf), tmp_path / "plan"))
    assert again.bound == -np.inf


@pytest.mark.parametrize("code", ["羽绒服-黑", "=1+1", "'-5", "007", "NA", "1e5", 'a,"b"'])
def test_codes_survive_whatever_they_look_like(tmp_path: Path, code: str):
    tables = {name: renamed(rows, {"A": code}) for name, rows in BASE.items()}
    plan = plan_of(
        scenario(**tables), deliver=[{"location": "W", "region": "US", "sku": code, "period": 0, "units": 5}]
    )
    assert_equal(plan, read_plan(write_plan(plan, tmp_path / "plan")))


def test_spreadsheets_open_the_tables_and_run_nothing(tmp_path: Path):
    tables = {name: renamed(rows, {"A": "=cmd"}) for name, rows in BASE.items()}
    out = [{"location": "W", "region": "US", "sku": "=cmd", "period": 0, "units": 5}]
    folder = write_plan(plan_of(scenario(**tables), deliver=out), tmp_path / "plan")
    text = (folder / "deliver.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf") and b"'=cmd" in text and b",=cmd" not in text


def test_the_manifest_says_what_was_planned_and_how_well(tmp_path: Path):
    plan = right()
    told = json.loads((write_plan(plan, tmp_path / "plan") / "manifest.json").read_text(encoding="utf-8"))
    assert told["schema_version"] == 1 and told["status"] == "feasible" and told["solver"] == "by hand"
    assert told["total_cost"] == plan.total_cost and told["gap"] == pytest.approx(1)
    assert {"pandas", "numpy", "python"} <= set(told["versions"])
    assert len(told["files"]["inputs/skus.csv"]) == 64


def test_extra_files_are_written_with_the_folder(tmp_path: Path):
    folder = write_plan(right(), tmp_path / "plan", {"note.txt": lambda path: path.write_text("hello") and None})
    assert (folder / "note.txt").read_text() == "hello"
    assert "note.txt" in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]


def test_a_folder_that_cannot_be_completed_leaves_nothing_behind(tmp_path: Path):
    def fails(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left"):
        write_plan(right(), tmp_path / "plan", {"plan.xlsx": fails})
    assert list(tmp_path.iterdir()) == []


def test_the_old_plan_stays_until_the_new_one_is_complete(tmp_path: Path):
    def fails(path: Path) -> None:
        raise OSError(28, "No space left on device")

    folder = write_plan(right(), tmp_path / "plan")
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(StoreError):
        write_plan(right(), folder, {"plan.xlsx": fails})
    assert (folder / "manifest.json").read_bytes() == before
    write_plan(replace(right(), solver="another"), folder)
    assert read_plan(folder).solver == "another"
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_folder_that_is_no_plan_is_left_alone(tmp_path: Path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_text("meow")
    with pytest.raises(StoreError, match="no plan folder"):
        write_plan(right(), tmp_path / "photos")
    assert (tmp_path / "photos" / "cat.jpg").read_text() == "meow"
    (tmp_path / "file").write_text("text")
    with pytest.raises(StoreError, match="no plan folder"):
        write_plan(right(), tmp_path / "file")


def test_an_empty_folder_may_become_a_plan(tmp_path: Path):
    (tmp_path / "plan").mkdir()
    assert read_plan(write_plan(right(), tmp_path / "plan")).solver == "by hand"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_plan(right(), tmp_path_factory.mktemp("written") / "plan")


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "plan"))


def refusals(folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_plan(folder)
    return [problem.table for problem in refused.value.problems]


@pytest.mark.parametrize("name", ["ship.csv", "inputs/skus.csv", "inputs/scenario.toml", "departures.csv"])
def test_a_changed_file_is_refused(folder: Path, name: str):
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    assert refusals(folder) == [f"plan/{name}"]


@pytest.mark.parametrize("name", ["costs.csv", "inputs/lanes.csv"])
def test_a_missing_file_is_refused(folder: Path, name: str):
    (folder / name).unlink()
    assert refusals(folder) == [f"plan/{name}"]


def test_an_added_input_is_refused(folder: Path):
    (folder / "inputs" / "locks.parquet").write_text("new")
    assert refusals(folder) == ["plan/inputs/locks.parquet"]


def test_a_table_that_the_manifest_forgot_is_refused(folder: Path):
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del told["files"]["ship.csv"]
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    assert refusals(folder) == ["plan/ship.csv"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema_version": 99}', "not json", '"text"', '{"schema_version": 1, "files": 3}']
)
def test_a_folder_without_a_good_manifest_is_refused(folder: Path, text: str):
    (folder / "manifest.json").write_text(text)
    assert refusals(folder) == ["plan/manifest.json"]


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path):
    with pytest.raises(Refused):
        read_plan(tmp_path / "nowhere")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of a plan that has more rows than are written as CSV."""
    monkeypatch.setattr(table_file, "MOST_CSV_ROWS", 30)
    return write_plan(right(), tmp_path / "large")


def test_a_large_plan_is_written_as_parquet_and_read_as_it_was(large: Path):
    assert {path.suffix for path in (large / "inputs").iterdir()} == {".parquet", ".toml"}
    assert all((large / f"{name}.parquet").is_file() for name in PLAN_TABLES)
    assert (large / "departures.csv").is_file()  # for people
    assert_equal(right(), read_plan(large))
    assert verify(read_plan(large)) == ()


def test_codes_of_a_large_plan_stay_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(table_file, "MOST_CSV_ROWS", 0)
    tables = {name: renamed(rows, {"A": "'=1+1"}) for name, rows in BASE.items()}
    plan = plan_of(
        scenario(**tables), deliver=[{"location": "W", "region": "US", "sku": "'=1+1", "period": 0, "units": 5}]
    )
    assert_equal(plan, read_plan(write_plan(plan, tmp_path / "plan")))


def test_without_the_package_for_parquet_a_large_plan_is_csv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(table_file, "MOST_CSV_ROWS", 0)
    monkeypatch.setattr(table_file, "find_spec", lambda name: None)
    assert_equal(right(), read_plan(write_plan(right(), tmp_path / "plan")))
    assert (tmp_path / "plan" / "ship.csv").is_file()


@pytest.mark.parametrize("name", ["ship.parquet", "inputs/demand.parquet"])
def test_a_changed_file_of_a_large_plan_is_refused(large: Path, name: str):
    (large / name).write_bytes((large / name).read_bytes() + b" ")
    assert refusals(large) == [f"large/{name}"]
    (large / name).unlink()
    assert refusals(large) == [f"large/{name}"]
