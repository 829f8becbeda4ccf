"""The search by prices gives plans and bounds that agree with the search in the whole program."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.search.search import prices_are_better, search
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.registry import solver
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue
from tests.search.cases import catalogue as model_of

ALONE, TWO = Limits(seconds=20, threads=1), Limits(seconds=25, threads=2)


@pytest.mark.parametrize("seed", [1, 2])
def test_plans_by_prices_keep_every_rule_and_lie_above_their_bound(seed):
    made = model_of(seed, 4)
    found = search(made, Highs(), ALONE, 0.05, method="prices")
    assert made.form.violation(found.x) < 1e-6
    assert -np.inf < found.bound <= found.objective
    known = search(made, Highs(), ALONE, 0.01, method="whole")
    assert found.bound <= known.objective + 1e-4
    assert known.bound <= found.objective + 1e-4
    assert found.objective - known.objective < 0.1 * made.mission_of(known.x)


@pytest.mark.slow
def test_worker_processes_plan_a_scenario_and_the_plan_is_verified():
    found = plan(catalogue(1, 12), method="prices", limits=TWO, gap=0.0)
    assert found.status == "feasible"
    assert -np.inf < found.bound <= found.total_cost


def test_ctrl_c_without_a_plan_goes_on_to_the_caller():
    def pressed(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search(model_of(1, 2), Highs(), ALONE, 0.0, watch=pressed, method="prices")


def test_ctrl_c_with_a_plan_keeps_it():
    def pressed(said):
        if np.isfinite(said.objective):
            raise KeyboardInterrupt
        return False

    found = search(model_of(1, 4), Highs(), ALONE, 0.0, watch=pressed, method="prices")
    assert found.x is not None and found.status == "feasible"


def test_large_programs_are_searched_by_prices_where_highs_solves_them():
    made = model_of(1, 2)
    large = replace(made, form=replace(made.form, cost=np.zeros(600_000)))
    assert prices_are_better(large, Highs())
    assert not prices_are_better(made, Highs())
    assert not prices_are_better(large, solver("cbc"))
    assert prices_are_better(made, Highs(), "prices")
