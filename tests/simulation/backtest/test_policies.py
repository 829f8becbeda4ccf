"""Policies by name, and rules that are tuned to what would have cost least."""

from dataclasses import fields

import pytest

from optimizer.simulation import tuning
from optimizer.simulation.backtest.policies import POLICIES, RULES, made, usual
from optimizer.simulation.backtest.request import Request
from optimizer.simulation.backtest.stretch import stretch
from optimizer.simulation.tuning import GRIDS, at_the_end, tuned_for, with_settings
from optimizer.simulation.tuning import RULES as UNTUNED
from optimizer.simulation.world import World
from tests.simulation.backtest.shops import shop


class Outcome:
    def __init__(self, cost):
        self.total_cost = cost


def test_every_policy_is_made_under_its_own_name():
    found = stretch(shop(), 6)
    world, request = World(found.scenario, found.demand), Request(usual(1), weeks=6)
    assert [made(name, {}, world, request, 1).name for name in POLICIES] == list(POLICIES)
    assert set(RULES) == set(UNTUNED) and "our-plan" in usual(1) and "clairvoyant" in usual(1)


def test_our_plan_has_the_paths_that_are_asked_for_or_those_of_the_scenario():
    found = stretch(shop(), 6)
    world = World(found.scenario, found.demand)
    asked = [made("our-plan", {}, world, Request(usual(1), weeks=6, paths=paths), 1).paths for paths in (None, 7)]
    assert asked == [found.scenario.settings.solve.paths, 7]
    assert made("our-plan-mean", {}, world, Request(usual(1), weeks=6, paths=7), 1).paths == 1


def test_our_plan_for_the_mean_is_compared_where_our_plan_is_for_several_paths():
    assert set(usual(4)) == set(POLICIES) and set(usual(4)) - set(usual(1)) == {"our-plan-mean"}


def test_settings_that_json_has_told_are_those_of_before():
    erp = UNTUNED["erp-rule"]
    assert with_settings(erp, {"weights": [0.2, 0.3, 0.5], "abroad_days": 7.0}).weights == (0.2, 0.3, 0.5)


def test_tuning_finds_the_settings_that_cost_least_whatever_comes_first_in_the_grid(monkeypatch):
    """Costs fall with the distance from (0.5, 26, fastest), so each setting can be sought in turn."""
    grid = GRIDS["base-stock"]
    wanted = {"safety": 0.5, "weeks": 26, "prefer": "fastest"}
    assert all(wanted[name] in values for name, values in grid.items())

    def played(world, rule, weeks, seed):
        off = abs(rule.safety - 0.5) + abs(rule.weeks - 26) + (rule.prefer != "fastest")
        return Outcome(100.0 + off + seed)

    monkeypatch.setattr(tuning, "replay", played)
    assert tuned_for("base-stock", None, 6, (1, 2)) == wanted


def test_a_setting_that_only_pays_with_another_is_found_in_the_second_pass(monkeypatch):
    """Safety pays only where the way is the fastest, which the grid tries after it."""

    def played(world, rule, weeks, seed):
        fast = rule.prefer == "fastest"
        return Outcome(100.0 - 10 * fast - 5 * (fast and rule.safety == 0.5) + (not fast and rule.safety == 0.5))

    monkeypatch.setattr(tuning, "replay", played)
    found = tuned_for("base-stock", None, 6, (1,))
    assert (found["safety"], found["prefer"]) == (0.5, "fastest")


def test_each_setting_is_played_once(monkeypatch):
    played = []

    def count(world, rule, weeks, seed):
        played.append(rule)
        return Outcome(1.0)

    monkeypatch.setattr(tuning, "replay", count)
    tuned_for("min-max", None, 6, (1,))
    assert len(played) == len(set(played)) > 4


def test_settings_at_the_end_of_what_was_tried_are_told():
    """A safety factor of 3 might be better still above it; no days between orders are the least there can be."""
    assert at_the_end("base-stock", {"safety": 3.0, "weeks": 13, "prefer": "fastest"}) == ["safety"]
    assert at_the_end("base-stock", {"safety": 1.0, "weeks": 4, "prefer": "cheapest"}) == ["weeks"]
    assert at_the_end("erp-rule", {"home_days": 0.0, "abroad_days": 70.0, "weights": [0.2, 0.3, 0.5]}) == [
        "abroad_days"
    ]
    assert at_the_end("erp-rule", {"home_days": min(GRIDS["erp-rule"]["home_days"]), "hurry_days": 0.0}) == [
        "home_days"
    ]
    assert at_the_end("min-max", {"min_days": 0.0, "order_days": 0.0, "weeks": 52}) == []


@pytest.mark.parametrize("name", GRIDS)
def test_a_grid_tries_values_of_settings_that_the_rule_has(name: str):
    for setting, values in GRIDS[name].items():
        assert {getattr(with_settings(UNTUNED[name], {setting: value}), setting) for value in values} == set(values)


def test_the_erp_rule_is_tuned_in_all_that_a_planner_could_set():
    """Days of cover at home and abroad, haste, weights, days out of stock, neighbours, ways."""
    settings = {field.name for field in fields(UNTUNED["erp-rule"])} - {"name"}
    assert set(GRIDS["erp-rule"]) == settings


def test_an_unknown_rule_cannot_be_tuned():
    with pytest.raises(KeyError):
        tuned_for("our-plan", None, 6, (1,))


def test_the_erp_rule_may_keep_less_than_its_lead_times_ask_for_as_the_other_rules_may():
    """Cover of a lead time and nothing more is no least: where sales are lumpy even that may be too much."""
    grid = GRIDS["erp-rule"]
    assert min(grid["home_days"]) <= -28 and min(grid["abroad_days"]) <= -28
