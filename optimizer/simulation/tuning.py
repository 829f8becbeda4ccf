"""Rules are tuned as a competent planner would: each of a few settings is tried on the past, the best is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.erp_rule import ErpRule
from optimizer.simulation.min_max import MinMax
from optimizer.simulation.replay import replay
from optimizer.simulation.world import World

Rule = BaseStock | ErpRule | MinMax

#: The rules by name, as they are before they are tuned.
RULES: Mapping[str, Rule] = {"erp-rule": ErpRule(), "min-max": MinMax(), "base-stock": BaseStock()}

#: What is tried of each rule.
GRIDS: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "erp-rule": {
        "abroad_days": (7.0, 21.0, 45.0), "home_days": (0.0, 14.0, 35.0), "hurry_days": (0.0, 14.0),
        "weights": ((0.5, 0.3, 0.2), (0.2, 0.3, 0.5)), "prefer": ("cheapest", "loose", "fastest"),
    },
    "min-max": {
        "min_days": (0.0, 7.0, 14.0, 28.0), "order_days": (7.0, 21.0, 42.0), "weeks": (8, 13),
        "prefer": ("cheapest", "loose", "fastest"),
    },
    "base-stock": {
        "safety": (0.0, 0.5, 1.0, 1.65, 2.33), "weeks": (8, 13, 26), "prefer": ("cheapest", "loose", "fastest"),
    },
}  # fmt: skip


def grid(name: str) -> list[Rule]:
    """A rule with each setting of its grid."""
    tried = GRIDS[name]
    return [replace(RULES[name], **dict(zip(tried, values, strict=True))) for values in product(*tried.values())]


def tuned(world: World, rules: Iterable[Rule], weeks: int, seeds: Iterable[int] = (1,)) -> Rule:
    """The rule whose total cost over the replays of a world, the first half of a history, is least; of equal ones the
    first.
    """
    chosen, least, draws = None, float("inf"), tuple(seeds)
    for rule in rules:
        cost = sum(replay(world, rule, weeks, seed).total_cost for seed in draws)
        if cost < least or chosen is None:
            chosen, least = rule, cost
    if chosen is None:
        raise ValueError("there is no rule to choose from")
    return chosen


def settings_of(rule: Rule) -> dict[str, Any]:
    """The settings of a rule that its grid varies, as plain values."""
    return {name: getattr(rule, name) for name in GRIDS[rule.name]}
