"""A bound holds: from any multipliers, at any prices, with cuts, and never above the optimum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from optimizer.algebra.bound import dual_bound, margin
from optimizer.decomposition.lagrangian import cleared, first_prices, linking_bound
from optimizer.decomposition.rounds import rounds
from optimizer.errors import OptimizerError
from optimizer.solvers.answers import without
from optimizer.solvers.highs import Highs, _proven
from optimizer.solvers.solver import Answer
from tests.decomposition.parts import LIMITS, catalogue, crew_of, relaxed_optimum, whole_form, whole_optimum
from tests.solvers.conftest import random_program


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_any_multipliers_give_a_bound_that_holds(seed):
    form = random_program(seed)
    lower, upper = np.maximum(form.lower, -50.0), np.minimum(form.upper, 50.0)
    sides = (form.matrix, form.row_lower, form.row_upper)
    optimum = Highs().solve(form.relaxed.__class__(**{**form.relaxed.__dict__, "lower": lower, "upper": upper}), LIMITS)
    if optimum.x is None:
        return
    random = np.random.default_rng(seed)
    for size in (0.0, 0.3, 5.0, 1e4):
        duals = random.normal(0, size, len(form.row_lower)) if size else optimum.row_duals
        assert dual_bound(form.cost, *sides, lower, upper, duals) <= optimum.objective - form.offset + 1e-5


def test_the_multipliers_of_the_optimum_give_the_optimum():
    form = whole_form(1).relaxed
    best = Highs().solve(form, LIMITS)
    bound = dual_bound(
        form.cost, form.matrix, form.row_lower, form.row_upper, form.lower, form.upper, best.row_duals
    )  # fmt: skip
    assert bound + form.offset == pytest.approx(best.objective, rel=1e-6)


def test_a_reduced_cost_that_holds_an_infinite_bound_proves_nothing_unless_it_is_forgiven():
    cost, none = np.array([-1e-7, 2.0]), sparse.csr_array((0, 2))
    sides = none, np.zeros(0), np.zeros(0), np.array([0.0, 3.0]), np.array([np.inf, np.inf]), np.zeros(0)
    assert dual_bound(cost, *sides) == -np.inf
    assert dual_bound(cost, *sides, forgiven=1e-6) == 6.0


def test_the_margin_of_a_bound_is_a_share_of_its_terms_where_they_cancel():
    assert margin(np.array([3e6, -3e6]), np.ones(2)) == pytest.approx(6.0)


class _Careless:
    """Its bounds are wrong by a share of the terms of the cost, as tolerances make them; `optimum` is the true one."""

    name = "careless"

    def __init__(self, error: float) -> None:
        self.error, self.optimum = error, np.inf

    def solve(self, form, limits, start=None, watch=None):
        answer = Highs().solve(form, replace(limits, relative_gap=0.0, absolute_gap=0.0), start, watch)
        self.optimum = answer.objective
        return replace(answer, bound=answer.objective + self.error * float(np.abs(form.cost * answer.x).sum()))


class _Says:
    """A solver that says one thing."""

    name = "says"

    def __init__(self, said: Answer | OptimizerError) -> None:
        self.said = said

    def solve(self, form, limits, start=None, watch=None):
        if isinstance(self.said, OptimizerError):
            raise self.said
        return self.said


def test_what_the_tolerances_of_a_solver_add_to_the_linking_part_is_taken_off():
    _, linking, fullest = crew_of(catalogue(1))
    prices = cleared(linking, 2 * first_prices(linking, fullest, Highs(), LIMITS))
    careless, nothing = _Careless(9e-7), np.zeros(len(linking.form.cost))
    rest = linking_bound(linking, prices, _Says(Answer("optimal", nothing, 0.0, 0.0, 0.0)), LIMITS)
    told = linking_bound(linking, prices, careless, LIMITS)
    assert rest + careless.optimum - 1e-5 * abs(careless.optimum) < told < rest + careless.optimum


@pytest.mark.parametrize("said", [without("infeasible", np.inf), OptimizerError("HiGHS failed: unknown")])
def test_a_solver_that_fails_on_the_linking_part_proves_nothing(said):
    _, linking, _ = crew_of(catalogue(1))
    assert linking_bound(linking, np.zeros(len(linking.links)), _Says(said), LIMITS) == -np.inf


def test_a_linear_program_is_proven_no_further_than_its_multipliers_reach():
    form = whole_form(1).relaxed
    best = Highs().solve(form, LIMITS)
    assert _proven(form, best.x, best.row_duals) == best.objective == best.bound
    wrong = 0.9 * best.row_duals
    sides = form.matrix, form.row_lower, form.row_upper, form.lower, form.upper
    assert _proven(form, best.x, wrong) == dual_bound(form.cost, *sides, wrong, forgiven=1e-6) + form.offset
    assert _proven(form, best.x, wrong) < best.objective


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_rounds_of_prices_reach_the_relaxation_from_below(seed):
    crew, linking, fullest = crew_of(catalogue(seed))
    seen = []

    def follow(now):
        seen.append(now.bound)
        upper = now.mix.cost + linking.form.offset
        return now.number >= 200 or (now.mix.lacking < 1e-6 and upper - now.bound < 1e-5 * abs(upper))

    start = first_prices(linking, fullest, Highs(), LIMITS)
    last = rounds(linking, crew, Highs(), LIMITS, start, 0, follow)
    optimum = relaxed_optimum(seed)
    assert seen == sorted(seen)
    # The whole columns of the linking part may lift the bound above the relaxation, never above the whole optimum.
    assert last.bound >= optimum - 1e-4 * abs(optimum)
    assert last.bound <= whole_optimum(seed) + 1e-4


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("size", [0.0, 1.0, 100.0])
def test_bounds_at_any_prices_with_cuts_stay_below_the_whole_optimum(seed, size):
    crew, linking, fullest = crew_of(catalogue(seed, 3))
    start = first_prices(linking, fullest, Highs(), LIMITS)
    random = np.random.default_rng(seed)
    prices = cleared(linking, start * random.uniform(0, 1 + size, len(start)))
    bounds = sum(answers.bound for answers in crew.call("answer", prices, 6))
    bound = bounds + linking_bound(linking, prices, Highs(), LIMITS)
    assert bound <= whole_optimum(seed, 3) + 1e-4


def test_prices_of_the_wrong_sign_are_cleared():
    _, linking, fullest = crew_of(catalogue(1))
    wrong = -1e3 * np.sign(first_prices(linking, fullest, Highs(), LIMITS) + 1e-9)
    kept = cleared(linking, wrong)
    lower, upper = linking.form.row_lower[linking.links], linking.form.row_upper[linking.links]
    assert not kept[(wrong > 0) & np.isinf(lower)].any()
    assert not kept[(wrong < 0) & np.isinf(upper)].any()
