"""The reference net: the program has the same optimum as the plain-loop model that was written from MODEL.md."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from optimizer.scenario.scenario import Scenario
from optimizer.solve import check
from tests.formulation import constraint_toys, cost_toys, shipping_toys
from tests.formulation.effects import EFFECTS
from tests.formulation.golden_toy import golden_toy
from tests.oracle import edges_of_orders, edges_of_stock
from tests.oracle.edges import EDGES
from tests.oracle.sellers import seller
from tests.oracle.solving import of_the_oracle, of_the_program, same
from tests.properties.worlds import FEATURES, World

#: Imported so that they register their toys and edges.
MODULES = (constraint_toys, cost_toys, shipping_toys, edges_of_orders, edges_of_stock)
TOYS = [golden_toy, *{effect.make.__name__: effect.make for effect in EFFECTS}.values()]
#: Seeds that both solvers prove within a second, and the others.
WORLDS, MORE_WORLDS = (0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16), range(20, 60)
SELLERS, MORE_SELLERS = (*range(18), *range(19, 25)), range(25, 145)
RICH_SELLERS = range(200, 240)


def world(seed: int) -> World:
    """A world with about half of all features."""
    chosen = np.random.default_rng(seed).random(len(FEATURES)) < 0.5
    return World(seed, frozenset(name for name, on in zip(FEATURES, chosen.tolist(), strict=True) if on))


def they_agree(scenario: Scenario) -> None:
    assert not check(scenario)
    assert of_the_oracle(scenario) == same(of_the_program(scenario))


@pytest.mark.parametrize("make", TOYS, ids=lambda make: make.__name__)
def test_they_agree_on_a_toy(make: Callable[[], Scenario]):
    they_agree(make())


@pytest.mark.parametrize(("make", "cost"), EDGES, ids=lambda value: getattr(value, "__name__", ""))
def test_both_cost_what_was_worked_out_at_an_edge_of_the_model(make: Callable[[], Scenario], cost: float):
    scenario = make()
    assert make.__doc__ and not check(scenario)
    assert (of_the_oracle(scenario), of_the_program(scenario)) == (same(cost), same(cost))


@pytest.mark.parametrize("seed", WORLDS)
def test_they_agree_on_a_random_world(seed: int):
    they_agree(world(seed).scenario())


@pytest.mark.parametrize("seed", SELLERS)
def test_they_agree_on_a_random_seller(seed: int):
    they_agree(seller(seed).scenario())


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE_WORLDS)
def test_they_agree_on_more_worlds(seed: int):
    they_agree(world(seed).scenario())


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE_SELLERS)
def test_they_agree_on_more_sellers(seed: int):
    they_agree(seller(seed).scenario())


@pytest.mark.slow
@pytest.mark.parametrize("seed", RICH_SELLERS)
def test_they_agree_on_sellers_with_half_of_all_features(seed: int):
    they_agree(seller(seed, share=0.5).scenario())
