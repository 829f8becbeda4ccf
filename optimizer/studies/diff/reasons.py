"""Which input is to blame for what is otherwise tonight than last night, in money and line by line.

The groups of inputs are replaced one after the other (`inputs.GROUPS`), and each time the relaxation of the model is
solved to its optimum: the parts add up to the whole of the two relaxations exactly, without the noise of a search.
What the relaxations do not hold (whole cases and containers, the gaps of both searches) is told as the rest.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from optimizer.plan.diff import Cause, Diff, Why
from optimizer.plan.diff.why import ONLY, REST, TIME
from optimizer.plan.ledger import Ledger
from optimizer.plan.plan import Plan
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario
from optimizer.search.search import columns_about
from optimizer.studies.diff.causes import Lost, Shipped
from optimizer.studies.diff.inputs import READ_BY_FORECASTS, changed, rolled
from optimizer.studies.diff.steps import Step, TooLong, steps_between

#: Programs with more columns are not solved again and again in a night.
MOST_COLUMNS = 400_000


def reasons(old: Ledger, new: Plan, found: Diff, total_before: float, seconds: float = 60.0) -> Why | None:
    """The reasons of a diff, found within the seconds; `old`: ledger of the plan before, whose total cost was
    `total_before`. None where the old plan ends before the new one begins, so that nothing can be said.
    """
    until = time.monotonic() + seconds
    start = rolled(old, new.scenario)
    if start is None:
        return None
    inputs = changed(start, new.scenario)
    if columns_about(new.scenario) > MOST_COLUMNS:
        return Why(inputs)
    before = old.facts.scenario
    try:
        steps = steps_between(before, start, new.scenario, list(inputs), until)
    except TooLong:
        return Why(inputs)
    parts = [(step.reason, step.cost - last.cost) for last, step in zip(steps, steps[1:], strict=False)]
    rest = (new.total_cost - steps[-1].cost) - (total_before - steps[0].cost)
    table = pd.DataFrame([*parts, (REST, rest)], columns=["reason", "money"])
    names = [step.reason for step in steps[1:]]
    if not names:
        return Why(inputs, table, *((Cause(),) * len(rows) for rows in (found.lines, found.lost)))
    acting = [name for name in names if not set(name.split("+")) <= set(READ_BY_FORECASTS)]
    otherwise = Cause(acting[0], ONLY) if len(acting) == 1 and acting != [TIME] else Cause()
    shipped = Shipped(_shipped(steps, before, new.scenario), _destinations(before, new.scenario), names)
    lost = Lost(_lost(steps, before, new.scenario), names)
    return Why(
        inputs,
        table,
        tuple(shipped.cause(row) or otherwise for row in found.lines.itertuples()),
        tuple(lost.cause(row) or otherwise for row in found.lost.itertuples()),
    )


def _shipped(steps: list[Step], old: Scenario, new: Scenario) -> pd.DataFrame:
    """What the steps ship in the days of both plans, by period of the new one."""
    rows = pd.concat([step.ship.assign(step=number) for number, step in enumerate(steps)], ignore_index=True)
    departs = rows["departs_on"].to_numpy().astype("datetime64[D]")
    period = new.calendar.period_of(departs)
    inside = (period >= 0) & (departs < min(old.calendar.end, new.calendar.end))
    return rows.assign(period=period)[inside]


def _destinations(*scenarios: Scenario) -> dict[str, str]:
    """Where each lane ends, as the last of the scenarios has it."""
    lanes = pd.concat([scenario["lanes"] for scenario in scenarios])
    return dict(zip(lanes["lane"], lanes["destination"], strict=True))


def _lost(steps: list[Step], old: Scenario, new: Scenario) -> pd.DataFrame:
    """What the steps lose in the days of both plans."""
    rows = pd.concat([step.lost.assign(step=number) for number, step in enumerate(steps)], ignore_index=True)
    begins, days = rows["starts_on"].to_numpy().astype("datetime64[D]"), rows["days"].to_numpy()
    first, end = new.calendar.starts[0], min(old.calendar.end, new.calendar.end)
    inside = (np.minimum(begins + days * DAY, end) - np.maximum(begins, first)) / DAY
    return rows.assign(units=rows["units"] * np.clip(inside, 0.0, None) / days)
