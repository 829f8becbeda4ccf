"""Plans of random scenarios: costs that add up, bounds that hold, units that are conserved."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

from optimizer.formulation.formulate import COSTS, formulate
from optimizer.network.network import connect
from optimizer.plan.plan import Plan
from optimizer.scenario.departures import departures
from optimizer.solve import plan
from optimizer.solvers.solver import Limits
from tests.formulation.effects import optimum
from tests.properties.profile import FEW, QUICK
from tests.properties.worlds import World, worlds

LIMITS = Limits(seconds=30, threads=1)


def by_sku(table: pd.DataFrame) -> pd.Series:
    return table.groupby("sku")["units"].sum()


@QUICK
@given(worlds())
def test_a_plan_passes_the_door_and_its_lines_bound_and_optimum_agree(world: World):
    scenario = world.scenario()
    found = plan(scenario, limits=LIMITS, gap=0.0)  # refused, or broken, would raise
    assert set(found.costs) == {line.__name__ for line in COSTS}
    assert sum(found.costs.values()) == pytest.approx(found.total_cost)
    assert found.bound <= found.total_cost + 1e-6
    assert found.total_cost == pytest.approx(optimum(formulate(connect(scenario))), rel=1e-6, abs=1e-4)


@FEW
@given(worlds(always={"cases", "moq", "breaks", "fees"}))
def test_a_plan_within_a_gap_is_not_below_its_bound_nor_the_optimum_below_the_bound(world: World):
    scenario = world.scenario()
    found = plan(scenario, limits=LIMITS, gap=0.05)
    best = optimum(formulate(connect(scenario)))
    assert found.bound <= best + 1e-4
    assert best <= found.total_cost + 1e-4


@QUICK
@given(worlds())
def test_units_are_conserved(world: World):
    scenario = world.scenario()
    found = plan(scenario, limits=LIMITS)
    come = by_sku(scenario["opening_stock"]).add(_landed_from_the_past(found), fill_value=0)
    come = come.add(_bought(found), fill_value=0)
    gone = by_sku(found["deliver"]).add(_left(found), fill_value=0).add(_under_way(found), fill_value=0)
    assert (come.sub(gone, fill_value=0).abs() < 1e-4).all()


@QUICK
@given(worlds())
def test_every_unit_of_demand_is_delivered_or_lost(world: World):
    scenario = world.scenario()
    found = plan(scenario, limits=LIMITS)
    sold = found["deliver"][found["deliver"]["region"] != "trader"]
    within = scenario["demand"]["starts_on"] < pd.Timestamp(scenario.calendar.end)
    wanted = by_sku(scenario["demand"].rename(columns={"mean": "units"})[within])
    assert wanted.sub(by_sku(sold), fill_value=0).sub(by_sku(found["lost"]), fill_value=0).abs().max() < 1e-4


@FEW
@given(worlds(always={"cases", "moq", "breaks", "containers", "fees", "rooms", "capacity"}))
def test_the_same_seed_gives_the_same_plan(world: World):
    first, second = (plan(world.scenario(), limits=LIMITS) for _ in range(2))
    assert first.total_cost == second.total_cost
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, second[name])


def _trips(found: Plan) -> pd.DataFrame:
    lanes = found.scenario["lanes"][["lane", "origin", "destination"]]
    return found["ship"].merge(departures(found.scenario), on=["lane", "period"]).merge(lanes, on="lane")


def _bought(found: Plan) -> pd.Series:
    trips = _trips(found)
    return by_sku(trips[trips["origin"] == "factory"])


def _under_way(found: Plan) -> pd.Series:
    trips = _trips(found)
    return by_sku(trips[trips["arrival_period"] == len(found.scenario.calendar)])


def _left(found: Plan) -> pd.Series:
    return by_sku(found["on_hand"][found["on_hand"]["period"] == len(found.scenario.calendar) - 1])


def _landed_from_the_past(found: Plan) -> pd.Series:
    coming, calendar = found.scenario["in_transit"], found.scenario.calendar
    period = calendar.arrival_period(coming["arrives_on"].to_numpy())
    return by_sku(coming[period < len(calendar)])
