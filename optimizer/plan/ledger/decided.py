"""When each shipment has to be decided."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.look_up import look_up
from optimizer.scenario.departures import decision_days


def is_now(facts: Facts, ship: pd.DataFrame) -> np.ndarray:
    """Which rows of lane, SKU and period are decided within the commit window, and so are the same on all paths."""
    rows = decided(facts, ship[["lane", "sku", "period"]].assign(place=np.arange(len(ship))))
    until = facts.first + facts.scenario.settings.committed_days
    now = np.zeros(len(ship), dtype=bool)
    now[rows.loc[rows["decided"] < until, "place"].to_numpy(dtype=np.int64)] = True
    return now


def decided(facts: Facts, ship: pd.DataFrame) -> pd.DataFrame:
    """Rows of lane, SKU and period with the day (number) on which they must be decided, where there is a departure."""
    rows = ship.merge(facts.departures[["lane", "period", "departs_on"]], on=["lane", "period"])
    rows = rows.assign(supplier=look_up(rows["lane"], facts.lanes["origin"]))
    rows = rows.merge(facts.offers[["sku", "supplier", "production_days"]], on=["sku", "supplier"], how="left")
    departs = np.asarray(rows["departs_on"]).astype("datetime64[D]")
    production = rows["production_days"].fillna(0).to_numpy(dtype=np.int64)
    days = departs.copy()
    for supplier in rows.loc[rows["supplier"].isin(facts.suppliers), "supplier"].unique():
        mine = (rows["supplier"] == supplier).to_numpy()
        days[mine] = decision_days(facts.scenario["closures"], supplier, departs[mine], production[mine])
    return rows.assign(decided=day_numbers(days))
