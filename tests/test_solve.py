"""The one orchestrator: what it keeps of its own work."""

from __future__ import annotations

import time

import pytest

from optimizer import solve
from optimizer.scenario.read import read
from tests.cli.running import toy_folder


def test_the_seconds_of_a_plan_count_its_verification(tmp_path, monkeypatch: pytest.MonkeyPatch):
    verify = solve.verify

    def slowly(plan):
        time.sleep(0.3)
        return verify(plan)

    monkeypatch.setattr(solve, "verify", slowly)
    seconds = solve.plan(read(toy_folder(tmp_path / "shop"))).seconds
    assert set(seconds) == {"check", "forecast", "formulate", "solve", "verify"} and seconds["verify"] >= 0.3
