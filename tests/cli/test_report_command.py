"""`optimizer report` and `optimizer plan --fail-on-alert`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from optimizer.plan.alerts import alerts
from optimizer.plan.folder import read_plan
from optimizer.plan.ledger import account
from optimizer.report.page import ACROSS, width
from tests.cli.running import toy_folder

FILES = ["alerts.json", "plan.xlsx", "report.html"]


def late_shop(folder: Path) -> Path:
    """Ten are wanted in the first week, and the ship takes a week: nobody can bring them in time."""
    wanted = [{"sku": "A", "region": "W", "starts_on": "2026-06-01", "mean": 10}]
    wanted.append({"sku": "A", "region": "W", "starts_on": "2026-06-08", "days": 21, "mean": 0})
    return toy_folder(folder, demand=wanted)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_report_stands_in_the_folder_of_its_plan(ran, plan):
    done = ran("report", plan, "--quiet")
    assert (done.code, done.err) == (0, "")
    assert names(plan / "report") == FILES
    assert max(map(width, done.out.split(str(plan))[0].split("\n"))) <= ACROSS
    assert done.out.endswith(f"{plan / 'report' / 'report.html'}\n{plan / 'report' / 'plan.xlsx'}\n"
                             f"{plan / 'report' / 'alerts.json'}\n")  # fmt: skip
    assert (plan / "report" / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert ran("verify", plan).code == 0, "the plan folder is as whole as before"
    assert ran("report", plan).code == 0, "and can be reported again"


def test_a_report_is_written_elsewhere_in_chinese(ran, plan, tmp_path):
    done = ran("report", plan, "--out", tmp_path / "deep" / "here", "--language", "zh")
    assert done.code == 0 and names(tmp_path / "deep" / "here") == FILES
    assert '<html lang="zh-Hans">' in (tmp_path / "deep" / "here" / "report.html").read_text("utf-8")
    book = CalamineWorkbook.from_path(tmp_path / "deep" / "here" / "plan.xlsx")
    assert "发货指令" in book.sheet_names
    assert not (plan / "report").exists()


def test_the_alerts_are_told_as_text_as_json_and_in_a_file(ran, plan):
    rows = alerts(account(read_plan(plan)))
    said = ran("report", plan, "--json").document
    assert said["command"] == "report" and sum(said["alerts"].values()) == len(rows)
    assert set(said["files"]) == {str(plan / "report" / name) for name in FILES}
    assert all(size == Path(file).stat().st_size for file, size in said["files"].items())
    written = json.loads((plan / "report" / "alerts.json").read_text("utf-8"))
    assert (written["schema_version"], written["currency"]) == (1, said.get("currency", written["currency"]))
    assert {kind: count["count"] for kind, count in written["kinds"].items()} == said["alerts"]
    assert sum(count["urgent"] for count in written["kinds"].values()) == said["urgent"]
    assert written["left_out"] == 0
    assert [row["money"] for row in written["alerts"]] == pytest.approx(rows["money"].round(4).tolist())


def test_a_file_of_alerts_holds_the_dearest_and_counts_the_rest(ran, tmp_path, monkeypatch):
    plan = tmp_path / "plan"
    assert ran("plan", late_shop(tmp_path / "late"), "--quiet", "--out", plan).code == 0
    assert ran("report", plan).code == 0
    whole = json.loads((plan / "report" / "alerts.json").read_text("utf-8"))
    monkeypatch.setattr("optimizer.report.files.MOST_ALERTS", 0)
    assert ran("report", plan).code == 0
    few = json.loads((plan / "report" / "alerts.json").read_text("utf-8"))
    assert few["alerts"] == [] and few["kinds"] == whole["kinds"]
    assert few["left_out"] == len(whole["alerts"]) > 0


def test_a_folder_that_is_no_plan_is_refused(ran, shop, tmp_path):
    ran("report", shop).assert_told(3, "this is no plan folder")
    ran("report", tmp_path / "nowhere").assert_told(3, "this is no plan folder")


def test_a_report_that_cannot_be_written_leaves_nothing_behind(ran, plan, tmp_path):
    (tmp_path / "file").write_text("mine")
    ran("report", plan, "--out", tmp_path / "file").assert_told(9, "The report cannot be written to")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_full_disk_keeps_the_report_of_before(ran, plan, monkeypatch):
    assert ran("report", plan).code == 0
    before = (plan / "report" / "report.html").read_bytes()

    def full(*words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("optimizer.report.files.write_workbook", full)
    ran("report", plan, "--language", "zh").assert_told(9, "No space left on device")
    assert names(plan / "report") == FILES
    assert (plan / "report" / "report.html").read_bytes() == before


def test_other_files_of_the_folder_are_left_alone(ran, plan, tmp_path):
    os.makedirs(tmp_path / "mine")
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    assert ran("report", plan, "--out", tmp_path / "mine").code == 0
    assert (tmp_path / "mine" / "notes.txt").read_text() == "keep"


def test_6_where_somebody_must_act_before_the_next_plan(ran, tmp_path):
    shop = late_shop(tmp_path / "late")
    done = ran("plan", shop, "--quiet", "--fail-on-alert", "--out", tmp_path / "plan")
    assert done.code == 6 and "Mission cost" in done.out
    assert (tmp_path / "plan" / "manifest.json").is_file(), "the plan is written all the same"
    assert ran("plan", shop, "--quiet").code == 0


def test_0_where_nobody_must_act(ran, shop):
    assert ran("plan", shop, "--quiet", "--fail-on-alert").code == 0
