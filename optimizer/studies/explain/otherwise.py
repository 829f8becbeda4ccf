"""The tables as they would be with more time, more stock or more capacity."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.scenario import Scenario


def earlier(scenario: Scenario, days: int) -> Scenario:
    """A scenario in which all goods come so many days sooner, which is what a decision so many days ago would do.

    Production is shortened before the way from the supplier is; no time becomes negative.
    """
    lanes, sourcing = scenario["lanes"], scenario["sourcing"]
    made = sourcing.groupby("supplier")["production_days"].min()
    spared = lanes["origin"].map(made).fillna(0).clip(upper=days).to_numpy()
    lead = np.maximum(lanes["lead_time_days"].to_numpy() - (days - spared), 0)
    least = sourcing["supplier"].map(made).clip(upper=days).to_numpy()
    production = np.maximum(sourcing["production_days"].to_numpy() - least, 0)
    return scenario.with_tables(
        lanes=lanes.assign(lead_time_days=lead.astype(lanes["lead_time_days"].dtype)),
        sourcing=sourcing.assign(production_days=production.astype(sourcing["production_days"].dtype)),
    )


def with_stock(scenario: Scenario, sku: str, location: str, units: float) -> Scenario:
    """A scenario with so many units of a SKU more in a location on the first day, as new as can be."""
    table = scenario["opening_stock"]
    more = pd.DataFrame([{"location": location, "sku": sku, "units": units}])
    mine = (table["location"] == location) & (table["sku"] == sku)
    if mine.any():
        first = mine & ~mine.duplicated()
        return scenario.with_tables(opening_stock=table.assign(units=table["units"] + units * first))
    told = pd.concat([table, more.reindex(columns=table.columns)], ignore_index=True)
    return scenario.with_tables(opening_stock=told.astype(table.dtypes.to_dict()))


def with_capacity(scenario: Scenario, lane: str, column: str, more: float) -> Scenario:
    """A scenario in which each departure of a lane takes so much more; every lane where none is named."""
    lanes = scenario["lanes"]
    mine = lanes["lane"] == lane if lane else pd.Series(True, index=lanes.index)
    return scenario.with_tables(lanes=lanes.assign(**{column: lanes[column] + more * mine}))
