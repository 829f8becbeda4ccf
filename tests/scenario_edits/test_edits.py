"""What one scenario says otherwise than another, on toys."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from optimizer.report.changes.reasons import edit_told
from optimizer.scenario.edits import edits
from tests.formulation.toys import demand_rows, toy

SHIP = {"destination": "west", "sku": "A", "arrives_on": "2026-06-10", "units": 144}
DUTY = {"origin_country": "CN", "customs_territory": "US", "hs_prefix": "8517", "kind": "freight", "rate": 0.1}


def told(before: dict, after: dict, language: str = "en") -> list[str]:
    """The sentences of what two toys say otherwise."""
    found = edits(toy(**before), toy(**after))
    return [edit_told(edit, language) for table in found.values() for edit in table]


def both(name: str, before: list[dict], after: list[dict], language: str = "en") -> list[str]:
    return told({name: before}, {name: after}, language)


def rates(*rows: dict) -> dict:
    return {"freight_rates": [{"lane": "sea", "basis": "kg", **row} for row in rows]}


def test_a_cell_is_named_by_its_table_the_keys_that_say_something_and_its_column():
    before, after = rates({"rate": 14.7}), rates({"rate": 18.7})
    assert told(before, after) == ["freight_rates sea, kg: rate 14.7 -> 18.7"]
    assert told(before, after, "zh") == ["运费 sea，kg：费率 14.7 → 18.7"]


def test_keys_that_are_numbers_or_days_say_what_they_are():
    broken = {"from_quantity": 100, "valid_from": "2026-06-09"}
    before, after = (rates({"rate": 3}, {"rate": rate, **broken}) for rate in (2, 1))
    assert told(before, after) == ["freight_rates sea, kg, from_quantity 100, valid_from 2026-06-09: rate 2 -> 1"]


def test_a_late_ship_is_told_as_such():
    late = {**SHIP, "arrives_on": "2026-07-08"}
    assert both("in_transit", [SHIP], [late]) == [
        "in_transit: 144 units of A to west are 28 days late (2026-06-10 -> 2026-07-08)"
    ]
    assert both("in_transit", [late], [SHIP], "zh") == [
        "在途：A 发往 west 的 144 件早到 28 天（2026-07-08 → 2026-06-10）"
    ]


def test_a_ship_with_fewer_units_on_another_day_is_told_for_both():
    assert both("in_transit", [SHIP], [{**SHIP, "arrives_on": "2026-06-11", "units": 100}]) == [
        "in_transit: 100 units of A to west are 1 day late (2026-06-10 -> 2026-06-11)",
        "in_transit west, A: units 144 -> 100",
    ]


def test_of_several_ships_those_with_the_same_units_belong_together():
    other = {**SHIP, "arrives_on": "2026-06-12", "units": 50}
    moved = [{**SHIP, "arrives_on": "2026-06-20"}, {**other, "arrives_on": "2026-06-13"}]
    assert both("in_transit", [SHIP, other], moved) == [
        "in_transit: 144 units of A to west are 10 days late (2026-06-10 -> 2026-06-20)",
        "in_transit: 50 units of A to west are 1 day late (2026-06-12 -> 2026-06-13)",
    ]


def test_ships_that_one_scenario_lacks_are_new_or_gone():
    assert both("in_transit", [], [SHIP]) == ["in_transit west, A, arrives_on 2026-06-10: new, units 144"]
    assert both("in_transit", [SHIP], []) == ["in_transit west, A, arrives_on 2026-06-10: gone, units 144"]


def test_a_tariff_date_is_a_day_that_moves_and_not_another_row():
    before, after = ({**DUTY, "valid_from": day} for day in ("2026-06-08", "2026-06-15"))
    assert both("duty_rates", [{**DUTY, "rate": 0}, before], [{**DUTY, "rate": 0}, after]) == [
        "duty_rates CN, US, 8517, freight: valid_from 2026-06-08 -> 2026-06-15"
    ]


def test_an_empty_cell_is_told_as_none():
    assert told(rates({"rate": 3}), rates({"rate": 3, "volumetric_divisor": 6000})) == [
        "freight_rates sea, kg: volumetric_divisor none -> 6,000"
    ]


def test_stock_is_told_by_location_and_product_however_many_lots():
    lots = [{"location": "home", "sku": "A", "received_on": f"2026-05-0{day}", "units": 50} for day in (1, 2)]
    assert both("opening_stock", lots, lots[:1]) == ["opening_stock of home, A: 100 -> 50 units"]
    older = [{**lots[0], "received_on": "2026-04-01"}, lots[1]]
    assert both("opening_stock", lots, older) == [
        "opening_stock of home, A: 100 units as before, otherwise in their days, regions or spread"
    ]


def test_demand_is_told_by_product_the_largest_change_first():
    before = {"want": {"A": [1, 2, 3], "B": [10, 10, 10], "C": [5, 5, 5]}}
    after = {"want": {"A": [2, 3, 3], "B": [0, 0, 0], "C": [10, 0, 5]}}
    assert told(before, after) == [
        "demand of B: 30 -> 0 units",
        "demand of A: 6 -> 8 units",
        "demand of C: 15 units as before, otherwise in their days, regions or spread",
    ]


def test_demand_that_is_over_says_nothing_and_a_week_that_has_begun_says_what_is_left_of_it():
    before, after = toy(want={"A": [7, 14, 7]}), toy(want={"A": [70, 28, 7]})
    on = dt.date(2026, 6, 12)  # three of seven days are left
    found = edits(*(replace(one, settings=replace(one.settings, starts_on=on)) for one in (before, after)))
    assert [edit_told(edit) for edit in found["demand"]] == ["demand of A: 13 -> 19 units"]


def test_notes_names_the_order_of_rows_and_rounding_are_no_difference():
    rows = demand_rows({"A": [1, 2, 3]})
    ships = [SHIP, {**SHIP, "arrives_on": "2026-06-12"}]
    one = toy(demand=rows, in_transit=ships, skus=[{"sku": "A", "name": "lamp"}])
    noted = [{**row, "note": "seen", "units": row["units"] + 1e-5} for row in reversed(ships)]
    other = toy(demand=rows[::-1], in_transit=noted, skus=[{"sku": "A", "name": "a lamp"}])
    assert edits(one, other) == {}


def test_settings_are_told_but_not_those_of_the_run():
    one = toy()
    settings = replace(one.settings, capital_rate=0.12, name="other", starts_on=dt.date(2026, 6, 8), language="zh")
    found = edits(one, replace(one, settings=settings))
    assert [edit_told(edit) for edit in found["settings"]] == ["capital_rate 0 -> 0.12"]


def test_sample_paths_are_drawn_as_a_whole():
    paths = [{"path": 1, "weight": 1.0}]
    two = [{"path": 1, "weight": 0.5}, {"path": 2, "weight": 0.5}]
    assert both("paths", paths, two) == ["paths: 2 rows in place of 1"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_row_without_a_number_that_must_be_told_is_new_or_gone_as_it_is(language):
    skus = [{"sku": "A"}, {"sku": "B"}]
    want = {"A": [0, 10, 0]}
    new = told(
        {"want": want},
        {"want": want, "regions": [{"region": "W", "country": "US"}, {"region": "E", "country": "US"}]},
        language,
    )
    assert new == [{"en": "regions E: new", "zh": "销售区域 E：新增"}[language]]
    gone = told({"want": want, "skus": skus}, {"want": want, "skus": skus[:1]}, language)
    assert gone == [{"en": "skus B: gone", "zh": "商品 B：已删"}[language]]
