"""No constraint and no cost line without its golden text and its effect."""

from __future__ import annotations

from optimizer.formulation.formulate import CONSTRAINTS, COSTS, LINKING
from tests.formulation import constraint_toys, cost_toys, shipping_toys
from tests.formulation.effects import EFFECTS
from tests.formulation.test_equations import GOLDEN

MODULES = (constraint_toys, cost_toys, shipping_toys)  # imported so that they register their toys
BLOCKS = {block.__name__ for block in (*CONSTRAINTS, *COSTS)}


def test_every_block_has_a_golden_text():
    assert {path.stem for path in GOLDEN.glob("*.txt")} - {"bounds", "picture"} == BLOCKS


def test_every_block_has_a_toy_that_shows_its_effect():
    assert {effect.block for effect in EFFECTS if effect.by != 0} == BLOCKS


def test_names_are_not_used_twice():
    assert len(BLOCKS) == len(CONSTRAINTS) + len(COSTS)


def test_linking_rows_are_constraints():
    assert {constraint.__name__ for constraint in CONSTRAINTS} >= LINKING


def test_every_block_says_what_it_states():
    assert all(block.__doc__ for block in (*CONSTRAINTS, *COSTS))
