"""Programs: stacking of blocks, cost lines, and the picture."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from optimizer.algebra.picture import picture
from optimizer.algebra.program import Program
from optimizer.algebra.variables import Variables

GOLDEN = Path(__file__).parent / "golden_picture.txt"


@pytest.fixture
def program() -> Program:
    x = Variables("ship", np.zeros(3), np.array([5.0, 6.0, 7.0]))
    y = Variables("boxes", np.zeros(2), np.full(2, 4.0), integer=True)
    nothing = Variables("nothing", np.zeros(0), np.zeros(0))
    into = sparse.csr_array(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    return Program(
        variables=(x, nothing, y),
        bands={"room": into @ (2.0 * x) <= 3.0 * y, "least": x >= np.array([1.0, 0.0, 2.0]), "empty": nothing <= 1.0},
        costs={"freight": np.array([1.0, 0.0, 4.0]) * x + 10.0, "boxes": 6.0 * y, "free": 0.0 * y},
        linking=frozenset({"room"}),
    )


def test_blocks_are_stacked_in_the_order_of_bands_and_families(program):
    form = program.standard_form()
    assert form.columns == {"ship": slice(0, 3), "nothing": slice(3, 3), "boxes": slice(3, 5)}
    assert form.rows == {"room": slice(0, 2), "least": slice(2, 5), "empty": slice(5, 5)}
    assert form.matrix.toarray().tolist() == [
        [2.0, 2.0, 0.0, -3.0, 0.0],
        [0.0, 0.0, 2.0, 0.0, -3.0],
        [1.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 1.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 1.0, 0.0, 0.0],
    ]
    assert form.row_lower.tolist() == [-np.inf, -np.inf, 1.0, 0.0, 2.0]
    assert form.row_upper.tolist() == [0.0, 0.0, np.inf, np.inf, np.inf]
    assert form.upper.tolist() == [5.0, 6.0, 7.0, 4.0, 4.0]
    assert form.integer.tolist() == [False, False, False, True, True]


def test_cost_lines_add_up_to_cost_and_offset(program):
    form = program.standard_form()
    assert (form.cost.tolist(), form.offset) == ([1.0, 0.0, 4.0, 6.0, 6.0], 30.0)


def test_the_amounts_of_the_lines_add_up_to_the_objective(program):
    form, x = program.standard_form(), np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    amounts = program.amounts(x)
    assert amounts == {"freight": 1 + 12 + 30.0, "boxes": 54.0, "free": 0.0}
    assert sum(amounts.values()) == form.cost @ x + form.offset


def test_a_gathered_cost_line_counts_every_row():
    x = Variables("ship", np.zeros(2), np.ones(2))
    line = sparse.csr_array(np.array([[1.0, 2.0], [3.0, 0.0]])) @ x
    vector, constant = Program((x,), {}, {"line": line}).line_costs("line")
    assert (vector.tolist(), constant) == ([4.0, 2.0], 0.0)


def test_entries_of_one_family_in_two_terms_are_added():
    x = Variables("ship", np.zeros(2), np.ones(2))
    program = Program((x,), {"sum": x + np.array([2.0, 3.0]) * x <= 1.0}, {})
    assert program.standard_form().matrix.toarray().tolist() == [[3.0, 0.0], [0.0, 4.0]]


def test_a_program_without_bands_has_no_rows():
    x = Variables("ship", np.zeros(2), np.ones(2))
    form = Program((x,), {}, {"line": 1.0 * x}).standard_form()
    assert form.matrix.shape == (0, 2)


def test_relaxing_forgets_whole_numbers_only(program):
    form = program.standard_form()
    assert not form.relaxed.integer.any()
    assert form.relaxed.matrix is form.matrix


def test_violation_is_the_largest_amount_by_which_anything_is_broken(program):
    form = program.standard_form()
    assert form.violation(np.array([1.0, 0.0, 2.0, 1.0, 2.0])) == 0.0
    assert form.violation(np.array([0.75, 0.0, 2.0, 1.0, 2.0])) == 0.25  # the row `least`
    assert form.violation(np.array([1.0, 0.0, 2.0, 4.5, 2.0])) == 0.5  # above its bound, and not whole
    assert form.violation(np.array([1.0, -3.0, 2.0, 1.0, 2.0])) == 3.0  # below its bound


def test_the_picture_shows_blocks_linking_rows_costs_and_sizes(program):
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_text(picture(program) + "\n", encoding="utf-8")
    assert picture(program) + "\n" == GOLDEN.read_text(encoding="utf-8")
