"""The clairvoyant, who plans once and knows all that will come: no policy can cost less than the bound of his plan."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from optimizer import solve
from optimizer.errors import NoPlan
from optimizer.plan.plan import Plan
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.due import due_now, still_to_send
from optimizer.simulation.placing import no_shipments
from optimizer.simulation.policy import Decisions, Known
from optimizer.simulation.scene import NEVER, Scene
from optimizer.simulation.world import World
from optimizer.solvers.solver import Limits


class Clairvoyant:
    """Knows the demand of every week of a replay and how late every departure will be.

    `bound`: what no policy can go below in this world with these delays, proven; its own plan costs more by its gap.
    `seconds`, `threads`, `gap`: how hard its one plan is sought. Where none is found, every week is missed.
    """

    name = "clairvoyant"

    def __init__(
        self, world: World, weeks: int, seed: int, *, seconds: float = 300.0, threads: int = 1, gap: float = 0.002,
        method: str = "auto",
    ) -> None:  # fmt: skip
        self._scenario = foreseen(world, weeks, seed)
        self._limits, self._gap, self._method = Limits(seconds=seconds, threads=threads), gap, method

    @cached_property
    def plan(self) -> Plan | None:
        """Its plan for all weeks; None where none was found."""
        try:
            return solve.plan(self._scenario, limits=self._limits, gap=self._gap, method=self._method)
        except NoPlan:
            return None

    @property
    def bound(self) -> float | None:
        """A total cost that no policy can go below; None where nothing is proven."""
        return None if self.plan is None or not math.isfinite(self.plan.bound) else self.plan.bound

    def decide(self, known: Known) -> Decisions:
        """What its plan has for this week."""
        if self.plan is None:
            return Decisions(no_shipments(), missed=True)
        ship, deliver = self.plan["ship"], self.plan["deliver"]
        mine = deliver[deliver["period"] == known.week]
        ship = ship.rename(columns={"period": "week"})[["lane", "sku", "week", "units"]]
        return Decisions(
            due_now(known, still_to_send(known, ship)),
            mine[["location", "region", "sku", "units"]].reset_index(drop=True),
            serve_rest=False,
        )


def foreseen(world: World, weeks: int, seed: int) -> Scenario:
    """The scenario of a replay with all that will come: real demand, and one sample path with the real delays."""
    scene, scenario = world.scene(weeks), world.truth(weeks).scenario
    late = world.delays(weeks, seed)
    settings = scenario.settings
    told = replace(settings, solve=replace(settings.solve, paths=1))
    if not len(scenario["demand"]):
        scenario = scenario.with_tables(demand=_nothing(scenario))
    return replace(scenario, settings=told).with_tables(
        paths=typed("paths", {"path": [1], "weight": [1.0]}), path_delays=_delays(scene, late)
    )


def _nothing(scenario: Scenario) -> pd.DataFrame:
    """A table of demand that says that nothing is wanted, as a scenario must say it."""
    regions, settings = scenario["regions"], scenario.settings
    customers = regions.loc[regions["kind"] == "customers", "region"]
    priced = (
        scenario["prices"]
        .loc[scenario["prices"]["region"].isin(customers), ["sku", "region"]]
        .head(1)
        .reset_index(drop=True)
    )
    first = np.datetime64(settings.starts_on)
    return typed("demand", {**priced, "starts_on": first, "days": sum(settings.periods), "mean": 0.0})


def _delays(scene: Scene, late: np.ndarray) -> pd.DataFrame:
    """Rows of `path_delays` for the departures of the replay."""
    there = (late > 0) & (scene.departs != NEVER) & (np.arange(late.shape[1]) < scene.weeks)[None, :]
    lane, week = np.nonzero(there)
    return typed(
        "path_delays",
        {"path": np.ones(len(lane), dtype=np.int64), "lane": scene.lanes.to_numpy(dtype=object)[lane],
         "departs_on": scene.departs[lane, week].astype("datetime64[D]"), "late_days": late[lane, week]},
    )  # fmt: skip
