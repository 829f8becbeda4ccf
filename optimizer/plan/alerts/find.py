"""Every alert of a plan: the contents page."""

from __future__ import annotations

import pandas as pd

from optimizer.plan.alerts.arriving import late_arrivals, overdue
from optimizer.plan.alerts.departing import half_empty
from optimizer.plan.alerts.duties import duty_changes
from optimizer.plan.alerts.limits import below_target, too_full
from optimizer.plan.alerts.rates import rate_changes
from optimizer.plan.alerts.rows import KINDS, LEAST_MONEY, rows_of
from optimizer.plan.alerts.standing import ageing_stock, idle_stock
from optimizer.plan.alerts.stockouts import stockouts
from optimizer.plan.ledger import Ledger

#: Every search, each for one kind of alert or two.
SEARCHES = (
    stockouts, late_arrivals, overdue, half_empty, duty_changes, rate_changes, ageing_stock, idle_stock, too_full,
    below_target,
)  # fmt: skip


def alerts(ledger: Ledger) -> pd.DataFrame:
    """All alerts of the plan that a ledger has played (`rows.COLUMNS`), those first that cost most.

    Amounts of different kinds overlap: a sale that a late arrival loses may be out of reach as well. They do not add
    up to anything.
    """
    found = [rows for search in SEARCHES if len(rows := search(ledger))]
    if not found:
        return rows_of(KINDS[0])
    rows = pd.concat(found, ignore_index=True)
    rows = rows[rows["money"].abs() > LEAST_MONEY]
    order = rows.assign(size=-rows["money"].abs(), rank=rows["kind"].map(KINDS.index))
    return rows.loc[order.sort_values(["size", "rank"], kind="stable").index].reset_index(drop=True)


def urgent(rows: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """The alerts on which somebody must act before a day, such as that of the next plan, with their index."""
    return rows[rows["act_by"] < until]
