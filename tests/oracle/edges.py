"""Sellers at the edge of what MODEL.md says; each docstring works the least cost out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import BUY, FACTORY, at, bought
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import BASE, Row, toy

#: Scenarios and their least costs.
EDGES: list[tuple[Callable[[], Scenario], float]] = []
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
TRADER: list[Row] = [*BASE["regions"], {"region": "trader", "country": "US", "kind": "clearance"}]


def costs(amount: float) -> Callable[[Callable[[], Scenario]], Callable[[], Scenario]]:
    """Register a scenario with its least cost."""

    def register(make: Callable[[], Scenario]) -> Callable[[], Scenario]:
        EDGES.append((make, amount))
        return make

    return register


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


@costs(0)
def stock_where_no_way_leads() -> Scenario:
    """The factory makes A, but no lane leads from it to the west: what 4 units would cost there is not known, so they
    are worth nothing to the demand after the horizon."""
    return toy(
        (7,),
        {"A": [0, 10, 10]},
        end_stock="matched",
        locations=FACTORY,
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5}],
        opening_stock=[at("west", 4)],
    )


@costs(-28)
def stock_for_a_trader_where_no_way_leads() -> Scenario:
    """Likewise, but a trader takes them at 7, which no landed cost limits."""
    return toy(
        (7,),
        {"A": [0, 0]},
        end_stock="matched",
        locations=FACTORY,
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5}],
        opening_stock=[at("west", 4)],
        regions=TRADER,
        prices=[*BASE["prices"], {"sku": "A", "region": "trader", "price": 7}],
        delivery_lanes=[*BASE["delivery_lanes"], {"location": "west", "region": "trader", "delivery_days": 0}],
    )


@costs(-16)
def a_lot_of_no_units() -> Scenario:
    """Nobody makes A. 4 stand at home, worth 5, and 1 less by the kg that the lane to the west takes. A row without
    units in the west does not make them cost 5 there."""
    return toy(
        (7,),
        {"A": [0, 10, 10]},
        end_stock="matched",
        opening_stock=[at("west", 0), at("home", 4)],
        freight_rates=[rate("kg", 1)],
    )


@costs(6)
def stock_that_only_a_tip_takes() -> Scenario:
    """To be rid of 4 costs 0.5 and a last mile of 1, now or later."""
    return toy(
        (7,),
        {"A": [0]},
        end_stock="matched",
        regions=[*BASE["regions"], {"region": "tip", "country": "US", "kind": "disposal"}],
        prices=[*BASE["prices"], {"sku": "A", "region": "tip", "price": -0.5}],
        delivery_lanes=[
            *BASE["delivery_lanes"],
            {"location": "west", "region": "tip", "delivery_days": 0, "per_order": 1},
        ],
        opening_stock=[at("west", 4)],
    )


def _sold(date: str, units: float, in_stock: bool = True) -> Row:
    return {"sku": "A", "region": "W", "date": date, "days": 1, "units": units, "in_stock": in_stock}


@costs(42)
def a_first_sale_on_a_day_without_stock() -> Scenario:
    """4 were sold on May 10, which counts only as the first day; then 6 in the 20 days until May 30: 0.3 a day. In the
    first week, before goods arrive, 7 x 0.3 x 20 are lost."""
    return toy(
        (7, 7),
        {},
        demand=[],
        sales=[_sold("2026-05-10", 4, False), _sold("2026-05-20", 6), _sold("2026-05-30", 0)],
    )


@costs(84)
def a_row_without_sales_is_no_first_sale() -> Scenario:
    """6 were sold in the 10 days from May 20 until May 29: 0.6 a day. 7 x 0.6 x 20 are lost in the first week."""
    return toy((7, 7), {}, demand=[], sales=[_sold("2026-05-10", 0), _sold("2026-05-20", 6), _sold("2026-05-29", 0)])


@costs(140)
def two_locks_on_one_shipment() -> Scenario:
    """At most 3 leave on any departure, though 7 might on the first: 7 x 20 are lost."""
    return toy(
        locks=[
            {"lane": "sea", "sku": "A", "most": 3},
            {"lane": "sea", "sku": "A", "date": "2026-06-01", "most": 7},
        ]
    )


@costs(-70)
def a_table_of_demand_that_starts_late() -> Scenario:
    """The table covers 14 days from June 10 until June 23, one unit a day; so it goes on. In the horizon 12 of 40 are
    sold, and in the 14 days of cover 14 are wanted, of which each unit is worth 5."""
    return toy(
        want={},
        end_stock="matched",
        demand=[{"sku": "A", "region": "W", "starts_on": dt.date(2026, 6, 10), "days": 14, "mean": 14}],
        opening_stock=[at("west", 40)],
    )


@costs(140)
def goods_of_the_past_before_a_closed_door() -> Scenario:
    """3 should have come before the first day, but the west is closed until June 3: they come in the second week, in
    which 7 of 10 are lost."""
    return toy(
        opening_stock=[],
        in_transit=[{"destination": "west", "sku": "A", "arrives_on": "2026-05-30", "units": 3}],
        closures=[{"location": "west", "from": "2026-05-29", "until": "2026-06-03"}],
    )
