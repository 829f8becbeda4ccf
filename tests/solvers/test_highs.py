"""HiGHS on small programs whose answers are worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.errors import OptimizerError
from optimizer.solvers import highs
from optimizer.solvers.answers import found, not_worse_than_start, without
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

INF = np.inf
#: Its known answer costs -5004, so no bound may lie above that.
KNOWN = -5004.0


@pytest.mark.parametrize("upper", [[INF, INF], [4.5, 10], [10, 10], [4.5, INF]])
def test_the_program_that_highspy_1_14_got_wrong_costs_9(make_program, upper):
    # min 2x + 3z, x + z >= 4.5, z whole: x = 4.5, z = 0. Version 1.14 answered 15 and called it optimal.
    form = make_program([2, 3], [[1, 1]], [4.5], [INF], [0, 0], upper, [0, 1])
    answer = Highs().solve(form, Limits())
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(9.0, abs=1e-8)
    assert 9.0 - 1e-5 <= answer.bound <= answer.objective


def test_the_offset_counts_in_cost_and_bound(make_program):
    form = make_program([1, 2], [[1, 1]], [3], [INF], [0, 0], [2, 9], [1, 1], offset=100.0)
    answer = Highs().solve(form, Limits())
    assert (answer.objective, answer.bound) == pytest.approx((104.0, 104.0))


def test_duals_price_rows_and_columns_with_the_documented_signs(make_program):
    # min x + 3y, x + y >= 4, x <= 3: one more unit asked for costs 3, one more x allowed saves 2.
    form = make_program([1, 3], [[1, 1]], [4], [INF], [0, 0], [3, INF], [0, 0], offset=5.0)
    answer = Highs().solve(form, Limits())
    assert answer.row_duals == pytest.approx([3.0])
    assert answer.reduced_costs == pytest.approx([-2.0, 0.0])
    assert answer.bound == answer.objective == pytest.approx(3 + 3 + 5)


def test_a_mixed_integer_answer_has_no_duals_and_is_whole_to_the_digit(make_program):
    form = make_program([-1, -1], [[3, 7.1]], [-INF], [50.3], [0, 0], [9, 9], [1, 1])
    answer = Highs().solve(form, Limits())
    assert answer.row_duals is None and answer.reduced_costs is None
    assert (answer.x == np.round(answer.x)).all()


@pytest.mark.parametrize("whole", [0, 1])
def test_infeasible_and_unbounded_are_told_apart(make_program, whole):
    # Both can lower their cost for ever; only the first has an answer at all (2x = 1 has none in whole numbers).
    unbounded = make_program([-1, -3], [[1, -1]], [4.5], [INF], [0, 0], [INF, INF], [0, whole])
    infeasible = make_program([1, -3], [[2, 0]], [1], [1], [1 - whole, 0], [INF, INF], [whole, whole])
    assert Highs().solve(unbounded, Limits()).status == "unbounded"
    answer = Highs().solve(infeasible, Limits())
    assert (answer.status, answer.x, answer.objective, answer.bound) == ("infeasible", None, INF, INF)


def test_a_program_without_rows_takes_the_cheaper_bounds(make_program):
    answer = Highs().solve(make_program([1, -2], [], [], [], [-1, 0], [5, 5.5], [0, 1], offset=3), Limits())
    assert answer.objective == pytest.approx(-1 - 10 + 3)


def test_a_program_without_columns_costs_its_offset_or_cannot_hold(make_program):
    holds = Highs().solve(make_program([], [], [-1], [2], [], [], [], offset=3), Limits())
    assert (holds.status, holds.objective, holds.bound, len(holds.x)) == ("optimal", 3.0, 3.0, 0)
    assert Highs().solve(make_program([], [], [1], [2], [], [], []), Limits()).status == "infeasible"
    assert Highs().solve(make_program([], [], [], [], [], [], []), Limits()).status == "optimal"


def test_bounds_that_cross_and_empty_rows_that_cannot_hold_are_infeasible(make_program):
    crossing = make_program([1], [[1]], [0], [9], [3], [2], [0])
    empty = make_program([1], [[0]], [1], [9], [0], [2], [1])
    assert Highs().solve(crossing, Limits()).status == "infeasible"
    assert Highs().solve(empty, Limits()).status == "infeasible"


def test_the_number_of_threads_may_change_from_run_to_run(make_program):
    form = make_program([-1, -2], [[1, 1]], [-INF], [4.5], [0, 0], [3, 3], [1, 1])
    answers = [Highs().solve(form, Limits(threads=threads)) for threads in (2, 1, 2, 1)]
    assert [answer.objective for answer in answers] == pytest.approx([-7.0] * 4)


@pytest.mark.parametrize("spoilt", ["cost", "row_lower", "upper"])
def test_a_missing_number_is_refused_by_name(make_program, spoilt):
    form = make_program([1, 2], [[1, 1]], [3], [9], [0, 0], [2, 9], [0, 0])
    getattr(form, spoilt)[0] = np.nan
    with pytest.raises(ValueError, match=spoilt):
        Highs().solve(form, Limits())


def test_a_coefficient_beyond_all_measure_is_refused_with_advice(make_program):
    with pytest.raises(OptimizerError, match="units"):
        Highs().solve(make_program([1], [[1e17]], [1], [9], [0], [9], [0]), Limits())


def test_an_option_that_highs_does_not_know_is_refused(make_program):
    with pytest.raises(ValueError, match="no_such_option"):
        Highs(options={"no_such_option": 1}).solve(make_program([1], [[1]], [1], [9], [0], [9], [0]), Limits())


@pytest.mark.parametrize("method", ["simplex", "ipm"])
def test_options_choose_the_method_and_leave_the_optimum(make_program, method):
    form = make_program([1, 3], [[1, 1]], [4], [INF], [0, 0], [3, INF], [0, 0])
    assert Highs(options={"solver": method}).solve(form, Limits()).objective == pytest.approx(6.0)


def test_progress_never_claims_too_much_and_a_watch_can_stop(knapsack):
    seen = []

    def watch(progress):
        seen.append(progress)
        return progress.seconds > 1.0

    answer = Highs().solve(knapsack, Limits(seconds=60), watch=watch)
    improved = [progress for progress in seen if progress.x is not None]
    assert answer.status == "feasible" and answer.seconds < 30
    assert improved and all(knapsack.cost @ each.x + 7.0 == pytest.approx(each.objective) for each in improved)
    assert all(knapsack.violation(each.x) <= 1e-5 for each in improved)
    assert all(progress.bound <= KNOWN for progress in seen) and np.isfinite(seen[-1].bound)
    assert answer.bound <= min(KNOWN, answer.objective)


def test_what_a_watch_raises_reaches_the_caller(knapsack):
    def broken(progress):
        raise ZeroDivisionError("of the watch")

    with pytest.raises(ZeroDivisionError, match="of the watch"):
        Highs().solve(knapsack, Limits(seconds=20), watch=broken)


def test_a_complete_start_is_the_answer_where_there_is_no_time(knapsack):
    start = np.zeros(150)
    start[:20] = 1.0
    answer = Highs().solve(knapsack, Limits(seconds=0.0), start=start)
    assert answer.status == "feasible" and answer.objective <= knapsack.cost @ start + 7.0
    assert answer.bound <= KNOWN


def test_a_partial_start_is_completed_and_its_bound_is_not_taken_for_the_whole(knapsack):
    # With half of the items left out for good the optimum is far above KNOWN: were its bound taken, it would show.
    start = np.full(150, np.nan)
    start[::2] = 0.0
    seen = []
    answer = Highs().solve(knapsack, Limits(seconds=1.0), start=start, watch=lambda each: bool(seen.append(each.bound)))
    assert answer.x is not None
    assert max([answer.bound, *seen]) <= KNOWN


def test_an_answer_called_optimal_that_its_own_bound_denies_is_sought_again_without_start(make_program, monkeypatch):
    read, asked = highs._read, []

    def once_wrong(engine, form, limits, status, pulse):
        asked.append(engine.getSolution().col_value)
        answer = read(engine, form, limits, status, pulse)
        return replace(answer, x=np.zeros(2), objective=0.0, bound=-100.0) if len(asked) == 1 else answer

    monkeypatch.setattr(highs, "_read", once_wrong)
    form = make_program([-1, -2], [[1, 1]], [-INF], [4.5], [0, 0], [3, 3], [1, 1])
    answer = Highs().solve(form, Limits(seconds=5.0), start=np.zeros(2))
    assert len(asked) == 2
    assert answer.status == "optimal" and answer.objective == answer.bound == pytest.approx(-7.0)


def test_a_start_that_breaks_the_rules_does_no_harm(make_program):
    form = make_program([-1, -2], [[1, 1]], [-INF], [4.5], [0, 0], [3, 3], [1, 1])
    for start in (np.array([9.0, 9.0]), np.array([3.0, 3.0]), np.array([np.nan, 7.0]), np.array([np.nan, np.nan])):
        assert Highs().solve(form, Limits(), start=start).objective == pytest.approx(-7.0)


def test_a_start_of_another_size_is_refused(make_program):
    form = make_program([-1, -2], [[1, 1]], [-INF], [4.5], [0, 0], [3, 3], [1, 1])
    with pytest.raises(ValueError, match="shape"):
        Highs().solve(form, Limits(), start=np.zeros(3))


def test_the_same_seed_gives_the_same_answer(make_random_program):
    for seed in (3, 14, 15):
        first, second = (Highs().solve(make_random_program(seed), Limits(threads=1)) for _ in range(2))
        assert first.status == second.status and first.objective == second.objective


def test_a_bound_that_an_answer_undercuts_is_void(make_program):
    form = make_program([2, 3], [[1, 1]], [4.5], [INF], [0, 0], [10, 10], [0, 1])
    assert found(form, Limits(), "optimal", np.array([4.5, 0.0]), 15.0).bound == -INF
    assert found(form, Limits(), "optimal", np.array([4.5, 0.0]), 9.0 + 1e-9).bound == 9.0


def test_an_answer_that_breaks_a_row_is_no_answer(make_program, caplog):
    form = make_program([2, 3], [[1, 1]], [4.5], [INF], [0, 0], [10, 10], [0, 0])
    assert found(form, Limits(), "optimal", np.array([4.0, 0.0]), 8.0).status == "none"
    assert "breaks the program by 0.5" in caplog.text


def test_a_start_outlives_a_solver_that_calls_its_program_infeasible(make_program):
    form = make_program([2, 3], [[1, 1]], [4.5], [INF], [0, 0], [10, 10], [0, 1])
    answer = not_worse_than_start(form, Limits(), without("infeasible", INF), np.array([4.5, 1.0]))
    assert (answer.status, answer.objective, answer.bound) == ("feasible", 12.0, -INF)


@pytest.mark.parametrize("integer", [0, 1])
def test_a_clock_that_is_set_ahead_during_the_search_ends_it_no_earlier(make_program, monkeypatch, integer):
    # HiGHS counts by the clock of the machine: to it an hour has passed, so that its time is over at once.
    form = make_program([2, 3], [[1, 1]], [4.5], [INF], [0, 0], [4, 10], [0, integer])
    made, moments = highs.engine_for, iter([0.0, 3600.0])
    seconds = iter([0.0])

    def engine_for(form, limits):
        return made(form, replace(limits, seconds=next(seconds, limits.seconds)))

    monkeypatch.setattr(highs, "engine_for", engine_for)
    assert Highs().solve(form, Limits(seconds=20)).status != "optimal", "the clock was not set: its time is over"
    seconds = iter([0.0])
    monkeypatch.setattr(highs.time, "time", lambda: next(moments, 3600.0))
    answer = Highs().solve(form, Limits(seconds=20))
    assert (answer.status, answer.objective) == ("optimal", pytest.approx(10.0 if integer else 9.5))
