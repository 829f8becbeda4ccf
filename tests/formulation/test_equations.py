"""The rows of every constraint, and the terms of every cost line, read as MODEL.md states them.

The golden texts are rewritten where the environment variable REWRITE_GOLDEN is set. Read them before you commit them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from optimizer.algebra.picture import picture
from optimizer.algebra.program import Program
from optimizer.formulation.formulate import CONSTRAINTS, COSTS, formulate
from optimizer.network.network import Network, connect
from tests.formulation.golden_toy import golden_toy
from tests.formulation.printer import band_text, bounds_text, cost_text

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def net() -> Network:
    return connect(golden_toy())


@pytest.fixture(scope="module")
def program(net: Network) -> Program:
    return formulate(net)


def agrees(name: str, text: str) -> None:
    """Compare a text with its golden file, or rewrite the file on demand."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [constraint.__name__ for constraint in CONSTRAINTS])
def test_the_rows_of_a_constraint_are_the_golden_ones(net, program, name):
    text = band_text(net, program, name)
    assert text.strip()
    agrees(name, text)


@pytest.mark.parametrize("name", [line.__name__ for line in COSTS])
def test_the_terms_of_a_cost_line_are_the_golden_ones(net, program, name):
    text = cost_text(net, program, name)
    assert len(text.splitlines()) > 1
    agrees(name, text)


def test_the_bounds_of_the_columns_are_the_golden_ones(net, program):
    agrees("bounds", bounds_text(net, program))


def test_the_picture_of_the_blocks_is_the_golden_one(program):
    agrees("picture", picture(program) + "\n")
