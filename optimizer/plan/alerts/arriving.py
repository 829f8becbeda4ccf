"""Goods under way that come too late, or that should have come."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.alerts.rows import LEAST_MONEY, rows_of
from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.look_up import look_up


def overdue(ledger: Ledger) -> pd.DataFrame:
    """`overdue`: goods under way whose day of arrival has passed; the plan counts on them in the first period.

    `money`: what they have cost to buy.
    """
    table, facts = ledger.facts.scenario["in_transit"], ledger.facts
    rows = table[(day_numbers(table["arrives_on"]) < facts.first) & (table["units"] > 0)]
    return rows_of(
        "overdue", money=rows["units"] * look_up(rows["sku"], facts.goods["value"]), day=rows["arrives_on"],
        act_by=np.full(len(rows), facts.first), sku=rows["sku"], location=rows["destination"], units=rows["units"],
    )  # fmt: skip


def late_arrivals(ledger: Ledger) -> pd.DataFrame:
    """`late_arrival`: goods under way that arrive after their SKU has run out in a region that they serve locally.

    `units`: how many of them were wanted before; `money`: the sales that are lost for want of them; `day`: when the
    first sale is lost; `then`: when the goods arrive. Each lost unit waits for the first arrival only, and no arrival
    serves more than it brings.
    """
    facts = ledger.facts
    lanes = facts.delivery_lanes
    lanes = lanes.loc[lanes["local"] & (lanes["region_kind"] == "customers"), ["location", "region"]]
    coming = facts.receipts[facts.receipts["units"] > 0].groupby(["location", "sku", "day", "period"], as_index=False)
    coming = coming["units"].sum().merge(lanes, on="location")
    coming = coming.rename(columns={"units": "coming", "period": "lands"})
    lost = ledger.entries["lost_sales"].merge(coming, on=["region", "sku"])
    lost = lost[lost["lands"] > lost["period"]].sort_values(["lands", "day"], kind="stable")
    lost = lost.drop_duplicates(["region", "sku", "period"])
    arrival = ["location", "sku", "day"]
    rows = lost.groupby([*arrival, "region"]).agg(
        units=("units", "sum"), money=("amount", "sum"), coming=("coming", "first"), period=("period", "min"),
    ).reset_index()  # fmt: skip
    share = (rows["coming"] / rows.groupby(arrival)["units"].transform("sum")).clip(upper=1.0)
    rows = rows.assign(money=rows["money"] * share, units=rows["units"] * share)
    rows = rows[rows["money"] > LEAST_MONEY]
    begins = facts.starts[rows["period"]]
    return rows_of(
        "late_arrival", money=rows["money"], day=begins, act_by=begins, then=rows["day"], sku=rows["sku"],
        location=rows["location"], region=rows["region"], units=rows["units"],
    )  # fmt: skip
