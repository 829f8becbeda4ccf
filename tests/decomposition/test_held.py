"""A program with some of its whole numbers held is answered as if they were fixed, and searched from state to state."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import highspy
import numpy as np
import pytest

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.descent import descents
from optimizer.decomposition.held import Held
from optimizer.solvers.handover import engine_for
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.solvers.conftest import program

LIMITS = Limits(seconds=10, threads=1)
TRUCKS, CLIENTS = 4, 5
#: The columns of trucks, before what each brings each client, and what clients go without.
HELD = np.arange(TRUCKS)


def trucks(seed: int) -> StandardForm:
    """Trucks, up to two of each kind, bring goods to clients, who are paid for what they do not get."""
    random = np.random.default_rng(seed)
    count = TRUCKS + TRUCKS * CLIENTS + CLIENTS
    cost = np.concatenate(
        [random.uniform(20, 60, TRUCKS), random.uniform(1, 6, TRUCKS * CLIENTS), np.full(CLIENTS, 15)]
    )
    rows = np.zeros((TRUCKS + CLIENTS, count))
    for truck in range(TRUCKS):
        brought = TRUCKS + truck * CLIENTS + np.arange(CLIENTS)
        rows[truck, brought], rows[truck, truck] = 1.0, -random.uniform(4, 9)
        rows[TRUCKS + np.arange(CLIENTS), brought] = 1.0
    rows[TRUCKS + np.arange(CLIENTS), count - CLIENTS + np.arange(CLIENTS)] = 1.0
    want = random.uniform(1, 6, CLIENTS)
    upper = np.concatenate([np.full(TRUCKS, 2.0), np.full(count - TRUCKS, 50.0)])
    lower, most = np.concatenate([np.full(TRUCKS, -np.inf), want]), np.concatenate([np.zeros(TRUCKS), want])
    return program(cost, rows, lower, most, np.zeros(count), upper, upper == 2.0)


def around(form: StandardForm, state: np.ndarray) -> float:
    """The least cost around a state, by a solve of its own."""
    lower, upper = form.lower.copy(), form.upper.copy()
    lower[HELD] = upper[HELD] = state
    return Highs().solve(replace(form.relaxed, lower=lower, upper=upper), LIMITS).objective


def states() -> list[np.ndarray]:
    return [np.array(state, dtype=float) for state in product(range(3), repeat=TRUCKS)]


def near(state: np.ndarray) -> list[np.ndarray]:
    """One truck more or less of a kind."""
    steps = [step * unit for unit in np.eye(TRUCKS) for step in (-1, 1)]
    return [other for step in steps for other in [state + step] if (other >= 0).all() and (other <= 2).all()]


@pytest.mark.parametrize("seed", range(4))
def test_every_state_is_answered_as_if_it_were_fixed(seed):
    form, random = trucks(seed), np.random.default_rng(seed)
    held = Held(form, HELD, LIMITS)
    for place in random.permutation(81)[:20]:
        state = states()[place]
        assert held.value(state) == pytest.approx(around(form, state))
        held.keep()
        assert held.x[HELD].tolist() == state.tolist()
        assert form.cost @ held.x == pytest.approx(around(form, state))
        assert form.relaxed.violation(held.x) < 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_no_state_costs_less_than_its_reduced_costs_say(seed):
    form = trucks(seed)
    held, state = Held(form, HELD, LIMITS), np.ones(TRUCKS)
    cost = held.value(state)
    reduced = held.keep()
    bounds = [cost + reduced @ (other - state) for other in states()]
    assert all(around(form, other) >= bound - 1e-6 for other, bound in zip(states(), bounds, strict=True))
    assert np.ptp(bounds) > 1


def test_a_state_without_an_answer_costs_more_than_any():
    form = trucks(0)
    some = replace(form, upper=np.where(np.arange(len(form.cost)) >= len(form.cost) - CLIENTS, 0.0, form.upper))
    held = Held(some, HELD, LIMITS)  # all clients must be served
    assert held.value(np.full(TRUCKS, 2.0)) < np.inf
    assert held.value(np.zeros(TRUCKS)) == np.inf
    assert held.value(np.full(TRUCKS, 2.0)) < np.inf


@pytest.mark.parametrize("seed", range(6))
def test_a_search_ends_at_the_best_state_and_gives_only_better_ones(seed, monkeypatch):
    monkeypatch.setattr("optimizer.decomposition.descent.IN_VAIN", 100)
    form, left = trucks(seed), iter(range(400))
    held = Held(form, HELD, LIMITS)
    stop = lambda: next(left, None) is None  # noqa: E731
    costs = [form.cost @ held.x for _ in descents(held, np.zeros(TRUCKS), near, np.random.default_rng(seed), stop)]
    assert costs == sorted(costs, reverse=True) and len(set(costs)) == len(costs)
    assert costs[-1] == pytest.approx(min(around(form, state) for state in states()))


@pytest.mark.parametrize("around_it", [near, lambda state: []])
def test_a_search_ends_by_itself_once_nothing_is_gained(around_it):
    held = Held(trucks(1), HELD, LIMITS)
    assert list(descents(held, np.zeros(TRUCKS), around_it, np.random.default_rng(1), lambda: False))


def test_a_search_that_is_stopped_at_once_gives_the_state_that_it_began_with_or_none():
    held = Held(trucks(1), HELD, LIMITS)
    assert not list(descents(held, np.zeros(TRUCKS), near, np.random.default_rng(1), lambda: True))
    asked = iter([False])
    found = list(descents(held, np.zeros(TRUCKS), near, np.random.default_rng(1), lambda: next(asked, True)))
    assert [state.tolist() for state in found] == [[0.0] * TRUCKS]


def test_a_search_with_two_threads_leaves_its_thread_to_those_with_one():
    form = trucks(0)

    def solved() -> highspy.HighsStatus:
        Held(form, HELD, replace(LIMITS, threads=2)).value(np.ones(TRUCKS))
        return engine_for(form.relaxed, LIMITS).run()

    with ThreadPoolExecutor(1) as fresh:  # a thread in which HiGHS has not run yet
        assert fresh.submit(solved).result() == highspy.HighsStatus.kOk
