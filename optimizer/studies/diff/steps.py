"""Relaxations on the way from the inputs of one night to those of the next: group by group of inputs, each solved to
its optimum.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer.plan.diff.why import TIME
from optimizer.scenario.scenario import Scenario
from optimizer.search.model import Model
from optimizer.solve import check, model
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from optimizer.studies.diff.inputs import CHAIN, READ_BY_FORECASTS, between


@dataclass(frozen=True)
class Step:
    """What was replaced last, what the relaxation costs then, what it ships (lane, sku, departs_on, units), and what
    it loses (sku, region, starts_on, days, units).
    """

    reason: str
    cost: float
    ship: pd.DataFrame
    lost: pd.DataFrame


class TooLong(Exception):
    """The time is over."""


def steps_between(old: Scenario, start: Scenario, new: Scenario, groups: list[str], until: float) -> list[Step]:
    """Relaxations from the old inputs over the same on a later day (`start`) to the new ones, which differ from them in
    some groups of `inputs.GROUPS`. Raises TooLong.
    """
    steps, began = [_solved("", old, until)], time.monotonic()
    same_day = old.settings.starts_on == new.settings.starts_on and old.settings.periods == new.settings.periods
    if not same_day:
        steps.append(_solved(TIME, start, until))
    done: list[str] = []
    waiting: list[str] = []
    for number, group in enumerate(groups):
        done.append(group)
        waiting.append(group)
        following = groups[number + 1 :]
        if group in CHAIN and set(following) & set(CHAIN):
            continue  # what is made from it is told with it
        if set(waiting) <= set(READ_BY_FORECASTS):
            steps.append(replace(steps[-1], reason="+".join(waiting)))
            waiting = []
            continue
        each = (time.monotonic() - began) / max(len(steps) - 1, 1)
        hurry = len(steps) > 1 and time.monotonic() + 2 * each > until
        scenario = between(start, new, done) if following else new
        if following and (hurry or check(scenario)):
            continue  # told together with the next one
        steps.append(_solved("+".join(waiting), scenario, until + each))
        waiting = []
    return steps


def _solved(reason: str, scenario: Scenario, until: float) -> Step:
    made = model(scenario)
    left = until - time.monotonic()
    if left <= 0:
        raise TooLong
    settings = scenario.settings.solve
    answer = Highs().solve(made.relaxed, Limits(seconds=left, threads=settings.threads, seed=settings.seed))
    if answer.status != "optimal" or answer.x is None:
        raise TooLong
    return Step(reason, float(answer.objective), _shipped(made, answer.x), _lost(made, answer.x))


def _shipped(made: Model, x: np.ndarray) -> pd.DataFrame:
    net = made.net
    units = x[made.program.columns["ship"]] * net.shipments["chance"].to_numpy()  # expected over sample paths
    some = np.flatnonzero(units > 1e-6)
    rows = net.shipments.iloc[some]
    return pd.DataFrame(
        {
            "lane": net.ground.lanes.to_numpy(dtype=object)[rows["lane"]],
            "sku": net.ground.sku_index.to_numpy(dtype=object)[rows["sku"]],
            "departs_on": net.sailings["departs_on"].to_numpy()[rows["sailing"]],
            "units": units[some],
        }
    )


def _lost(made: Model, x: np.ndarray) -> pd.DataFrame:
    net, calendar = made.net, made.net.ground.scenario.calendar
    units = x[made.program.columns["lost"]] * net.weights[net.wants["path"].to_numpy(dtype=np.int64)]
    some = np.flatnonzero(units > 1e-6)
    rows = net.wants.iloc[some]
    return pd.DataFrame(
        {
            "sku": net.ground.sku_index.to_numpy(dtype=object)[rows["sku"]],
            "region": net.ground.regions.to_numpy(dtype=object)[rows["region"]],
            "starts_on": calendar.starts[rows["period"]],
            "days": calendar.days[rows["period"]],
            "units": units[some],
        }
    )
