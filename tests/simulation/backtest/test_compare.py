"""Policies side by side, on runs whose figures are added up by hand."""

import json

import pytest

from optimizer.simulation.backtest.compare import best_rule, compared, paired
from tests.simulation.backtest.figures import run, two_policies

ALL = ("our-plan", "erp-rule", "clairvoyant")


@pytest.fixture
def told():
    return compared(two_policies(), ALL)


def of(rows, policy):
    return next(row for row in rows if row["policy"] == policy)


def test_a_difference_of_total_cost_is_a_share_of_the_rules_mission_cost(told):
    """30 less a pair, of a mission cost of 100: 62 of 200 in one block, 58 of 200 in the other; with one degree of
    freedom Student's t is 12.7, the deviation of the mean 0.01.
    """
    found = of(told["differences"], "our-plan")["total_cost"]
    assert found["mean"] == pytest.approx(-30) and found["share"] == pytest.approx(-0.3)
    assert found["certain"] and found["interval"] == pytest.approx([-0.427, -0.173], abs=0.0005)
    assert (found["pairs"], found["blocks"]) == (4, 2)


def test_a_fill_rate_that_rises_is_a_positive_difference_in_points(told):
    """10 of 100 units lost, then 6."""
    found = of(told["differences"], "our-plan")["fill_rate"]
    assert found["share"] == pytest.approx(0.04) and found["interval"] == pytest.approx([0.04, 0.04])


def test_mismatched_units_differ_as_a_share_of_those_of_the_rule(told):
    assert of(told["differences"], "our-plan")["mismatched_units"]["share"] == pytest.approx(-0.75)


def test_regret_is_what_foresight_could_have_saved_at_most(told):
    """300, 270 and 250 against a bound of 245, of a mission cost of 100."""
    assert of(told["regret"], "erp-rule")["share"] == pytest.approx(0.55)
    assert of(told["regret"], "our-plan")["share"] == pytest.approx(0.25)
    assert of(told["regret"], "clairvoyant")["share"] == pytest.approx(0.05)  # the gap of its own plan


def test_without_a_bound_in_every_run_there_is_no_regret():
    runs = [run(one.key.policy, one.key.block, one.key.seed, **{**one.figures, "bound": None})
            if one.key.policy == "clairvoyant" and one.key.seed == 2 else one for one in two_policies()]  # fmt: skip
    assert compared(runs, ALL)["regret"] is None


def test_weeks_without_a_plan_are_counted():
    runs = [run("our-plan", 0, seed, missed=missed) for seed, missed in ((1, 2), (2, 1))]
    assert compared(runs, ("our-plan",))["policies"][0]["missed"] == 3


def test_without_the_clairvoyant_there_is_no_regret():
    assert compared(two_policies(), ("our-plan", "erp-rule"))["regret"] is None


def test_a_mode_that_only_some_runs_use_counts_as_nothing_in_the_others():
    runs = [run("erp-rule", 0, 1, freight_by_mode={"air": 9.0}), run("erp-rule", 0, 2, freight_by_mode={"sea": 5.0})]
    found = compared(runs, ("erp-rule",))["policies"][0]["freight_by_mode"]
    assert found == {"air": 4.5, "sea": 2.5}


def test_rates_are_those_of_all_units_together():
    """10 of 100 and 100 of 300 units lost: 110 of 400, not the mean of 10 % and 33 %."""
    runs = [run("erp-rule", 0, 1), run("erp-rule", 1, 1, demand=300.0, lost=100.0)]
    assert compared(runs, ("erp-rule",))["policies"][0]["fill_rate"] == pytest.approx(1 - 110 / 400)


def test_only_pairs_that_all_policies_have_been_through_are_compared():
    runs = [*two_policies(), run("erp-rule", 5, 1, total_cost=1e9)]
    assert compared(runs, ALL) == compared(two_policies(), ALL)


def test_nothing_in_common_cannot_be_compared():
    with pytest.raises(ValueError, match="no pair"):
        compared([run("erp-rule", 0, 1), run("our-plan", 0, 2)], ("erp-rule", "our-plan"))


def test_the_rule_in_use_is_what_others_are_compared_with_unless_another_is_named(told):
    assert told["against"] == "erp-rule"
    assert compared(two_policies(), ALL, "our-plan")["differences"][0]["policy"] == "erp-rule"
    assert compared(two_policies(), ("our-plan", "clairvoyant"))["against"] == "our-plan"


def test_the_best_rule_is_the_cheapest_of_those_named(told):
    assert best_rule(told, ("erp-rule", "our-plan")) == "our-plan" and best_rule(told, ("erp-rule",)) == "erp-rule"
    assert best_rule(told, ("min-max",)) is None


def test_two_policies_are_compared_on_the_pairs_of_all():
    assert paired(two_policies(), ALL, "our-plan", "erp-rule")["total_cost"]["share"] == pytest.approx(-0.3)


def test_weeks_are_means_of_all_lines_together(told):
    assert told["weeks_by_policy"]["erp-rule"]["cost"] == pytest.approx([220, 80])
    assert told["weeks_by_policy"]["our-plan"]["fill_rate"] == pytest.approx([1.0, 0.8])


def test_everything_can_be_told_as_json(told):
    assert json.loads(json.dumps(told, allow_nan=False)) == told
