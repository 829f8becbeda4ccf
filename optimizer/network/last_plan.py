"""What the last plan ships, and what each unit more or less costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.network.gather import position
from optimizer.network.survey import Survey
from optimizer.scenario.calendar import DAY


@dataclass(frozen=True)
class LastPlan:
    """`kept`: shipment (position), sku, units (of the last plan), price of a unit changed. `price`: of a unit of each
    shipment more than the last plan has, (shipments,). `gone`: what it costs that units of the last plan have no
    shipment any more.
    """

    kept: pd.DataFrame
    price: np.ndarray
    gone: float


def last_plan(ground: Survey, shipments: pd.DataFrame, decided: np.ndarray) -> LastPlan:
    """The last plan beside the legal shipments; `decided` (sailings, K): decision days.

    SKUs of which the last plan ships nothing, and departures after the days in which changes cost something, are free.
    Rows whose lane does not depart, or whose decision is past, are no changes.
    """
    rate, table = ground.scenario.settings.change_rate, ground.scenario["last_plan"]
    table = table[table["units"] > 0] if rate > 0 else table[:0]
    if table.empty:
        none = np.zeros(0)
        kept = pd.DataFrame({"shipment": none.astype(int), "sku": none.astype(int), "units": none, "price": none})
        return LastPlan(kept, np.zeros(len(shipments)), 0.0)
    by_sku = rate * ground.goods.unit_value
    sku = ground.sku_index.get_indexer(table["sku"])
    known = np.bincount(sku, minlength=len(ground.skus)) > 0
    now = (shipments["committed"] == 1).to_numpy()
    priced = known[shipments["sku"]] & near(ground)[shipments["period"]] & now
    rows = _due(ground, table, sku, decided)
    if len(ground.weights) > 1:  # what comes later is not settled yet, so it cannot change
        rows = rows[decided[rows["sailing"], rows["sku"]] < ground.committed_until]
    found = position(shipments[now], rows, ["sailing", "sku"])
    at = np.where(found >= 0, np.append(np.flatnonzero(now), -1)[found], -1)
    price, units = by_sku[rows["sku"]], rows["units"].to_numpy(dtype=np.float64)
    kept = pd.DataFrame({"shipment": at, "sku": rows["sku"].to_numpy(), "units": units, "price": price})
    kept = kept[(at >= 0) & (price > 0)].sort_values("shipment").reset_index(drop=True)
    return LastPlan(kept, np.where(priced, by_sku[shipments["sku"]], 0.0), float((price * units)[at < 0].sum()))


def near(ground: Survey) -> np.ndarray:
    """Periods in whose departures changes cost something, (T,)."""
    starts = ground.scenario.calendar.starts
    return starts < starts[0] + ground.scenario.settings.change_days * DAY


def _due(ground: Survey, table: pd.DataFrame, sku: np.ndarray, decided: np.ndarray) -> pd.DataFrame:
    """Units of the last plan that are still to be decided, by sailing and sku."""
    calendar = ground.scenario.calendar
    period = calendar.period_of(table["departs_on"].to_numpy())
    rows = pd.DataFrame({"lane": ground.lanes.get_indexer(table["lane"]), "sku": sku, "period": period,
                         "units": table["units"].to_numpy()})  # fmt: skip
    rows = rows[(period >= 0) & (period < len(calendar))]
    rows = rows[near(ground)[rows["period"]]]
    sailings = ground.sailings[["lane", "period"]].assign(sailing=np.arange(len(ground.sailings)))
    rows = rows.merge(sailings, on=["lane", "period"])
    rows = rows[decided[rows["sailing"], rows["sku"]] >= calendar.starts[0]]
    return rows.groupby(["sailing", "sku"], as_index=False)["units"].sum()
