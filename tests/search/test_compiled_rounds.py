"""Rounds of prices with compiled answers are those with the solver's."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from optimizer.decomposition.lagrangian import first_prices
from optimizer.pricing.relaxed import Relaxed
from optimizer.search import worker
from optimizer.search.dealt import shares
from optimizer.search.worker import Worker
from optimizer.solvers.highs import Highs
from tests.decomposition.parts import LIMITS, catalogue, crew_of


@cache
def begun(seed):
    """A catalogue, and the prices with which its rounds begin."""
    scenario = catalogue(seed, 12)
    _, linking, fullest = crew_of(scenario, 1)
    return scenario, first_prices(linking, fullest, Highs(), LIMITS)


@pytest.mark.parametrize("seed", [1, 2])
def test_compiled_answers_prove_the_bound_that_the_solver_proves(seed, monkeypatch):
    scenario, prices = begun(seed)
    share = shares(scenario, 1)[0]
    solved = Worker(share).answer(prices, 0)
    monkeypatch.setattr(worker, "COMPILED_FROM", 1)
    compiled = Worker(share).answer(prices, 0)
    assert compiled.bound == pytest.approx(solved.bound, rel=1e-8)
    value = compiled.cost.sum() - compiled.usage.sum(axis=0) @ prices
    assert value == pytest.approx(compiled.bound, rel=1e-7)
    assert np.isfinite(compiled.usage).all()


def test_bounds_of_the_last_rounds_are_remembered_with_their_prices(monkeypatch):
    monkeypatch.setattr(worker, "COMPILED_FROM", 1)
    scenario, prices = begun(1)
    part = Worker(shares(scenario, 1)[0])._part
    told, other = part.answer(prices, 0), part.answer(0.5 * prices, 0)
    assert part.known(prices).bounds.sum() == pytest.approx(told.bound)
    assert part.known(0.5 * prices).bounds.sum() == pytest.approx(other.bound)
    assert (part.known(0.9 * prices).bounds == -np.inf).all()


def test_skus_that_the_kernel_does_not_hold_are_at_hand_from_the_beginning(monkeypatch):
    monkeypatch.setattr(worker, "COMPILED_FROM", 1)
    scenario, prices = begun(1)
    real = Relaxed.__init__

    def but_two(self, net, links):
        real(self, net, links)
        self.supported[[3, 8]] = False

    monkeypatch.setattr(Relaxed, "__init__", but_two)
    made = Worker(shares(scenario, 1)[0])
    known = made._part.known(prices)  # as a worker knows them that took the place of one that died
    assert sorted(known.points) == [3, 8] and np.flatnonzero(np.isfinite(known.bounds)).tolist() == [3, 8]
    for place, x in known.points.items():
        block = made._shelf.relaxations[place].block
        assert block.priced(prices) @ x == pytest.approx(known.bounds[place], rel=1e-6)
    bounds, _ = made.strengthen(prices, 0, True, 600.0, np.zeros(len(prices), dtype=bool))
    assert bounds.sum() == pytest.approx(made.answer(prices, 0).bound, rel=1e-7)


def test_without_any_time_bounds_are_those_of_the_round(monkeypatch):
    monkeypatch.setattr(worker, "COMPILED_FROM", 1)
    scenario, prices = begun(1)
    monkeypatch.setattr(Relaxed, "asked", lambda self, prices: Unsure())
    made = Worker(shares(scenario, 1)[0])
    told = made.answer(prices, 0)
    bounds, _ = made.strengthen(prices, 3, True, 0.0, np.zeros(len(prices), dtype=bool))
    assert bounds.sum() == pytest.approx(told.bound, rel=1e-9)


class Unsure:
    """A kernel that knows nothing."""

    def at(self, place):
        return -np.inf, None
