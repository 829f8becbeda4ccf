"""Nothing is left unproven: the net has every block of the model, and notices where one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

import pulp
import pytest

from optimizer.algebra.program import Program
from optimizer.formulation.formulate import CONSTRAINTS, COSTS, STRENGTHENING, formulate
from optimizer.network.network import connect
from tests.oracle.oracle import oracle_with_lines
from tests.oracle.sellers import FEATURES, seller
from tests.oracle.solving import of_a_form, same
from tests.oracle.test_oracle import SELLERS

RULES = [constraint.__name__ for constraint in CONSTRAINTS]
LINES = [line.__name__ for line in COSTS]
#: What the oracle says by other rows: what has been received so far, and locks, which are bounds in the program.
OTHERWISE = {"cumulative_receipts": "received"}
LOCKS = {"lock_least", "lock_most"}


@cache
def program(seed: int) -> Program:
    return formulate(connect(seller(seed).scenario()))


@cache
def oracle_of(seed: int) -> tuple[pulp.LpProblem, dict[str, pulp.LpAffineExpression]]:
    problem, lines, _ = oracle_with_lines(seller(seed).scenario())
    return problem, lines


@cache
def optimum(seed: int) -> float:
    return of_a_form(program(seed).standard_form())


def optimum_without(seed: int, block: str) -> float:
    """The optimum less a band or a cost line, and less the rows that whole numbers imply, which might stand in."""
    whole = program(seed)
    costs = {name: line for name, line in whole.costs.items() if name != block}
    return of_a_form(replace(whole.without(STRENGTHENING | {block}), costs=costs).standard_form())


def worlds_with(block: str) -> Iterator[int]:
    """Sellers in whose program a block has entries."""
    for seed in SELLERS:
        whole = program(seed)
        rows = whole.rows.get(block)
        if (rows is not None and rows.stop > rows.start) or (block in whole.costs and whole.line_costs(block)[0].any()):
            yield seed


@pytest.mark.parametrize("block", [*RULES, *LINES])
def test_every_block_is_at_work_in_worlds_that_are_solved(block: str):
    assert len(list(islice(worlds_with(block), 3))) == 3


def test_the_oracle_states_every_rule_and_nothing_else():
    names = {re.sub(r"_\d+$", "", rule.name) for seed in SELLERS for rule in oracle_of(seed)[0].constraints()}
    assert names == {OTHERWISE.get(rule, rule) for rule in RULES if rule not in STRENGTHENING} | LOCKS


def test_the_oracle_has_every_line_of_the_cost():
    assert all(set(oracle_of(seed)[1]) == set(LINES) for seed in SELLERS)


def test_every_feature_is_switched_on_in_worlds_that_are_solved():
    assert {feature for seed in SELLERS for feature in seller(seed).features} == set(FEATURES)


@pytest.mark.parametrize("block", [*(rule for rule in RULES if rule not in STRENGTHENING | {"one_bracket"}), *LINES])
def test_a_block_that_is_left_out_is_noticed(block: str):
    # One bracket is never dearer than two, so without the row that asks for one the optimum stays.
    assert any(optimum_without(seed, block) != same(optimum(seed)) for seed in worlds_with(block))
