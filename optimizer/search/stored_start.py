"""What a plan leaves to the runs after it: the prices at which it was found and what it ships, by name and date."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from optimizer.plan.plan import Plan
from optimizer.scenario.departures import departures
from optimizer.scenario.scenario import Scenario
from optimizer.search.stored import PRICE_COLUMNS

#: Columns of shipments by date.
SHIPPED = ("lane", "sku", "departs_on", "units")


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(columns=list(SHIPPED))


@dataclass(frozen=True)
class Start:
    """Where a search may begin: `prices` (`PRICE_COLUMNS`) and `shipped` (lane, sku, departs_on, units). `later`: what
    a plan for several sample paths ships on each of them, in the same columns; none where there is one path.
    """

    prices: pd.DataFrame
    shipped: pd.DataFrame
    later: pd.DataFrame = field(default_factory=_nothing)

    @property
    def settled(self) -> pd.DataFrame:
        """What is shipped whichever path comes true: rows of `shipped` that are no mean of several paths."""
        if self.later.empty:
            return self.shipped
        keys = ["lane", "sku", "departs_on"]
        by_path = pd.MultiIndex.from_frame(self.later[keys].drop_duplicates())
        return self.shipped[~pd.MultiIndex.from_frame(self.shipped[keys]).isin(by_path)]


def start_of(plan: Plan, prices: pd.DataFrame | None = None) -> Start:
    """What a plan leaves, with the prices at which it was found, if they are known."""
    sailed = departures(plan.scenario)[["lane", "period", "departs_on"]]
    nothing = pd.DataFrame(columns=list(PRICE_COLUMNS))
    later = [dated(plan["path_ship"], sailed)] if "path_ship" in plan.tables else []
    return Start(nothing if prices is None else prices, dated(plan["ship"], sailed), *later)


def shipments_from(start: Start, scenario: Scenario) -> pd.DataFrame:
    """What a start ships, as shipments of a scenario: lane (code), sku (name), period, units.

    A shipment goes in the period that holds its day of departure, if the lane departs then. Those of other lanes and
    SKUs, of the past and of times beyond the horizon are left out.
    """
    shipped, calendar = start.shipped, scenario.calendar
    lanes = pd.Index(scenario["lanes"]["lane"])
    known = lanes.get_indexer(shipped["lane"]), pd.Index(scenario["skus"]["sku"]).get_indexer(shipped["sku"])
    period = calendar.period_of(shipped["departs_on"].to_numpy().astype("datetime64[D]"))
    units = shipped["units"].to_numpy(dtype=np.float64)
    there = (known[0] >= 0) & (known[1] >= 0) & (period >= 0) & (period < len(calendar))
    there &= np.isfinite(units) & (units > 0)
    rows = pd.DataFrame({"lane": known[0], "sku": shipped["sku"].to_numpy(dtype=object), "period": period,
                         "units": units})[there]  # fmt: skip
    sails = departures(scenario)[["lane", "period"]].assign(lane=lambda table: lanes.get_indexer(table["lane"]))
    rows = rows.merge(sails, on=["lane", "period"])
    return rows.groupby(["lane", "sku", "period"], as_index=False, sort=False, observed=True)["units"].sum()


def dated(ship: pd.DataFrame, sailed: pd.DataFrame) -> pd.DataFrame:
    """Shipments with the day on which their lane departs in their period."""
    rows = ship[["lane", "sku", "period", "units"]].merge(sailed, on=["lane", "period"])
    return rows[list(SHIPPED)]
