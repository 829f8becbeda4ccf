"""Neighbourhoods change one block and the linking columns, keep every rule, and never make an answer worse."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.neighbourhoods import Neighbourhoods
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.solvers.conftest import program

LIMITS = Limits(seconds=10, threads=1)
#: Blocks of three columns each; the last column opens a shared room of 10 for all of them.
BLOCKS = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, -1])


class Kept:
    """The best answer so far."""

    def __init__(self, form: StandardForm, x: np.ndarray) -> None:
        self.form, self.x, self.offers = form, x, 0

    def offer(self, x: np.ndarray) -> None:
        self.offers += 1
        if self.form.cost @ x < self.form.cost @ self.x - 1e-9:
            self.x = x


def knapsacks(seed: int) -> StandardForm:
    """Each block picks at most one of three things by their worth; all share one room that costs 3 to open."""
    random = np.random.default_rng(seed)
    size, worth = random.integers(2, 6, 9).astype(float), random.integers(1, 12, 9).astype(float)
    rows = [[1.0 if block == own else 0.0 for own in BLOCKS] for block in range(3)]
    rows.append([*size, -10.0])
    return program([*-worth, 3.0], rows, [-np.inf] * 4, [1, 1, 1, 0], [0] * 10, [1] * 10, [True] * 10)


@pytest.mark.parametrize("seed", range(8))
def test_rounds_over_the_blocks_reach_an_answer_that_no_single_block_betters(seed):
    form = knapsacks(seed)
    best = Kept(form, np.zeros(10))
    around = Neighbourhoods(form, BLOCKS, seed)
    around.run(best, Highs(), LIMITS, Event())
    assert form.violation(best.x) < 1e-9
    for block in range(3):
        again = around.improved(best.x, block, Highs(), LIMITS)
        assert form.cost @ again == pytest.approx(form.cost @ best.x)


@pytest.mark.parametrize("seed", range(8))
def test_only_the_block_and_the_linking_columns_change(seed):
    form = knapsacks(seed)
    better = Neighbourhoods(form, BLOCKS).improved(np.zeros(10), 1, Highs(), LIMITS)
    assert not better[np.isin(BLOCKS, [0, 2])].any()
    assert form.cost @ better <= 0


def test_a_neighbourhood_that_finds_nothing_better_gives_back_the_same_answer():
    form = knapsacks(0)
    best = Highs().solve(form, LIMITS).x
    assert Neighbourhoods(form, BLOCKS).improved(best, 0, Highs(), LIMITS) is best


def test_a_sign_to_stop_ends_it_before_the_next_block():
    form, stop = knapsacks(0), Event()
    stop.set()
    best = Kept(form, np.zeros(10))
    Neighbourhoods(form, BLOCKS).run(best, Highs(), LIMITS, stop)
    assert best.offers == 0


def test_no_time_means_no_neighbourhood():
    form = knapsacks(0)
    best = Kept(form, np.zeros(10))
    Neighbourhoods(form, BLOCKS).run(best, Highs(), Limits(seconds=0.0), Event())
    assert best.offers == 0
