"""Arithmetic of expressions: what it adds up to, and what it refuses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from optimizer.algebra.linear import Band, Linear, as_linear
from optimizer.algebra.program import Program
from optimizer.algebra.variables import Variables


def family(name: str = "x", count: int = 3) -> Variables:
    return Variables(name, np.zeros(count), np.full(count, 10.0))


def dense(linear: Linear, **sizes: int) -> np.ndarray:
    """The expression as a matrix over the families in the order of `sizes`."""
    blocks = {name: np.zeros((len(linear), size)) for name, size in sizes.items()}
    for name, block in linear.terms:
        blocks[name] += np.diag(block) if isinstance(block, np.ndarray) else block.toarray()
    return np.hstack(list(blocks.values()))


def test_a_family_stands_for_the_vector_of_its_variables():
    assert dense(family().as_linear(), x=3).tolist() == np.eye(3).tolist()


def test_sums_and_differences_collect_terms_and_constants():
    expression = 2.0 * family("x") - family("y") + 5.0 - np.array([1.0, 2.0, 3.0])
    assert dense(expression, x=3, y=3).tolist() == np.hstack([2 * np.eye(3), -np.eye(3)]).tolist()
    assert expression.constant.tolist() == [4.0, 3.0, 2.0]


def test_a_family_may_appear_twice():
    assert dense(family() + 3.0 * family(), x=3).tolist() == (4 * np.eye(3)).tolist()


def test_a_number_minus_an_expression_turns_its_signs():
    expression = 7.0 - family()
    assert dense(expression, x=3).tolist() == (-np.eye(3)).tolist()
    assert expression.constant.tolist() == [7.0] * 3


FACTORS = [
    pytest.param(np.array([1.0, 2.0, 3.0]), id="numpy"),
    pytest.param(pd.Series([1.0, 2.0, 3.0], index=[7, 8, 9]), id="pandas"),
    pytest.param(pd.Series([1, 2, 3]), id="pandas of whole numbers"),
]


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("operand", [family(), family().as_linear()], ids=["family", "linear"])
def test_products_with_vectors_are_the_same_in_both_orders(factor, operand):
    for product in (factor * operand, operand * factor):
        assert isinstance(product, Linear)
        assert dense(product, x=3).tolist() == np.diag([1.0, 2.0, 3.0]).tolist()


@pytest.mark.parametrize("vector", FACTORS)
def test_sums_and_comparisons_with_vectors_are_the_same_in_both_orders(vector):
    for total in (vector + family(), family() + vector):
        assert total.constant.tolist() == [1.0, 2.0, 3.0]
    for difference, sign in ((vector - family(), 1.0), (family() - vector, -1.0)):
        assert difference.constant.tolist() == [sign, 2 * sign, 3 * sign]
    for band in (family() <= vector, vector >= family()):
        assert isinstance(band, Band)
    for band in (family() == vector, vector == family()):
        assert isinstance(band, Band)
        assert np.abs(band.lower).tolist() == np.abs(band.upper).tolist() == [1.0, 2.0, 3.0]


def test_a_number_of_numpy_multiplies_in_both_orders():
    for product in (np.float64(2) * family(), family() * np.float64(2), np.int64(2) * family()):
        assert dense(product, x=3).tolist() == (2 * np.eye(3)).tolist()


@pytest.mark.parametrize("kind", [sparse.csr_array, sparse.csc_array, sparse.coo_array])
def test_a_matrix_gathers_a_family_and_an_expression(kind):
    matrix = kind(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))
    gathered = matrix @ (np.array([1.0, 10.0, 100.0]) * family() + 1.0)
    assert dense(gathered, x=3).tolist() == [[1.0, 10.0, 0.0], [0.0, 0.0, 200.0]]
    assert gathered.constant.tolist() == [2.0, 2.0]
    assert dense(matrix @ family(), x=3).tolist() == matrix.toarray().tolist()


def test_a_gathered_expression_can_be_scaled_and_gathered_again():
    first = sparse.csr_array(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])) @ family()
    again = sparse.csr_array(np.array([[1.0, 3.0]])) @ (np.array([2.0, 5.0]) * first)
    assert dense(again, x=3).tolist() == [[2.0, 2.0, 30.0]]


def test_a_matrix_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="2 columns cannot gather 3 entries"):
        sparse.csr_array(np.ones((1, 2))) @ family()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: family("x", 3) + family("y", 2),
        lambda: family("x", 3) <= family("y", 1),
        lambda: family() * np.ones(2),
        lambda: family() + np.ones((3, 1)),
        lambda: np.ones(1) * family(),
        lambda: pd.Series([1.0, 2.0]) * family(),
    ],
)
def test_shapes_that_do_not_match_are_refused(wrong):
    with pytest.raises(ValueError, match="match"):
        wrong()


def test_bands_move_constants_into_their_bounds():
    below = family() + 1.0 <= np.array([4.0, 5.0, 6.0])
    assert (below.lower.tolist(), below.upper.tolist()) == ([-np.inf] * 3, [3.0, 4.0, 5.0])
    above = 2.0 * family() >= 3.0
    assert (above.lower.tolist(), above.upper.tolist()) == ([3.0] * 3, [np.inf] * 3)
    equal = family() - family("y") == 4.0
    assert (equal.lower.tolist(), equal.upper.tolist()) == ([4.0] * 3, [4.0] * 3)
    assert equal.expression.constant.tolist() == [0.0] * 3


def test_a_band_has_no_truth_value():
    with pytest.raises(TypeError, match="no truth value"):
        bool(family() <= 3.0)
    with pytest.raises(TypeError, match="no truth value"):
        0.0 <= family() <= 3.0  # noqa: B015 - the chained comparison is what must fail


def test_expressions_and_families_cannot_be_hashed():
    for operand in (family(), family().as_linear()):
        with pytest.raises(TypeError, match="unhashable"):
            hash(operand)


def test_a_number_becomes_an_expression_without_terms():
    constant = as_linear(2.0, 3)
    assert (constant.terms, constant.constant.tolist()) == ((), [2.0] * 3)


@pytest.mark.parametrize(
    ("lower", "upper", "message"),
    [
        (np.zeros(2), np.zeros(3), "must be equal vectors"),
        (np.zeros((2, 1)), np.zeros((2, 1)), "must be equal vectors"),
        (np.array([0.0, np.nan]), np.ones(2), "ship: a bound is not a number"),
        (np.zeros(2), np.array([1.0, np.nan]), "ship: a bound is not a number"),
        (np.array([0.0, 2.0]), np.ones(2), "ship: a lower bound is above"),
    ],
)
def test_wrong_bounds_are_refused_by_the_name_of_the_family(lower, upper, message):
    with pytest.raises(ValueError, match=message):
        Variables("ship", lower, upper)


def test_a_number_that_is_missing_names_the_band_and_the_family():
    x = family("ship")
    program = Program((x,), {"whole_cases": np.array([1.0, np.nan, 1.0]) * x <= 1.0}, {})
    with pytest.raises(ValueError, match="band whole_cases, variables ship"):
        program.standard_form()


def test_a_number_that_is_missing_in_a_gathered_block_names_the_band_and_the_family():
    x = family("ship")
    program = Program((x,), {"capacity": sparse.csr_array(np.array([[1.0, np.nan, 0.0]])) @ x <= 1.0}, {})
    with pytest.raises(ValueError, match="band capacity, variables ship"):
        program.standard_form()


@pytest.mark.parametrize("line", [lambda x: np.array([1.0, np.nan, 0.0]) * x, lambda x: x + np.nan])
def test_a_cost_that_is_missing_names_the_line(line):
    x = family("ship")
    with pytest.raises(ValueError, match="cost line freight"):
        Program((x,), {}, {"freight": line(x)}).standard_form()


@pytest.mark.parametrize("bound", [lambda x: x <= np.array([1.0, np.nan, 1.0]), lambda x: x == np.full(3, np.nan)])
def test_a_bound_of_a_band_that_is_missing_names_the_band(bound):
    x = family("ship")
    with pytest.raises(ValueError, match="band demand"):
        Program((x,), {"demand": bound(x)}, {}).standard_form()
