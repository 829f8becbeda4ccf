"""Toys under the cost lines; each docstring works the line out by hand. No plan of a toy can do with less of it."""

from __future__ import annotations

from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import (
    BUY,
    FACTORY,
    at,
    goods_that_arrive_and_grow_old,
    less_than_the_target,
    more_than_the_docks_take,
    more_than_the_room_holds,
)
from tests.formulation.effects import moves
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import BASE, Row, toy

EUROS: list[Row] = [
    {"currency": "EUR", "rate": 1.1},
    {"currency": "EUR", "rate": 1.2, "valid_from": "2026-06-08"},
]
REGIONS: list[Row] = [{"region": "W", "country": "US"}, {"region": "E", "country": "US"}]
#: A lane that is longer than the horizon, and a lock that sends ten units on it.
LATE = {
    "periods": (7,),
    "want": {"A": [1, 0, 0]},
    "lanes": [{**BASE["lanes"][0], "lead_time_days": 10}],
    "locks": [{"lane": "sea", "sku": "A", "date": "2026-06-01", "least": 10}],
}
DUTY: list[Row] = [{"customs_territory": "US", "kind": "freight", "rate": 0.2, "per_item": 0.5, "per_entry": 7}]
DUTIABLE: list[Row] = [{**BASE["lanes"][0], "duty_included": False}]


@moves("purchase", by=83)
def bought_for_the_west_and_for_customers_in_the_east() -> Scenario:
    """10 leave the factory in the first week at 5 x 1.1 = 55; 4 go straight to customers in that week, 22, and one in
    the second, when a euro costs 1.2: 6."""
    return toy(
        want={"A": [0, 10, 0], "A E": [4, 1, 0]},
        locations=FACTORY,
        regions=REGIONS,
        prices=[{"sku": "A", "region": region, "price": 20} for region in "WE"],
        lanes=BUY,
        delivery_lanes=[
            *BASE["delivery_lanes"],
            {"location": "factory", "region": "E", "delivery_days": 9, "duty_included": True},
        ],
        opening_stock=[],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "currency": "EUR"}],
        exchange_rates=EUROS,
    )


@moves("first_leg_freight", by=26)
def rates_that_add_up() -> Scenario:
    """10 units are two cases at 3, 0.1 m3 at 100 and 10 kg at 1: 6 + 10 + 10."""
    return toy(
        skus=[{"sku": "A", "case_pack": 5}],
        freight_rates=[rate("case", 3), rate("m3", 100), rate("kg", 1)],
    )


@moves("first_leg_freight", by=28)
def the_cheaper_of_two_brackets() -> Scenario:
    """2 a kg with a least charge of 30, or 1.4 a kg from 20 kg on: 10 kg are 30, or 28 if charged as 20 kg."""
    return toy(freight_rates=[rate("kg", 2, minimum_charge=30), rate("kg", 1.4, from_quantity=20)])


@moves("container_charges", by=33)
def three_containers() -> Scenario:
    """10 units of 0.3 m3 fill three containers at 10 euros of 1.1."""
    return toy(
        skus=[{"sku": "A", "unit_volume_m3": 0.3}],
        container_types=[{"container_type": "box", "volume_m3": 1, "payload_kg": 1000}],
        freight_rates=[rate("container", 10, container_type="box", currency="EUR")],
        exchange_rates=EUROS,
    )


@moves("container_charges", by=25)
def a_large_and_a_small_container() -> Scenario:
    """3 m3: a large one (2 m3 for 15) and a small one (1 m3 for 10), cheaper than two large ones or three small."""
    return toy(
        skus=[{"sku": "A", "unit_volume_m3": 0.3}],
        container_types=[
            {"container_type": "small", "volume_m3": 1, "payload_kg": 1000},
            {"container_type": "large", "volume_m3": 2, "payload_kg": 1000},
        ],
        freight_rates=[rate("container", 10, container_type="small"), rate("container", 15, container_type="large")],
    )


@moves("departure_fees", by=57)
def a_fee_and_a_customs_entry() -> Scenario:
    """50 for the departure, and 7 for its entry into the US."""
    return toy(lanes=DUTIABLE, duty_rates=DUTY, freight_rates=[rate("departure", 50)])


@moves("departure_fees", by=50)
def a_fee_that_includes_the_entry() -> Scenario:
    """The lane includes duty, and so the entry."""
    return toy(duty_rates=DUTY, freight_rates=[rate("departure", 50)])


@moves("duty", by=15)
def duty_on_value_and_on_items() -> Scenario:
    """0.2 x 5 + 0.5 on each of 10."""
    return toy(lanes=DUTIABLE, duty_rates=DUTY)


@moves("duty", by=25)
def duty_of_the_day_of_arrival() -> Scenario:
    """The rate doubles on the day on which the goods arrive, a week after they have left: 0.4 x 5 + 0.5 on each."""
    return toy(lanes=DUTIABLE, duty_rates=[*DUTY, {**DUTY[0], "rate": 0.4, "valid_from": "2026-06-08"}])


@moves("inbound_handling", by=7)
def received_by_case_and_volume() -> Scenario:
    """Two cases at 2 and 0.1 m3 at 30."""
    return toy(
        skus=[{"sku": "A", "case_pack": 5}],
        handling_rates=[
            {"location": "west", "basis": "case", "rate": 2},
            {"location": "west", "basis": "m3", "rate": 30},
        ],
    )


@moves("inbound_handling", by=24)
def received_by_the_container() -> Scenario:
    """Three containers at 8; the rates for loose goods do not count."""
    return toy(
        skus=[{"sku": "A", "case_pack": 5, "unit_volume_m3": 0.3}],
        container_types=[{"container_type": "box", "volume_m3": 1, "payload_kg": 1000}],
        freight_rates=[rate("container", 10, container_type="box")],
        handling_rates=[
            {"location": "west", "basis": "case", "rate": 2},
            {"location": "west", "basis": "container", "rate": 8},
        ],
    )


def _a_week_on_hand(**changes: object) -> Scenario:
    tables = {
        "opening_stock": [at("west", 10)],
        "storage_rates": [{"location": "west", "from_age_days": 0, "per_m3_day": 1}],
    }
    return toy(**{**tables, **changes})


@moves("storage_rent", by=0.7)
def rent_of_what_is_left_at_the_end_of_the_week() -> Scenario:
    """0.1 m3 x 7 days x 1 in the first week; in the second all of it is sold."""
    return _a_week_on_hand()


@moves("storage_rent", by=1.05)
def rent_of_half_of_what_is_sold_too() -> Scenario:
    """0.7 as above, and half as much for the week in which it is sold."""
    return _a_week_on_hand(rent_on="end_and_half_deliveries")


@moves("storage_rent", by=4.2)
def rent_that_rises_with_age() -> Scenario:
    """Received nine days before the first day: 16 days old at the end of the first week, so at 6 and not at 1."""
    return _a_week_on_hand(
        opening_stock=[at("west", 10, received_on="2026-05-23")],
        storage_rates=[
            {"location": "west", "from_age_days": 0, "per_m3_day": 1},
            {"location": "west", "from_age_days": 16, "per_m3_day": 6},
            {"location": "west", "from_age_days": 17, "per_m3_day": 60},
        ],
    )


moves("storage_rent", by=7)(goods_that_arrive_and_grow_old)
moves("overflow_rent", by=1.4)(more_than_the_room_holds)
moves("overflow_rent", by=6.5)(more_than_the_docks_take)
moves("low_stock_fees", by=21)(less_than_the_target)


@moves("capital", by=0.35)
def interest_on_goods_under_way() -> Scenario:
    """0.365 a year is 0.001 a day: 10 x 5 for the 7 days of the way."""
    return toy(capital_rate=0.365)


@moves("capital", by=0.7)
def interest_on_goods_on_hand() -> Scenario:
    """10 x 5 x 0.001 for two weeks, whether they wait at home or in the west."""
    return toy(capital_rate=0.365, want={"A": [0, 0, 10]}, opening_stock=[at("west", 10)])


@moves("capital", by=0.5)
def interest_until_goods_land_after_the_horizon() -> Scenario:
    """10 x 5 x 0.001 for all 10 days of the way, though the horizon ends after 7."""
    return toy(capital_rate=0.365, **LATE)


@moves("last_mile", by=20)
def delivered_by_order_and_weight() -> Scenario:
    """2 an order of two units, and 0.5 for each of the 2 kg that 0.01 m3 count for (5,000 cm3 to the kg): 2 a unit."""
    return toy(
        skus=[{"sku": "A", "units_per_order": 2}],
        delivery_lanes=[{**BASE["delivery_lanes"][0], "per_order": 2, "per_kg": 0.5, "volumetric_divisor": 5_000}],
    )


@moves("parcel_duty", by=20)
def parcels_across_the_border() -> Scenario:
    """0.1 x 5 + 0.5 for each unit, and 2 for a parcel of two: 2 a unit."""
    return toy(
        skus=[{"sku": "A", "units_per_order": 2}],
        delivery_lanes=[{"location": "home", "region": "W", "delivery_days": 9}],
        duty_rates=[{"customs_territory": "US", "kind": "parcel", "rate": 0.1, "per_item": 0.5, "per_entry": 2}],
    )


@moves("lost_sales", by=200)
def sales_that_are_lost() -> Scenario:
    """10 x (20 x (1 - 0.1 - 0.05) + 3 of goodwill): the goods cannot be there in time."""
    return toy(
        regions=[{"region": "W", "country": "US", "platform_fee_rate": 0.1, "return_rate": 0.05}],
        skus=[{"sku": "A", "goodwill": 3}],
        lanes=[{**BASE["lanes"][0], "lead_time_days": 30}],
    )


@moves("clearance", by=-30)
def stock_that_is_cleared() -> Scenario:
    """Nobody wants the 10, a trader takes them at 3 each."""
    return toy(
        want={"A": [0, 0, 0]},
        regions=[*BASE["regions"], {"region": "trader", "country": "US", "kind": "clearance"}],
        prices=[*BASE["prices"], {"sku": "A", "region": "trader", "price": 3}],
        delivery_lanes=[*BASE["delivery_lanes"], {"location": "west", "region": "trader", "delivery_days": 0}],
        opening_stock=[at("west", 10)],
    )


@moves("clearance", by=5)
def stock_that_is_disposed_of() -> Scenario:
    """To be rid of 10 at once costs 0.5 each; to keep them for four weeks would cost 0.1 x 28 x 9."""
    return toy(
        (7, 7, 7, 7),
        want={"A": [0, 0, 0, 0]},
        regions=[*BASE["regions"], {"region": "tip", "country": "US", "kind": "disposal"}],
        prices=[*BASE["prices"], {"sku": "A", "region": "tip", "price": -0.5}],
        delivery_lanes=[*BASE["delivery_lanes"], {"location": "west", "region": "tip", "delivery_days": 0}],
        opening_stock=[at("west", 10)],
        storage_rates=[{"location": "west", "from_age_days": 0, "per_m3_day": 9}],
    )


@moves("end_stock", by=-20)
def stock_that_will_be_sold() -> Scenario:
    """4 are left, and more will be wanted: each is worth the 5 that it costs there."""
    return toy((7,), {"A": [0, 10, 10]}, end_stock="matched", opening_stock=[at("west", 4)])


@moves("end_stock", by=-20)
def stock_of_the_past_that_lands_after_the_horizon() -> Scenario:
    """Nobody wants the 10 that land a day after the end; a trader would take them for 3 less a last mile of 1."""
    return toy(
        (7,),
        {"A": [0, 0]},
        end_stock="matched",
        regions=[*BASE["regions"], {"region": "trader", "country": "US", "kind": "clearance"}],
        prices=[*BASE["prices"], {"sku": "A", "region": "trader", "price": 3}],
        delivery_lanes=[
            *BASE["delivery_lanes"],
            {"location": "west", "region": "trader", "delivery_days": 0, "per_order": 1},
        ],
        opening_stock=[],
        in_transit=[{"destination": "west", "sku": "A", "arrives_on": "2026-06-09", "units": 10}],
    )


@moves("end_stock", by=-30)
def goods_on_the_water_at_the_end() -> Scenario:
    """10 are under way and land 3 days after the horizon, in time for the 6 that are wanted later: 6 x 5. The other 4
    are worth nothing."""
    return toy(**{**LATE, "want": {"A": [1, 6, 0, 0]}}, end_stock="matched", freight_rates=[])


@moves("change_of_plan", by=6)
def six_units_more_than_planned() -> Scenario:
    """10 are wanted, 4 were planned: 6 more at a fifth of their worth of 5."""
    return toy(last_plan=[{"lane": "sea", "sku": "A", "departs_on": "2026-06-01", "units": 4}], change_rate=0.2)


@moves("change_of_plan", by=11)
def what_was_planned_by_air_stays_there() -> Scenario:
    """8 were planned by air, at 4 each; the ship costs 3 and is in time as well. A unit that changes from one to the
    other costs twice 1.5, so the 8 stay: 32, and the 2 beyond sail for 3 + 1.5 each. Without a price all sail: 30.
    With it 32 + 9 = 41."""
    return toy(
        want={"A": [0, 10, 0]},
        lanes=[*BASE["lanes"], {**BASE["lanes"][0], "lane": "air", "lead_time_days": 2}],
        freight_rates=[rate("m3", 300), rate("m3", 400, "air")],
        last_plan=[{"lane": "air", "sku": "A", "departs_on": "2026-06-01", "units": 8}],
        change_rate=0.3,
    )
