"""`optimizer plan --last-plan`: what is held of an earlier plan, what its changes cost, which folders are refused."""

from __future__ import annotations

import datetime as dt
import shutil

import pandas as pd
import pytest

from optimizer import solve
from tests.cli.running import no_plan_with_a_fence, toy_folder


def wanted(units):
    """So many units in the second week, and nothing for weeks after it."""
    weeks = [dt.date(2026, 6, 1) + dt.timedelta(days=7 * week) for week in range(6)]
    return [{"sku": "A", "region": "W", "starts_on": str(day), "days": 7, "mean": units * (week == 1)}
            for week, day in enumerate(weeks)]  # fmt: skip


@pytest.fixture
def after(ran, shop, tmp_path, made):
    """Plans a shop with other demand or tables after the plan of the shop, or after another folder."""

    def planned(units=10, last=made, words=(), **changes):
        shutil.rmtree(tmp_path / "own", ignore_errors=True)
        own = toy_folder(tmp_path / "own", demand=wanted(units), **changes)
        text = (own / "scenario.toml").read_text("utf-8")
        for old, new in words:
            assert old in text
            text = text.replace(old, new)
        (own / "scenario.toml").write_text(text, "utf-8")
        return ran("plan", own, "--last-plan", last, "--quiet", "--out", tmp_path / "plan")

    return planned


def shipped(tmp_path):
    table = pd.read_csv(tmp_path / "plan" / "ship.csv", encoding="utf-8-sig")
    return dict(zip(table["lane"], table["units"], strict=True))


@pytest.mark.parametrize(("fence", "bought"), [(7, 5), (0, 9)])
def test_what_falls_due_within_the_fence_is_held_whatever_the_demand(after, tmp_path, fence, bought):
    # The last plan ships five by sea and buys five; four more are wanted now.
    assert after(14, frozen_days=fence, change_rate=0.001).code == 0
    assert shipped(tmp_path) == {"sea": 5, "buy": bought}


@pytest.mark.parametrize(("price", "bought"), [(0.5, 4), (1.5, 5)])
def test_a_unit_changes_where_that_saves_more_than_its_price(after, ran, tmp_path, price, bought):
    # One unit less is wanted: not to buy it saves 5, to change the plan by it costs 5 x the rate.
    done = after(9, change_rate=price)
    assert done.code == 0, done
    assert shipped(tmp_path) == {"sea": 5, "buy": bought}
    costs = pd.read_csv(tmp_path / "plan" / "costs.csv", encoding="utf-8-sig").set_index("line")["amount"]
    assert costs["change_of_plan"] == pytest.approx(5 * price * (5 - bought))
    told = pd.read_csv(tmp_path / "plan" / "inputs" / "last_plan.csv", encoding="utf-8-sig")
    assert sorted(zip(told["lane"], told["units"], strict=True)) == [("buy", 5), ("sea", 5)]
    assert ran("verify", tmp_path / "plan").code == 0


def test_without_a_last_plan_the_same_change_is_free(ran, tmp_path):
    own = toy_folder(tmp_path / "own", demand=wanted(9), change_rate=1.5)
    assert ran("plan", own, "--quiet", "--out", tmp_path / "plan").code == 0
    assert shipped(tmp_path)["buy"] == 4


def test_of_what_is_no_longer_there_less_is_held_and_told(after, tmp_path):
    done = after(10, frozen_days=7, opening_stock=[{"location": "home", "sku": "A", "units": 3}])
    assert done.code == 0 and "held are 3 of 5 units of A on sea" in done.err
    assert shipped(tmp_path) == {"sea": 3, "buy": 5}


def test_the_folder_takes_the_place_of_a_table_and_that_is_told(after, tmp_path):
    table = [{"lane": "buy", "sku": "A", "departs_on": "2026-06-01", "units": 7}]
    done = after(10, change_rate=1.5, last_plan=table)
    assert done.code == 0 and "The table last_plan of the scenario is not used" in done.err
    assert shipped(tmp_path)["buy"] == 5


def test_a_fence_that_leaves_no_plan_is_lifted_and_told(after, monkeypatch):
    no_plan_with_a_fence(monkeypatch)
    done = after(10, frozen_days=7)
    assert done.code == 0 and "the fence is not used" in done.err


def test_the_search_begins_with_the_last_plan_unless_another_is_named(ran, made, tmp_path, monkeypatch):
    own, searched, given = toy_folder(tmp_path / "own", change_rate=0.5), solve.plan, []
    monkeypatch.setattr(solve, "plan", lambda *words, **more: (given.append(more["means"]), searched(*words))[1])
    ran("plan", own, "--last-plan", made, "--quiet")
    assert given[0].start.shipped["units"].sum() == 10


def test_plans_of_another_scenario_or_currency_are_refused_all_at_once(after, tmp_path):
    done = after(words=[('"toy"', '"other"'), ('"USD"', '"EUR"')], change_rate=0.5)
    done.assert_told(3, "2 problems", "= 'toy': it is a plan of another scenario than 'other'", "reckons in EUR")
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-05-31", "it begins after this plan, which begins on 2026-05-31"),
        ("2026-06-22", "it ends on 2026-06-21, before this plan begins on 2026-06-22"),
    ],
)
def test_plans_of_another_time_are_refused(after, day, words):
    after(words=[("2026-06-01", day)], change_rate=0.5).assert_told(3, words, "Name the folder of an earlier plan")


def test_a_plan_of_the_day_before_is_taken(after):
    assert after(words=[("2026-06-01", "2026-06-02")], change_rate=0.5).code == 0


def test_where_no_setting_lets_it_matter_a_last_plan_is_refused(after):
    after().assert_told(3, "change_rate", "a last plan would say nothing", "Set change_rate or frozen_days")


def test_a_folder_that_is_no_plan_or_torn_is_refused(after, shop, plan, tmp_path):
    after(last=shop, change_rate=0.5).assert_told(3, "this is no plan folder")
    after(last=tmp_path / "nowhere", change_rate=0.5).assert_told(3, "this is no plan folder")
    (plan / "inputs" / "skus.csv").unlink()
    after(last=plan, change_rate=0.5).assert_told(3, "inputs/skus.csv", "it is missing")
