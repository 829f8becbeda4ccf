"""What a little more is worth, by hand; and what is left undone, which rule is to blame, what would cure it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from optimizer.search.stored import PRICE_COLUMNS
from optimizer.studies.explain.rules import Worth
from optimizer.studies.explain.sentences import BLAME
from optimizer.studies.explain.text import text
from optimizer.studies.explain.undone import ROWS, WHOLE, Cure, Undone, undone
from tests.formulation.toys import BASE
from tests.studies.explaining import inquired, made, told

#: Fifteen are wanted in the second week, ten are at home: five sales of 20 are lost.
SHORT = {"want": {"A": [0, 15, 0]}}
SEA = BASE["lanes"][0]


def worth(rule: str, question: dict[str, str], prices: pd.DataFrame | None = None, **changes: Any) -> Worth:
    return next(one for one in told(made(**changes), prices=prices, **question).rules if one.rule == rule)


def left(question: dict[str, str], **changes: Any) -> Undone:
    (found,) = undone(*inquired(made(**changes), **question))
    return found


def cure(found: Undone, rule: str) -> Cure | None:
    return next((one for one in found.cures if one.rule == rule), None)


def test_one_more_unit_at_home_saves_a_lost_sale():
    found = worth("home_stock", {"lane": "sea"}, **SHORT)
    assert (found.names, found.amount, found.money) == ({"location": "home"}, 1, pytest.approx(20))


def test_one_more_case_is_worth_what_of_it_is_sold():
    skus = [{"sku": "A", "case_pack": 10}]
    found = worth("home_stock", {"lane": "sea"}, skus=skus, **SHORT)
    assert (found.amount, found.money, found.each) == (10, pytest.approx(5 * 20), pytest.approx(10))


def test_a_unit_overseas_has_the_shadow_price_of_a_sale():
    found = worth("stock", {"lane": "sea"}, **SHORT)
    assert (found.how, found.money, found.names["location"]) == ("shadow", pytest.approx(20), "west")


def test_a_weeks_notice_is_worth_the_sales_of_the_first_week():
    # What leaves on the first day is there a week later; decided a week ago it would serve the first week.
    found = worth("notice", {"lane": "sea"}, want={"A": [4, 6, 0]})
    assert found.money == pytest.approx(4 * 20)


def test_one_more_m3_aboard_takes_what_the_ship_left_behind():
    # 0.06 m3 take six units of 0.01 m3; one more m3 takes the other four.
    lanes = [{**SEA, "capacity_m3": 0.06}]
    found = worth("lane_capacity", {"lane": "sea", "date": "2026-06-01"}, lanes=lanes)
    assert (found.unit, found.money) == ("m3", pytest.approx(4 * 20))


def room(price: float) -> list[dict[str, Any]]:
    return [BASE["locations"][0],
            {**BASE["locations"][1], "storage_volume_m3": 0.05, "overflow_per_m3_day": price}]  # fmt: skip


def test_one_more_m3_of_room_saves_its_overflow_and_names_the_price_of_the_search():
    # Ten units of the third week, shipped in the first, would stand for a week; they must leave then: the lane closes.
    closures = [{"lane": "sea", "from": "2026-06-08", "until": "2026-06-21"}]
    known = pd.DataFrame([["storage_capacity", "", "west", "", "2026-06-08", -7.0]], columns=list(PRICE_COLUMNS))
    found = worth("storage_capacity", {"location": "west"}, known, want={"A": [0, 0, 10]}, closures=closures,
                  locations=room(10.0))  # fmt: skip
    # Of 0.1 m3 on hand at the end of the second week 0.05 overflow: 0.05 x 7 days x 10.
    assert (found.money, found.price) == (pytest.approx(3.5), pytest.approx(7))


def test_a_limit_with_room_to_spare_is_not_told():
    lanes = [{**SEA, "capacity_m3": 10.0}]
    assert {one.rule for one in told(made(lanes=lanes), lane="sea", date="2026-06-01").rules} == set()


def test_one_more_container_costs_its_charge_and_one_less_the_sales():
    boxes = {
        "container_types": [{"container_type": "box", "volume_m3": 1.0, "payload_kg": 1000}],
        "freight_rates": [{"lane": "sea", "basis": "container", "container_type": "box", "rate": 30}],
    }
    rules = {one.rule: one.money for one in told(made(**boxes), lane="sea", date="2026-06-01").rules}
    assert rules["container"] == pytest.approx(-30)
    assert rules["container_less"] == pytest.approx(30 - 200)


def test_sales_lost_for_want_of_stock_at_home_blame_it():
    found = left({"region": "W"}, **SHORT)
    assert (found.what, found.amount, found.money) == ("lost", pytest.approx(5), pytest.approx(100))
    assert found.least == pytest.approx(5)
    assert found.reachable == pytest.approx(0)
    blamed = cure(found, "home_stock")
    # Five more are bought at their declared value of 5.
    assert blamed is not None
    assert (blamed.units, blamed.price, blamed.saved) == (pytest.approx(5), pytest.approx(25), pytest.approx(75))


def test_sales_before_the_first_ship_blame_the_lead_time():
    found = left({"region": "W"}, want={"A": [4, 6, 0]})
    blamed = cure(found, "notice")
    assert blamed is not None and cure(found, "home_stock") is None
    assert (blamed.names, blamed.units, blamed.saved) == ({"days": 7}, pytest.approx(4), pytest.approx(80))


def test_sales_to_people_who_do_not_wait_blame_their_patience():
    patience = [{"region": "W", "days": 2, "share": 1.0}, {"region": "W", "days": 5, "share": 0.4}]
    found = left({"region": "W"}, delivery_patience=patience)
    assert found.amount == pytest.approx(6)
    blamed = cure(found, "patience")
    assert blamed is not None and blamed.saved == pytest.approx(6 * 20)
    said = [text(told(made(delivery_patience=patience), region="W"), language) for language in ("en", "zh")]
    assert "To blame most: customers who do not wait longer." in said[0] and "主要原因：客户不愿等更久。" in said[1]


@pytest.mark.parametrize("rule", [*ROWS, *WHOLE, "lane_capacity", "home_stock", "notice"])
def test_every_rule_that_can_be_let_go_can_be_blamed(rule):
    assert all(BLAME[rule])


def test_sales_that_cost_more_than_they_bring_are_not_worth_it():
    dear = [{"lane": "sea", "basis": "kg", "rate": 23.0}]
    found = left({"region": "W"}, freight_rates=dear)
    assert found.reachable == pytest.approx(10)
    assert found.forced.difference == pytest.approx(10 * (23 - 20), abs=1e-3)
    assert found.cures == []


def bought(moq: float) -> dict[str, Any]:
    """Nothing at home; a factory nearby sells at 5, what is not sold at the end is worth nothing."""
    return {
        "locations": [*BASE["locations"], {"location": "factory", "kind": "supplier", "country": "CN"}],
        "lanes": [SEA, {**SEA, "lane": "buy", "origin": "factory", "destination": "home", "lead_time_days": 0}],
        "sourcing": [{"sku": "A", "supplier": "factory", "unit_cost": 5, "moq": moq}],
        "opening_stock": [],
        "want": {"A": [0, 10, 0]},
    }  # fmt: skip


def test_a_least_order_that_is_too_large_is_to_blame():
    found = left({"region": "W"}, **bought(100))
    blamed = cure(found, "minimum_order")
    # A hundred cost 500 for sales of 200; without the least order ten cost 50.
    assert found.forced.difference == pytest.approx(500 - 200)
    assert blamed is not None and (blamed.units, blamed.saved) == (pytest.approx(10), pytest.approx(150))


def test_a_full_ship_is_to_blame():
    found = left({"region": "W"}, lanes=[{**SEA, "capacity_units": 6}])
    blamed = cure(found, "lane_capacity")
    assert blamed is not None and blamed.units == pytest.approx(4)


def test_a_missed_stock_target_is_explained_by_its_location():
    targets = [{"location": "west", "sku": "A", "least_units": 8, "price_per_unit_day": 0.1}]
    found = left({"location": "west"}, stock_targets=targets)
    # Nothing is there in the first week; ten sold in the second leave none then and later: 3 x 8 short, at 0.7 each.
    assert (found.what, found.amount) == ("target_shortfall", pytest.approx(24))
    assert found.money == pytest.approx(24 * 0.7)
