"""What is left at the end, and what it is worth, worked out by hand.

Landed cost of A at SZ: 5 (bought; the lane is free). At W: 5 + 2 kg x 2 + 0.2 x 8 duty = 10.6. At E: 10.6 + 0.01 x 90.
Clearance at W: 6 - 1 = 5. Cover: buy 3 days + sea 14 + review 7 = 24 days after 29 June, one bucket with its middle on
day 12.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.cover import Cover
from tests.plan.making import BASE, changed, keep, scenario

WORTH = [{"location": "W", "region": "US", "sku": "A", "bucket": 0, "units": 3}]


def at(cover: Cover, location: str) -> int:
    return cover.places.get_loc(location)


def worth(cover: Cover, location: str, bucket: int = 0) -> float:
    rows = pd.DataFrame({"location": [location], "region": ["US"], "sku": ["A"], "bucket": [bucket]})
    return float(cover.worth(rows)[0])


def test_stock_without_demand_is_worth_its_clearance():
    # 40 at W at 5; SZ and E clear nothing: 200 at 0.
    assert keep(scenario()).costs["end_stock"] == pytest.approx(-200)


def test_clearance_is_never_worth_more_than_the_landed_cost():
    prices = changed("prices", {"region": "OUT"}, price=30)
    assert keep(scenario(prices=prices)).costs["end_stock"] == pytest.approx(-40 * 10.6)


def test_disposal_makes_what_is_left_a_burden():
    # - 2 - 1 for each of 40 units.
    prices = changed("prices", {"region": "OUT"}, price=-2)
    assert keep(scenario(prices=prices)).costs["end_stock"] == pytest.approx(120)


def test_matched_stock_is_worth_its_landed_cost_less_capital_and_rent_until_it_is_wanted():
    # 12 days: capital 0.001 x 5 x 12 = 0.06; rent of 0.01 m3: 10 days at 1, 2 at 2 = 0.14. 10.6 - 0.2 = 10.4 each.
    rent = [{"location": "W", "per_m3_day": 1}, {"location": "W", "from_age_days": 10, "per_m3_day": 2}]
    ledger = keep(scenario({"capital_rate": 0.365}, storage_rates=rent), end_cover=WORTH)
    assert ledger.costs["end_stock"] == pytest.approx(-(40 * 5 + 3 * (10.4 - 5)))


def test_an_end_without_value_counts_nothing():
    assert keep(scenario({"end_stock": "zero"}), end_cover=WORTH).costs["end_stock"] == 0


def test_what_lands_beyond_the_horizon_is_worth_as_much():
    moving = [{"destination": "W", "sku": "A", "arrives_on": "2026-07-10", "units": 6}]
    ledger = keep(scenario(in_transit=moving), ship=[{"lane": "sea", "sku": "A", "period": 3, "units": 10}])
    assert ledger.costs["end_stock"] == pytest.approx(-(40 + 6 + 10) * 5)


def test_buckets_are_of_28_days_and_the_last_is_shorter():
    lanes = changed("lanes", {"lane": "sea"}, lead_time_days=40)
    cover = Cover(Facts(scenario(lanes=lanes)))
    # 3 + 40 + 7 = 50 days.
    assert (cover.edges - cover.facts.end).tolist() == [0, 28, 50]


def test_the_cover_counts_the_days_of_production():
    sourcing = changed("sourcing", {"sku": "A"}, production_days=10)
    assert Cover(Facts(scenario(sourcing=sourcing))).length == 34


def test_demand_after_the_table_goes_on_at_the_mean_of_its_last_28_days():
    # The table ends on 27 July, 28 days after the horizon; its last 28 days hold 14, 14, 14, 42: 3 a day. The bucket
    # of 22 days after it wants 66, the first one 84.
    demand = [*BASE["demand"][:-1], {**BASE["demand"][-1], "mean": 42}]
    lanes = changed("lanes", {"lane": "sea"}, lead_time_days=40)
    cover = Cover(Facts(scenario(demand=demand, lanes=lanes)))
    assert cover.demand["units"].tolist() == pytest.approx([84, 66])


def test_landed_cost_is_the_cheapest_way():
    cover = Cover(Facts(scenario()))
    assert [cover.landed[at(cover, name), 0] for name in ("F", "SZ", "W", "E")] == pytest.approx([5, 5, 10.6, 11.5])
    lanes = [
        *BASE["lanes"],
        {"lane": "air", "origin": "F", "destination": "E", "lead_time_days": 5, "duty_included": True},
    ]
    rates = [*BASE["freight_rates"], {"lane": "air", "basis": "kg", "rate": 3}]
    cover = Cover(Facts(scenario(lanes=lanes, freight_rates=rates)))
    assert cover.landed[at(cover, "E"), 0] == pytest.approx(11)


def test_a_move_costs_its_lowest_rates_and_loose_handling():
    # kg: lowest rate 1.2 x max(2, 0.01 x 1e6 / 4000 = 2.5) = 3; case: 1 / 10; duty 1.6; handling 2 / 10 + 0.01 x 30.
    rates = [
        {"lane": "sea", "basis": "kg", "rate": 2, "volumetric_divisor": 4000, "minimum_charge": 500},
        {"lane": "sea", "basis": "kg", "rate": 1.2, "from_quantity": 100, "volumetric_divisor": 4000},
        {"lane": "sea", "basis": "case", "rate": 1},
        {"lane": "sea", "basis": "departure", "rate": 900},
    ]
    handling = [{"location": "W", "basis": "case", "rate": 2}, {"location": "W", "basis": "m3", "rate": 30}]
    cover = Cover(Facts(scenario(freight_rates=rates, handling_rates=handling)))
    assert cover.moves[1, 0] == pytest.approx(3 + 0.1 + 1.6 + 0.2 + 0.3)


def test_a_move_by_container_takes_the_cheapest_type_with_its_handling():
    # 20GP: (1000 + 60) x max(0.01 / 20, 2 / 10000) = 0.53; 40HQ: (1800 + 50) x max(0.01 / 50, 2 / 4000) = 0.925.
    types = [
        {"container_type": "20GP", "volume_m3": 20, "payload_kg": 10000},
        {"container_type": "40HQ", "volume_m3": 50, "payload_kg": 4000},
    ]
    rates = [
        {"lane": "sea", "basis": "container", "container_type": "20GP", "rate": 1000},
        {"lane": "sea", "basis": "container", "container_type": "40HQ", "rate": 1800},
    ]
    handling = [
        {"location": "W", "basis": "container", "rate": 50},
        {"location": "W", "basis": "container", "container_type": "20GP", "rate": 60},
        {"location": "W", "basis": "case", "rate": 2},
    ]
    cover = Cover(Facts(scenario(freight_rates=rates, handling_rates=handling, container_types=types)))
    assert cover.moves[1, 0] == pytest.approx(0.53 + 1.6)


def test_rates_at_the_end_of_the_horizon_decide_what_stock_is_worth():
    rates = [*BASE["freight_rates"], {"lane": "sea", "basis": "kg", "rate": 3, "valid_from": "2026-06-29"}]
    duties = [
        *BASE["duty_rates"],
        {"customs_territory": "US", "kind": "freight", "rate": 0.5, "valid_from": "2026-06-30"},
    ]
    cover = Cover(Facts(scenario(freight_rates=rates, duty_rates=duties)))
    assert cover.landed[at(cover, "W"), 0] == pytest.approx(5 + 6 + 1.6)


def test_reach_is_the_way_to_the_next_location_that_delivers():
    lanes = [row for row in BASE["delivery_lanes"] if row["location"] != "SZ"]
    cover = Cover(Facts(scenario(delivery_lanes=lanes)))
    assert [cover.reach[at(cover, name), 0] for name in ("F", "SZ", "W", "E")] == [17, 14, 0, 0]
    cover = Cover(Facts(scenario()))
    assert cover.reach[at(cover, "SZ"), 0] == 0


def test_stock_that_must_move_on_is_worth_what_it_is_there_less_the_move():
    # W delivers nothing: worth at W is 11.5 (E) - 0.9 = 10.6. SZ: 10.6 - 5.6 = 5.
    lanes = [row for row in BASE["delivery_lanes"] if row["location"] == "E"]
    cover = Cover(Facts(scenario(delivery_lanes=lanes)))
    assert worth(cover, "W") == pytest.approx(10.6)
    assert worth(cover, "SZ") == pytest.approx(5)


def test_stock_on_a_detour_is_never_worth_more_than_its_landed_cost():
    # A second way to E makes stock there cost 30 at least where it is bought at F for 30; SZ still holds goods of 5.
    lanes = [row for row in BASE["delivery_lanes"] if row["location"] == "E"]
    moves = [
        {"lane": "buy", "origin": "F", "destination": "SZ", "lead_time_days": 3},
        {**BASE["lanes"][2], "origin": "SZ"},
    ]
    rates = [{"lane": "buy", "basis": "case", "rate": 0}, {"lane": "move", "basis": "m3", "rate": 90}]
    cover = Cover(Facts(scenario(lanes=moves, freight_rates=rates, delivery_lanes=lanes)))
    # E: 5 + 0.9 + 1.6 = 7.5; SZ: 7.5 - 2.5 = 5.
    assert worth(cover, "SZ") == pytest.approx(5)
    assert np.isneginf(cover.value[at(cover, "W"), 0, 0])


def test_goods_that_nobody_makes_any_more_are_worth_their_unit_value_where_they_stand():
    ledger = keep(scenario(sourcing=[]))
    landed = ledger.cover.landed
    assert landed[at(ledger.cover, "W"), 0] == pytest.approx(8)
    assert landed[at(ledger.cover, "SZ"), 0] == pytest.approx(8)
