"""Measures of a plan, worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from optimizer.plan.measures import measure
from tests.plan.making import plan_of, scenario
from tests.plan.spoiling import right


def deliver(location: str, period: int, units: float, region: str = "US") -> dict:
    return {"location": location, "region": region, "sku": "A", "period": period, "units": units}


def ship(lane: str, period: int, units: float) -> dict:
    return {"lane": lane, "sku": "A", "period": period, "units": units}


def test_the_fill_rate_is_what_was_delivered_of_what_was_wanted():
    found = measure(plan_of(scenario(), deliver=[deliver("W", 0, 14), deliver("W", 1, 7)]))
    assert (found.demand, found.delivered, found.lost, found.fill_rate) == pytest.approx((56, 21, 35, 21 / 56))


def test_the_gap_is_a_share_of_the_mission_cost():
    plan = plan_of(scenario())
    found = measure(replace(plan, bound=plan.total_cost - 100))
    # Lost: 56 x (31 - 5).
    assert (found.gap, found.gap_base, found.gap_share) == pytest.approx((100, 1456, 100 / 1456))
    assert measure(replace(plan, bound=plan.total_cost - 100), best_mission=1000).gap_share == pytest.approx(0.1)


def test_the_floor_acts_where_the_mission_costs_almost_nothing():
    # All is delivered by the cheapest local lane from stock that costs nothing to keep: 1 % of 56 x 40 x 0.75 = 16.8.
    opening = [{"location": "E", "sku": "A", "units": 56}]
    plan = plan_of(scenario(opening_stock=opening), deliver=[deliver("E", t, 14) for t in range(4)])
    found = measure(plan)
    assert found.mission_cost == pytest.approx(0)
    assert found.floor_acts
    assert found.gap_base == pytest.approx(16.8)


def test_days_of_cover_are_mean_stock_over_mean_demand():
    # 240 stand for 28 days; 2 are wanted a day.
    assert measure(plan_of(scenario())).days_of_cover == pytest.approx(120)


def test_aged_stock_counts_what_is_old_at_the_end():
    # 29 June is 90 days after 31 March.
    lots = [
        {"location": "W", "sku": "A", "received_on": day, "units": units}
        for day, units in (("2026-03-31", 5), ("2026-04-01", 7))
    ]
    assert measure(plan_of(scenario(opening_stock=lots))).aged_units == {90: 5, 180: 0, 365: 0}


def test_container_fill_is_volume_aboard_over_volume_booked():
    # 40 units of 0.01 m3 in a box of 0.5.
    assert measure(right()).container_fill == pytest.approx(0.8)


def test_freight_is_told_by_mode():
    found = measure(plan_of(scenario(), ship=[ship("sea", 0, 20), ship("move", 0, 10)])).freight_by_mode
    assert found == pytest.approx({"sea": 80, "truck": 9})


def test_landed_cost_is_the_price_bought_at_and_the_way_from_home():
    # Bought at 5; by sea 4 freight + 1.6 duty; what moves on overseas does not count.
    found = measure(plan_of(scenario(), ship=[ship("buy", 0, 20), ship("sea", 0, 20), ship("move", 0, 10)]))
    assert found.landed_cost_per_unit == pytest.approx(10.6)


def test_units_cleared_are_told():
    assert measure(plan_of(scenario(), deliver=[deliver("W", 0, 6, "OUT")])).cleared == 6


def test_measures_become_json_without_numbers_that_do_not_exist():
    plan = replace(plan_of(scenario()), bound=-np.inf)
    told = json.loads(json.dumps(measure(plan).as_dict(), allow_nan=False))
    assert told["bound"] is None and told["gap_share"] is None and told["container_fill"] is None
    assert told["aged_units"] == {"90": 0.0, "180": 0.0, "365": 0.0}
