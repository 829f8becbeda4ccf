"""Whole cases, minimum orders and locks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.verify.evidence import NOTHING, WHOLE, Evidence, tell
from optimizer.plan.verify.finding import Finding
from optimizer.plan.verify.keys import dated_locks, decided, named_by_lock


def whole_cases(case: Evidence) -> list[Finding]:
    """Units are a whole number of cases (of the order multiple, when bought), and `cases` says how many."""
    rows = case["ship"].assign(supplier=look_up(case["ship"]["lane"], case.facts.lanes["origin"]))
    rows = rows.merge(case.facts.offers[["sku", "supplier", "order_multiple"]], on=["sku", "supplier"], how="left")
    rows = rows.assign(multiple=rows["order_multiple"].fillna(look_up(rows["sku"], case.facts.goods["case_pack"])))
    rows = rows[rows["multiple"].notna()]
    cases = np.round(rows["units"] / rows["multiple"])
    off = case.differs(rows["units"], cases * rows["multiple"]) | ~(np.abs(rows["cases"] - cases) <= WHOLE)
    return tell(
        "whole_cases",
        rows[off],
        "{units:g} units of {sku} on {lane} in period {period} are said to be {cases:g} cases of {multiple:g}",
    )


def minimum_order(case: Evidence) -> list[Finding]:
    """Over all lanes from the supplier, a SKU's units in a period are 0 or at least its minimum order."""
    rows = case["ship"].assign(supplier=look_up(case["ship"]["lane"], case.facts.lanes["origin"]))
    rows = (
        rows.groupby(["supplier", "sku", "period"])["units"]
        .sum()
        .reset_index()
        .merge(case.facts.offers, on=["supplier", "sku"])
    )
    rows = rows[(rows["units"] > NOTHING) & case.exceeds(rows["moq"], rows["units"])]
    return tell(
        "minimum_order",
        rows,
        "{units:g} units of {sku} leave {supplier} in period {period}; it makes no fewer than {moq:g}",
        by=["supplier", "sku", "period"],
    )


def supplier_minimum(case: Evidence) -> list[Finding]:
    """The value of all that leaves a supplier in a period is 0 or at least its minimum.

    Both are converted at the first day of the period.
    """
    facts = case.facts
    rows = case.totals.ordered.merge(facts.scenario["suppliers"], on="supplier")
    rows = rows.assign(
        least=rows["minimum_order_value"] * facts.exchange(rows["currency"], facts.starts[rows["period"]])
    )
    rows = rows[(rows["units"] > NOTHING) & case.exceeds(rows["least"], rows["value"])]
    return tell(
        "supplier_minimum",
        rows,
        "goods worth {value:.2f} leave {supplier} in period {period}; it takes no order below {least:.2f}",
    )


def locks(case: Evidence) -> list[Finding]:
    """What a lock names is within its least and most, on every departure that it names and that is still to decide."""
    rows = pd.concat([_dated(case).assign(undated=0), _undated(case).assign(undated=1)], ignore_index=True)
    rows = rows.merge(
        case["ship"][["lane", "sku", "period", "units"]], on=["lane", "sku", "period"], how="left"
    ).fillna({"units": 0.0})
    wrong = rows[case.exceeds(rows["least"], rows["units"]) | case.exceeds(rows["units"], rows["most"].fillna(np.inf))]
    wrong = wrong.assign(most=wrong["most"].fillna(np.inf))
    return tell(
        "locks",
        wrong,
        "{units:g} units of {sku} leave on {lane} in period {period}; the lock asks for at least {least:g}, at "
        "most {most:g}",
        by=["undated", "row", "period"],
    )


CHECKS = (whole_cases, minimum_order, supplier_minimum, locks)


def _dated(case: Evidence) -> pd.DataFrame:
    rows = dated_locks(case.facts)
    return rows.loc[
        (rows["period"] >= 0) & (rows["period"] < case.facts.periods), ["lane", "sku", "period", "least", "most", "row"]
    ]


def _undated(case: Evidence) -> pd.DataFrame:
    """Locks without a date on every departure that may still be decided."""
    rows = dated_locks(case.facts)
    rows = rows.loc[rows["period"] < 0, ["lane", "sku", "least", "most", "row"]].merge(
        case.facts.departures[["lane", "period"]], on="lane"
    )
    rows = decided(case.facts, rows)
    rows = rows[named_by_lock(case.facts, rows) & (rows["decided"] >= case.facts.first)]
    return rows[["lane", "sku", "period", "least", "most", "row"]]
