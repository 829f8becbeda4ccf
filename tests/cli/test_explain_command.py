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


def test_a_whole_departure_is_asked_about_without_a_sku(ran, plan):
    done = ran("explain", plan, "--lane", "sea", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert "sea, leaves 2026-06-01, available 2026-06-08: 5 units of A, 0.1 m3, 5 kg" in done.out
    assert "It is charged nothing." in done.out and "Without it the plan costs" in done.out
    chinese = ran("explain", plan, "--lane", "sea", "--quiet", "--language", "zh").out
    assert "本航次没有费用。" in chinese and "若取消，计划总成本增加" in chinese


def test_a_departure_in_json_tells_what_is_aboard(ran, plan):
    said = ran("explain", plan, "--lane", "sea", "--date", "2026-06-03", "--json", "--quiet").document
    assert (said["line"]["kind"], said["line"]["departs_on"]) == ("departure", "2026-06-01")
    assert said["aboard"]["skus"] == {"A": 5.0} and said["aboard"]["charged"] == 0
    assert {"best", "without"} <= {way["kind"] for way in said["ways"]}


def test_without_a_sku_only_a_lane_can_be_asked_about(ran, plan):
    ran("explain", plan).assert_told(2, "Name the --sku whose line it is, or only a --lane and a --date")
    ran("explain", plan, "--region", "W").assert_told(2, "Name the --sku whose line it is")
    ran("explain", plan, "--lane", "sea", "--date", "2026-06-08").assert_told(2, "nothing aboard sea", "2026-06-01 (5)")


def test_a_plan_for_sample_paths_is_explained_by_what_is_expected(ran, tmp_path):
    wanted = [{"sku": "A", "region": "W", "starts_on": f"2026-06-{day:02d}", "days": 7, "mean": 10, "spread": 4}
              for day in (1, 8, 15)]  # fmt: skip
    shop = toy_folder(tmp_path / "shop", demand=wanted)
    assert ran("plan", shop, "--paths", 3, "--quiet", "--out", tmp_path / "plan").code == 0
    done = ran("explain", tmp_path / "plan", "--sku", "A", "--lane", "sea", "--quiet")
    assert done.code == 0, done
    assert "expected over 3 sample paths; this line is the same on all of them" in done.out.replace("\n", " ")
    chinese = ran("explain", tmp_path / "plan", "--sku", "A", "--region", "W", "--quiet", "--language", "zh")
    assert chinese.code == 0 and "所有数字为 3 条样本路径的期望值" in chinese.out
