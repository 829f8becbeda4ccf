"""What is said of a planner's day: met only where it was fast enough and whole."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.suites.day_table import day_table

NIGHTLY = {"wall": 99.5, "cpu": 150.0, "peak_mib": 900.0, "state": "complete", "plan": 1_834_101.0, "gap_share": 0.06}
WHAT_IF = {"wall": 179.0, "cpu": 300.0, "peak_mib": 900.0, "asked": 10}
REPORT = {"wall": 40.0, "cpu": 40.0, "peak_mib": 900.0, "mb": 12.0, "opens": 3.0, "works": 2.0}
KILLS = {"kills": 200, "completed": 200, "kept_old": 190, "kept_new": 10, "wrong": 0}


def line(spec: str, measured: dict[str, Any]) -> dict[str, Any]:
    return {"spec": spec, "method": "command", "size": 300, "measured": measured}


@pytest.mark.parametrize(
    ("spec", "measured", "worse"),
    [
        ("nightly", NIGHTLY, {"wall": 121.0}),
        ("nightly", NIGHTLY, {"state": "failed"}),
        ("what-if", WHAT_IF, {"wall": 181.0}),
        ("report", REPORT, {"mb": 21.0}),
        ("report", REPORT, {"opens": 5.1}),
        ("kills", KILLS, {"wrong": 1}),
        ("kills", KILLS, {"completed": 199}),
    ],
)
def test_a_bar_is_met_only_where_every_figure_is(spec: str, measured: dict[str, Any], worse: dict[str, Any]) -> None:
    assert ": met |" in day_table([line(spec, measured)])
    assert ": missed |" in day_table([line(spec, {**measured, **worse})])


def test_a_page_that_no_browser_opened_and_a_night_that_failed_are_said_to_be() -> None:
    bare = {name: value for name, value in REPORT.items() if name not in ("opens", "works")}
    assert "not measured" in day_table([line("report", {**bare, "not_opened": "Chromium is not installed"})])
    failed = {"spec": "nightly", "method": "command", "size": 300, "failed": "it hung"}
    assert "failed: it hung" in day_table([failed])
