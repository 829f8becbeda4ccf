"""Rates that a plan needs and that are not there are named before it begins."""

from __future__ import annotations

from optimizer.rates.missing import missing_rates
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import BASE, toy

DUTIABLE = [{**BASE["lanes"][0], "duty_included": False}]
DUTY = {"customs_territory": "US", "kind": "freight", "rate": 0.1}


def named(**changes: object) -> list[tuple[str, str]]:
    return [(problem.table, problem.rule) for problem in missing_rates(toy(**changes))]


def test_a_scenario_with_all_its_rates_is_in_order():
    assert named() == []
    assert named(lanes=DUTIABLE, duty_rates=[DUTY], freight_rates=[rate("kg", 1)]) == []


def test_a_departure_before_the_first_rate_is_named():
    ((table, rule),) = named(freight_rates=[rate("kg", 1, valid_from="2026-06-02")])
    assert table == "freight_rates"
    assert "2026-06-01" in rule


def test_every_basis_of_a_lane_must_be_in_force():
    ((_, rule),) = named(freight_rates=[rate("kg", 1), rate("departure", 5, valid_from="2026-06-09")])
    assert "departure" in rule


def test_goods_that_enter_a_territory_without_a_rate_are_named():
    ((table, rule),) = named(lanes=DUTIABLE, duty_rates=[{**DUTY, "hs_prefix": "61"}])
    assert table == "duty_rates"
    assert "freight" in rule
    assert "such as A" in rule


def test_a_rate_must_be_known_on_every_day_of_arrival():
    found = named(lanes=DUTIABLE, duty_rates=[{**DUTY, "valid_from": "2026-06-09"}])
    assert "2026-06-08" in found[0][1]
    assert named(lanes=DUTIABLE, duty_rates=[{**DUTY, "valid_from": "2026-06-08"}]) == []


def test_parcels_need_a_rate_of_their_own():
    lane = {"location": "home", "region": "W", "delivery_days": 9}
    ((_, rule),) = named(delivery_lanes=[lane], duty_rates=[DUTY])
    assert "parcel" in rule
    assert named(delivery_lanes=[{**lane, "duty_included": True}]) == []
    assert named(delivery_lanes=[{**lane, "kind": "local"}]) == []
