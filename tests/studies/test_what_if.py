"""Plans of what-ifs: each begins with the plan of the base, all share the time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer import solve
from optimizer.decomposition.worker_process import WorkerProcess
from optimizer.errors import NoPlan, Refused
from optimizer.scenario.changes.change import Place, WhatIf
from optimizer.scenario.changes.grammar import change_of
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.studies.what_if import KEPT, Case, How, cases, outcomes
from tests.formulation.toys import toy

STOCK = [{"location": "home", "sku": "A", "units": 10}]


@pytest.fixture
def base():
    """Ten units at home, ten wanted in the second week; nothing costs anything."""
    return toy(opening_stock=STOCK)


def what_if(text):
    return WhatIf(text, (change_of(text, Place("here")),))


def test_each_what_if_begins_with_what_the_base_ships(base, monkeypatch):
    starts, plan = [], solve.plan

    def planning(scenario, **more):
        starts.append(more["means"].start)
        return plan(scenario, **more)

    monkeypatch.setattr(solve, "plan", planning)
    asked = cases([what_if("demand.mean = 5"), what_if("demand.mean = 4")], base)
    assert len(list(outcomes(base, asked, How(10)))) == 3
    assert starts[0] is None
    assert [start.shipped["units"].tolist() for start in starts[1:]] == [[10], [10]]
    starts.clear()
    list(outcomes(base, asked, How(10, warm=False)))
    assert starts == [None, None, None]


def test_all_plans_are_made_by_the_same_workers(monkeypatch):
    hired, make = [], WorkerProcess.__init__
    monkeypatch.setattr(WorkerProcess, "__init__", lambda self, *told: hired.append(1) or make(self, *told))
    base = generate(Spec(skus=4, seed=1, weeks=8))
    solver = replace(base.settings.solve, threads=2)
    base = replace(base, settings=replace(base.settings, solve=solver))
    asked = cases([what_if("demand.mean *= 1.1"), what_if("demand.mean *= 0.9")], base)
    found = list(outcomes(base, asked, How(6, method="prices")))
    assert [one.plan is None for one in found] == [False] * 3
    assert len(hired) == 2


def test_a_plan_that_is_there_is_not_made_again(base, monkeypatch):
    made = solve.plan(base)
    scenarios = []
    monkeypatch.setattr(solve, "plan", lambda scenario, **more: scenarios.append(scenario) or made)
    found = list(outcomes(base, cases([what_if("demand.mean = 5")], base), How(10), made))
    assert found[0].plan is made and len(scenarios) == 1


def test_the_base_has_two_shares_of_the_time_and_each_what_if_one(base, monkeypatch):
    made, given = solve.plan(base), []
    monkeypatch.setattr(solve, "plan", lambda scenario, **more: given.append(more["limits"].seconds) or made)
    asked = [Case(what_if(f"demand.mean = {units}"), base) for units in range(4)]
    list(outcomes(base, asked, How(600)))
    # Nothing was used by those before, so the last ones have more: of 600 s 2/6, then all of it by 1/4, 1/3, ...
    assert given == pytest.approx([(1 - KEPT) * seconds for seconds in (200, 150, 200, 300, 600)], rel=0.02)


def test_all_plans_together_take_the_time_that_they_are_given_reading_and_checking_included(base, monkeypatch):
    made, clock = solve.plan(base), [20.0]

    def planning(scenario, **more):
        # Four seconds of workers that start, which the search counts as its own, and three beside it.
        search = more["limits"].seconds + 4
        clock[0] += search + 3
        return replace(made, seconds={"solve": search})

    monkeypatch.setattr(solve, "plan", planning)
    monkeypatch.setattr("optimizer.studies.what_if.time.monotonic", lambda: clock[0])
    for _ in outcomes(base, [Case(what_if(f"demand.mean = {units}"), base) for units in range(10)], How(180, since=0)):
        clock[0] += 2  # whoever asks writes each plan down
    assert clock[0] == pytest.approx((1 - KEPT) * 180, abs=0.1)


def test_what_is_checked_is_not_checked_again(base, monkeypatch):
    asked = cases([what_if("demand.mean = 5")], base)
    monkeypatch.setattr(solve, "check", lambda scenario: pytest.fail("it was checked already"))
    assert all(one.plan is not None for one in outcomes(base, asked, How(10)))


def test_a_search_has_a_little_time_however_little_is_left(base, monkeypatch):
    made, given = solve.plan(base), []
    monkeypatch.setattr(solve, "plan", lambda scenario, **more: given.append(more["limits"].seconds) or made)
    list(outcomes(base, [Case(what_if("demand.mean = 5"), base)], How(0)))
    assert given == [2.0, 2.0]


def test_a_what_if_without_a_plan_does_not_keep_the_others_from_theirs(base, monkeypatch):
    plan, calls = solve.plan, []

    def planning(scenario, **more):
        calls.append(scenario)
        if len(calls) == 2:
            raise NoPlan("nothing fits")
        return plan(scenario, **more)

    monkeypatch.setattr(solve, "plan", planning)
    found = list(outcomes(base, cases([what_if("demand.mean = 5"), what_if("demand.mean = 4")], base), How(10)))
    assert [(one.plan is None, one.message) for one in found] == [(False, ""), (True, "nothing fits"), (False, "")]


def test_nothing_else_is_begun_once_somebody_has_stopped_it(base):
    stopped = []
    how = How(10, stopped=lambda: bool(stopped), stage=lambda whose, name: stopped.append(whose) if whose else None)
    asked = cases([what_if("demand.mean = 5"), what_if("demand.mean = 4")], base)
    assert len(list(outcomes(base, asked, how))) == 2


def test_all_what_ifs_are_checked_before_any_is_planned(base):
    wrong = [what_if("lanes.lead_time_days = -1"), what_if("demand.mean = -1"), what_if("demand.mean = 5")]
    with pytest.raises(Refused) as error:
        cases(wrong, base)
    assert {problem.table.split(",")[0] for problem in error.value.problems} == {
        "what-if 'lanes.lead_time_days = -1'", "what-if 'demand.mean = -1'"
    }  # fmt: skip


def test_a_base_that_breaks_a_rule_is_named(base):
    lanes = base["lanes"].assign(lead_time_days=-1)
    with pytest.raises(Refused) as error:
        cases([what_if("demand.mean = 5")], base.with_tables(lanes=lanes))
    assert all(problem.table.startswith("base, ") for problem in error.value.problems)


def test_a_plan_that_was_stopped_is_called_so(base, monkeypatch):
    made = replace(solve.plan(base), status="feasible")
    monkeypatch.setattr(solve, "plan", lambda scenario, **more: made)
    (found,) = outcomes(base, [], How(10, stopped=lambda: True))
    assert found.plan.status == "interrupted"
