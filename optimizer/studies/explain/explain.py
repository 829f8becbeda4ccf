"""Explains a line of a plan, a whole departure, or a line that is not there, from the plan folder alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.network.horizon import horizon
from optimizer.plan.folder import read_plan
from optimizer.plan.plan import Plan
from optimizer.search.stored_folder import read_start
from optimizer.studies.explain.aboard import Aboard, goods_of
from optimizer.studies.explain.inquiry import Inquiry
from optimizer.studies.explain.others import others
from optimizer.studies.explain.part import Part, part
from optimizer.studies.explain.possible import Obstacle, obstacle
from optimizer.studies.explain.question import Asked, Question, aboard, asked
from optimizer.studies.explain.resolve import at_its_best
from optimizer.studies.explain.rules import Worth, binding
from optimizer.studies.explain.undone import Undone, undone
from optimizer.studies.explain.ways import Way, line_columns, more_of_others, other_ways, smallest, with_it

#: Less of a line is none.
NOISE = 1e-6


@dataclass(frozen=True)
class Explanation:
    """What was asked, and the answer. `units`: what the plan has of the line; `trip`: its departure, empty where it is
    no single one. `obstacle`: why a line that is not there cannot be. `spare`: what the plan could save with this SKU
    alone; all differences count from there. `ways`: the next best ways, or what the line would cost that is not there.
    `aboard`: what goes with a departure. `paths`: over so many sample paths all figures are expected; `settled`:
    whether the line is the same on all of them.
    """

    asked: Asked
    scenario: str
    currency: str
    language: str
    total_cost: float
    gap: float
    units: float
    trip: dict[str, object]
    obstacle: Obstacle | None
    spare: float
    ways: list[Way]
    rules: list[Worth]
    undone: list[Undone]
    aboard: Aboard | None = None
    paths: int = 1
    settled: bool = True


def explain(folder: str | Path, question: Question, seconds: float, stage: Callable[[str], None]) -> Explanation:
    """The explanation of a line of the plan in a folder; each re-solve takes so many seconds at most, and `stage` hears
    what is being done. Raises Refused, StoreError, UsageError.
    """
    stage("read")
    plan, prices = read_plan(folder), read_start(folder).prices
    mine = asked(plan, question)
    stage("formulate")
    inquiry = inquire(plan, aboard(plan, mine), seconds)
    stage("solve")
    return explained(plan, inquiry, mine, prices)


def inquire(plan: Plan, skus: np.ndarray, seconds: float) -> Inquiry:
    """The part of some SKUs of a plan, ready to be changed."""
    beyond = horizon(plan.scenario)
    held = others(plan, skus, beyond)
    mine = part(plan, skus, beyond, held)
    return Inquiry(plan.scenario.only(skus), skus, beyond, held, mine, *at_its_best(mine, seconds))


def explained(plan: Plan, inquiry: Inquiry, mine: Asked, prices: pd.DataFrame) -> Explanation:
    """The answer to a question whose names are looked up."""
    own, settings = inquiry.part, plan.scenario.settings
    why_not = obstacle(own.net, mine) if mine.kind != "departure" else None
    line = line_columns(own, mine) if why_not is None else np.zeros(0, dtype=np.int64)
    units = own.units(own.x, line)
    ways = _ways(inquiry, mine, line, units)
    left = list(undone(inquiry, mine))
    rules = []
    if why_not is None or left:
        rules = binding(inquiry, _places(own, mine), _sailing(own, line, mine), prices)
    return Explanation(
        mine, settings.name, settings.currency, settings.language, plan.total_cost, plan.total_cost - plan.bound, units,
        _trip(own, line, mine), why_not, _spare(inquiry), ways, rules, left,
        goods_of(plan, inquiry.skus, mine) if mine.kind == "departure" else None,
        len(own.net.weights), bool((own.likely[line] == 1).all()),
    )  # fmt: skip


def _ways(inquiry: Inquiry, mine: Asked, line: np.ndarray, units: float) -> list[Way]:
    if not len(line):
        return []
    if units > NOISE:
        return [] if mine.kind == "demand" else other_ways(inquiry, line)
    least = smallest(inquiry.part, line)
    return [with_it(inquiry, line, least), *more_of_others(inquiry, line, least)]


def _spare(inquiry: Inquiry) -> float:
    """What the reference of all differences is cheaper than the plan."""
    return inquiry.part.cost(inquiry.part.x) - inquiry.part.cost(inquiry.resolve.reference)


def _places(own: Part, mine: Asked) -> list[int]:
    """Codes of the locations that hold what the question is about."""
    ground = own.net.ground
    if mine.lane:
        lanes = ground.scenario["lanes"].set_index("lane")
        return [int(ground.locations.get_loc(lanes.at[mine.lane, "destination"]))]
    if mine.location:
        return [int(ground.locations.get_loc(mine.location))]
    table = ground.scenario["delivery_lanes"]
    serving = table.loc[table["region"] == mine.region, "location"]
    return [int(place) for place in ground.locations.get_indexer(serving)]


def _sailing(own: Part, line: np.ndarray, mine: Asked) -> int | None:
    """The departure that is asked about, if it is one."""
    if not mine.lane or mine.period is None or not len(line):
        return None
    return int(own.net.shipments["sailing"].iat[int(line[0] - own.columns("ship")[0])])


def _trip(own: Part, line: np.ndarray, mine: Asked) -> dict[str, object]:
    sailing = _sailing(own, line, mine)
    if sailing is None:
        return {}
    departs = own.net.sailings["departs_on"].to_numpy()[sailing]
    return {"departs_on": np.datetime64(departs, "D"), "arrives_on": own.planned_arrivals[sailing]}
