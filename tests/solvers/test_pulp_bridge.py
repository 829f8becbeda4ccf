"""CBC and others through PuLP: honest statuses, bounds that are proven, duals that prove."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.errors import OptimizerError
from optimizer.solvers.pulp_bridge import PulpSolver
from optimizer.solvers.registry import solver
from optimizer.solvers.solver import Limits

INF = np.inf
KNOWN = -5004.0


@pytest.mark.parametrize("name", ["cbc", "pulp:HiGHS"])
def test_an_answer_at_the_time_limit_is_not_called_optimal(knapsack, name):
    answer = solver(name).solve(knapsack, Limits(seconds=2, threads=1))
    assert answer.status == "feasible"
    assert knapsack.violation(answer.x) <= 1e-6
    assert -6000 < answer.bound <= KNOWN and answer.bound < answer.objective


def test_scip_tells_its_own_bound(knapsack):
    pytest.importorskip("pyscipopt")
    answer = solver("scip").solve(knapsack, Limits(seconds=3, threads=1))
    relaxation = solver("highs").solve(knapsack.relaxed, Limits()).objective
    assert answer.status == "feasible" and relaxation < answer.bound <= KNOWN


def test_without_time_there_is_no_answer_but_still_a_bound_or_none(knapsack):
    answer = solver("cbc").solve(knapsack, Limits(seconds=0))
    assert answer.status in ("none", "feasible") and answer.bound <= KNOWN


def test_a_complete_start_is_never_lost(knapsack):
    start = np.zeros(150)
    start[:20] = 1.0
    answer = solver("cbc").solve(knapsack, Limits(seconds=0), start=start)
    assert answer.status == "feasible" and answer.objective <= knapsack.cost @ start + 7.0


def test_cbc_begins_from_the_start_that_it_is_given(make_program):
    # Whole numbers in a narrow band that CBC finds anyhow: what is tested is that a start is taken without harm.
    form = make_program([1, 1], [[7, 11]], [47], [47], [0, 0], [9, 9], [1, 1])
    answer = solver("cbc").solve(form, Limits(), start=np.array([2.0, 3.0]))
    assert answer.status == "optimal" and answer.x.tolist() == [2.0, 3.0]


def test_a_partial_start_is_left_out(make_program):
    form = make_program([1, 1], [[7, 11]], [47], [47], [0, 0], [9, 9], [1, 1])
    assert solver("cbc").solve(form, Limits(), start=np.array([np.nan, 3.0])).objective == pytest.approx(5.0)


def test_an_optimum_within_a_wide_gap_has_a_bound_below_it(make_program):
    form = make_program([2, 3], [[1, 1]], [4.5], [INF], [0, 0], [10, 10], [0, 1], offset=1.0)
    answer = solver("cbc").solve(form, Limits(relative_gap=0.5))
    assert answer.status == "optimal" and answer.bound <= 10.0 <= answer.objective + 1e-9


def test_ranges_become_two_rows_and_their_duals_one(make_program):
    # max x + y in 1 <= x + y <= 4: one more unit allowed at the upper end is worth 1.
    form = make_program([-1, -1], [[1, 1]], [1], [4], [0, 0], [9, 9], [0, 0], offset=2.0)
    answer = solver("cbc").solve(form, Limits())
    assert answer.objective == answer.bound == pytest.approx(-2.0)
    assert answer.row_duals == pytest.approx([-1.0]) and answer.reduced_costs == pytest.approx([0.0, 0.0])


def test_whole_numbers_without_end_are_unbounded_although_cbc_says_optimal(make_program):
    form = make_program([-1, 1], [[0, 1]], [0], [5], [0, 0], [INF, 9], [1, 0])
    assert solver("cbc").solve(form, Limits()).status == "unbounded"


def test_a_solver_that_fails_says_so_and_names_another(make_program, monkeypatch):
    import pulp

    def fails(self, problem):
        raise pulp.PulpSolverError("no licence")

    monkeypatch.setattr(pulp.COIN_CMD, "actualSolve", fails)
    with pytest.raises(OptimizerError, match="no licence.*highs"):
        PulpSolver("PULP_CBC_CMD").solve(make_program([1], [[1]], [1], [9], [0], [9], [0]), Limits())


def test_a_missing_number_is_refused_here_as_well(make_program):
    with pytest.raises(ValueError, match="cost"):
        solver("cbc").solve(make_program([np.nan], [[1]], [1], [9], [0], [9], [0]), Limits())


@pytest.mark.parametrize("seed", [649, 4543, 4953, 5063, 5477, 7124, 9532, 10793])
def test_programs_that_cbc_gets_wrong_with_its_preprocessing_are_solved(make_random_program, seed):
    form = make_random_program(seed)
    cbc, highs = (solver(name).solve(form, Limits()) for name in ("cbc", "highs"))
    assert cbc.objective == pytest.approx(highs.objective, abs=1e-5)
