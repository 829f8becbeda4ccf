"""The progress line: plan, bound and gap while the search runs, seldom enough for a log."""

from __future__ import annotations

import math

import pytest

from optimizer.cli import progress
from optimizer.cli.progress import PLAIN_EVERY, ProgressLine, figures
from optimizer.solvers.solver import Progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize(
    ("plan", "bound", "told"),
    [
        (math.inf, -math.inf, ["no plan yet", "no bound yet"]),
        (math.inf, 90.0, ["no plan yet", "bound 90"]),
        (1234.4, -math.inf, ["plan 1,234", "no bound yet"]),
        (1234.4, 1200.0, ["plan 1,234", "bound 1,200", "gap 34"]),
        (1234.4, 1234.5, ["plan 1,234", "bound 1,234", "gap 0"]),
    ],
)
def test_plan_bound_and_gap_are_told_as_far_as_they_are_known(plan, bound, told):
    assert figures(Progress(0.0, plan, bound)) == told


def test_the_gap_is_told_as_a_share_of_the_mission_cost_where_that_is_known():
    assert figures(Progress(0.0, 1234.0, 1200.0, scale=680.0))[-1] == "gap 34 (5.00% of the mission cost)"


def test_the_step_and_the_time_left_are_told_where_they_are_known():
    said = Progress(0.0, math.inf, 90.0, step="prices, round 3", left=41.7)
    assert figures(said) == ["prices, round 3", "no plan yet", "bound 90", "42 s left"]


def test_stages_are_told_at_once(capsys, clock):
    line = ProgressLine(quiet=False)
    for seconds, stage in ((0.0, "read"), (1.2, "solve")):
        clock[0] = seconds
        line.stage(stage)
    assert capsys.readouterr().err == "    0 s  read ...\n    1 s  solve ...\n"


def test_a_log_gets_a_line_now_and_then_and_at_once_for_the_first_plan(capsys, clock):
    line = ProgressLine(quiet=False)
    line.stage("solve")
    capsys.readouterr()
    for second in range(1, 40):
        clock[0] = float(second)
        line.watch(Progress(clock[0], 100.0 if second >= 5 else math.inf, 90.0))
    told = capsys.readouterr().err.strip().split("\n")
    assert [int(words.split(" s ")[0]) for words in told] == [5, 5 + int(PLAIN_EVERY), 5 + 2 * int(PLAIN_EVERY)]
    assert told[0] == "5 s  solve | plan 100 | bound 90 | gap 10"


def test_quiet_is_quiet_but_still_knows_whether_there_is_a_plan(capsys):
    with ProgressLine(quiet=True) as line:
        line.stage("solve")
        assert line.watch(Progress(0.0, math.inf, 90.0)) is False and not line.has_plan
        assert line.watch(Progress(0.0, 100.0, 90.0)) is False and line.has_plan
    assert capsys.readouterr().err == ""


def test_the_end_of_a_search_is_told_at_once_and_at_its_next_sign_of_life_it_ends(capfd):
    line = ProgressLine(quiet=False)
    line.end_search()
    assert capfd.readouterr().err == "stopping, the best plan so far is kept (Ctrl-C again keeps nothing) ...\n"
    assert line.watch(Progress(0.0, 100.0, 90.0)) is True


def test_the_end_of_a_quiet_search_is_not_told(capfd):
    line = ProgressLine(quiet=True)
    line.end_search()
    assert line.stop and capfd.readouterr().err == ""


def test_once_verified_there_is_a_plan_whatever_was_seen_of_it():
    line = ProgressLine(quiet=True)
    line.stage("verify")
    assert line.has_plan


def test_without_standard_error_there_is_no_progress(monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    with ProgressLine(quiet=False) as line:
        line.stage("solve")
        assert line.watch(Progress(0.0, 100.0, 90.0)) is False
