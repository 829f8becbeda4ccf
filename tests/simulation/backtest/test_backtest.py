"""Back-tests from a scenario's own history: every run is made once, whatever comes between."""

import json
from dataclasses import replace

import pytest

from optimizer.errors import Refused, UsageError
from optimizer.simulation.backtest import backtest as module
from optimizer.simulation.backtest import bench, policies
from optimizer.simulation.backtest.backtest import backtest
from optimizer.simulation.backtest.kept import Kept
from optimizer.simulation.backtest.request import Request, inputs_of, known_only
from optimizer.simulation.our_plan import OurPlan
from optimizer.solve import check
from tests.simulation.backtest.shops import shop
from tests.simulation.worlds import world

SMALL = Request(("base-stock",), weeks=6, runs=2, tuning_weeks=0)


def test_the_shop_of_these_tests_is_in_order():
    assert [problem for problem in check(shop()) if problem.column != "lead_time_p90_days"] == []


def test_each_policy_runs_on_each_block_with_each_seed():
    made = backtest([shop(), shop(skus="BC")], SMALL)
    assert [(run.key.block, run.key.seed) for run in made.runs] == [(0, 1), (1, 1), (0, 2), (1, 2)]
    assert made.runs[0]["demand"] == 6 * 12 + 2 * 6 and made.runs[1]["demand"] == 2 * made.runs[0]["demand"]


def test_the_same_seed_gives_the_same_figures_and_another_one_other_delays():
    first, again = (backtest([shop()], SMALL).runs for _ in range(2))
    without = [{**run.figures, "decide_seconds": None} for run in first]
    assert without == [{**run.figures, "decide_seconds": None} for run in again]
    longer = replace(SMALL, weeks=14)
    one, other = (run.figures for run in backtest([shop()], longer).runs)
    assert one["stock_by_week"] != other["stock_by_week"]  # ships of the second seed are late at other times


def test_ships_of_each_block_are_late_by_chances_of_their_own():
    """Two blocks that want the same: what differs is the delays alone, and it does."""
    one, other = (run.figures for run in backtest([shop(), shop()], replace(SMALL, weeks=14, runs=1)).runs)
    assert one["demand"] == other["demand"] and one["stock_by_week"] != other["stock_by_week"]


def test_rules_are_tuned_on_delays_that_are_not_replayed(monkeypatch):
    """Of two blocks and three runs, no draw of a replay is one of the tuning, and none is twice there."""
    tuned, asked = [], Request(("base-stock",), weeks=6, runs=3, tuning_weeks=6, tuning_runs=2)
    monkeypatch.setattr(bench, "tuned_for", lambda name, world, weeks, seeds: tuned.extend(seeds) or {})
    made = backtest([shop(), shop()], asked)
    draws = [run.key.draw for run in made.runs]
    assert len(tuned) == 4 and len(draws) == 6 and len({*tuned, *draws}) == 10


def test_what_is_kept_is_not_made_again(tmp_path, monkeypatch):
    kept = Kept(tmp_path, "a" * 64)
    first = backtest([shop()], SMALL, kept)
    monkeypatch.setattr(module, "dealt", lambda make, setup, method, tasks, workers: iter([*map(_never, tasks)]))
    again = backtest([shop()], SMALL, kept)
    assert [run.figures for run in again.runs] == [json.loads(json.dumps(run.figures)) for run in first.runs]


def _never(task):
    raise AssertionError(f"{task} was made again")


def test_a_stopped_back_test_goes_on_where_it_was(tmp_path):
    """Stopped after the first of two runs; the next call makes the second alone."""
    kept, heard = Kept(tmp_path, "a" * 64), []

    def stop(done, of, what):
        heard.append(what)
        if len(heard) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backtest([shop()], SMALL, kept, told=stop)
    assert len([*kept]) == 1
    made = backtest([shop()], SMALL, kept, told=stop)
    assert len(made.runs) == 2 and len(heard) == 2 and "seed 2" in heard[1]


def test_several_workers_come_to_the_same():
    alone, crew = (backtest([shop()], SMALL, workers=workers).runs for workers in (1, 2))
    for one, other in zip(alone, crew, strict=True):
        assert {**one.figures, "decide_seconds": 0} == {**other.figures, "decide_seconds": 0}


def test_a_history_that_is_too_short_is_refused_before_anything_runs():
    with pytest.raises(Refused, match="1 problem"):
        backtest([shop(weeks=12)], replace(SMALL, weeks=26), told=lambda *_: pytest.fail("it ran"))


def test_a_changed_table_option_or_library_is_another_input(monkeypatch):
    base = inputs_of([shop()], SMALL)
    assert inputs_of([shop()], SMALL) == base == inputs_of([shop()], replace(SMALL, runs=9, policies=("erp",)))
    others = [
        inputs_of([shop(skus="B")], SMALL),
        inputs_of([shop()], replace(SMALL, weeks=7)),
        inputs_of([shop()], replace(SMALL, after=1)),
        inputs_of([shop()], replace(SMALL, paths=4)),
        inputs_of([shop()], replace(SMALL, horizon=9)),
        inputs_of([shop(), shop()], SMALL),
    ]
    monkeypatch.setattr("optimizer.simulation.backtest.request._version", lambda name: "0")
    assert len({base, *others, inputs_of([shop()], SMALL)}) == 8


@pytest.mark.parametrize("name", ["our-plan", "our-plan-mean"])
def test_our_plan_looks_as_far_ahead_as_is_asked_for(name):
    asked = replace(SMALL, policies=(name,), horizon=9, paths=2)
    policy = policies.made(name, {}, world([14]), asked, 1)
    assert isinstance(policy, OurPlan) and policy.horizon == 9


@pytest.mark.parametrize("name", ["our-plan", "our-plan-mean"])
def test_our_plan_moves_goods_between_warehouses_unless_it_is_told_not_to(name):
    asked = [replace(SMALL, policies=(name,), transfers=transfers) for transfers in (True, False)]
    assert [policies.made(name, {}, world([14]), one, 1).transfers for one in asked] == [True, False]
    assert len({inputs_of([world([14]).scenario], one) for one in asked}) == 2


def test_names_of_policies_are_taken_once_and_unknown_ones_are_told_with_what_is_meant():
    known = ("plan", "erp", "base-stock")
    assert known_only(["erp", " plan ", "erp", ""], known) == ("erp", "plan")
    with pytest.raises(UsageError, match="Did you mean base-stock"):
        known_only(["basestock"], known)
    with pytest.raises(UsageError, match="There are: plan, erp"):
        known_only([], known)
