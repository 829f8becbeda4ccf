"""Stock balances and service: what is on hand, how old it is, who is served, who waits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.verify.evidence import Evidence, compared, tell


def stock_balance(case: Evidence) -> list[str]:
    """On hand before + arrivals + receipts - departures - deliveries = on hand, and never less than nothing."""
    keys = ["location", "sku", "period"]
    rows = compared(case["on_hand"], case.ledger.on_hand, keys)
    off = rows[case.differs(rows["claimed"], rows["found"])]
    below = case.ledger.on_hand.assign(missing=-case.ledger.on_hand["units"])
    below = below[case.exceeds(below["missing"], 0.0)]
    return [
        *tell(
            "stock_balance",
            off,
            "{location} is said to hold {claimed:g} units of {sku} at the end of period {period}; its movements "
            "leave {found:g}",
        ),
        *tell(
            "stock_balance",
            below,
            "{missing:g} more units of {sku} leave {location} by the end of period {period} than were there",
        ),
    ]


def first_in_first_out(case: Evidence) -> list[str]:
    """Units in each age tier are those that first in, first out leaves."""
    rows = compared(case["aged"], case.ledger.aged, ["location", "sku", "period", "from_age_days"])
    rows = rows[case.differs(rows["claimed"], rows["found"])]
    return tell(
        "aged_stock",
        rows,
        "{claimed:g} units of {sku} at {location} are said to be {from_age_days} days old or older at the end of "
        "period {period}; first in, first out leaves {found:g}",
    )


def demand_met_or_lost(case: Evidence) -> list[str]:
    """Deliveries to a customers region + lost = demand."""
    keys = ["region", "sku", "period"]
    served = case["deliver"][look_up(case["deliver"]["region"], case.facts.regions["kind"]) == "customers"]
    met = (
        pd.concat([served[[*keys, "units"]], case["lost"][[*keys, "units"]]]).groupby(keys)["units"].sum().reset_index()
    )
    rows = compared(met, case.ledger.events.demand, keys)
    rows = rows[case.differs(rows["claimed"], rows["found"])]
    return tell(
        "demand_met_or_lost",
        rows,
        "{claimed:g} units of {sku} are delivered to {region} or lost in period {period}; the demand is {found:g}",
    )


def slow_delivery_share(case: Evidence) -> list[str]:
    """No more customers are served slowly than have the patience."""
    patience = case.facts.scenario["delivery_patience"].sort_values("days")
    lanes = case.facts.delivery_lanes[["location", "region", "delivery_days"]]
    served = case["deliver"].merge(lanes, on=["location", "region"])
    keys, wrong = ["region", "sku", "period"], []
    for region, rows in patience.groupby("region"):
        for days in np.unique(lanes.loc[lanes["region"] == region, "delivery_days"]):
            accepting = rows.loc[rows["days"] >= days, "share"]
            share = float(accepting.iloc[0]) if len(accepting) else 0.0
            slow = (
                served[(served["region"] == region) & (served["delivery_days"] >= days)]
                .groupby(keys)["units"]
                .sum()
                .reset_index()
            )
            both = slow.merge(case.ledger.events.demand, on=keys, how="left", suffixes=("", "_wanted")).fillna(
                {"units_wanted": 0.0}
            )
            both = both.assign(days=days, allowed=share * both["units_wanted"])
            wrong.append(both[case.exceeds(both["units"], both["allowed"])])
    found = pd.concat(wrong) if wrong else pd.DataFrame()
    return tell(
        "slow_delivery_share",
        found,
        "{units:g} units of {sku} reach {region} in {days} days or more in period {period}; its customers accept "
        "{allowed:g}",
    )


CHECKS = (stock_balance, first_in_first_out, demand_met_or_lost, slow_delivery_share)
