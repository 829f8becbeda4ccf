"""The reference net: the program has the same optimum as the plain-loop model that was written from MODEL.md."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from optimizer.scenario.scenario import Scenario
from optimizer.solve import check
from tests.formulation import constraint_toys, cost_toys, shipping_toys
from tests.formulation.effects import EFFECTS
from tests.formulation.golden_toy import golden_toy
from tests.oracle.edges import EDGES
from tests.oracle.solving import TOLERANCE, of_the_oracle, of_the_program

MODULES = (constraint_toys, cost_toys, shipping_toys)  # imported so that they register their toys
TOYS = {effect.make.__name__: effect.make for effect in EFFECTS}
QUICK_WORLDS = range(40)


def same(cost: float) -> object:
    return pytest.approx(cost, rel=TOLERANCE, abs=1e-5)


@pytest.mark.parametrize("make", [golden_toy, *TOYS.values()], ids=lambda make: make.__name__)
def test_the_program_and_the_oracle_agree_on_a_toy(make: Callable[[], Scenario]):
    scenario = make()
    assert of_the_oracle(scenario) == same(of_the_program(scenario))


@pytest.mark.parametrize(("make", "cost"), EDGES, ids=lambda value: getattr(value, "__name__", ""))
def test_both_cost_what_was_worked_out_at_an_edge_of_the_model(make: Callable[[], Scenario], cost: float):
    scenario = make()
    assert make.__doc__ and not check(scenario)
    assert (of_the_oracle(scenario), of_the_program(scenario)) == (same(cost), same(cost))
