"""Where a plan may be written, and what is left when it cannot be."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from optimizer import solve
from optimizer.report import workbook
from tests.cli.running import environment, process


@pytest.fixture
def no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place that cannot be written to is told before the search."""

    def fails(*words, **more):
        raise AssertionError("it searched")

    monkeypatch.setattr(solve, "plan", fails)


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_that_is_no_plan_is_left_alone(ran, shop, tmp_path, no_search):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_text("meow")
    ran("plan", shop, "--quiet", "--out", tmp_path / "photos").assert_told(9, "exists and is no plan folder")
    assert everything_below(tmp_path) == {"photos/cat.jpg": b"meow"}


def test_the_scenario_itself_is_not_overwritten(ran, own_shop, no_search):
    before = everything_below(own_shop)
    ran("plan", own_shop, "--quiet", "--out", own_shop).assert_told(9, "exists and is no plan folder")
    assert everything_below(own_shop) == before


@pytest.mark.parametrize("manifest", ["{}", "[", '{"schema_version": 99}'])
def test_a_plan_of_another_version_is_left_alone(ran, shop, tmp_path, no_search, manifest):
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "manifest.json").write_text(manifest)
    ran("plan", shop, "--quiet", "--out", tmp_path / "plan").assert_told(9, "exists and is no plan folder")


@pytest.mark.parametrize("out", ["file", "file/plan", "file/deep/plan"])
def test_a_file_in_the_way_is_told_before_the_search(ran, shop, tmp_path, no_search, out):
    (tmp_path / "file").write_text("text")
    ran("plan", shop, "--quiet", "--out", tmp_path / out).assert_told(9, str(tmp_path / "file"))
    assert everything_below(tmp_path) == {"file": b"text"}


@pytest.mark.parametrize("out", ["/dev/full", "/dev/null/plan", "/"])
def test_a_device_is_no_folder(ran, shop, no_search, out):
    ran("plan", shop, "--quiet", "--out", out).assert_told(9, out)


def test_a_name_that_is_too_long_is_told_before_the_search(ran, shop, tmp_path, no_search):
    ran("plan", shop, "--quiet", "--out", tmp_path / ("x" * 300)).assert_told(9, "File name too long")


def test_a_circle_of_links_is_told_before_the_search(ran, shop, tmp_path, no_search):
    (tmp_path / "round").symlink_to("round")
    ran("plan", shop, "--quiet", "--out", tmp_path / "round" / "plan").assert_told(9, "cannot be written")


def test_a_folder_that_may_not_be_written_to_is_told_before_the_search(ran, shop, tmp_path, no_search, monkeypatch):
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: access(path, mode) and not mode & os.W_OK)
    done = ran("plan", shop, "--quiet", "--out", tmp_path / "deep" / "plan")
    done.assert_told(9, f"{tmp_path} may not be written to")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_told_before_the_search(ran, shop, tmp_path, no_search):
    (tmp_path / "locked").mkdir(mode=0o555)
    ran("plan", shop, "--quiet", "--out", tmp_path / "locked" / "plan").assert_told(9, "may not be written to")


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be full when the workbook is written, the last but one of the files."""

    def writing(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook, "write_workbook", writing)


def test_a_disk_that_fills_up_leaves_nothing_behind(ran, shop, found, tmp_path, monkeypatch):
    full(monkeypatch)
    ran("plan", shop, "--quiet", "--out", tmp_path / "a" / "b" / "plan").assert_told(9, "No space left on device")
    assert list(tmp_path.iterdir()) == [], "folders that were made on the way are gone too"


def test_a_disk_that_fills_up_leaves_the_old_plan(ran, shop, found, plan, tmp_path, monkeypatch):
    before = everything_below(tmp_path)
    full(monkeypatch)
    ran("plan", shop, "--quiet", "--out", tmp_path / "plan").assert_told(9, "No space left on device")
    assert everything_below(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_file_that_outgrows_its_limit_in_a_real_process_leaves_nothing_behind(shop, tmp_path):
    def small_files_only():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    # Python would keep a module that it compiles as a file cut off at the limit, which nobody could import any more.
    without = environment(PYTHONDONTWRITEBYTECODE="1")
    folder = tmp_path / "deep" / "plan"
    done = process("plan", shop, "--quiet", "--out", folder, preexec_fn=small_files_only, env=without)
    assert done.code == 9, done
    assert "The plan cannot be written to" in done.err and "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []


def test_where_another_run_is_quicker_its_plan_stands_and_nothing_else(ran, shop, found, plan, tmp_path, monkeypatch):
    rename = Path.rename

    def overtaken(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            (target / "quicker").mkdir(parents=True)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", overtaken)
    ran("plan", shop, "--quiet", "--out", plan).assert_told(9, "Directory not empty")
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
    assert [path.name for path in plan.iterdir()] == ["quicker"]


def test_a_plan_replaces_an_older_one_as_a_whole(ran, shop, found, plan, tmp_path):
    (tmp_path / "plan" / "left-over.csv").write_text("old")
    assert ran("plan", shop, "--quiet", "--language", "zh", "--out", tmp_path / "plan").code == 0
    assert not (tmp_path / "plan" / "left-over.csv").exists()
    assert "本周" in (tmp_path / "plan" / "summary.txt").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_link_to_a_plan_stays_a_link(ran, shop, found, plan, tmp_path):
    (tmp_path / "latest").symlink_to("plan")
    assert ran("plan", shop, "--quiet", "--language", "zh", "--out", tmp_path / "latest").code == 0
    assert (tmp_path / "latest").is_symlink()
    assert "本周" in (plan / "summary.txt").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["latest", "plan"]


def test_a_plan_can_be_made_anew_from_its_own_inputs_where_one_stands(ran, plan, monkeypatch):
    monkeypatch.chdir(plan)
    assert ran("plan", "inputs", "--quiet", "--language", "zh", "--out", ".").code == 0
    monkeypatch.chdir(plan.parent)
    assert "本周" in (plan / "summary.txt").read_text("utf-8")
    assert ran("verify", plan).code == 0
