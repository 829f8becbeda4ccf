"""What is allowed but looks like a slip is told, with an example, once for each kind."""

from itertools import product

import pandas as pd
import pytest

from optimizer.scenario.doubts import LOOKS, doubts
from optimizer.scenario.reach import within_reach
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import TABLES
from tests.formulation.toys import GOODS, toy
from tests.scenario import starter_files as make

START = make.STARTER
EAST = {"location": "US-E", "kind": "overseas", "country": "US"}


def told(scenario: Scenario) -> list[str]:
    assert make.lines(scenario) == [], "the rules refuse it, so there is nothing to doubt"
    return [str(doubt) for doubt in doubts(scenario)]


def bags_end_in_march() -> Scenario:
    demand = START["demand"]
    late = demand.index[(demand["sku"] == "BAG-03") & (demand["starts_on"] >= "2026-03-02")]
    return make.without_rows(START, "demand", *late)


def a_lane_that_is_closed_throughout() -> Scenario:
    lane = {"lane": "never", "origin": "CN-SZ", "destination": "US-W", "lead_time_days": 9, "duty_included": True}
    scenario = make.with_rows(START, "lanes", lane)
    scenario = make.with_rows(scenario, "freight_rates", {"lane": "never", "basis": "m3", "rate": 5.0})
    return make.with_rows(scenario, "closures", {"lane": "never", "from": "2026-01-01", "until": "2026-12-31"})


def lamps_on_an_island() -> Scenario:
    """All there is of the lamp stands where no lane leads out, and nobody makes it."""
    places = make.with_rows(START, "locations", EAST)
    places = make.with_rows(places, "storage_rates", {"location": "US-E", "per_m3_day": 1.0})
    lamp = make.with_cell(places, "skus", 1, "declared_value", 5.0)
    lamp = make.without_rows(lamp, "sourcing", 1)
    lots = lamp["opening_stock"]
    return lamp.with_tables(
        opening_stock=lots.assign(location=lots["location"].where(lots["sku"] != "LAMP-02", "US-E"))
    )


SLIPS = {
    "demand_with_holes": (
        bags_end_in_march,
        "demand, sku = 'BAG-03': no row covers 28 days of the horizon in US-temu, so none is expected to sell then.",
    ),
    "odd_density": (
        lambda: make.with_cell(START, "skus", 0, "unit_volume_m3", 1800.0),
        "skus, sku = 'MUG-01': a m3 of it would weigh 0.0002333 kg.",
    ),
    "dearer_than_sold": (
        lambda: make.with_cell(START, "exchange_rates", 0, "rate", 7.14),
        "sourcing, sku = 'BAG-03': it costs 37.13 to buy and sells for 7.90 at most, in USD (2 more like it).",
    ),
    "sold_for_nothing": (
        lambda: make.with_cell(START, "prices", 0, "price", 0.0),
        "prices, sku = 'MUG-01': customers in US-temu pay nothing for it, so a lost sale costs nothing.",
    ),
    "cleared_above_cost": (
        lambda: make.with_cell(START, "prices", 3, "price", 9.0),
        "prices, sku = 'MUG-01': it costs 1.61 to buy and is cleared for 9.00, so it would be bought to be cleared",
    ),
    "demand_out_of_reach": (
        lamps_on_an_island,
        "demand, sku = 'LAMP-02': nothing can be brought to US-temu",
    ),
    "orders_beyond_demand": (
        lambda: make.with_cell(START, "sourcing", 1, "moq", 1e9),
        "sourcing, sku = 'LAMP-02': at least 1,000,000,000 must be ordered, and all demand in the table is 3",
    ),
    "lanes_that_never_depart": (
        a_lane_that_is_closed_throughout,
        "lanes, lane = 'never': it never departs within the horizon.",
    ),
    "events_that_move_nothing": (
        lambda: make.with_rows(START, "events", {"event": "sale", "from": "2026-02-01", "until": "2026-02-03"}),
        "events, event = 'sale': it changes nothing: demand tells all",
    ),
    "places_without_rent": (
        lambda: make.with_rows(START, "locations", EAST),
        "storage_rates, location = 'US-E': it asks for no rent.",
    ),
}


def reached(scenario: Scenario, skus: str, regions: str) -> set[tuple[str, str]]:
    """Pairs of these SKUs and regions of which one can be brought to the other."""
    pairs = pd.DataFrame(product(skus, regions), columns=["sku", "region"])
    return set(pairs[within_reach(scenario, pairs)].itertuples(index=False, name=None))


def test_the_starter_leaves_no_doubts():
    assert told(START) == []


def test_every_look_has_a_slip():
    assert sorted(SLIPS) == sorted(look.__name__ for look in LOOKS)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_a_slip_is_told_with_an_example(look):
    make_it, expected = SLIPS[look.__name__]
    scenario = make_it()
    (doubt,) = map(str, look(scenario))
    assert doubt.startswith(expected), doubt
    assert doubt in told(scenario)


def test_demand_that_is_zero_in_so_many_words_has_no_hole():
    demand = START["demand"]
    ended = demand["mean"].where((demand["sku"] != "BAG-03") | (demand["starts_on"] < "2026-03-02"), 0.0)
    assert told(START.with_tables(demand=demand.assign(mean=ended))) == []


def test_goods_are_reached_along_any_number_of_lanes_and_round_in_circles():
    places = [{"location": f"P{place}", "kind": "overseas", "country": "US"} for place in range(5)]
    ring = [
        {"lane": f"L{place}", "origin": f"P{place}", "destination": f"P{(place + 1) % 4}", "lead_time_days": 1}
        for place in range(4)
    ]
    scenario = toy(
        locations=places,
        regions=[{"region": "W", "country": "US"}, {"region": "E", "country": "US"}],
        skus=[{"sku": "A", **GOODS}, {"sku": "B", **GOODS}],
        lanes=ring,
        delivery_lanes=[
            {"location": "P3", "region": "W", "delivery_days": 1},
            {"location": "P4", "region": "E", "delivery_days": 1},
        ],
        opening_stock=[{"location": "P0", "sku": "A", "units": 5}, {"location": "P4", "sku": "B", "units": 5}],
    )
    assert reached(scenario, "AB", "WE") == {("A", "W"), ("B", "E")}


def test_a_lot_of_no_units_can_be_brought_nowhere():
    empty = toy(opening_stock=[{"location": "west", "sku": "A", "units": 0}])
    assert reached(empty, "A", "W") == set()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
@pytest.mark.parametrize("table", [table.name for table in TABLES if not table.required])
def test_a_table_without_rows_gives_no_trouble(look, table):
    list(look(make.without_rows(START, table)))


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_a_scenario_with_hardly_any_table_gives_no_trouble(look):
    list(look(toy(demand=[], opening_stock=[])))
