"""The policies that a back-test can ask for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.policy import Policy
from optimizer.simulation.world import World

#: Makes a policy for a world, a replay of so many weeks and a seed; settings are those that it was tuned to.
Make = Callable[[Mapping[str, Any], World, int, int], Policy]


@dataclass(frozen=True)
class Entry:
    """How a policy is made; `tunable`: whether it has anything to be tuned; `rule`: whether a planner can work by it
    today.
    """

    make: Make
    tunable: bool
    rule: bool


POLICIES: Mapping[str, Entry] = {
    "base-stock": Entry(lambda tuned, world, weeks, seed: BaseStock(**tuned), tunable=False, rule=True),
}
#: The rules that are in use today.
RULES = tuple(name for name, entry in POLICIES.items() if entry.rule)


def made(name: str, tuned: Mapping[str, Any], world: World, weeks: int, seed: int) -> Policy:
    """The policy of that name for one run."""
    return POLICIES[name].make(tuned, world, weeks, seed)


def tuned_for(name: str, world: World, weeks: int, seeds: Sequence[int]) -> dict[str, Any]:
    """The settings with which a policy would have cost least on so many weeks of a world."""
    raise KeyError(name)
