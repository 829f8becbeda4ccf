"""HiGHS, CBC and scipy's own HiGHS agree on random programs; duals prove the optima of the linear ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from optimizer.solvers.highs import Highs
from optimizer.solvers.registry import solver
from optimizer.solvers.solver import Limits
from tests.solvers.conftest import random_program

_SEEDS = st.integers(0, 10**6)
_SCIPY = {0: "optimal", 2: "infeasible", 3: "unbounded"}


def scipy_answer(form):
    rows = [LinearConstraint(form.matrix, form.row_lower, form.row_upper)] if form.matrix.shape[0] else []
    bounds = Bounds(form.lower, form.upper)
    result = milp(form.cost, integrality=form.integer.astype(int), bounds=bounds, constraints=rows)
    return _SCIPY.get(result.status, "unclear"), np.inf if result.fun is None else result.fun + form.offset


@settings(max_examples=120, deadline=None, derandomize=True)
@given(_SEEDS)
def test_highs_agrees_with_scipy(seed):
    form = random_program(seed)
    answer, (status, objective) = Highs().solve(form, Limits()), scipy_answer(form)
    if status != "unclear":  # scipy does not tell unbounded from infeasible where whole numbers are
        assert answer.status == status
    if status == "optimal":
        assert answer.objective == pytest.approx(objective, abs=1e-5)
        assert answer.bound <= objective + 1e-5
    if answer.x is not None:
        assert form.violation(answer.x) <= 1e-6


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_SEEDS)
def test_cbc_agrees_with_highs(seed):
    form = random_program(seed)
    ours, theirs = Highs().solve(form, Limits()), solver("cbc").solve(form, Limits())
    assert theirs.status == ours.status
    if ours.x is not None:
        assert theirs.objective == pytest.approx(ours.objective, abs=1e-5)
        assert theirs.bound <= ours.objective + 1e-5
        assert form.violation(theirs.x) <= 1e-6


@pytest.mark.parametrize("name", ["highs", "cbc"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=_SEEDS)
def test_duals_prove_the_optimum_of_a_linear_program(name, seed):
    form = random_program(seed).relaxed
    answer = solver(name).solve(form, Limits())
    if answer.status != "optimal" or (name == "cbc" and answer.row_duals is None):
        return  # CBC writes eight digits, which do not always prove
    duals, reduced = answer.row_duals, answer.reduced_costs
    assert reduced == pytest.approx(form.cost - duals @ form.matrix, abs=1e-5)
    scale, held = 1.0 + np.abs(form.cost).max() + np.abs(duals).max(initial=0.0), form.offset
    for prices, lower, upper in ((duals, form.row_lower, form.row_upper), (reduced, form.lower, form.upper)):
        side = np.where(prices > 0, lower, upper)
        assert np.abs(prices[np.isinf(side)]).max(initial=0.0) <= 1e-6 * scale  # a price stands only on a bound
        held += prices[np.isfinite(side)] @ side[np.isfinite(side)]
    assert held == pytest.approx(answer.objective, abs=1e-5)
