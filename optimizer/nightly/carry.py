"""What tonight takes over from the plan in force: shipments of the next days are held, and changes have a price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer import solve
from optimizer.errors import Refused
from optimizer.forecast.paths import with_delays
from optimizer.plan.fence import fence, with_locks
from optimizer.scenario.scenario import Scenario

#: Shipments that are named where the last plan cannot be held.
MOST_NAMED = 3


def priced(scenario: Scenario, shipped: pd.DataFrame) -> Scenario:
    """The scenario with what the plan in force ships as its `last_plan`, where `change_rate` says that changes cost
    something. A `last_plan` of its own comes before it; lanes and SKUs that are gone are left out.
    """
    if scenario.settings.change_rate <= 0 or len(scenario["last_plan"]):
        return scenario
    known = shipped["lane"].isin(scenario["lanes"]["lane"]) & shipped["sku"].isin(scenario["skus"]["sku"])
    rows = shipped[known & (shipped["units"] > 0)]
    rows = rows.astype({"lane": object, "sku": object}).groupby(["lane", "sku", "departs_on"], as_index=False)
    table = rows["units"].sum().assign(note="")
    empty = scenario["last_plan"]
    return scenario.with_tables(last_plan=table[list(empty.columns)].astype(empty.dtypes.to_dict()))


def held(scenario: Scenario, shipped: pd.DataFrame, note: Callable[[str], None]) -> Scenario:
    """The scenario with what the plan in force ships within `frozen_days` as locks; what cannot be held is noted.

    Raises Refused.
    """
    if not scenario.settings.frozen_days:
        return scenario
    if problems := solve.check(scenario):
        raise Refused(problems)
    found = fence(with_delays(scenario), shipped)
    for text in _lacking(found.lacking):
        note(text)
    locks, own = found.locks, len(scenario["locks"])
    wrong = {problem.row - 2 - own for problem in solve.check(with_locks(scenario, locks)) if problem.table == "locks"}
    impossible = [place for place in sorted(wrong) if 0 <= place < len(locks)]
    if impossible:
        note(f"{len(impossible)} shipments of the plan in force can no longer be held: {_named(locks, impossible)}.")
        locks = locks.drop(index=locks.index[impossible])
    return with_locks(scenario, locks)


def unfenced(scenario: Scenario) -> Scenario:
    """The scenario without its fence."""
    return replace(scenario, settings=replace(scenario.settings, frozen_days=0))


def _lacking(rows: pd.DataFrame) -> list[str]:
    if rows.empty:
        return []
    told = [
        f"{row.held:g} of {row.units:g} units of {row.sku} on {row.lane}" for row in rows.head(MOST_NAMED).itertuples()
    ]
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return [f"The plan in force ships within the fence what is not there: held are {', '.join(told)}{more}."]


def _named(locks: pd.DataFrame, places: list[int]) -> str:
    some = locks.iloc[np.array(places[:MOST_NAMED])]
    told = [f"{row.sku} on {row.lane}, {row.date:%Y-%m-%d}" for row in some.itertuples()]
    return "; ".join(told) + ("; ..." if len(places) > MOST_NAMED else "")
