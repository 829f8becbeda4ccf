"""What does not change the optimum, and what changes it by a known factor."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from optimizer.formulation.formulate import formulate
from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
from tests.formulation.effects import optimum
from tests.properties.changes import renamed, reversed_rows, side_by_side, with_money_times
from tests.properties.profile import QUICK
from tests.properties.worlds import LINKING, World, worlds


def least_cost(scenario: Scenario) -> float:
    return optimum(formulate(connect(scenario)))


def same(cost: float) -> object:
    return pytest.approx(cost, rel=1e-6, abs=1e-4)


@QUICK
@given(worlds(always={"matched"}))
def test_twice_the_money_is_twice_the_cost(world: World):
    scenario = world.scenario()
    assert least_cost(with_money_times(scenario, 2.0)) == same(2 * least_cost(scenario))


@QUICK
@given(worlds())
def test_the_order_of_rows_does_not_matter(world: World):
    scenario = world.scenario()
    assert least_cost(reversed_rows(scenario)) == same(least_cost(scenario))


@QUICK
@given(worlds())
def test_names_do_not_matter(world: World):
    scenario = world.scenario()
    assert least_cost(renamed(scenario, "x ")) == same(least_cost(scenario))


@QUICK
@given(worlds(without={"matched", "days"}), worlds(without={"matched", "days"}, skus=("B", "C")))
def test_two_scenarios_that_share_nothing_cost_the_sum(first: World, second: World):
    parts = [world.scenario(capital_rate=0.1) for world in (first, second)]
    assert least_cost(side_by_side(*parts)) == same(sum(least_cost(part) for part in parts))


@QUICK
@given(worlds(without=LINKING, skus=("A", "B", "C")))
def test_without_linking_rows_the_slices_add_up_to_the_whole(world: World):
    scenario = world.scenario()
    alone = [formulate(connect(scenario, np.array(part, dtype=object))) for part in (["A"], ["B", "C"])]
    assert sum(optimum(program) for program in alone) == same(least_cost(scenario))
