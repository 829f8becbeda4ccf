"""Rules are tuned as a competent planner would: each of a few settings is tried on the past, the best is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.erp_rule import ErpRule
from optimizer.simulation.min_max import MinMax
from optimizer.simulation.replay import replay
from optimizer.simulation.world import World

Rule = BaseStock | ErpRule | MinMax

#: The rules by name, as they are before they are tuned.
RULES: Mapping[str, Rule] = {"erp-rule": ErpRule(), "min-max": MinMax(), "base-stock": BaseStock()}

#: Passes over the settings of a rule in which each is tried in turn.
PASSES = 2
#: What is tried of each rule.
GRIDS: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "erp-rule": {
        "abroad_days": (-28.0, -14.0, -7.0, 0.0, 7.0, 21.0, 45.0, 70.0),
        "home_days": (-42.0, -28.0, -14.0, -7.0, 0.0, 14.0, 35.0, 60.0),
        "hurry_days": (0.0, 3.0, 7.0, 14.0, 28.0),
        "weights": ((0.5, 0.3, 0.2), (0.2, 0.3, 0.5)), "in_stock_only": (True, False), "transfers": (True, False),
        "prefer": ("cheapest", "loose", "fastest"),
    },
    "min-max": {
        "min_days": (-14.0, -7.0, 0.0, 7.0, 14.0, 28.0, 42.0), "order_days": (0.0, 7.0, 21.0, 42.0, 63.0),
        "weeks": (4, 8, 13, 26, 52),
        "prefer": ("cheapest", "loose", "fastest"),
    },
    "base-stock": {
        "safety": (-1.0, -0.5, 0.0, 0.5, 1.0, 1.65, 2.33, 3.0), "weeks": (4, 8, 13, 26, 52),
        "prefer": ("cheapest", "loose", "fastest"),
    },
}  # fmt: skip
#: Below nothing there is nothing to try of these, nor beyond a year of a history.
ENDS: Mapping[str, tuple[float, ...]] = {"hurry_days": (0.0,), "order_days": (0.0,), "weeks": (52,)}


def with_settings(rule: Rule, settings: Mapping[str, Any]) -> Rule:
    """A rule with some settings in place of its own, as JSON may have told them."""
    changes: dict[str, Any] = {name: tuple(told) if isinstance(told, list) else told for name, told in settings.items()}
    return replace(rule, **changes)


def at_the_end(name: str, settings: Mapping[str, Any]) -> list[str]:
    """Settings of a tuned rule that are the least or the most that was tried, though more could be: they might be
    better beyond. Those that are not tried by size have no end.
    """
    found = []
    for setting, values in GRIDS[name].items():
        sizes = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
        ends = {min(sizes), max(sizes)} - set(ENDS.get(setting, ())) if sizes else set()
        found += [setting] if sizes and settings.get(setting) in ends else []
    return found


def tuned_for(name: str, world: World, weeks: int, seeds: Sequence[int]) -> dict[str, Any]:
    """The settings with which a rule costs least on so many weeks of a world.

    Each setting of the rule's grid is tried in turn with the best of the others, until a pass changes nothing.
    """
    grid, costs = GRIDS[name], {}

    def cost(settings: Mapping[str, Any]) -> float:
        key = tuple(settings.values())
        if key not in costs:
            rule = with_settings(RULES[name], settings)
            costs[key] = sum(replay(world, rule, weeks, seed).total_cost for seed in seeds)
        return costs[key]

    best = {setting: getattr(RULES[name], setting) for setting in grid}
    for _ in range(PASSES):
        before = best
        for setting, values in grid.items():
            best = min(({**best, setting: value} for value in (best[setting], *values)), key=cost)
        if best == before:
            break
    return best
