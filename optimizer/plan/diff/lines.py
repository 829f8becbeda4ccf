"""The shipments of two plans side by side, by lane, SKU and period of the new one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.decided import decided
from optimizer.plan.shares import shipment_costs

KEYS = ["lane", "sku", "period"]
#: What is known of a line beside its keys and units.
KNOWN = ["origin", "destination", "mode", "day", "unit_money"]


def lines_of(ledger: Ledger) -> pd.DataFrame:
    """Shipments: lane, sku, origin, destination, mode, day of departure (number), decided (day), units, and
    `unit_money`: purchase, freight, handling and duty of a unit.
    """
    rows = shipment_costs(ledger)
    rows = rows.assign(unit_money=(rows["freight"] + rows["duty"] + rows["purchase"]) / rows["units"])
    lanes = ledger.facts.lanes[["mode"]]
    due = decided(ledger.facts, ledger.events.ship[KEYS])[[*KEYS, "decided"]]
    return rows.astype({"lane": object, "sku": object}).join(lanes, on="lane").merge(due, on=KEYS)


def settled_until(*ledgers: Ledger) -> float:
    """The day (number) from which on decisions are not settled in all plans: those for several sample paths settle what
    falls due within their commit windows.
    """
    ends = [one.facts.first + one.facts.scenario.settings.committed_days for one in ledgers if len(one.paths) > 1]
    return min(ends, default=np.inf)


def still_to_come(old: Ledger, new: Ledger) -> tuple[pd.DataFrame, float]:
    """The lines of the old plan that were still to be decided on the first day of the new one, and units of those that
    were not. What is not settled in both plans is left out.

    `period` is that of the new plan's calendar.
    """
    rows = lines_of(old)
    rows = rows[rows["decided"] < settled_until(old, new)]
    done = (rows["decided"] < new.facts.first) | (rows["day"] < new.facts.first)
    period = new.facts.calendar.period_of(rows["day"].to_numpy().astype("datetime64[D]"))
    inside = ~done & (period < new.facts.periods)
    return rows.assign(period=period)[inside], float(rows.loc[done, "units"].sum())


def within_both(old: Ledger, new: Ledger) -> tuple[pd.DataFrame, float]:
    """The lines of the new plan that depart before the old one's horizon ends and are settled in both, and units of the
    others.
    """
    rows = lines_of(new)
    beyond = (rows["day"] >= old.facts.end) | (rows["decided"] >= settled_until(old, new))
    return rows[~beyond], float(rows.loc[beyond, "units"].sum())


def side_by_side(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Every line of either plan: keys, what is known of it, and units `before` and `after`."""
    one, other = (_summed(rows) for rows in (before, after))
    both = one.merge(other, on=KEYS, how="outer", suffixes=("_before", "_after"))
    for name in KNOWN:
        mine, theirs = both[f"{name}_before"], both[f"{name}_after"]
        both[name] = theirs.where(theirs.notna(), mine)
        if name != "unit_money":
            both = both.drop(columns=[f"{name}_before", f"{name}_after"])
    units = {name: both[f"units_{name}"].fillna(0.0) for name in ("before", "after")}
    return both.assign(**units).drop(columns=["units_before", "units_after"])


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    """One row by key: a coarser calendar may put several departures of the other plan into one period."""
    money = rows["unit_money"] * rows["units"]
    first = {name: (name, "first") for name in ("origin", "destination", "mode", "day")}
    summed = rows.assign(money=money).groupby(KEYS, as_index=False).agg(
        units=("units", "sum"), money=("money", "sum"), **first
    )  # fmt: skip
    return summed.assign(unit_money=np.divide(summed["money"], summed["units"])).drop(columns="money")
