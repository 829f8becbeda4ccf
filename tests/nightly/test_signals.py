"""A scheduler that ends a nightly run: once keeps the best plan so far, before there is one nothing is kept."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

from optimizer import solve
from tests.nightly.test_nightly_run import listed, states


def ended(monkeypatch, *, has_plan):
    """Let the scheduler end the run during its search."""
    searched = solve.plan

    def plan(scenario, stage, **more):
        made = searched(scenario, stage=stage, **more)
        if has_plan:
            stage("verify")
        os.kill(os.getpid(), signal.SIGTERM)
        return replace(made, status="feasible")

    monkeypatch.setattr(solve, "plan", plan)


def test_a_run_that_is_ended_keeps_its_best_plan_and_the_night_is_not_done(ran, night, store, monkeypatch):
    with monkeypatch.context() as meanwhile:
        ended(meanwhile, has_plan=True)
        assert night().code == 130
    assert states(ran, store) == [(1, "complete", True)]
    assert listed(ran, store)[0]["status"] == "interrupted"
    done = night()
    assert done.code == 0 and "The plan of run 2" in done.out


def test_a_run_that_is_ended_before_it_has_a_plan_leaves_last_nights_in_force(
    ran, first_night, night, store, monkeypatch
):
    with monkeypatch.context() as meanwhile:
        ended(meanwhile, has_plan=False)
        night(2).assert_told(130, "Interrupted: nothing was written.")
    assert states(ran, store) == [(2, "failed", False), (1, "complete", True)]
    assert "Interrupted." in listed(ran, store)[0]["message"]
