"""Nothing is lost or made up on the way: units, and the costs of a plan that comes true."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer import solve
from optimizer.scenario.read import read
from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.drawn import drawn
from optimizer.simulation.erp_rule import ErpRule
from optimizer.simulation.min_max import MinMax
from optimizer.simulation.replay import replay
from optimizer.simulation.rolled import in_transit, opening_stock
from optimizer.simulation.scene import weekly
from optimizer.simulation.state import State
from optimizer.solvers.solver import Limits
from tests.plan.making import BASE
from tests.simulation.following import Follows, as_expected
from tests.simulation.worlds import world

SMALL = Path(__file__).parents[2] / "scenarios" / "small-seller"
LATE = [{**row, "lead_time_p90_days": row["lead_time_days"] + 9} for row in BASE["lanes"]]


def test_a_plan_that_comes_true_costs_what_it_said_line_by_line():
    late = read(SMALL)
    scenario = weekly(late.with_tables(lanes=late["lanes"].assign(lead_time_p90_days=np.nan)), 10)  # ships on time
    plan = solve.plan(scenario, limits=Limits(seconds=60, threads=1), gap=0.02)
    found = replay(as_expected(scenario, 10), Follows(plan), 10, 1)
    told = {line: amount for line, amount in plan.costs.items() if line != "end_stock"}
    # The replay books the cheapest containers and makes the best of what is left: no more than the plan's, and no less
    # than its proven bound.
    assert {line: found.costs[line] for line in told} == pytest.approx(told, rel=1e-6, abs=1e-3)
    assert found.costs["end_stock"] == pytest.approx(plan.costs["end_stock"], rel=2e-3)
    assert found.total_cost <= plan.total_cost + 1e-3
    assert found.total_cost >= plan.bound - 1e-3


@pytest.mark.parametrize("rule", [BaseStock(), MinMax(), ErpRule(), ErpRule(hurry_days=40, prefer="fastest")])
def test_what_comes_in_and_what_is_left_is_what_goes_out_at_every_step(rule):
    made = drawn(read(SMALL), 12, 5)
    ledger = replay(made, rule, 12, 5).ledger
    before = np.zeros(ledger.stock.on_hand.shape[:2]) + ledger.stock.opening
    for week in range(12):
        after = before + ledger.stock.received[:, :, week] - ledger.stock.left[:, :, week]
        assert after.min() > -1e-6
        assert after == pytest.approx(ledger.stock.on_hand[:, :, week])
        before = after
    served = ledger.delivered.loc[ledger.delivered["region_kind"] == "customers", "units"].sum()
    assert served + ledger.lost["units"].sum() == pytest.approx(ledger.events.demand["units"].sum())


def test_all_that_leaves_a_supplier_is_sold_stands_somewhere_or_is_under_way():
    made = drawn(read(SMALL), 12, 5)
    found = replay(made, BaseStock(), 12, 5)
    ledger = found.ledger
    bought = ledger.shipped.loc[ledger.shipped["origin_kind"] == "supplier", "units"].sum()
    straight = ledger.delivered.loc[ledger.delivered["supplied"], "units"].sum()
    opening = ledger.stock.opening.sum() + ledger.events.receipts["units"].sum()
    assert opening + bought + straight == pytest.approx(ledger.delivered["units"].sum() + found.end_units)


def test_a_rolled_scenario_holds_every_unit_and_its_age_as_the_ledger_counts_it():
    seen = {}

    class Looks(BaseStock):
        def decide(self, known):
            table = known.scenario["opening_stock"]
            seen[known.week] = table.assign(day=table["received_on"].to_numpy().astype("datetime64[D]").astype(int))
            assert table["units"].sum() == pytest.approx(known.on_hand.sum())
            assert known.scenario["in_transit"]["units"].sum() == pytest.approx(known.on_order.sum())
            assert known.coming.sum(axis=2) == pytest.approx(known.on_order)
            return BaseStock.decide(self, known)

    ledger = replay(world([14, 3, 30, 0, 9] * 6, lanes=LATE), Looks(), 12, 2).ledger
    for week in range(1, 12):  # what stood at the end of the week before is there, as old as it is then
        rows, arrived = seen[week], ledger.facts.starts[week]
        for place, name in enumerate(ledger.stock.locations):
            old = rows[(rows["location"] == name) & (rows["day"] < arrived)]
            assert old["units"].sum() == pytest.approx(ledger.stock.on_hand[place, :, week - 1].sum())
            aged = old.loc[old["day"] <= arrived - 14, "units"].sum()
            assert aged == pytest.approx(ledger.stock.aged(place, week - 1, 14).sum())


def test_what_is_overdue_is_expected_some_days_from_now_and_never_in_the_past():
    made = world([14] * 30, lanes=LATE)
    scene = made.scene(8)
    late = np.full(scene.departs.shape, 21)
    state = State(scene, late)
    sea = scene.lanes.get_loc("sea")
    state.send(0, np.array([sea]), np.array([0]), np.array([0]), np.array([30.0]))
    assert in_transit(scene, state, 1)["arrives_on"].astype(str).tolist() == ["2026-06-15"]  # as its lead time says
    overdue = in_transit(scene, state, 3)["arrives_on"]
    assert (overdue > "2026-06-22").all()  # week 3 begins on the 22nd; it was to be there on the 15th
    assert opening_stock(scene, state, 3)["units"].sum() == 210
