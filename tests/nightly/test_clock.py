"""A clock that jumps: years back or ahead, before a run or during it. Nothing is lost, and it is said once."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from optimizer import solve
from optimizer.errors import NoPlan
from optimizer.nightly.clock import Clock
from tests.nightly.conftest import ONE_STORE
from tests.nightly.test_nightly_run import listed, states

NIGHT = dt.datetime(2026, 6, 2, 2, 30, tzinfo=dt.UTC)


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock of the machine to a moment, from which it goes on as if that had been at the test's beginning."""
    since = time.monotonic()

    def say(moment):
        for place in ("keep", "clock", "message"):
            monkeypatch.setattr(
                f"optimizer.nightly.{place}.now", lambda: moment + dt.timedelta(seconds=time.monotonic() - since)
            )

    say(NIGHT)
    return say


@pytest.fixture
def run(ran, shop, store):
    """A nightly run that asks the clock which night it is."""
    return lambda *words: ran("nightly", shop, "--store", store, "--quiet", "--stock-days", 30, "--reasons", 0, *words)


def test_a_clock_of_1970_plans_no_night_and_the_next_right_one_says_nothing(ran, store, run, clock):
    assert run().code == 0
    clock(dt.datetime(1970, 1, 1, 0, 3, tzinfo=dt.UTC))
    done = run()
    done.assert_told(3, "the clock of this machine is wrong", "Set it, or name the night by --night",
                     "The plan of run 1 (night of 2026-06-02) stays in force.")  # fmt: skip
    assert "Note" not in done.err
    clock(NIGHT + dt.timedelta(days=1))
    assert run("--again").err == ""
    assert states(ran, store) == [(3, "complete", True), (2, "refused", False), (1, "complete", False)]


@ONE_STORE
def test_with_a_night_by_name_no_clock_is_asked(ran, store, run, clock):
    clock(dt.datetime(1970, 1, 1, 0, 3, tzinfo=dt.UTC))
    done = run("--night", "2026-06-02")
    assert done.code == 0 and "The clock" not in done.err and states(ran, store) == [(1, "complete", True)]


@ONE_STORE
def test_a_clock_that_is_years_ahead_is_told_as_such_once_and_the_next_right_one_once(ran, store, run, clock):
    run()
    clock(dt.datetime(2099, 1, 1, 2, 30, tzinfo=dt.UTC))
    done = run()
    done.assert_told(3, "days after the last run", "if the clock is ahead, set it right", "stays in force")
    for day, notes in ((1, 1), (2, 0)):
        clock(NIGHT + dt.timedelta(days=day))
        done = run("--again")
        assert done.code == 0 and done.err.count("was ahead then") == notes
    assert [run["night"] for run in listed(ran, store)] == ["2026-06-04", "2026-06-03", "2099-01-01", "2026-06-02"]


@ONE_STORE
@pytest.mark.parametrize(
    ("jump", "said"),
    [
        (dt.timedelta(hours=-3), "went back by 3:00:00"),
        (dt.timedelta(hours=3), "went ahead by 3:00:00"),
        (dt.timedelta(days=-20_000), "went back by 20000 days"),
        (dt.timedelta(days=20_000), "went ahead by 20000 days"),
    ],
)
def test_a_clock_that_jumps_during_the_run_is_noted_once_and_the_run_keeps_its_own_time(
    ran, store, run, clock, monkeypatch, jump, said
):
    planned = solve.plan

    def jumps(*words, **more):
        made = planned(*words, **more)
        clock(NIGHT + jump)
        return made

    monkeypatch.setattr(solve, "plan", jumps)
    done = run()
    assert done.code == 0 and done.err.count("the clock of this machine went") == 1 and said in done.err
    kept = listed(ran, store)[0]
    assert "2026-06-02T02:30" <= kept["began_at"] <= kept["ended_at"] < "2026-06-02T05:30"
    assert sum("clock of this machine" in note for note in kept["notes"]) == 1 and kept["in_force"]
    clock(NIGHT + dt.timedelta(days=1))
    assert "gone back" not in run("--again").err, "the wrong clock has left no stamp behind"


@ONE_STORE
def test_a_clock_that_jumps_in_a_run_that_fails_is_noted_with_it(ran, store, run, clock, monkeypatch):
    def broken(*_, **more):
        clock(NIGHT - dt.timedelta(hours=5))
        raise NoPlan("No plan was found.")

    monkeypatch.setattr(solve, "plan", broken)
    run().assert_told(4, "No plan was found", "went back by 5:00:00")
    assert listed(ran, store)[0]["ended_at"] >= "2026-06-02T02:30"


@ONE_STORE
def test_plans_are_pruned_in_the_order_of_their_runs_whatever_their_nights_and_stamps_say(ran, store, run, clock):
    for year in (2090, 2026, 2031):
        clock(NIGHT.replace(year=year))
        run("--again", "--stock-days", 36_500)
    assert ran("runs", "prune", "--keep", 2, "--store", store, "--json").document["removed"] == [1]
    assert states(ran, store) == [(3, "complete", True), (2, "complete", False)]
    assert ran("runs", "prune", "--keep", 0, "--store", store, "--json").document["removed"] == [2]
    assert states(ran, store) == [(3, "complete", True)]


def test_a_clock_that_goes_on_says_nothing():
    assert Clock().jumped() is None
