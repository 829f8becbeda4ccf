"""The search ends with a plan that keeps every rule and a bound that no plan beats, however it is stopped."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest

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
