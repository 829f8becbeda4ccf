"""Locks that no plan can keep."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.errors import Problem
from optimizer.network.reachable import decided_on, earliest_periods
from optimizer.network.survey import survey
from optimizer.scenario.scenario import Scenario


def impossible_locks(scenario: Scenario) -> Iterator[Problem]:
    """Locks that force goods onto a departure for which they cannot be ordered any more, or before they can be there.
    """
    if not (scenario["locks"]["least"] > 0).any():
        return
    ground = survey(scenario)
    decided = decided_on(ground)
    in_time = decided >= scenario.calendar.starts[0]
    earliest = earliest_periods(ground, in_time)
    sailings = ground.sailings
    for place, lock in enumerate(scenario["locks"].itertuples()):
        if lock.least <= 0:
            continue
        if np.isnat(np.datetime64(lock.date)):
            yield _problem(
                place,
                "date",
                "",
                "a lock that forces units onto a departure must say which",
                "Give a date in the period of departure",
            )
            continue
        period = scenario.calendar.period_of(np.array([lock.date], dtype="datetime64[D]"))[0]
        sku = ground.sku_index.get_loc(lock.sku)
        mine = np.flatnonzero((sailings["lane"] == ground.lanes.get_loc(lock.lane)) & (sailings["period"] == period))
        if any(not in_time[sailing, sku] for sailing in mine):
            yield _problem(
                place,
                "date",
                str(lock.date.date()),
                f"it is too late to have {lock.sku} made for this departure of {lock.lane}",
                "Choose a later departure, or shorten production_days",
            )
        elif any(earliest[sailings["origin"].iat[sailing], sku] > period for sailing in mine):
            yield _problem(
                place,
                "date",
                str(lock.date.date()),
                f"{lock.sku} cannot be at the origin of {lock.lane} by then",
                "Choose a later departure, or add the stock or goods in transit that are to leave",
            )


def _problem(place: int, column: str, value: str, rule: str, remedy: str) -> Problem:
    return Problem("locks", place + 2, column, value, rule, remedy)
