"""What it costs that a plan is another than the last one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.decided import decided, is_now
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.look_up import look_up

KEYS = ["lane", "sku", "period"]


def change_of_plan(facts: Facts, shipped: pd.DataFrame) -> pd.DataFrame:
    """The price of units more or less than `last_plan` ships: lane, sku, period, amount.

    Of SKUs that it ships, on departures of the first `change_days`, but for what had to be decided before today; with
    several sample paths only what is decided now, since what comes later is not settled.
    """
    settings, table = facts.scenario.settings, facts.scenario["last_plan"]
    table = table[table["units"] > 0]
    if settings.change_rate <= 0 or table.empty:
        return shipped.iloc[:0][KEYS].assign(amount=0.0)
    near = facts.starts < facts.first + settings.change_days
    period = facts.calendar.period_of(table["departs_on"].to_numpy())
    rows = table.assign(period=period)[[*KEYS, "units"]][(period >= 0) & (period < facts.periods)]
    rows = decided(facts, rows[near[rows["period"]]].astype({"lane": object, "sku": object}))
    made = ~rows["supplier"].isin(facts.suppliers) | rows["production_days"].notna()
    rows = rows[made & (rows["decided"] >= facts.first)]
    mine = shipped["sku"].isin(table["sku"].unique()) & near[shipped["period"]]
    if len(facts.scenario["paths"]) > 1:
        rows, mine = rows[is_now(facts, rows)], mine & is_now(facts, shipped)
    both = [shipped.loc[mine, [*KEYS, "units"]], rows[[*KEYS, "units"]].assign(units=-rows["units"])]
    texts = {"lane": object, "sku": object}
    more = pd.concat([part.astype(texts) for part in both]).groupby(KEYS, as_index=False)["units"].sum()
    price = settings.change_rate * look_up(more["sku"], facts.goods["value"]).to_numpy(dtype=float)
    return more.assign(amount=price * np.abs(more["units"]))[[*KEYS, "amount"]]
