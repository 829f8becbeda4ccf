"""The search ends with a plan that keeps every rule and a bound that no plan beats, however it is stopped."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.errors import NoPlan
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.search.search import search, settled
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.search.cases import catalogue

QUICK = Limits(seconds=60, threads=1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_search_finds_what_the_solver_alone_proves(seed):
    made = catalogue(seed, skus=1)
    alone = Highs().solve(made.form, replace(QUICK, relative_gap=1e-7))
    assert alone.status == "optimal"
    found = search(made, Highs(), QUICK, gap=0.002)
    assert found.status == "optimal"
    assert made.form.violation(found.x) < 1e-6
    assert found.bound <= alone.objective + 1e-4
    assert alone.objective - 1e-4 <= found.objective <= alone.objective + 0.002 * made.mission_of(found.x) + 1e-4


def test_a_search_that_is_stopped_at_once_gives_the_best_plan_so_far_and_a_bound():
    made = catalogue(1, skus=4)
    found = search(made, Highs(), QUICK, gap=0.0, watch=lambda said: np.isfinite(said.objective))
    assert found.status == "feasible"
    assert made.form.violation(found.x) < 1e-6
    assert -np.inf < found.bound <= found.objective


def test_no_time_at_all_is_an_honest_refusal():
    with pytest.raises(NoPlan, match="--seconds"):
        plan(generate(Spec(skus=5, overseas=2, weeks=8)), limits=Limits(seconds=0.0, threads=1))


def test_no_thread_is_left_behind():
    search(catalogue(2), Highs(), replace(QUICK, seconds=3), gap=0.0)
    assert not [thread for thread in threading.enumerate() if thread.name == "neighbourhoods"]


def test_settling_keeps_whole_numbers_and_makes_the_rest_as_cheap_as_can_be():
    made = catalogue(1)
    found = search(made, Highs(), QUICK, gap=0.05)
    spoilt = found.x.copy()
    place = made.program.columns["lost"]
    spoilt[place] = 0.0  # no plan any more: settling must find what is lost again
    again = settled(made.form, Highs(), spoilt, QUICK)
    assert np.array_equal(again[made.form.integer], np.round(spoilt)[made.form.integer])
    assert made.form.violation(again) < 1e-6
    assert made.form.cost @ again <= made.form.cost @ found.x + 1e-6


def test_settling_finds_no_use_for_a_fee_that_was_paid_for_nothing():
    # Six units go by the first departure; the second one is paid for (7) and would save 0.1 a unit.
    matrix = sparse.csr_array(np.array([[1.0, 1.0, 0, 0], [1.0, 0, -10, 0], [0, 1.0, 0, -10]]))
    form = StandardForm(
        cost=np.array([0.0, -0.1, 5, 7]), offset=0.0, matrix=matrix, row_lower=np.array([6.0, -np.inf, -np.inf]),
        row_upper=np.array([6.0, 0, 0]), lower=np.zeros(4), upper=np.array([10.0, 10, 1, 1]),
        integer=np.array([False, False, True, True]), rows={}, columns={},
    )  # fmt: skip
    assert settled(form, Highs(), np.array([6.0, 0, 1, 1]), QUICK).tolist() == [6, 0, 1, 0]


def test_what_cannot_be_settled_is_at_least_trimmed():
    never = StandardForm(
        cost=np.array([0.0, 5]), offset=0.0, matrix=sparse.csr_array(np.array([[1.0, 0], [1.0, 0]])),
        row_lower=np.array([6.0, -np.inf]), row_upper=np.array([np.inf, 5.0]), lower=np.zeros(2),
        upper=np.array([10.0, 1]), integer=np.array([False, True]), rows={}, columns={},
    )  # fmt: skip
    assert settled(never, Highs(), np.array([6.0, 1]), QUICK).tolist() == [6, 0]
