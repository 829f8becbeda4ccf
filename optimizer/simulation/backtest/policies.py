"""The policies that a back-test can ask for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.simulation.backtest.request import Request
from optimizer.simulation.clairvoyant import Clairvoyant
from optimizer.simulation.our_plan import OurPlan
from optimizer.simulation.policy import Policy
from optimizer.simulation.tuning import RULES as UNTUNED
from optimizer.simulation.tuning import with_settings
from optimizer.simulation.world import World

#: Makes a policy for a world, and a seed of its delays; the settings are those that it was tuned to.
Make = Callable[[Mapping[str, Any], World, Request, int], Policy]
#: The clairvoyant plans once, and may take as long for it as our plan for so many weeks.
CLAIRVOYANT_WEEKS = 10


@dataclass(frozen=True)
class Entry:
    """How a policy is made; `rule`: whether a planner can work by it today, and tunes it."""

    make: Make
    rule: bool = False


def _our_plan(tuned: Mapping[str, Any], world: World, request: Request, seed: int) -> Policy:
    paths = request.paths or world.scenario.settings.solve.paths
    return _ours(request, paths, "our-plan")


def _our_plan_mean(tuned: Mapping[str, Any], world: World, request: Request, seed: int) -> Policy:
    return _ours(request, 1, "our-plan-mean")


def _ours(request: Request, paths: int, name: str) -> OurPlan:
    return OurPlan(paths, request.seconds, gap=request.gap, horizon=request.horizon, transfers=request.transfers,
                   name=name)  # fmt: skip


def _clairvoyant(tuned: Mapping[str, Any], world: World, request: Request, seed: int) -> Policy:
    seconds = request.seconds * CLAIRVOYANT_WEEKS
    return Clairvoyant(world, request.weeks, seed, seconds=seconds, gap=request.gap)


def _rule(name: str) -> Make:
    return lambda tuned, world, request, seed: with_settings(UNTUNED[name], tuned)


POLICIES: Mapping[str, Entry] = {
    "our-plan": Entry(_our_plan),
    "our-plan-mean": Entry(_our_plan_mean),
    **{name: Entry(_rule(name), rule=True) for name in UNTUNED},
    "clairvoyant": Entry(_clairvoyant),
}
#: The rules that planners work by.
RULES = tuple(name for name, entry in POLICIES.items() if entry.rule)


def usual(paths: int) -> tuple[str, ...]:
    """What a back-test compares where nothing else is asked for: all, but our plan for the mean where our plan for so
    many sample paths is the same.
    """
    return tuple(name for name in POLICIES if paths > 1 or name != "our-plan-mean")


def made(name: str, tuned: Mapping[str, Any], world: World, request: Request, seed: int) -> Policy:
    """The policy of that name for one run."""
    return POLICIES[name].make(tuned, world, request, seed)
