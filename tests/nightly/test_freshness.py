"""Stock and sales that are too old: refused, or planned with a warning, by settings and by options."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from optimizer.nightly.freshness import ahead, stale
from optimizer.scenario.settings import NightlySettings
from tests.formulation.toys import toy
from tests.nightly.conftest import ONE_STORE
from tests.nightly.test_nightly_run import listed

STOCK = [{"location": "home", "sku": "A", "units": 5, "counted_on": "2026-05-30"},
         {"location": "west", "sku": "A", "units": 5, "counted_on": "2026-06-01"}]  # fmt: skip


def night(day):
    return dt.date(2026, 6, day)


def columns(problems):
    return [(problem.table, problem.row, problem.column, problem.value) for problem in problems]


def test_stock_is_as_of_the_first_day_where_no_count_is_dated():
    assert not stale(toy(), night(3))
    assert columns(stale(toy(), night(4))) == [("settings", 0, "starts_on", "2026-06-01")]
    assert "the stock is 3 days old in the night of 2026-06-04; at most 2 are allowed" in str(stale(toy(), night(4))[0])


def test_each_warehouse_has_an_age_of_its_own():
    scenario = toy(opening_stock=STOCK)
    assert not stale(scenario, night(1))
    assert columns(stale(scenario, night(2))) == [("opening_stock", 2, "counted_on", "2026-05-30")]
    assert columns(stale(scenario, night(4))) == [
        ("opening_stock", 2, "counted_on", "2026-05-30"), ("opening_stock", 3, "counted_on", "2026-06-01")
    ]  # fmt: skip


def test_the_newest_count_of_a_warehouse_counts():
    stock = [STOCK[0], {"location": "home", "sku": "B", "units": 1, "counted_on": "2026-06-02"}]
    assert not stale(toy(opening_stock=stock, skus=[{"sku": "A"}, {"sku": "B"}]), night(4))


def test_sales_are_as_old_as_the_last_day_of_their_last_bucket():
    sales = [{"sku": "A", "region": "W", "date": day, "days": 7, "units": 3} for day in ("2026-05-11", "2026-05-18")]
    scenario = toy(sales=sales, opening_stock=STOCK[1:])
    found = stale(replace(scenario, settings=replace(scenario.settings, nightly=NightlySettings(30, 7))), night(1))
    assert columns(found) == [("sales", 3, "date", "2026-05-24")]
    allowed = replace(scenario, settings=replace(scenario.settings, nightly=NightlySettings(30, 8)))
    assert not stale(allowed, night(1))


def test_what_is_dated_after_the_night_is_noted():
    stock = [{**STOCK[0], "counted_on": "2026-06-09"}]
    told = list(ahead(toy(opening_stock=stock), dt.date(2026, 5, 20)))
    assert told == [
        "The horizon starts on 2026-06-01, 12 days after the night of 2026-05-20.",
        "Stock is counted on 2026-06-09, after the night of 2026-05-20.",
    ]
    assert not list(ahead(toy(), night(1)))


@ONE_STORE
def test_old_stock_is_refused_and_the_plan_in_force_stays(ran, shop, store):
    words = ("nightly", shop, "--store", store, "--quiet", "--night")
    assert ran(*words, "2026-06-02").code == 0
    done = ran(*words, "2026-06-09")
    done.assert_told(3, "the stock is 8 days old", "The plan of run 1 (night of 2026-06-02) stays in force",
                     "nightly.stock_days_old or --stock-days")  # fmt: skip
    assert listed(ran, store)[0]["problems"][0]["column"] == "starts_on"


@ONE_STORE
@pytest.mark.parametrize("how", ["option", "setting"])
def test_old_stock_is_planned_with_a_warning_where_that_is_asked_for(ran, shop, store, how):
    if how == "setting":
        toml = shop / "scenario.toml"
        toml.write_text(toml.read_text("utf-8").replace('"refuse"', '"warn"'), "utf-8")
    more = ["--when-stale", "warn"] if how == "option" else []
    done = ran("nightly", shop, "--store", store, "--quiet", "--night", "2026-06-09", *more)
    assert done.code == 0 and "Note: settings, starts_on = '2026-06-01': the stock is 8 days old" in done.err
    assert "8 days old" in listed(ran, store)[0]["notes"][-1]
    assert "8 days old" in ran("runs", "show", "--store", store).out


@ONE_STORE
def test_an_option_comes_before_the_setting(ran, shop, store):
    words = ("nightly", shop, "--store", store, "--quiet", "--night", "2026-06-02")
    ran(*words, "--stock-days", 0).assert_told(3, "at most 0 are allowed")
    toml = shop / "scenario.toml"
    toml.write_text(toml.read_text("utf-8").replace("stock_days_old = 2", "stock_days_old = 0"), "utf-8")
    assert ran(*words, "--stock-days", 1).code == 0
