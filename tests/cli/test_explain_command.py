"""`optimizer explain`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer.report.page import ACROSS, width
from tests.cli.running import toy_folder


def test_a_line_is_explained_in_a_page_of_text(ran, plan):
    done = ran("explain", plan, "--sku", "A", "--lane", "sea", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert "Without it the plan costs" in done.out and "WHAT IT COSTS MORE, BY COST LINE" in done.out
    assert "lost sales" in done.out
    assert max(map(width, done.out.split("\n"))) <= ACROSS


def test_the_same_in_chinese(ran, plan):
    done = ran("explain", plan, "--sku", "A", "--lane", "sea", "--quiet", "--language", "zh")
    assert done.code == 0
    assert "若取消，计划总成本增加" in done.out and "缺货损失" in done.out


def test_the_same_as_one_document_whose_lines_add_up(ran, plan):
    said = ran("explain", plan, "--sku", "A", "--lane", "sea", "--json", "--quiet").document
    assert (said["schema_version"], said["command"]) == (1, "explain")
    assert said["line"]["lane"] == "sea" and said["ways"][0]["kind"] == "best"
    for way in said["ways"]:
        assert sum(way["lines"].values()) == pytest.approx(way["difference"], abs=1e-6)
        assert way["proven_least"] <= way["difference"] <= way["proven_most"]


def test_names_that_are_not_there_are_told_with_the_nearest_one(ran, plan):
    ran("explain", plan, "--sku", "B", "--lane", "sea").assert_told(2, "knows no SKU 'B'")
    ran("explain", plan, "--sku", "A", "--lane", "seas").assert_told(2, "Did you mean 'sea'")
    ran("explain", plan, "--sku", "A", "--location", "wesst").assert_told(2, "Did you mean 'west'")
    ran("explain", plan, "--sku", "A", "--region", "X").assert_told(2, "knows no region")
    ran("explain", plan, "--sku", "A", "--lane", "sea", "--date", "yesterday").assert_told(2, "yesterday")


def test_a_question_that_names_no_line_is_answered_with_the_lines_there_are(ran, plan):
    ran("explain", plan, "--sku", "A").assert_told(2, "Name --lane, --region or --location", "sea on 2026-06-01")


def test_several_shipments_are_listed_with_their_days(ran, tmp_path):
    wanted = [{"sku": "A", "region": "W", "starts_on": "2026-06-01", "days": 21, "mean": 30}]
    stock = [{"location": "home", "sku": "A", "units": 5}]
    coming = [{"destination": "home", "sku": "A", "units": 5, "arrives_on": "2026-06-08"}]
    shop = toy_folder(tmp_path / "shop", demand=wanted, opening_stock=stock, in_transit=coming)
    assert ran("plan", shop, "--quiet", "--out", tmp_path / "plan").code == 0
    words = ("explain", tmp_path / "plan", "--sku", "A", "--lane", "sea")
    ran(*words).assert_told(2, "2 times", "2026-06-01 (5)", "--date")
    assert ran(*words, "--date", "2026-06-01", "--quiet").code == 0


def test_an_impossible_line_is_explained_all_the_same(ran, plan):
    done = ran("explain", plan, "--sku", "A", "--lane", "sea", "--date", "2027-01-01", "--quiet")
    assert done.code == 0 and "The day lies after the plan" in done.out


def test_a_folder_that_is_no_plan_or_torn_or_of_another_version_is_refused(ran, shop, plan: Path):
    words = ("--sku", "A", "--lane", "sea")
    ran("explain", shop, *words).assert_told(3, "this is no plan folder")
    ship = (plan / "ship.csv").read_text("utf-8-sig")
    (plan / "ship.csv").write_text(ship.replace("sea", "air"), "utf-8-sig")
    ran("explain", plan, *words).assert_told(3, "it was changed after the plan was made")
    facts = json.loads((plan / "manifest.json").read_text("utf-8"))
    (plan / "manifest.json").write_text(json.dumps({**facts, "schema_version": 99}), "utf-8")
    ran("explain", plan, *words).assert_told(3, "schema version 1")
