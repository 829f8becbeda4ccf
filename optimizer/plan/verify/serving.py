"""Stock balances and service: what is on hand, how old it is, who is served, who waits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.verify.evidence import Evidence, compared, tell
from optimizer.plan.verify.finding import Finding


def stock_balance(case: Evidence) -> list[Finding]:
    """On hand before + arrivals + receipts - departures - deliveries = on hand, and never less than nothing."""
    keys = ["location", "sku", "period"]
    rows = compared(case["on_hand"], case.ledger.on_hand, keys)
    off = rows[case.differs(rows["claimed"], rows["found"])]
    below = case.ledger.on_hand.assign(missing=-case.ledger.on_hand["units"])
    below = below[case.exceeds(below["missing"], 0.0)]
    below = below.assign(
        place=case.facts.stores.get_indexer(below["location"]), of_catalogue=case.skus.get_indexer(below["sku"])
    )
    return [
        *tell(
            "stock_balance",
            off,
            "{location} is said to hold {claimed:g} units of {sku} at the end of period {period}; its movements "
            "leave {found:g}",
            by=keys,
        ),
        *tell(
            "stock_balance",
            below,
            "{missing:g} more units of {sku} leave {location} by the end of period {period} than were there",
            by=["place", "of_catalogue", "period"],
        ),
    ]


def first_in_first_out(case: Evidence) -> list[Finding]:
    """Units in each age tier are those that first in, first out leaves."""
    keys = ["location", "sku", "period", "from_age_days"]
    rows = compared(case["aged"], case.ledger.aged, keys)
    rows = rows[case.differs(rows["claimed"], rows["found"])]
    return tell(
        "aged_stock",
        rows,
        "{claimed:g} units of {sku} at {location} are said to be {from_age_days} days old or older at the end of "
        "period {period}; first in, first out leaves {found:g}",
        by=keys,
    )


def demand_met_or_lost(case: Evidence) -> list[Finding]:
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
        by=keys,
    )


def slow_delivery_share(case: Evidence) -> list[Finding]:
    """No more customers are served slowly than have the patience."""
    keys = ["region", "days", "sku", "period"]
    lanes = case.facts.delivery_lanes[["location", "region", "delivery_days"]]
    served = case["deliver"].merge(lanes, on=["location", "region"]).merge(_accepting(case, lanes), on="region")
    slow = served[served["delivery_days"] >= served["days"]].groupby([*keys, "share"])["units"].sum().reset_index()
    wanted = case.ledger.events.demand.rename(columns={"units": "wanted"})
    both = slow.merge(wanted, on=["region", "sku", "period"], how="left").fillna({"wanted": 0.0})
    both = both.assign(allowed=both["share"] * both["wanted"])
    return tell(
        "slow_delivery_share",
        both[case.exceeds(both["units"], both["allowed"])],
        "{units:g} units of {sku} reach {region} in {days} days or more in period {period}; its customers accept "
        "{allowed:g}",
        by=keys,
    )


def _accepting(case: Evidence, lanes: pd.DataFrame) -> pd.DataFrame:
    """The share of customers who accept each wait there is, where the scenario tells of patience: region, days, share.

    It is that of the next longer wait of the table, and nobody's beyond the longest.
    """
    patience = case.facts.scenario["delivery_patience"].sort_values("days")
    parts = [pd.DataFrame({"region": [], "days": [], "share": []}).astype({"region": object})]
    for region, rows in patience.groupby("region"):
        days = np.unique(lanes.loc[lanes["region"] == region, "delivery_days"])
        shares = np.append(rows["share"].to_numpy(), 0.0)[np.searchsorted(rows["days"].to_numpy(), days)]
        parts.append(pd.DataFrame({"region": region, "days": days, "share": shares}))
    return pd.concat(parts[1:] or parts, ignore_index=True)


CHECKS = (stock_balance, first_in_first_out, demand_met_or_lost, slow_delivery_share)
