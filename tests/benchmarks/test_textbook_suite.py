"""Our plan beside the least cost that there is: what is told of it, and that its shops are those of the textbook."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.spec import Case
from benchmarks.suites.textbook import TEXTBOOK, WEEKS, world
from benchmarks.suites.textbook_table import textbook_table
from tests.benchmarks.making import cells


def line(method: str, costs: list[float]) -> dict:
    return {
        "suite": "textbook",
        "spec": "lead-2",
        "size": 200,
        "method": method,
        "measured": {"costs": costs, "missed": 0},
    }


def test_a_week_is_told_with_its_error_and_how_far_it_lies_above_the_least():
    base, ours = cells(textbook_table([line("base stock", [6.2] * 10 + [6.6] * 10), line("8 paths", [6.09] * 20)]))
    assert base[3:8] == ["4,000", "6.400", "0.200", "6.09", "+5.1 %"]
    assert ours[3:8] == ["4,000", "6.090", "0.000", "6.09", "+0.0 %"]


@pytest.mark.parametrize(("cost", "said"), [(6.39, "met"), (6.40, "missed")])
def test_only_our_plan_is_held_against_the_bar(cost, said):
    told = textbook_table([line("base stock", [7.0]), line("8 paths", [cost])]).splitlines()
    bars = [one for one in told if one.startswith("- ")]
    assert len(bars) == 1 and bars[0].startswith("- lead-2, our plan for 8 paths:") and bars[0].endswith(f"{said}.")


def test_a_planner_is_told_the_mean_and_the_spread_but_not_what_comes():
    made = world(2, 3, 4)
    demand = made.scenario["demand"]
    assert set(demand["mean"]) == {5.0} and set(np.round(demand["spread"], 6)) == {round(5**0.5, 6)}
    assert len(demand) == 3 * (4 + 2 * 7)  # three shops; every week that a plan of the last week may look at
    assert made.demand["units"].nunique() > 1


@pytest.mark.parametrize("method", ["base stock", "2 paths"])
def test_a_smoke_of_a_shop_costs_something_each_week(method):
    spec = TEXTBOOK.spec("lead-1")
    (step,) = spec.smoke
    found = TEXTBOOK.measure(spec, Case("textbook", "lead-1", step.size, method, step.seconds, "smoke"))
    assert len(found["costs"]) == WEEKS["smoke"][0] and min(found["costs"]) > 0 and found["missed"] == 0
