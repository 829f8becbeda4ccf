"""Plans for several paths, back-tests, and how far to look ahead: what is measured, and when a bar is met."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.spec import Case
from benchmarks.suites.ahead_table import ahead_table
from benchmarks.suites.varying import AHEAD, SOLD, SPREAD, history, measure, uncertain
from benchmarks.suites.varying import VARYING as SUITE
from benchmarks.suites.varying_table import varying_table
from optimizer.scenario.read import read
from optimizer.scenario.write import write
from optimizer.solve import check

PLAN = {"wall": 170.0, "cpu": 300.0, "peak_mib": 900.0, "plan": 100.0, "bound": 99.5, "gap_base": 60.0, "paths": 4,
        "scenario": "s"}  # fmt: skip
REPLAYED = {"wall": 1_700.0, "cpu": 3_000.0, "peak_mib": 900.0, "weeks": 26, "runs": 5, "scenario": "h",
            "policies": {"our-plan": [100.0, 9.5, 0], "erp-rule": [120.0, 0.1, 0]}}  # fmt: skip


def line(spec: str, size: int, measured: dict[str, Any]) -> dict[str, Any]:
    return {"suite": "varying", "spec": spec, "method": "command", "size": size, "seconds": 180, "source": "a",
            "measured": measured}  # fmt: skip


@pytest.mark.parametrize(("worse", "verdict"), [
    ({}, "180 s: met, 1.00 %: met"), ({"wall": 181.0}, "180 s: missed, 1.00 %: met"),
    ({"bound": 99.0}, "180 s: met, 1.00 %: missed"), ({"plan": None}, "180 s: met, 1.00 %: missed"),
])  # fmt: skip
def test_a_plan_is_held_to_time_and_gap(worse: dict[str, Any], verdict: str):
    assert f"| {verdict} |" in varying_table([line("plan", 1_000, {**PLAN, **worse})])


def test_the_bar_of_a_thousand_skus_says_nothing_of_fewer():
    assert "met" not in varying_table([line("plan", 200, PLAN)])


@pytest.mark.parametrize(("wall", "verdict"), [(1_800.0, "met"), (1_801.0, "missed")])
def test_a_back_test_is_held_to_half_an_hour(wall: float, verdict: str):
    told = varying_table([line("backtest", 200, {**REPLAYED, "wall": wall})])
    assert f"1800 s: {verdict}" in told and "our-plan 100, erp-rule 120" in told


def test_weeks_without_a_plan_are_told_and_no_half_hour_is_met_with_them():
    policies = {**REPLAYED["policies"], "our-plan": [100.0, 9.5, 3]}
    told = varying_table([line("backtest", 200, {**REPLAYED, "policies": policies})])
    assert "3 weeks without a plan" in told and "1800 s: missed" in told


def test_the_half_hour_of_two_hundred_skus_says_nothing_of_fewer():
    assert "met" not in varying_table([line("backtest", 3, REPLAYED)])


def test_demand_and_ships_of_the_catalogue_vary_and_it_can_be_planned(tmp_path):
    write(uncertain(3), tmp_path / "tables", "parquet")
    made = read(tmp_path / "tables")
    demand, lanes = made["demand"], made["lanes"]
    assert demand["spread"].tolist() == pytest.approx((SPREAD * demand["mean"]).tolist())
    assert (lanes["lead_time_p90_days"] > lanes["lead_time_days"]).all() and made.settings.solve.paths > 1
    assert check(made) == []


def test_the_history_is_long_enough_to_learn_from_tune_and_replay():
    made = history(3)
    sales, starts = made["sales"], made.settings.starts_on
    assert sales["date"].max().date() < starts and len(made["demand"]) == 0 and check(made) == []
    weeks = (np.datetime64(starts) - sales["date"].min().to_numpy().astype("datetime64[D]")).astype(int) // 7
    assert SOLD - 2 <= weeks <= SOLD and sum(made.settings.periods) == 7 * AHEAD
    assert (sales["units"] == sales["units"].round()).all() and set(sales["sku"]) <= set(made["skus"]["sku"])


def test_a_back_test_is_measured_as_a_whole_command():
    found = measure(SUITE.spec("backtest"), Case("varying", "backtest", 3, "command", 1, "smoke"))
    assert set(found["policies"]) == {"our-plan", "erp-rule", "min-max", "base-stock", "clairvoyant"}
    assert found["wall"] > 0 and all(np.isfinite(cost) for cost, _, _ in found["policies"].values())


def test_the_best_horizon_of_each_history_is_told():
    def one(method: str, cost: float) -> dict[str, Any]:
        measured = {"total_cost": cost, "mission_cost": 50.0, "demand": 10.0, "lost": 1.0, "mismatched_units": 2.0,
                    "missed": 0, "weeks": 26}  # fmt: skip
        return {"spec": "favorita", "method": method, "size": 12, "measured": measured}

    told = ahead_table([one("12 weeks", 110.0), one("18 weeks", 100.0), one("26 weeks", 101.0)])
    assert "least with 18 weeks; 12 weeks +20.0 % of its mission cost; 26 weeks +2.0 % of its mission cost." in told
    assert "90.0 % | 20.0 %" in told
