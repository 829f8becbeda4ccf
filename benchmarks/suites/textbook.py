"""Our plan in shops whose least cost is known exactly."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np

from benchmarks.shops import shops, told, weekly_costs
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.textbook_table import BASE_STOCK, LEAST, textbook_table
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.our_plan import OurPlan
from optimizer.simulation.policy import Policy
from optimizer.simulation.replay import replay
from optimizer.simulation.world import World

#: Poisson demand of a week, cost of a unit left and of one lost.
MEAN, HOLD, LOSE = 5.0, 1.0, 9.0
#: Weeks that are replayed, and how many of the first ones, in which stock is still that of the beginning, do not count.
WEEKS: dict[Level, tuple[int, int]] = {"smoke": (2, 0), "run": (110, 10), "full": (110, 10)}
#: Sample paths of our plan; weeks that it sees from the one on in which goods come that are ordered now; weeks of which
#: all is decided once.
PATHS: dict[Level, tuple[int, ...]] = {"smoke": (2,), "run": (4, 8), "full": (1, 4, 8, 16)}
BEYOND, COMMIT = 5, 1
#: Share of the mission cost at which each week's search may stop.
GAP = 0.002
#: Seconds that a case may take beside the search for one plan: replays make a hundred of them.
AROUND = 2 * 3600.0


def world(lead: int, count: int, weeks: int) -> World:
    """So many shops, their demand drawn by the lead time in weeks, that begin with stock for it."""
    units = np.random.default_rng(lead).poisson(MEAN, (count, weeks)).astype(float)
    made = shops(units, HOLD, LOSE, lead, float(BASE_STOCK[lead].level))
    return told(made, MEAN, MEAN**0.5, weeks, lead + BEYOND, COMMIT)


def _scenario(lead: int, count: int) -> Scenario:
    return world(lead, count, WEEKS["run"][0]).scenario


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """The best base stock, and our plan for some numbers of paths."""
    return ["base stock", *(f"{count} paths" for count in PATHS[level])]


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """What a shop costs in each week that counts, on average over the shops."""
    lead, (weeks, after) = int(spec.name.split("-")[-1]), WEEKS[case.level]
    made = world(lead, int(case.size), weeks)
    found = replay(made, _policy(case, made, lead), weeks, 1)
    return {"costs": weekly_costs(found, int(case.size), after), "missed": found.missed}


def _policy(case: Case, made: World, lead: int) -> Policy:
    if case.method == "base stock":
        level = float(BASE_STOCK[lead].level)
        return BaseStock(levels={("W", name): level for name in made.scenario["skus"]["sku"]})
    return OurPlan(int(case.method.split()[0]), float(case.seconds or 1.0), gap=GAP)


def _spec(lead: int) -> Spec:
    weeks = "the week after" if lead == 1 else f"{lead} weeks later"
    why = f"goods that are ordered come {weeks}, what is wanted before is lost"
    sizes = at(200, seconds=(20.0,))
    return Spec(f"lead-{lead}", why, partial(_scenario, lead), smoke=at(3, seconds=(2.0,)), run=sizes, full=sizes)


TEXTBOOK = Suite(
    "textbook",
    "What does our plan cost where the least cost is known?",
    tuple(_spec(lead) for lead in LEAST),
    methods,
    measure,
    textbook_table,
    around=AROUND,
)
