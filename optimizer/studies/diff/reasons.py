"""Which input is to blame for what is otherwise tonight than last night, in money and line by line.

The groups of inputs are replaced one after the other (`diff_inputs.GROUPS`), and each time the relaxation of the model
is solved to its optimum: the parts add up to the whole of the two relaxations exactly, without the noise of a search.
What the relaxations do not hold (whole cases and containers, the gaps of both searches) is told as the rest.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.plan.diff import Diff
from optimizer.plan.ledger import Ledger
from optimizer.plan.plan import Plan
from optimizer.scenario.scenario import Scenario
from optimizer.search.model import Model
from optimizer.search.search import columns_about
from optimizer.solve import check, model
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from optimizer.studies.diff_inputs import GROUPS, between, changed, rolled

#: The first reason: days have passed, and the horizon reaches as many days further; the last: whole numbers and search.
TIME, REST = "time", "rest"
#: Programs with more columns are not solved again and again in a night.
MOST_COLUMNS = 400_000
#: Share of a change that one input must account for.
MOST_OF_IT = 0.5

KEYS = ["lane", "sku", "period"]


@dataclass(frozen=True)
class Reasons:
    """`parts`: reason (`TIME`, groups of `diff_inputs.GROUPS`, several joined by "+" where they could not be told
    apart, `REST`) and money, in the order in which inputs were replaced; they add up to the difference of the total
    costs. `lines`: the reason of each line of the diff, `REST` where no input moves it. `seconds`: time taken.
    """

    parts: pd.DataFrame
    lines: list[str]
    seconds: float


@dataclass(frozen=True)
class _Step:
    """What was replaced last, what the relaxation costs then, and what it ships."""

    reason: str
    cost: float
    ship: pd.DataFrame


class _TooLong(Exception):
    """The time is over."""


def reasons(old: Ledger, new: Plan, found: Diff, total_before: float, seconds: float = 60.0) -> Reasons | None:
    """The reasons of a diff; `old`: ledger of the plan before, whose total cost was `total_before`.

    None where nothing can be said within the seconds: the catalogue is too large, or the old plan ends before the new
    one begins.
    """
    began = time.monotonic()
    start = rolled(old, new.scenario)
    if start is None or columns_about(new.scenario) > MOST_COLUMNS:
        return None
    try:
        steps = _steps(old.facts.scenario, start, new.scenario, began + seconds)
    except _TooLong:
        return None
    calendar = new.scenario.calendar
    shipped = [_by_key(step.ship, calendar) for step in steps]
    parts = [(step.reason, step.cost - before.cost) for before, step in zip(steps, steps[1:], strict=False)]
    rest = (new.total_cost - steps[-1].cost) - (total_before - steps[0].cost)
    table = pd.DataFrame([*parts, (REST, rest)], columns=["reason", "money"])
    names = [step.reason for step in steps[1:]]
    lines = [_of_line(row, shipped, names) for row in found.lines.itertuples()]
    return Reasons(table, lines, time.monotonic() - began)


def _steps(old: Scenario, start: Scenario, new: Scenario, until: float) -> list[_Step]:
    """Relaxations from the old inputs to the new ones. Raises _TooLong."""
    steps, began = [_solved("", old, until)], time.monotonic()
    same_day = old.settings.starts_on == new.settings.starts_on and old.settings.periods == new.settings.periods
    if not same_day:
        steps.append(_solved(TIME, start, until))
    done: list[str] = []
    waiting: list[str] = []
    left = changed(start, new)
    for number, group in enumerate(left):
        done.append(group)
        waiting.append(group)
        last = number == len(left) - 1
        each = (time.monotonic() - began) / max(len(steps) - 1, 1)
        hurry = len(steps) > 1 and time.monotonic() + 2 * each > until
        scenario = new if last else between(start, new, done)
        if not last and (hurry or check(scenario)):
            continue  # told together with the next one
        steps.append(_solved("+".join(waiting), scenario, until + each))
        waiting = []
    return steps


def _solved(reason: str, scenario: Scenario, until: float) -> _Step:
    made = model(scenario)
    left = until - time.monotonic()
    if left <= 0:
        raise _TooLong
    settings = scenario.settings.solve
    answer = Highs().solve(made.relaxed, Limits(seconds=left, threads=settings.threads, seed=settings.seed))
    if answer.status != "optimal" or answer.x is None:
        raise _TooLong
    return _Step(reason, float(answer.objective), _shipped(made, answer.x))


def _shipped(made: Model, x: np.ndarray) -> pd.DataFrame:
    """What an answer ships: lane, sku, departs_on, units."""
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


def _by_key(ship: pd.DataFrame, calendar) -> dict[tuple[str, str, int], float]:  # type: ignore[no-untyped-def]
    period = calendar.period_of(ship["departs_on"].to_numpy())
    return ship.assign(period=period).groupby(KEYS)["units"].sum().to_dict()


def _of_line(row, shipped: list[dict], names: list[str]) -> str:  # type: ignore[no-untyped-def]
    """The reason whose step moves the line most, if that is most of it."""
    ends = [((row.lane, row.sku, row.period), 1.0), ((row.lane_before, row.sku, row.period_before), -1.0)]
    ends = [(key, sign) for key, sign in ends if key[0]]
    best, most = REST, MOST_OF_IT * row.units
    for name, before, after in zip(names, shipped, shipped[1:], strict=False):
        moved = sum(sign * (after.get(key, 0.0) - before.get(key, 0.0)) for key, sign in ends) / len(ends)
        if moved >= most:
            best, most = name, moved
    return best


__all__ = ["GROUPS", "REST", "TIME", "Reasons", "reasons"]
