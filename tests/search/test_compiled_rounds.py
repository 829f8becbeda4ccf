"""Rounds of prices with compiled answers are those with the solver's."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.decomposition.lagrangian import first_prices
from optimizer.search import worker
from optimizer.search.slices import shares
from optimizer.search.worker import Worker
from optimizer.solvers.highs import Highs
from tests.decomposition.parts import LIMITS, catalogue, crew_of


@pytest.mark.parametrize("seed", [1, 2])
def test_compiled_answers_prove_the_bound_that_the_solver_proves(seed, monkeypatch):
    scenario = catalogue(seed, 12)
    _, linking, fullest = crew_of(scenario, 1)
    prices = first_prices(linking, fullest, Highs(), LIMITS)
    share = shares(scenario, 1)[0]
    solved = Worker(share).answer(prices, 0)
    monkeypatch.setattr(worker, "COMPILED_FROM", 1)
    compiled = Worker(share).answer(prices, 0)
    assert compiled.bound == pytest.approx(solved.bound, rel=1e-8)
    value = compiled.cost.sum() - compiled.usage.sum(axis=0) @ prices
    assert value == pytest.approx(compiled.bound, rel=1e-7)
    assert np.isfinite(compiled.usage).all()
