"""Mission cost and its floor, worked out by hand."""

from __future__ import annotations

import pytest

from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.demand import period_demand
from optimizer.plan.mission import Mission, mission_cost, mission_floor
from tests.plan.making import BASE, plan_of, scenario


def deliver(location: str, units: float, region: str = "US") -> dict:
    return {"location": location, "region": region, "sku": "A", "period": 0, "units": units}


def test_the_last_mile_counts_above_the_cheapest_local_lane():
    # E is the cheapest local lane: 3. W: 4 - 3 = 1 x 4 units. SZ: 2 + 6 x 2 - 3 = 11 x 2 units. Only W leads
    # to OUT: 0. Duty of parcels 0.5 x 8 x 2 = 8. Lost: 50 x (31 - 5).
    plan = plan_of(scenario(), deliver=[deliver("W", 4), deliver("SZ", 2), deliver("W", 5, "OUT")])
    assert mission_cost(plan) == pytest.approx(4 + 22 + 8 + 50 * 26)


def test_the_whole_last_mile_counts_where_no_local_lane_leads():
    # 2 x 14 a unit, duty 8; lost 54 x 26.
    lanes = [row for row in BASE["delivery_lanes"] if row["location"] == "SZ"]
    plan = plan_of(scenario(delivery_lanes=lanes), deliver=[deliver("SZ", 2)])
    assert mission_cost(plan) == pytest.approx(28 + 8 + 54 * 26)


def test_freight_rent_and_tariff_count_but_purchase_capital_and_end_stock_do_not():
    # 20 units by sea: 80 freight, 20 x 1.6 duty; rent of W 0.07 x (40 + 40 + 60 + 60); lost 56 x 26.
    what = scenario({"capital_rate": 0.2}, storage_rates=[{"location": "W", "per_m3_day": 1}])
    events = [
        {"lane": "sea", "sku": "A", "period": 0, "units": 20},
        {"lane": "buy", "sku": "A", "period": 0, "units": 20},
    ]
    assert mission_cost(plan_of(what, ship=events)) == pytest.approx(80 + 32 + 14 + 56 * 26)


def test_one_mission_serves_many_plans_of_a_scenario():
    what = scenario()
    mission = Mission(Facts(what))
    plans = [plan_of(what, deliver=[deliver("W", units)]) for units in (1, 2)]
    assert [mission(plan.tables) for plan in plans] == pytest.approx([1 + 55 * 26, 2 + 54 * 26])


def test_the_last_mile_is_compared_in_the_money_of_each_period():
    # E costs 3 EUR: 3 x 1 in week 0, 3 x 2 from 8 June on, when W is the cheapest at 4.
    lanes = [{**row, "currency": "EUR"} if row["location"] == "E" else row for row in BASE["delivery_lanes"]]
    rates = [{"currency": "EUR", "rate": 1}, {"currency": "EUR", "rate": 2, "valid_from": "2026-06-08"}]
    mission = Mission(Facts(scenario(delivery_lanes=lanes, exchange_rates=rates)))
    plan = plan_of(scenario(), deliver=[deliver("W", 10), {**deliver("E", 1), "period": 1}])
    assert mission.last_mile_above(plan["deliver"]) == pytest.approx(10 * 1 + 2)


def test_the_floor_is_one_percent_of_the_net_revenue_of_all_demand():
    # 56 x 40 x 0.75.
    what = scenario()
    assert mission_floor(Facts(what), period_demand(what)) == pytest.approx(16.8)
