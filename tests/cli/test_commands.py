"""Every command does its work: what it prints, what it writes, with which exit code."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from optimizer import __version__
from optimizer.plan.folder import read_plan
from optimizer.scenario.read import read
from optimizer.scenario.template import starter
from tests.scenario.starter_files import same


@pytest.mark.parametrize("name", ["shop", "shop.xlsx"])
def test_new_writes_a_starter_that_check_finds_in_order(ran, tmp_path, name):
    made = ran("new", tmp_path / name)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"A starter scenario stands in {tmp_path / name}.")
    same(read(tmp_path / name), starter())
    checked = ran("check", tmp_path / name)
    assert (checked.code, checked.err) == (0, "")
    assert checked.out.startswith("No problems: starter can be planned.\n  Rows: skus 3, prices 6,")
    assert max(map(len, checked.out.split("\n"))) <= 100


def test_new_speaks_chinese_when_asked(ran, tmp_path):
    assert ran("new", tmp_path / "shop", "--language", "zh").code == 0
    assert (tmp_path / "shop" / "skus.csv").read_text("utf-8-sig").startswith("SKU,品名,")
    assert read(tmp_path / "shop").settings.language == "zh"


def test_check_voices_doubts_but_does_not_refuse(ran, own_shop):
    text = (own_shop / "skus.csv").read_text("utf-8-sig")
    (own_shop / "skus.csv").write_text(text.replace(",0.01,", ",10000,"), "utf-8")
    done = ran("check", own_shop)
    assert (done.code, done.err) == (0, "")
    assert "Worth a look, though it may be meant:\n  skus, sku = 'A': a m3 of it would weigh 0.0001 kg." in done.out
    assert [doubt["table"] for doubt in ran("check", own_shop, "--json").document["doubts"]] == ["skus"]


def test_what_is_odd_in_demand_is_told_by_check_and_in_the_language_of_the_plan(ran, own_shop):
    table = pd.read_csv(own_shop / "demand.csv")
    table.assign(spread=1e6).to_csv(own_shop / "demand.csv", index=False)
    assert "is more than ten times their mean" in " ".join(ran("check", own_shop).out.split())
    for language, said in (("en", "more than ten times"), ("zh", "超过均值的十倍")):
        told = ran("plan", own_shop, "--language", language, "--json", "--seconds", "5").document["doubts"]
        assert [said in doubt["rule"] for doubt in told] == [True]


def test_plan_prints_the_summary_and_writes_nothing_unasked(ran, shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = ran("plan", shop, "--quiet")
    # Five units are at home, five more are bought at 5 and arrive in time: nothing is lost, and only goods cost money.
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        "toy: plan from 2026-06-01 to 2026-06-21, money in USD\nWithin the gap asked for (0.5%)."
    )
    assert "Total cost         25  " in done.out
    assert "PO001  factory   2026-06-01  2026-06-01     1      5      25  USD" in done.out
    assert list(tmp_path.iterdir()) == []


def test_plan_writes_a_folder_that_verify_finds_in_order(ran, shop, tmp_path):
    done = ran("plan", shop, "--out", tmp_path / "deep" / "plan", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert (
        done.out.endswith("plan.xlsx (warehouse, forwarder), summary.txt, and the tables as CSV.\n")
        or "Written to" in done.out
    )
    there = {path.name for path in (tmp_path / "deep" / "plan").iterdir()}
    assert {
        "manifest.json",
        "inputs",
        "plan.xlsx",
        "summary.txt",
        "ship.csv",
        "purchases.csv",
        "departures.csv",
    } <= there
    summary = (tmp_path / "deep" / "plan" / "summary.txt").read_text("utf-8")
    assert done.out.startswith(summary.rstrip("\n"))
    verified = ran("verify", tmp_path / "deep" / "plan")
    assert (verified.code, verified.err) == (0, "")
    assert verified.out == "The plan keeps every rule; its costs add up to 25.00 USD.\n"


def test_describe_shows_the_blocks_and_says_the_equations_when_asked(ran, shop):
    brief = ran("describe", shop)
    full = ran("describe", shop, "--equations")
    assert brief.code == full.code == 0 and brief.err == full.err == ""
    assert "stock_balance" in brief.out and "on_hand" in brief.out
    assert full.out.startswith(brief.out)
    assert "stock_balance: Carried over + arrivals" in full.out
    assert "lost_sales: " in full.out


@pytest.mark.parametrize("ending", ["mps", "lp", "MPS"])
def test_export_writes_the_program(ran, shop, tmp_path, ending):
    file = tmp_path / f"toy.{ending}"
    done = ran("export", shop, file)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{file}: ")
    assert "stock_balance(0)" in file.read_text()


def test_generate_writes_a_scenario_of_the_size_that_was_asked_for(ran, tmp_path):
    done = ran("generate", "--skus", 3, "--seed", 5, "--set", "overseas=1", "--set", "weeks=3", "--out", tmp_path / "g")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"generated: 3 SKUs in {tmp_path / 'g'}. Plan it with: optimizer plan ")
    made = read(tmp_path / "g")
    assert len(made["skus"]) == 3 and made.settings.periods == (7, 7, 7)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("new", "made"), "path"),
        (("check", "shop"), "rows"),
        (("describe", "shop", "--equations"), "equations"),
        (("export", "shop", "toy.mps"), "columns"),
        (("generate", "--skus", "2", "--set", "weeks=2", "--out", "made"), "rows"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_every_command_prints_one_json_document_when_asked(ran, shop, tmp_path, monkeypatch, words, key):
    monkeypatch.chdir(tmp_path)
    done = ran(*(shop if word == "shop" else word for word in words), "--json", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert done.document["schema_version"] == 1
    assert done.document["command"] == words[0]
    assert done.document[key]


def test_verify_prints_one_json_document_when_asked(ran, made):
    assert ran("verify", made, "--json").document == {
        "schema_version": 1,
        "command": "verify",
        "plan": str(made),
        "violations": [],
        "total_cost": 25.0,
        "bound": 25.0,
    }


def test_the_json_of_a_plan_agrees_with_its_folder(ran, shop, tmp_path):
    said = ran("plan", shop, "--out", tmp_path / "plan", "--json").document
    plan = read_plan(tmp_path / "plan")
    manifest = json.loads((tmp_path / "plan" / "manifest.json").read_text("utf-8"))
    assert (said["schema_version"], said["command"]) == (1, "plan")
    assert said["total_cost"] == plan.total_cost == manifest["total_cost"]
    assert said["bound"] == plan.bound
    assert said["costs"] == plan.costs
    assert said["folder"] == str(tmp_path / "plan")


def test_the_version_is_told(ran):
    assert ran("--version").out == f"optimizer, version {__version__}\n"


@pytest.mark.parametrize(
    "words", [["check"], ["describe"], ["forecast"], ["plan", "--seconds", "5"], ["export", "a.lp"]]
)
def test_the_rules_of_the_tables_are_looked_at_once(ran, shop, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("optimizer.solve.problems", lambda scenario: pytest.fail("reading has seen that already"))
    assert ran(words[0], shop, *words[1:]).code == 0


def test_what_people_see_of_a_plan_is_made_once(ran, shop, tmp_path, monkeypatch):
    monkeypatch.setattr("optimizer.plan.folder.views", lambda *told: pytest.fail("the summary has made it already"))
    assert ran("plan", shop, "--out", tmp_path / "plan").code == 0
    assert (tmp_path / "plan" / "departures.csv").exists()
