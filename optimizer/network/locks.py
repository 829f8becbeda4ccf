"""Locks that no plan can keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.network.reachable import decided_on, earliest_periods
from optimizer.network.shipments import locked
from optimizer.network.survey import Survey, survey
from optimizer.rates.goods import Goods
from optimizer.scenario.scenario import Scenario

#: What limits a departure: by measure its column, and how much of it a unit of each SKU takes.
_LIMITS: dict[str, tuple[str, Callable[[Goods], np.ndarray | float]]] = {
    "m3": ("capacity_m3", lambda goods: goods.volume),
    "kg": ("capacity_kg", lambda goods: goods.weight),
    "units": ("capacity_units", lambda goods: 1.0),
}


def impossible_locks(scenario: Scenario) -> Iterator[Problem]:
    """Locks that force goods onto no departure, or onto one for which they cannot be ordered any more, on which they
    cannot be yet, be it on a single sample path, or on which another lock allows less; and locks that together force
    more onto a departure than it takes.
    """
    forcing = scenario["locks"]["least"] > 0
    if not forcing.any():
        return
    ground = survey(scenario)
    decided = decided_on(ground)
    in_time = decided >= scenario.calendar.starts[0]
    earliest = [earliest_periods(one, in_time) for one in ground.on_paths()]
    least, most, _ = locked(ground)
    full = _too_much(ground, least)
    for place in np.flatnonzero(forcing):
        lock = scenario["locks"].iloc[place]
        if pd.isna(lock["date"]):
            yield Problem(
                "locks",
                int(place) + 2,
                "date",
                "",
                "a lock that forces units onto a departure must say which",
                "Give a date in the period of departure",
            )
        elif found := _wrong(ground, lock, in_time, earliest, least > most, full):
            yield Problem("locks", int(place) + 2, "date", str(lock["date"].date()), *found)


def _too_much(ground: Survey, least: np.ndarray) -> dict[int, tuple[str, float, float]]:
    """By sailing what the locks force aboard beyond its limit: its measure, how much of that, and the limit."""
    found: dict[int, tuple[str, float, float]] = {}
    for measure, (column, size) in _LIMITS.items():
        aboard = least @ np.broadcast_to(np.asarray(size(ground.goods)), len(ground.skus))
        most = ground.sailings[column].to_numpy(dtype=float)
        # A plan that is verified may be so much above a limit, and locks hold what it ships; NaN is no limit.
        for sailing in np.flatnonzero(aboard > most * (1 + 1e-6) + 1e-4).tolist():
            found.setdefault(sailing, (measure, float(aboard[sailing]), float(most[sailing])))
    return found


def _wrong(
    ground: Survey, lock: pd.Series, in_time: np.ndarray, earliest: list[np.ndarray], contradictory: np.ndarray,
    full: dict[int, tuple[str, float, float]],
) -> tuple[str, str] | None:  # fmt: skip
    """The rule that a dated lock breaks, and the remedy; None if it can be kept, or lies outside the horizon.
    `earliest`: (L, K) on each path; `full`: sailings with too much aboard (`_too_much`).
    """
    period = ground.scenario.calendar.period_of(np.array([lock["date"].to_datetime64()]))[0]
    if not 0 <= period < len(ground.scenario.calendar):
        return None
    sku, lane, sailings = ground.sku_index.get_loc(lock["sku"]), lock["lane"], ground.sailings
    trips = np.flatnonzero((sailings["lane"] == ground.lanes.get_loc(lane)) & (sailings["period"] == period))
    if not len(trips):
        return f"{lane} does not depart in that period", "Give a date in a period with a departure"
    trip = int(trips[0])
    if not in_time[trip, sku]:
        return (
            f"it is too late to have {lock['sku']} made for this departure of {lane}",
            "Choose a later departure, or shorten production_days",
        )
    late = [place for place, first in enumerate(earliest) if first[sailings["origin"].iat[trip], sku] > period]
    if late:
        return _not_there(ground, f"{lock['sku']} cannot be at the origin of {lane} by then", late)
    if contradictory[trip, sku]:
        return f"another lock allows fewer of {lock['sku']} on this departure of {lane}", "Loosen one of the two"
    if trip in full:
        measure, aboard, limit = full[trip]
        rule = f"locks force {aboard:,.6g} {measure} onto this departure of {lane}, which takes {limit:,.6g}"
        return rule, "Lower the least units of these locks, or raise the capacity of the lane"
    return None


def _not_there(ground: Survey, rule: str, late: list[int]) -> tuple[str, str]:
    """The rule and the remedy where goods cannot be at the origin in time on some paths (positions)."""
    remedy = "Choose a later departure, or add the stock or goods in transit that are to leave"
    if len(late) == len(ground.weights):
        return rule, remedy
    numbers = ", ".join(str(ground.scenario["paths"]["path"].iat[place]) for place in late)
    paths = "sample path" if len(late) == 1 else "sample paths"
    return f"on {paths} {numbers}, where ships are late, {rule}", f"{remedy}; or plan for one path (--paths 1)"
