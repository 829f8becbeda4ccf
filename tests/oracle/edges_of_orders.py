"""Edges of orders, lanes and docks; each docstring works the least cost out by hand."""

from __future__ import annotations

from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import BUY, FACTORY, at, bought
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import BASE, Row, toy
from tests.oracle.edges import costs

EUROS: list[Row] = [{"currency": "EUR", "rate": 1.0}, {"currency": "EUR", "rate": 1.3, "valid_from": "2026-06-08"}]
STRAIGHT: Row = {"location": "factory", "region": "W", "delivery_days": 9, "duty_included": True}
BOXES = {
    "skus": [{"sku": "A", "case_pack": 5, "unit_volume_m3": 0.3}],
    "container_types": [
        {"container_type": "box", "volume_m3": 1, "payload_kg": 1000},
        {"container_type": "big", "volume_m3": 3, "payload_kg": 5000},
    ],
    "freight_rates": [rate("container", 10, container_type="box")],
}


@costs(300)
def a_case_for_each_of_six_warehouses() -> Scenario:
    """Each of six regions wants one unit, at 500, and has a warehouse of its own, two weeks away; cases hold 10. So 60
    units are bought at 5 in the one week that is early enough, though only 6 are wanted."""
    number = range(6)
    sea = {"origin": "home", "lead_time_days": 14, "duty_included": True}
    return bought(
        want={f"A R{n}": [0, 0, 1] for n in number},
        locations=[*FACTORY[:1], FACTORY[2]]
        + [{"location": f"w{n}", "kind": "overseas", "country": "US"} for n in number],
        regions=[{"region": f"R{n}", "country": "US"} for n in number],
        prices=[{"sku": "A", "region": f"R{n}", "price": 500} for n in number],
        lanes=[{"lane": "buy", "origin": "factory", "destination": "home", "lead_time_days": 0}]
        + [{**sea, "lane": f"sea {n}", "destination": f"w{n}"} for n in number],
        delivery_lanes=[{"location": f"w{n}", "region": f"R{n}", "delivery_days": 1} for n in number],
        skus=[{"sku": "A", "case_pack": 10}],
    )


@costs(800)
def a_least_value_in_dear_money() -> Scenario:
    """The factory asks for 100 dinars of 8: 160 units at 5, of which 10 are sold at 200."""
    return bought(
        suppliers=[{"supplier": "factory", "minimum_order_value": 100, "currency": "KWD"}],
        exchange_rates=[{"currency": "KWD", "rate": 8.0}],
        prices=[{"sku": "A", "region": "W", "price": 200}],
    )


@costs(130)
def a_least_value_of_the_week_of_the_order() -> Scenario:
    """In the first week nothing may leave; in the second a euro costs 1.3, so 26 units at 5 are worth 100 euros."""
    return bought(
        want={"A": [0, 0, 10]},
        suppliers=[{"supplier": "factory", "minimum_order_value": 100, "currency": "EUR"}],
        exchange_rates=EUROS,
        locks=[{"lane": "buy", "sku": "A", "date": "2026-06-01", "most": 0}],
    )


@costs(40)
def goods_and_least_value_in_money_that_falls() -> Scenario:
    """The order is worth 400 on Monday, when the unit costs 5 yuan of 1: 80 units. On Wednesday they are paid, when a
    yuan costs 0.1: 40."""
    return bought(
        periods=(7, 7),
        want={"A": [0, 10]},
        suppliers=[{"supplier": "factory", "minimum_order_value": 400}],
        exchange_rates=[
            {"currency": "CNY", "rate": 1.0},
            {"currency": "CNY", "rate": 0.1, "valid_from": "2026-06-02"},
        ],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "currency": "CNY"}],
        lanes=[{**BUY[0], "lead_time_days": 5, "sailing_weekdays": "Wed"}],
        prices=[{"sku": "A", "region": "W", "price": 200}],
    )


@costs(400)
def orders_filled_up_every_week() -> Scenario:
    """One of B is wanted in each of four weeks, at 1000, and too bulky to wait: an order a week, which 19 of A fill up
    to 100. A takes no room."""
    return bought(
        periods=(7,) * 5,
        minimum=100,
        codes=("A", "B"),
        want={"B": [0, 1, 1, 1, 1], "A": [0, 0, 0, 0, 1]},
        skus=[{"sku": "A", "unit_volume_m3": 1e-12}, {"sku": "B"}],
        prices=[{"sku": "B", "region": "W", "price": 1000}, {"sku": "A", "region": "W", "price": 10}],
        storage_rates=[{"location": "west", "per_m3_day": 2000}],
    )


@costs(25)
def units_made_to_order_are_no_order() -> Scenario:
    """5 go straight to customers at 5; neither the least order of 25 units nor that of 100 asks for more."""
    return bought(
        minimum=100,
        want={"A": [5, 0, 0]},
        delivery_lanes=[STRAIGHT],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "moq": 25}],
    )


@costs(10.5)
def a_target_beyond_a_hub() -> Scenario:
    """9 stand in the west, one is sold, and 3 are asked for at home, a week away over a hub: 3 x 0.5 x 7 for the
    first week."""
    return toy(
        want={"A": [1, 0, 0]},
        locations=[*BASE["locations"], {"location": "hub", "kind": "domestic", "country": "CN"}],
        lanes=[
            {"lane": "back", "origin": "west", "destination": "hub", "lead_time_days": 7, "duty_included": True},
            {"lane": "on", "origin": "hub", "destination": "home", "lead_time_days": 0},
        ],
        opening_stock=[at("west", 9)],
        stock_targets=[{"location": "home", "sku": "A", "least_units": 3, "price_per_unit_day": 0.5}],
    )


@costs(30)
def a_rate_for_containers_that_does_not_hold_yet() -> Scenario:
    """Three boxes at 10. The docks have a rate per container, so cases pay nothing, but it holds later: nothing."""
    later = {"location": "west", "basis": "container", "rate": 8, "valid_from": "2026-07-08"}
    return toy(**BOXES, handling_rates=[{"location": "west", "basis": "case", "rate": 2}, later])


@costs(30)
def a_rate_for_containers_of_another_type() -> Scenario:
    """Three boxes at 10; only big containers pay at the docks."""
    other = {"location": "west", "basis": "container", "container_type": "big", "rate": 8}
    return toy(**BOXES, handling_rates=[{"location": "west", "basis": "case", "rate": 2}, other])


@costs(9)
def an_entry_of_the_day_of_arrival() -> Scenario:
    """An entry costs 7, and 9 from the day on which the goods enter."""
    entry = {"customs_territory": "US", "kind": "freight", "rate": 0}
    return toy(
        lanes=[{**BASE["lanes"][0], "duty_included": False}],
        duty_rates=[{**entry, "per_entry": 7}, {**entry, "per_entry": 9, "valid_from": "2026-06-08"}],
    )


@costs(140)
def two_locks_on_one_shipment() -> Scenario:
    """At most 3 leave on any departure, though 7 might on the first: 7 x 20 are lost."""
    return toy(
        locks=[
            {"lane": "sea", "sku": "A", "most": 3},
            {"lane": "sea", "sku": "A", "date": "2026-06-01", "most": 7},
        ]
    )
