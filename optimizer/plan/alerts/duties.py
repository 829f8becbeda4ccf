"""Duty that changes while goods are on their way: enter before, or after?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.alerts.changes import changes
from optimizer.plan.alerts.rates import last_before
from optimizer.plan.alerts.rows import LEAST_MONEY, rows_of
from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.entering import duty
from optimizer.plan.ledger.selling import parcel_duty

KEYS = ("customs_territory", "kind", "origin_country", "hs_prefix", "from_value")


def duty_changes(ledger: Ledger) -> pd.DataFrame:
    """`duty_change`: duty rates that change for goods of the plan, by lane, and for parcels by region.

    `money`: what goods that enter on that day or later pay more than at the rates before (negative: less); `before`,
    `after`: both amounts; `units`: how many enter; `act_by`: the last departure of the lane that enters before.
    """
    facts, found = ledger.facts, []
    last = int(max(facts.end, ledger.shipped["arrives"].max() if len(ledger.shipped) else 0))
    for day, until, before in changes(facts, "duty_rates", KEYS, last):
        entering = ledger.shipped[(ledger.shipped["arrives"] >= day) & (ledger.shipped["arrives"] < until)]
        both = _both("lane", entering, duty(before, entering), duty(facts, entering))
        found.append(_rows(both, day, lane=both.index, act_by=last_before(facts, both.index, day, "arrives_on")))
        sent = ledger.delivered[(ledger.delivered["day"] >= day) & (ledger.delivered["day"] < until)]
        both = _both("region", sent, parcel_duty(before, sent), parcel_duty(facts, sent))
        found.append(_rows(both, day, region=both.index))
    return pd.concat(found, ignore_index=True) if found else rows_of("duty_change")


def _both(key: str, moved: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Amounts before and after and units by key; where no rate held before, nothing is compared."""
    amounts = pd.concat([before.reset_index()["amount"].rename("before"), after.reset_index(drop=True)], axis=1)
    amounts = amounts.rename(columns={"amount": "after"}).dropna(subset=["before", "after"])
    rows = amounts.groupby(key)[["before", "after"]].sum()
    rows = rows.join(moved.groupby(key)["units"].sum())
    return rows[(rows["after"] - rows["before"]).abs() > LEAST_MONEY].sort_index()


def _rows(both: pd.DataFrame, day: int, **columns) -> pd.DataFrame:
    numbers = {name: both[name] for name in ("before", "after", "units")}
    money = both["after"] - both["before"]
    return rows_of("duty_change", money=money, day=np.full(len(both), day), **numbers, **columns)
