"""Nightly runs that are killed at random moments; `python -m benchmarks.kills` kills hundreds."""

from __future__ import annotations

import pytest

from benchmarks.kills import kill_runs


@pytest.mark.slow
def test_a_killed_run_leaves_the_last_plan_or_the_new_one_and_the_next_run_completes(store, tmp_path):
    tally = kill_runs(store, 4, 1, tmp_path)
    assert not tally.wrong
    assert (tally.kept_old + tally.kept_new, tally.completed) == (4, 4)
    assert tally.kept_old > 0
