"""Every rule between rows and tables finds what breaks it, and says where."""

import pytest

from optimizer.scenario.check import CHECKS, problems
from tests.scenario import starter_files as make
from tests.scenario.broken_rules import BROKEN

CASES = [
    pytest.param(check, *case, id=f"{check.__name__}-{place}")
    for check in CHECKS
    for place, case in enumerate(BROKEN.get(check.__name__, []))
]


def test_the_starter_breaks_no_rule():
    assert make.lines(make.STARTER) == []


def test_every_rule_has_a_case_that_breaks_it():
    assert [check.__name__ for check in CHECKS if not BROKEN.get(check.__name__)] == []
    assert sorted(set(BROKEN) - {check.__name__ for check in CHECKS}) == []


@pytest.mark.parametrize(("check", "change", "place", "words"), CASES)
def test_a_broken_rule_is_reported_at_its_place(check, change, place, words):
    spoilt = change(make.STARTER)
    reports = [str(problem) for problem in check(spoilt)]
    assert reports, "the rule found nothing"
    assert reports[0].startswith(place), reports[0]
    assert words in reports[0], reports[0]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_whole_check_reports_it_too(check):
    change, place, words = BROKEN[check.__name__][0]
    found = make.lines(change(make.STARTER))
    assert any(line.startswith(place) and words in line for line in found), found


def test_a_lane_from_a_supplier_needs_no_sourcing_rows():
    scenario = make.with_rows(make.STARTER, "locations", {"location": "F2", "kind": "supplier", "country": "CN"})
    lane = {"lane": "from-F2", "origin": "F2", "destination": "CN-SZ", "lead_time_days": 2, "every_weeks": 1}
    scenario = make.with_rows(scenario, "lanes", {**lane, "duty_included": False})
    scenario = make.with_rows(scenario, "freight_rates", {"lane": "from-F2", "basis": "m3", "rate": 5.0})
    assert make.lines(scenario) == []


def test_demand_before_the_horizon_is_fine():
    row = {"sku": "MUG-01", "region": "US-temu", "starts_on": "2025-12-01", "days": 7, "mean": 5.0}
    assert make.lines(make.with_rows(make.STARTER, "demand", row)) == []


def test_a_sku_without_a_clearance_price_is_fine():
    assert make.lines(make.without_rows(make.STARTER, "prices", 3, 4, 5)) == []


def test_goods_that_arrived_lately_are_fine_in_transit():
    assert make.lines(make.with_cell(make.STARTER, "in_transit", 0, "arrives_on", "2025-12-20")) == []


def test_without_lanes_everything_is_sold_by_direct_mail():
    scenario = make.without_rows(make.without_rows(make.STARTER, "lanes"), "freight_rates")
    assert make.lines(scenario) == []


def test_a_mistake_in_a_table_is_not_reported_again_by_rules_that_read_it():
    scenario = make.with_cell(make.STARTER, "lanes", 1, "origin", "CN-SX")
    found = problems(scenario)
    assert [str(problem) for problem in found] == [
        "lanes row 3, origin = 'CN-SX': the table locations has no such location. Did you mean 'CN-SZ'."
    ]


def test_rules_of_other_tables_are_checked_nevertheless():
    scenario = make.with_cell(make.STARTER, "lanes", 1, "origin", "CN-SX")
    scenario = make.with_cell(scenario, "regions", 0, "return_rate", 0.95)
    assert {problem.table for problem in problems(scenario)} == {"lanes", "regions"}


def test_a_column_that_is_wrong_throughout_is_told_in_21_lines():
    scenario = make.STARTER
    demand = scenario["demand"].assign(region="US-temp")
    found = problems(scenario.with_tables(demand=demand))
    assert len(found) == 21
    assert found[-1].rule.startswith("the same in 52 more rows")
