"""The suite `backtest`: what it measures of a real history, and what its tables say of runs made by hand."""

import pytest

from benchmarks.cli import RESULTS
from benchmarks.histories import histories_missing
from benchmarks.lines import newest, read_lines
from benchmarks.markdown import NONE
from benchmarks.registry import suite
from benchmarks.spec import Case
from benchmarks.suites.ahead import policy_of
from benchmarks.suites.backtest import request
from benchmarks.suites.backtest_table import backtest_table
from tests.benchmarks.making import cells

BACKTEST = suite("backtest")


def made(policy: str, total: float, lost: float = 10.0, apart: float = 4.0, more: float = 1.0, blocks: int = 2):
    """A line of two blocks, the second one costs `more`: 100 units wanted, a mission cost of 100."""
    runs = [
        {"block": block, "seed": 1, "total_cost": total + more * block, "mission_cost": 100.0, "demand": 100.0,
         "lost": lost, "mismatched_units": apart, "cleared": 1.0, "end_units": 5.0, "end_value": 50.0,
         "costs": {"duty": 1.0}, "aged_units": {"90": 3.0}, "freight_by_mode": {"sea": 1.0}, "seconds_a_week": 0.5,
         "gap_a_week": 0.12 + 0.03 * block, "weeks_with_gap": 20 - 10 * block, "missed": 0}
        for block in range(blocks)
    ]  # fmt: skip
    measured = {"runs": runs, "tuned": [], "weeks": 22, "blocks": 2, "cpu": 9.0}
    return {"spec": "favorita", "method": policy, "size": 12, "seconds": 5, "measured": measured}


def test_what_is_wanted_is_judged_against_the_erp_rule_and_the_best_other_one():
    lines = [
        made("our-plan", 270.0, 9.0, 1.0),
        made("erp-rule", 300.0),
        made("min-max", 290.0),
        made("base-stock", 280.0),
    ]
    told = backtest_table(lines)
    assert "our-plan against erp-rule: total cost -30.0 % of its mission cost (-30.0 … -30.0 %), wanted -15.0 %" in told
    assert (
        "our-plan against base-stock: total cost -10.0 % of its mission cost" in told and "min-max: total" not in told
    )
    assert "served +1.0 % in points, wanted no less: met" in told
    assert "mismatched units -75.0 %, wanted -50.0 %: met" in told and ": missed." not in told


def test_what_is_not_reached_is_said():
    told = backtest_table([made("our-plan", 290.0, 12.0, 3.0), made("erp-rule", 300.0), made("base-stock", 280.0)])
    assert told.count(": missed.") == 4 and ": met." not in told


def test_how_far_foresight_comes_stands_beside_what_is_wanted():
    told = backtest_table(
        [made("our-plan", 290.0, 12.0, 3.0), made("erp-rule", 300.0), made("clairvoyant", 200.0, 5.0, 2.0)]
    )
    assert "served -2.0 % in points (the clairvoyant +5.0 %), wanted no less" in told
    assert "mismatched units -25.0 % (the clairvoyant -50.0 %), wanted -50.0 %: missed." in told


def test_the_weeks_that_our_plan_looks_ahead_are_told():
    line = made("our-plan", 270.0)
    line["measured"]["horizon"] = 18
    assert cells(backtest_table([line]).split("\n\n")[0])[0][4] == "18"


def total_cost(line):
    return line["measured"]["total_cost"]


def test_our_plan_is_tried_as_it_is_named():
    found = (
        policy_of("18 weeks", 3.0),
        policy_of("12 weeks, 4 paths", 3.0),
        policy_of("12 weeks, 4 paths, no transfers", 3.0),
    )
    assert [(one.horizon, one.paths, one.transfers) for one in found] == [(18, 1, True), (12, 4, True), (12, 4, False)]


@pytest.mark.parametrize("spec", BACKTEST.specs, ids=lambda spec: spec.name)
def test_our_plan_looks_as_far_ahead_as_was_least_on_the_weeks_before_the_replay(spec):
    asked = request(spec.name, "our-plan", "run", 10.0)
    ahead = suite("ahead")
    made = [line for line in newest(ahead, read_lines(RESULTS, "ahead")) if line["spec"] == spec.name]
    for_mean = [line for line in made if "paths" not in line["method"]]
    assert f"{asked.horizon} weeks" == min(for_mean, key=total_cost)["method"]
    over_paths = [line for line in made if "paths" in line["method"]]
    assert asked.transfers == (not over_paths or "no transfers" not in min(over_paths, key=total_cost)["method"])


def test_our_plan_for_the_mean_is_judged_as_well():
    told = backtest_table([made("our-plan-mean", 270.0), made("erp-rule", 300.0)])
    assert "our-plan-mean against erp-rule: total cost -30.0 % of its mission cost" in told
    assert "favorita, our-plan: not measured against erp-rule" in told


def test_what_is_not_certain_is_neither_met_nor_missed():
    """-10 and -51 of 100 in the two blocks: -30.5 %, and with one degree of freedom anything."""
    lines = [made("our-plan", 290.0, apart=1.0, more=-40.0), made("erp-rule", 300.0)]
    told = backtest_table(lines)
    assert "total cost -30.5 % of its mission cost" in told
    assert "wanted -15.0 % or less: not certain with 2 blocks" in told


def test_one_block_is_too_few_to_tell_anything():
    lines = [made("our-plan", 270.0, blocks=1), made("erp-rule", 300.0, blocks=1)]
    told = backtest_table(lines)
    assert told.count("too few blocks to tell.") == 3 and ": met." not in told and ": missed." not in told


def test_policies_and_differences_stand_side_by_side():
    told = backtest_table([made("our-plan", 270.0), made("erp-rule", 300.0)])
    first, second = cells(told.split("\n\n")[0]), cells(told.split("\n\n")[1])
    assert first[0] == [
        "favorita",
        "our-plan",
        "12",
        "22",
        NONE,
        "2",
        "270",
        "100",
        "90.0 %",
        "4.0 %",
        "3",
        "1",
        "50",
        "0",
        "0.50",
        "13.0 % of 30",
    ]
    assert second[0][:4] == ["favorita", "our-plan", "erp-rule", "-30.0 %"]


def test_a_policy_that_failed_or_is_missing_is_said():
    failed = {"spec": "favorita", "method": "erp-rule", "size": 12, "seconds": 5, "failed": "no room"}
    told = backtest_table([made("our-plan", 270.0), failed])
    assert "failed: no room" in told and "not measured against erp-rule" in told


@pytest.mark.slow
@pytest.mark.skipif(histories_missing() is not None, reason=str(histories_missing()))
@pytest.mark.parametrize("name", ["online-retail", "favorita", "spare-parts"])
def test_a_smoke_plays_real_demand(name):
    spec = BACKTEST.spec(name)
    found = BACKTEST.measure(spec, Case("backtest", name, 3, "base-stock", 1.0, "smoke"))
    (run,) = found["runs"]
    assert run["demand"] > 0 and 0 <= run["lost"] <= run["demand"] and run["total_cost"] != 0
