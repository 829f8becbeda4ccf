"""Pasts and demands as planners really have them, and those that make no sense."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimizer.errors import Refused
from optimizer.forecast.weeks import weeks
from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.drawn import drawn
from optimizer.simulation.erp_rule import ErpRule
from optimizer.simulation.min_max import MinMax
from optimizer.simulation.pace import weekly_pace
from optimizer.simulation.past import Past
from optimizer.simulation.remarks import remarks
from optimizer.simulation.replay import replay
from optimizer.simulation.world import World
from tests.plan.making import BASE, scenario
from tests.simulation.worlds import wanted, world


def sale(day: str, units: float, days: int = 7, in_stock: bool = True, sku: str = "A") -> dict:
    return {"sku": sku, "region": "US", "date": day, "units": units, "days": days, "in_stock": in_stock}


EVEN = [sale(day, 14) for day in ("2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25")]
PASTS = {
    "gaps": [EVEN[0], EVEN[3]],
    "returns": [*EVEN[:3], sale("2026-05-25", -20)],
    "one week": [EVEN[3]],
    "all zeros": [sale(row["date"], 0) for row in EVEN],
    "never in stock": [sale(row["date"], 0, in_stock=False) for row in EVEN],
    "days": [sale(f"2026-05-{day:02d}", 2, days=1) for day in range(4, 32)],
}


@pytest.mark.parametrize("past", PASTS)
@pytest.mark.parametrize("rule", [BaseStock(), MinMax(), ErpRule()])
def test_rules_live_with_every_past(past: str, rule):
    found = replay(world([14] * 8, demand=[], sales=PASTS[past]), rule, 4, 1)
    assert found.ledger.stock.on_hand.min() >= -1e-6
    assert found.demand == 56


def test_returns_are_taken_from_the_sales_before_them():
    past = Past(world([14], demand=[], sales=PASTS["returns"]).scene(4))
    assert past.sold[0, 0, -4:].tolist() == [14, 8, 0, 0]  # 14 of the week before, 6 of the one before that


def test_the_past_of_a_scenario_without_sales_is_what_its_first_weeks_are_told_to_sell():
    past = Past(world([14]).scene(4))
    assert past.sold[0, 0].tolist() == [14] * 8


def test_weeks_out_of_stock_before_the_replay_are_known_as_such():
    past = Past(world([14], demand=[], sales=[*EVEN[:3], sale("2026-05-25", 2, in_stock=False)]).scene(4))
    assert past.in_stock[0, 0, -2:].tolist() == [1, 0]
    assert past.sold[0, 0, -1] == 2


def test_what_sold_out_in_a_week_is_told_as_sold_out_of_stock_for_no_less_was_wanted():
    past = Past(world([14], demand=[], sales=EVEN).scene(4))
    everybody, nobody = np.ones((1, 1)), np.zeros((1, 1))
    past.add(0, np.array([[5.0]]), everybody, nobody)  # the shelves went empty
    past.add(1, np.array([[9.0]]), everybody, everybody)
    told = past.sales(2).iloc[len(EVEN) :].sort_values("date")
    assert told["in_stock"].tolist() == [False, True]
    assert told["units"].tolist() == [5, 9] and told["days"].tolist() == [7, 7]
    found = weeks(past._scene.scenario.with_tables(sales=past.sales(2)))
    assert found.missed[0, -2:].tolist() == [5, 0] and found.known[0, -2:].tolist() == [0, 1]
    assert 0 < past.in_stock[0, 0, -2] < 1  # rules go by how long the shelves lasted


def test_weeks_before_a_product_was_sold_anywhere_are_no_weeks_without_demand():
    regions = [*BASE["regions"], {"region": "CA", "country": "US"}]
    late = [sale("2026-05-04", 4, sku="B"), *EVEN[2:], {**sale("2026-05-25", 3), "region": "CA"}]
    skus = [*BASE["skus"], {**BASE["skus"][0], "sku": "B"}]
    scene = world([14], demand=[], sales=late, regions=regions, skus=skus).scene(4)
    past, product = Past(scene), scene.skus.get_loc("A")
    for region in scene.customers.get_indexer(["US", "CA"]):
        assert past.in_stock[region, product, -4:].tolist() == [0, 0, 1, 1]
    pace = weekly_pace(past.sold, past.in_stock, 8)
    assert pace[scene.customers.get_loc("US"), product] == 14


def test_rules_leave_goods_that_never_sold_and_places_of_regions_that_never_bought():
    skus = [*BASE["skus"], {**BASE["skus"][0], "sku": "B"}]
    stock = [*BASE["opening_stock"], {"location": "W", "sku": "B", "units": 9}]
    regions = [*BASE["regions"], {"region": "CA", "country": "US"}]
    made = world([14] * 8, skus=skus, opening_stock=stock, regions=regions)
    for rule in (BaseStock(), MinMax(), ErpRule()):
        found = replay(made, rule, 4, 1)
        assert set(found.ledger.shipped["sku"]) <= {"A"}
        assert found.end_units >= 9
    assert ["B" in remark.value and "nothing was ever sold" in remark.rule for remark in remarks(made)] == [True]


def test_what_the_past_does_not_know_is_told():
    skus = [*BASE["skus"], {**BASE["skus"][0], "sku": "N"}]
    demand = pd.concat([wanted([14] * 4), wanted([5] * 4, sku="N")])
    told = remarks(World(scenario(skus=skus), demand))
    assert [(remark.value, "the past tells nothing" in remark.rule) for remark in told] == [("N in US", True)]
    assert "nothing is wanted in any week" in remarks(world([0, 0]))[0].rule
    assert "无法比较各策略" in remarks(world([0, 0]), "zh")[-1].rule


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sku": "X"}, "no such SKU"),
        ({"region": "OUT"}, "no such customers region"),
        ({"units": -3.0}, "0 units or more"),
        ({"units": float("nan")}, "0 units or more"),
    ],
)
def test_a_demand_that_makes_no_sense_is_refused_by_row(change: dict, words: str):
    rows = wanted([14, 14])
    rows.loc[1, list(change)] = list(change.values())
    with pytest.raises(Refused) as error:
        World(scenario(), rows)
    (problem,) = error.value.problems
    assert (problem.row, words in problem.rule) == (3, True)


def test_a_drawn_world_is_whole_units_around_what_is_expected_and_equal_for_equal_seeds():
    demand = [{"sku": "A", "region": "US", "starts_on": "2026-06-01", "days": 7 * 60, "mean": 14 * 60.0, "spread": 60}]
    first, again, other = (drawn(scenario(demand=demand), 50, seed).demand for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first["units"].equals(other["units"])
    units = first.loc[first["week"] < 50, "units"]
    assert (units == units.round()).all()
    assert units.sum() / 50 == pytest.approx(14, rel=0.25)
    assert first["week"].max() >= 50  # what is left is worth what is expected after the replay
