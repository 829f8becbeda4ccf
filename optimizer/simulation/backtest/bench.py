"""Where runs are made: the worlds of the blocks, and the policies as they are tuned for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from optimizer.scenario.scenario import Scenario
from optimizer.simulation.backtest.policies import POLICIES, made
from optimizer.simulation.backtest.request import Request
from optimizer.simulation.backtest.run import Key
from optimizer.simulation.backtest.stretch import Stretch, stretch
from optimizer.simulation.clairvoyant import Clairvoyant
from optimizer.simulation.replay import replay
from optimizer.simulation.tuning import tuned_for
from optimizer.simulation.world import World


@dataclass(frozen=True)
class Setup:
    """The blocks of SKUs, each a scenario with its whole history, and what to do with them."""

    blocks: tuple[Scenario, ...]
    request: Request


@dataclass(frozen=True)
class Task:
    """A run to be made; `tuned`: how its policy is tuned, None where that is to be found out first (and is all)."""

    key: Key
    tuned: Mapping[str, Any] | None

    def __str__(self) -> str:
        return f"{self.key}{'' if self.tuned is not None else ' (tuning)'}"


class Bench:
    """Makes runs, one at a time; worlds are made when they are first asked for."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._world = lru_cache(maxsize=2)(self._made)

    def do(self, task: Task) -> dict[str, Any]:
        """The figures of a run, or how its policy is tuned."""
        request, key = self._setup.request, task.key
        if task.tuned is None:
            seeds = range(key.tuning_draw, key.tuning_draw + request.tuning_runs)
            return tuned_for(key.policy, self._tuning(key.block), request.tuning_weeks, seeds)
        world = self._world(key.block)
        policy = made(key.policy, task.tuned, world, request, key.draw)
        outcome = replay(world, policy, request.weeks, key.draw)
        return {**outcome.as_dict(), "bound": policy.bound if isinstance(policy, Clairvoyant) else None}

    def _stretch(self, block: int) -> Stretch:
        request = self._setup.request
        return stretch(self._setup.blocks[block], request.weeks, request.after)

    def _made(self, block: int) -> World:
        found = self._stretch(block)
        return World(found.scenario, found.demand)

    def _tuning(self, block: int) -> World:
        """The world of the weeks before the replay: nothing of the replay is known in it."""
        found = stretch(self._stretch(block).scenario, self._setup.request.tuning_weeks)
        return World(found.scenario, found.demand)


def wants_tuning(policy: str) -> bool:
    """Whether a policy has anything to be tuned."""
    return POLICIES[policy].rule
