"""What the rules decide, in cases that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.simulation.base_stock import BaseStock, protected
from optimizer.simulation.erp_rule import ErpRule
from optimizer.simulation.min_max import MinMax
from optimizer.simulation.pace import mean_and_spread, velocity
from optimizer.simulation.placing import rounded, shared_out
from optimizer.simulation.policy import Known
from optimizer.simulation.rolled import rolled
from optimizer.simulation.scene import Scene
from optimizer.simulation.ways import Ways
from tests.plan.making import scenario

#: F makes A; SZ is filled from F (3 days), W and E from SZ by sea (14 days); W and E may help each other (7 days).
#: US-W is served by W, US-E by E. Each wants 14 a week.
NET = {
    "lanes": [
        {"lane": "buy", "origin": "F", "destination": "SZ", "lead_time_days": 3, "mode": "truck"},
        {"lane": "sea W", "origin": "SZ", "destination": "W", "lead_time_days": 14, "mode": "sea"},
        {"lane": "sea E", "origin": "SZ", "destination": "E", "lead_time_days": 14, "mode": "sea"},
        {"lane": "air W", "origin": "SZ", "destination": "W", "lead_time_days": 5, "mode": "air"},
        {"lane": "W>E", "origin": "W", "destination": "E", "lead_time_days": 7, "mode": "truck"},
    ],
    "freight_rates": [
        {"lane": name, "basis": "kg", "rate": rate}
        for name, rate in (("buy", 0), ("sea W", 1), ("sea E", 1), ("air W", 6), ("W>E", 0.5))
    ],
    "regions": [{"region": "R-W", "country": "US"}, {"region": "R-E", "country": "US"}],
    "prices": [{"sku": "A", "region": name, "price": 40} for name in ("R-W", "R-E")],
    "delivery_lanes": [
        {"location": "W", "region": "R-W", "delivery_days": 3, "per_order": 4},
        {"location": "E", "region": "R-E", "delivery_days": 3, "per_order": 4},
    ],
    "demand": [
        {"sku": "A", "region": name, "starts_on": "2026-06-01", "days": 56, "mean": 112} for name in ("R-W", "R-E")
    ],
}


def known(stock: dict[str, float], on_order: dict[str, float] | None = None, **tables) -> Known:
    """The first week of that network with so many units at each place; it has sold 14 a week in each region.
    What is on order is expected in two weeks.
    """
    scene = Scene(scenario(**{**NET, **tables}), 8)

    def units(of: dict[str, float]) -> np.ndarray:
        return np.array([[of.get(name, 0.0)] for name in scene.stores])

    sold, coming = np.full((2, 1, 8), 14.0), units(on_order or {})[:, :, None] * np.array([0, 0, 1])
    return Known(0, scene, units(stock), units(on_order or {}), sold, np.ones(sold.shape), {}, lambda: rolled,
                 lambda: coming)  # fmt: skip


def sent(table: pd.DataFrame) -> dict[str, float]:
    return dict(zip(table["lane"], table["units"], strict=True))


# The ERP rule. By sea a warehouse waits two weeks and one until the next decision: 21 days and 9 of cover are 30 days,
# 60 units at 2 a day.

ERP = ErpRule(abroad_days=9, home_days=0)


def test_the_erp_rule_ships_cartons_up_to_its_days_of_cover():
    # W needs 60 - 33 = 27 -> 30; E 60 - 57 = 3 -> 10. Home has enough; it keeps 4 a day for 3 + 7 (in weeks: 14) days.
    orders = sent(ERP.decide(known({"SZ": 500, "W": 33, "E": 50}, {"E": 7})).ship)
    assert orders == {"sea W": 30, "sea E": 10}


def test_the_erp_rule_asks_a_neighbour_that_has_enough_before_home():
    # W has 200 and spares 140; E needs 60.
    assert sent(ERP.decide(known({"SZ": 500, "W": 200})).ship) == {"W>E": 60}
    assert sent(ErpRule(abroad_days=9, home_days=0, transfers=False).decide(known({"SZ": 500, "W": 200})).ship) == {
        "sea E": 60
    }
    # With 110 it spares 50, not enough.
    assert sent(ERP.decide(known({"SZ": 500, "W": 110})).ship) == {"sea E": 60}


def test_the_erp_rule_buys_what_home_lacks():
    # Each needs 60, E comes first in the walk from the end, home has 70 for both: 60, then 10 and 50 are missing. Home
    # itself then has nothing and keeps 4 a day for the 14 days until goods of next week's order are there: 56 + 50.
    orders = sent(ERP.decide(known({"SZ": 70})).ship)
    assert orders == {"sea E": 60, "sea W": 10, "buy": 110}


def test_the_erp_rule_hurries_what_is_short_before_goods_by_air_are_there_and_some_days_after():
    # By air goods are there next week: 7 days and 5 of cover are 24 units. Of the 51 that W is short of with 9 units 15
    # fly, in cartons 20; what is left goes by sea.
    hurried = ErpRule(abroad_days=9, home_days=0, hurry_days=5)
    assert sent(hurried.decide(known({"SZ": 500, "W": 9, "E": 60})).ship) == {"air W": 20, "sea W": 40}
    assert sent(hurried.decide(known({"SZ": 500, "W": 24, "E": 60})).ship) == {"sea W": 40}


def test_what_is_on_the_way_does_not_keep_the_erp_rule_from_hurrying_when_it_comes_too_late():
    # W has 60 in all, and so is short of nothing; but 51 of them come in two weeks, and the 9 last four days.
    hurried = ErpRule(abroad_days=9, home_days=0, hurry_days=5)
    assert sent(hurried.decide(known({"SZ": 500, "W": 9, "E": 60}, {"W": 51})).ship) == {"air W": 20}
    assert sent(ERP.decide(known({"SZ": 500, "W": 9, "E": 60}, {"W": 51})).ship) == {}


# Min-max: W's minimum is two weeks of lead time and 7 days: 42 units, its maximum 14 days more: 70.


def test_min_max_waits_for_the_minimum_and_then_fills_up_to_the_maximum():
    rule = MinMax(min_days=7, order_days=14)
    assert sent(rule.decide(known({"SZ": 500, "W": 43, "E": 43})).ship) == {}
    assert sent(rule.decide(known({"SZ": 500, "W": 42, "E": 43})).ship) == {"sea W": 30}


# Base stock.


def test_base_stock_fills_up_to_mean_and_safety_stock_over_lead_time_and_review():
    # Three weeks of 14 and one standard deviation (Poisson): 42 + sqrt(42) = 48.5; 48.5 - 20 -> 30.
    rule = BaseStock(safety=1.0)
    assert sent(rule.decide(known({"SZ": 500, "W": 20, "E": 60})).ship)["sea W"] == 30


def test_base_stock_counts_all_stock_below_a_place():
    # Home fills for both: 28 a week for the one week of the purchase, two weeks at sea and one to the next decision.
    rule = BaseStock(safety=0.0)
    assert "buy" not in sent(rule.decide(known({"SZ": 12, "W": 50, "E": 50})).ship)
    assert sent(rule.decide(known({"SZ": 0, "W": 50, "E": 50})).ship) == {"buy": 20}  # 112 - 100 = 12


def test_late_ships_ask_for_more_safety_stock():
    late = [{**row, "lead_time_p90_days": 35 if row["mode"] == "sea" else None} for row in NET["lanes"]]
    rule = BaseStock(safety=1.65)
    plain = sent(rule.decide(known({"SZ": 500})).ship)["sea W"]
    assert sent(rule.decide(known({"SZ": 500}, lanes=late)).ship)["sea W"] > plain


def test_safety_stock_covers_the_lateness_of_all_ways_down_to_the_last_place():
    # Nine of ten purchases take 10 days instead of 3, and nine of ten ships 28 instead of 14: with an exponential tail
    # of mean b = beyond / ln 5 of which half are late, a lead time has a deviation of b sqrt(0.75).
    p90 = {"truck": {"buy": 10}, "sea": {"sea W": 28, "sea E": 28}}
    late = [{**row, "lead_time_p90_days": p90.get(row["mode"], {}).get(row["lane"])} for row in NET["lanes"]]
    scene = Scene(scenario(**{**NET, "lanes": late}), 8)
    weeks, spread = protected(Ways(scene))
    deviation = [days / np.log(5) * np.sqrt(0.75) / 7 for days in (7, 14)]
    home, west = scene.stores.get_loc("SZ"), scene.stores.get_loc("W")
    assert (weeks[home, 0], weeks[west, 0]) == (1 + 2 + 1, 2 + 1)
    assert spread[west, 0] == pytest.approx(deviation[1])
    assert spread[home, 0] == pytest.approx(np.hypot(*deviation))


# What all rules have in common.


def test_a_least_order_is_rounded_up_and_an_order_below_the_least_value_waits():
    asks = [{"sku": "A", "supplier": "F", "unit_cost": 5, "moq": 95, "order_multiple": 20}]
    assert sent(ERP.decide(known({"W": 60, "E": 60}, sourcing=asks)).ship) == {"buy": 100}  # 56 are needed
    poor = [{"supplier": "F", "minimum_order_value": 301}]
    assert sent(ERP.decide(known({"W": 60, "E": 60}, suppliers=poor)).ship) == {}  # 60 units are worth 300
    enough = [{"supplier": "F", "minimum_order_value": 300}]
    assert sent(ERP.decide(known({"W": 60, "E": 60}, suppliers=enough)).ship) == {"buy": 60}


def test_no_more_goes_aboard_than_a_departure_takes():
    tight = [{**row, "capacity_m3": 0.25} if row["lane"] == "sea W" else row for row in NET["lanes"]]
    orders = sent(ERP.decide(known({"SZ": 500, "E": 60}, lanes=tight)).ship)
    assert orders["sea W"] == 20  # 25 units of 0.01 m3 fit: two cartons


def test_short_stock_is_shared_out_by_need():
    assert shared_out(np.array([30.0]), np.array([[40.0], [20.0]])).ravel().tolist() == [20, 10]
    assert shared_out(np.array([90.0]), np.array([[40.0], [20.0]])).ravel().tolist() == [40, 20]


def test_units_are_rounded_up_to_cartons_but_not_beyond_what_there_is():
    units, step, most = np.array([11.0, 11.0, 11.0, 0.0]), np.array([10.0, 10.0, 0.0, 10.0]), np.array([50, 19, 5.5, 9])
    assert rounded(units, step, most).tolist() == [20, 10, 5.5, 0]


def test_velocity_weighs_windows_and_leaves_out_days_out_of_stock_where_asked():
    told = known({})
    sold = np.zeros((2, 1, 8))
    sold[:, :, -1], sold[:, :, -2] = 14, 7
    told = replace(told, sold=sold)
    # 7 days: 2 a day; 15 days: 21 / 15; 30 days: 21 / 30.
    assert velocity(told, (7, 15, 30), (0.5, 0.3, 0.2))[0, 0] == pytest.approx(1.0 + 0.42 + 0.14)
    told.in_stock[:, :, -2] = 0.5
    sold[:, :, -3] = 28
    # The last fourteen days in stock: a week, half a week, and half of the week before.
    assert velocity(told, (14,), (1.0,), in_stock_only=True)[0, 0] == pytest.approx((14 + 7 + 14) / 14)
    assert velocity(told, (14,), (1.0,))[0, 0] == pytest.approx(21 / 14)


def test_goods_that_were_out_of_stock_for_long_are_not_forgotten():
    told = known({})
    told.in_stock[:, :, -6:], told.sold[:, :, -6:] = 0.0, 0.0
    assert velocity(told, (7, 15, 30), (0.5, 0.3, 0.2), in_stock_only=True)[0, 0] == pytest.approx(2.0)
    assert velocity(told, (7, 15, 30), (0.5, 0.3, 0.2))[0, 0] == 0
    assert mean_and_spread(told, 4)[0][0, 0] == pytest.approx(14)


def test_a_pace_is_learnt_from_days_in_stock_and_is_never_more_even_than_chance():
    told = known({})
    mean, variance = mean_and_spread(told, 4)
    assert mean[0, 0] == variance[0, 0] == 14
    told.in_stock[:, :, -1] = 0.5
    told.sold[:, :, -1] = 7.0
    assert mean_and_spread(told, 4)[0][0, 0] == pytest.approx(14)
