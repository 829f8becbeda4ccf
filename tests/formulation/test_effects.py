"""Every block of the model matters: without it the optimum of a toy moves by what was worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from optimizer.formulation.formulate import formulate
from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
from optimizer.solve import plan
from tests.formulation import constraint_toys, cost_toys, shipping_toys
from tests.formulation.effects import EFFECTS, Effect, optimum

MODULES = (constraint_toys, cost_toys, shipping_toys)  # imported so that they register their toys


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: f"{effect.block}-{effect.make.__name__}")
def test_without_the_block_the_optimum_moves_by_what_was_worked_out(effect: Effect):
    assert effect.make.__doc__
    assert effect.moved() == pytest.approx(effect.by, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("make", {effect.make.__name__: effect.make for effect in EFFECTS}.values())
def test_the_plan_of_a_toy_passes_the_door_is_verified_and_costs_the_optimum(make: Callable[[], Scenario]):
    scenario = make()
    found = plan(scenario, gap=0.0)
    assert found.total_cost == pytest.approx(optimum(formulate(connect(scenario))), abs=1e-6)
    assert found.bound == pytest.approx(found.total_cost, abs=1e-5)
