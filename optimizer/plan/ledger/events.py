"""What happened: the movements, demand and charges that the ledger plays through time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.plan.ledger.demand import period_demand
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.plan import PATH_TABLES, PLAN_TABLES, Plan
from optimizer.scenario.departures import delayed


@dataclass(frozen=True)
class Events:
    """Movements, demand and arrivals, of a plan or of what really happened.

    `departures`: lane, period, departs_on, arrives_on, arrival_period; what a simulation delays, it delays here. Where
    they stand for what is expected over sample paths, a departure has a row for each path and `share`, its weight.
    `receipts`: location, sku, units, day (number), period: goods under way at the start.
    `demand`: region, sku, period, units. The other tables are those of a plan; `charged`, `overflow` and
    `target_shortfall` are the least that the rules allow where they are None (or `charged` leaves a departure out).
    """

    departures: pd.DataFrame
    receipts: pd.DataFrame
    demand: pd.DataFrame
    ship: pd.DataFrame
    deliver: pd.DataFrame
    containers: pd.DataFrame
    end_cover: pd.DataFrame
    charged: pd.DataFrame | None = None
    overflow: pd.DataFrame | None = None
    target_shortfall: pd.DataFrame | None = None


def planned(plan: Plan, facts: Facts | None = None) -> Events:
    """The events of a plan: everything goes as planned, or as its only path says; charges are those that it chose."""
    facts = facts or Facts(plan.scenario)
    chosen = {
        name: plan[name]
        for name in ("ship", "deliver", "containers", "end_cover", "charged", "overflow", "target_shortfall")
    }
    paths = facts.scenario["paths"]["path"]
    departures = delayed(facts.scenario, int(paths.iloc[0])) if len(paths) == 1 else facts.departures
    return Events(departures, facts.receipts, period_demand(facts.scenario, facts.span), **chosen)


def happened(
    facts: Facts,
    ship: pd.DataFrame,
    deliver: pd.DataFrame,
    *,
    demand: pd.DataFrame | None = None,
    departures: pd.DataFrame | None = None,
    receipts: pd.DataFrame | None = None,
    containers: pd.DataFrame | None = None,
    end_cover: pd.DataFrame | None = None,
) -> Events:
    """Events told by movements alone; what is not given is as the scenario says, charges are the least."""
    return Events(
        facts.departures if departures is None else departures,
        facts.receipts if receipts is None else receipts,
        period_demand(facts.scenario, facts.span) if demand is None else demand,
        ship,
        deliver,
        nothing("containers") if containers is None else containers,
        nothing("end_cover") if end_cover is None else end_cover,
    )


def nothing(table: str) -> pd.DataFrame:
    """A plan table without rows."""
    kinds: dict[str, object] = {
        "path": np.int64,
        "period": np.int64,
        "bucket": np.int64,
        "from_age_days": np.int64,
        "units": float,
        "cases": float,
        "containers": float,
        "from_quantity": float,
        "charged": float,
        "volume_m3": float,
        "amount": float,
    }
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, object)) for name in (PLAN_TABLES | PATH_TABLES)[table]})
