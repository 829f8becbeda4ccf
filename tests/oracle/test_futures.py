"""The reference net over sample paths: the program has the same optimum as the plain-loop model with rows that tie
paths together.
"""

from __future__ import annotations

import pytest

from optimizer.formulation.interpret import interpret
from optimizer.plan.plan import Plan
from optimizer.plan.verify import verify
from optimizer.scenario.scenario import Scenario
from optimizer.search.model import model
from optimizer.solve import check
from optimizer.solvers.highs import Highs
from tests.oracle.futures import oracle_over_paths
from tests.oracle.random_paths import with_random_paths
from tests.oracle.sellers import seller
from tests.oracle.solving import PROVEN, cbc, highs, of_the_program, same, solved

SELLERS, MORE_SELLERS = range(300, 312), range(312, 372)


def some(seed: int, idle: float = 0.0) -> Scenario:
    return with_random_paths(seller(seed, share=0.25).scenario(), seed, idle=idle)


def of_the_oracle(scenario: Scenario) -> float:
    cost = solved(oracle_over_paths(scenario), cbc())
    return solved(oracle_over_paths(scenario), highs()) if cost is None else cost


def they_agree(scenario: Scenario) -> None:
    assert not check(scenario)
    assert of_the_oracle(scenario) == same(of_the_program(scenario))


@pytest.mark.parametrize("seed", SELLERS)
def test_they_agree_over_paths(seed: int):
    they_agree(some(seed))


@pytest.mark.parametrize("seed", range(372, 378))
def test_they_agree_where_products_are_wanted_on_some_paths_only(seed: int):
    they_agree(some(seed, idle=0.5))


@pytest.mark.parametrize("seed", range(300, 304))
def test_a_single_path_goes_as_it_says_and_all_is_whole(seed: int):
    scenario = with_random_paths(seller(seed, share=0.25).scenario(), seed, count=1)
    they_agree(scenario)
    made = model(scenario)
    answer = Highs().solve(made.form, PROVEN)
    assert verify(Plan(scenario, interpret(made.net, made.program, answer.x), answer.bound, "optimal", "highs")) == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE_SELLERS)
def test_they_agree_over_more_paths(seed: int):
    they_agree(some(seed))


@pytest.mark.parametrize("seed", SELLERS)
def test_the_witness_finds_nothing_wrong_over_paths(seed: int):
    made = model(some(seed))
    answer = Highs().solve(made.form, PROVEN)
    tables = interpret(made.net, made.program, answer.x)
    assert verify(Plan(some(seed), tables, answer.bound, answer.status, "highs", {})) == ()
