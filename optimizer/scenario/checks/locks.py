"""Rules about locks: each can be kept by some quantity on some departure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.checks.lanes import check_closures_end, check_days, check_every_weeks, check_weekdays
from optimizer.scenario.checks.places import suppliers
from optimizer.scenario.departures import departures
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario

#: Rules without which departures cannot be told; what breaks them is reported there.
CALENDAR = (check_weekdays, check_every_weeks, check_days, check_closures_end)


def check_lock_dates(scenario: Scenario) -> Iterator[Problem]:
    """A lock's date lies in the horizon."""
    locks = scenario["locks"]
    outside = locks["date"].notna() & ~_period(scenario, locks).between(0, len(scenario.calendar) - 1)
    last = scenario.calendar.end - np.timedelta64(1, "D")
    rule = f"the date is outside the horizon ({scenario.settings.starts_on} to {last})"
    yield from in_rows("locks", locks, outside, "date", rule, "Correct or remove it")


def check_lock_order(scenario: Scenario) -> Iterator[Problem]:
    """A lock's least is not above its most."""
    locks = scenario["locks"]
    wrong = locks["least"] > locks["most"]
    yield from in_rows("locks", locks, wrong, "least", "least is above most", "Swap or correct them")


def check_lock_multiple(scenario: Scenario) -> Iterator[Problem]:
    """Between least and most there is a quantity that is made of whole cases (of order multiples, for purchases)."""
    locks = scenario["locks"]
    if not len(locks):
        return
    multiple = _multiple(scenario, locks)
    most = locks["most"].fillna(np.inf)
    nearest = np.ceil(locks["least"] / multiple - 1e-9) * multiple
    wrong = multiple.notna() & (locks["least"] <= most) & (nearest > most + 1e-9)
    yield from in_rows(
        "locks",
        locks,
        wrong,
        "least",
        lambda place: f"no multiple of {multiple.iloc[place]:g} units lies between least and most",
        lambda place: f"Write {nearest.iloc[place]:g} as most, or lower least",
    )


def check_lock_departs(scenario: Scenario) -> Iterator[Problem]:
    """Units that must leave have a departure on which they can."""
    locks = scenario["locks"]
    firm = locks["least"] > 0
    if not firm.any() or any(True for check in CALENDAR for _ in check(scenario)):
        return
    period = _period(scenario, locks)
    trips = departures(scenario)
    known = pd.MultiIndex.from_arrays([trips["lane"], trips["period"]])
    sails = pd.MultiIndex.from_arrays([locks["lane"], period]).isin(known)
    inside = locks["date"].notna() & period.between(0, len(scenario.calendar) - 1)
    rule = "the lane does not depart in that period, but units must leave"
    remedy = "Choose a date in a period with a departure, or set least to 0"
    yield from in_rows("locks", locks, firm & inside & ~sails, "date", rule, remedy)


def check_lock_supplied(scenario: Scenario) -> Iterator[Problem]:
    """Units that must leave a supplier are made by it."""
    locks = scenario["locks"]
    if not len(locks):
        return
    origin = _origin(scenario, locks)
    made = pd.MultiIndex.from_frame(scenario["sourcing"][["supplier", "sku"]])
    from_supplier = origin.isin(suppliers(scenario))
    wrong = (locks["least"] > 0) & from_supplier & ~pd.MultiIndex.from_arrays([origin, locks["sku"]]).isin(made)
    rule = "units must leave a supplier that does not make them"
    yield from in_rows("locks", locks, wrong, "sku", rule, "Add the SKU to sourcing, or correct the lock")


def _period(scenario: Scenario, locks: pd.DataFrame) -> pd.Series:
    return pd.Series(scenario.calendar.period_of(locks["date"].to_numpy()), index=locks.index)


def _origin(scenario: Scenario, locks: pd.DataFrame) -> pd.Series:
    return locks["lane"].map(scenario["lanes"].set_index("lane")["origin"])


def _multiple(scenario: Scenario, locks: pd.DataFrame) -> pd.Series:
    """Units in which a SKU moves on the lane of each lock; NaN where any number may."""
    sourcing = scenario["sourcing"]
    pair = [_origin(scenario, locks), locks["sku"]]
    of_order = sourcing.set_index(["supplier", "sku"])["order_multiple"]
    ordered = pd.Series(of_order.reindex(pd.MultiIndex.from_arrays(pair)).to_numpy(), index=locks.index)
    return ordered.fillna(locks["sku"].map(scenario["skus"].set_index("sku")["case_pack"]))
