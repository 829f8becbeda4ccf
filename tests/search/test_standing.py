"""How a search stands: plans are taken if they are better, bounds if they are higher, and both stop it in time."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from optimizer.search.standing import WholeStanding
from optimizer.solvers.solver import Limits, Progress


class _Made:
    """A model of one column: it costs 1 a unit and 100 in any case; 50 of that is mission cost."""

    form = SimpleNamespace(cost=np.array([1.0]), offset=100.0)

    @staticmethod
    def mission_of(x: np.ndarray) -> float:
        return 50.0 + float(x[0])


def standing(gap: float = 0.1, watch=None) -> WholeStanding:
    return WholeStanding(Limits(absolute_gap=0.0), gap, watch, made=_Made())


def test_only_a_better_plan_is_taken():
    now = standing()
    for units in (10.0, 20.0, 5.0):
        now.offer(np.array([units]))
    assert (now.objective, now.mission) == (105.0, 55.0)
    now.offer(None)
    assert now.x[0] == 5.0


def test_only_a_higher_bound_is_taken():
    now = standing()
    now.lift(90.0)
    now.lift(80.0)
    assert now.bound == 90.0


def test_the_gap_is_a_share_of_the_mission_cost_of_the_plan():
    now = standing(gap=0.1)
    now.offer(np.array([10.0]))  # mission 60, so a distance of 6 is enough
    now.lift(103.9)
    assert not now.enough
    now.lift(104.0)
    assert now.enough


def test_a_bound_without_a_plan_is_never_enough():
    now = standing()
    now.lift(1e9)
    assert not now.enough


def test_answers_of_a_relaxation_give_bounds_but_no_plans():
    now = standing()
    now.hear(Progress(1.0, 50.0, 40.0, np.array([0.5])), whole=False)
    assert now.x is None and now.heard == 40.0
    now.hear(Progress(1.0, 101.0, 40.0, np.array([1.0])), whole=True)
    assert now.objective == 101.0


def test_what_a_solve_says_while_it_runs_stops_the_search_but_proves_nothing_that_it_takes_back():
    now = standing(gap=0.1)
    now.offer(np.array([10.0]))
    assert now.hear(Progress(1.0, 110.0, 109.0), whole=True) and now.enough
    assert now.bound == -np.inf and now.status == "feasible"
    now.lift(90.0)  # all that the solve stands by in the end
    assert not now.enough and now.answer().bound == 90.0 and now.status == "feasible"


def test_the_watch_hears_the_best_plan_and_bound_of_the_whole_search_and_stops_it():
    heard = []
    now = standing(watch=lambda said: heard.append((said.objective, said.bound)) or True)
    now.offer(np.array([7.0]))
    now.lift(90.0)
    assert now.hear(Progress(1.0, np.inf, 80.0), whole=True)
    assert heard == [(107.0, 90.0)] and now.stopped


def test_a_bound_above_the_plan_is_void():
    # A plan proves that no bound above its cost holds, so nothing that was proven with it is believed.
    now = standing()
    now.offer(np.array([10.0]))
    now.lift(111.0)
    assert now.answer().bound == -np.inf
    assert now.answer().status == "feasible"


def test_a_bound_above_the_plan_never_ends_a_search():
    now = standing()
    now.offer(np.array([10.0]))
    now.lift(np.inf)
    assert not now.enough


@pytest.mark.parametrize(("bound", "status"), [(109.0, "optimal"), (90.0, "feasible")])
def test_an_answer_is_optimal_where_the_gap_asked_for_is_proven(bound, status):
    now = standing()
    now.offer(np.array([10.0]))
    now.lift(bound)
    assert now.answer().status == status
