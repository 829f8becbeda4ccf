"""Small programs that the tests of the solvers share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm

INFINITY = np.inf


def program(cost, matrix, row_lower, row_upper, lower, upper, integer, offset=0.0) -> StandardForm:
    """A standard form from plain lists; one band called "rows", one family called "columns"."""
    rows, columns = len(row_lower), len(cost)
    dense = sparse.csr_array(np.array(matrix, dtype=np.float64).reshape(rows, columns))
    vectors = [np.array(values, dtype=np.float64) for values in (cost, row_lower, row_upper, lower, upper)]
    return StandardForm(
        cost=vectors[0],
        offset=offset,
        matrix=dense,
        row_lower=vectors[1],
        row_upper=vectors[2],
        lower=vectors[3],
        upper=vectors[4],
        integer=np.array(integer, dtype=bool),
        rows={"rows": slice(0, rows)},
        columns={"columns": slice(0, columns)},
    )


def random_program(seed: int) -> StandardForm:
    """A program of up to 7 rows and 8 columns: ranges, equalities, free and fixed columns, whole numbers.

    It may be infeasible or unbounded, mostly it is neither.
    """
    random = np.random.default_rng(seed)
    rows, columns = int(random.integers(0, 8)), int(random.integers(1, 9))
    matrix = np.round(random.normal(0, 3, (rows, columns))) * (random.random((rows, columns)) < 0.6)
    inside = np.round(random.normal(0, 3, columns))
    activity = matrix @ inside + (random.random() < 0.2) * random.normal(0, 4, rows)
    free = 0.05 if random.random() < 0.7 else 0.4

    def around(centre: np.ndarray, missing: float) -> tuple[np.ndarray, np.ndarray]:
        below, above = random.integers(0, 5, (2, len(centre)))
        return (
            np.where(random.random(len(centre)) < missing, -np.inf, centre - below),
            np.where(random.random(len(centre)) < missing, np.inf, centre + above),
        )

    lower, upper = around(inside, free)
    row_lower, row_upper = around(activity, 0.4)
    return program(
        np.round(random.normal(0, 3, columns), 2),
        matrix,
        row_lower,
        row_upper,
        lower,
        upper,
        random.random(columns) < random.choice([0.0, 0.5, 1.0]),
        float(random.integers(-3, 4)),
    )


def hard_knapsack() -> StandardForm:
    """150 binaries under 60 dense rows, offset 7; no solver proves it within many seconds. -5004 is a known answer."""
    random = np.random.default_rng(1)
    weights = sparse.random_array((60, 150), density=0.3, rng=random, format="csr")
    weights.data = np.round(weights.data * 50 + 1)
    worth = np.round(random.random(150) * 100 + 1)
    room, none, one = weights.sum(axis=1) * 0.5, np.zeros(150), np.ones(150)
    return program(-worth, weights.toarray(), np.full(60, -np.inf), room, none, one, one, 7.0)


@pytest.fixture(scope="session")
def make_program() -> Callable[..., StandardForm]:
    return program


@pytest.fixture(scope="session")
def make_random_program() -> Callable[[int], StandardForm]:
    return random_program


@pytest.fixture(scope="session")
def knapsack() -> StandardForm:
    return hard_knapsack()
