"""Demand that will be lost: what nothing that is decided today can prevent, and what the plan leaves unmet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.alerts.reach import earliest
from optimizer.plan.alerts.rows import LEAST_UNITS, rows_of
from optimizer.plan.ledger import Facts, Ledger

KEYS = ["sku", "region"]


def stockouts(ledger: Ledger) -> pd.DataFrame:
    """Lost sales by SKU and region: `out_of_reach` and `not_worth_it`.

    Out of reach are units that no mode brings in time, from suppliers or from idle stock, to a place from which
    the customers would wait for them; `then`: the first day that can be served again, NaT if there is none.
    The other units could be had: serving them costs more than they bring, or a limit or an order's least size forbids.
    """
    lost = split(ledger)
    out = lost.assign(units=lost["out"])
    rest = lost.assign(units=lost["units"] - lost["out"])
    return pd.concat([_rows(ledger, "out_of_reach", out), _rows(ledger, "not_worth_it", rest)], ignore_index=True)


def split(ledger: Ledger) -> pd.DataFrame:
    """Lost sales with what of them is out of reach: sku, region, period, units, out, per_unit (money), helped (period).

    Where customers differ in patience, those who would wait for the slowest way in reach can be served by it; of the
    others, what quicker ways from stock at hand deliver has been served.
    """
    facts = ledger.facts
    by_path = ledger.entries["lost_sales"].groupby([*KEYS, "period"], as_index=False, sort=False, observed=True)
    lost = by_path[["units", "amount"]].sum()
    lost["per_unit"] = (lost["amount"] / lost["units"].where(lost["units"] > 0)).fillna(0.0)
    periods, sku = lost["period"].to_numpy(), facts.goods.index.get_indexer(lost["sku"])
    demand = _wanted(ledger).reindex(pd.MultiIndex.from_frame(lost[[*KEYS, "period"]])).to_numpy()
    quick = _quick(ledger).reindex(pd.MultiIndex.from_frame(lost[[*KEYS, "period"]])).fillna(0.0).to_numpy()
    units = lost["units"].to_numpy(dtype=float)
    share, helped = np.zeros(len(lost)), np.full(len(lost), float(facts.periods))
    for region, accepted in _accepted(facts, earliest(ledger)).items():
        mine = np.flatnonzero(lost["region"].to_numpy() == region)
        by_period = accepted[sku[mine]]
        share[mine] = by_period[np.arange(len(mine)), periods[mine]]
        best = by_period.max(axis=1)
        helped[mine] = np.where(best > 0, (by_period >= best[:, None]).argmax(axis=1), facts.periods)
    out = np.where(share > 0, np.clip((1 - share) * demand - quick, 0.0, units), units)
    return lost.assign(out=out, helped=helped)


def _accepted(facts: Facts, reach: np.ndarray) -> dict[str, np.ndarray]:
    """For each customers region: the share of customers whom goods decided on today can serve (SKUs, periods)."""
    lanes = facts.delivery_lanes[facts.delivery_lanes["region_kind"] == "customers"]
    found = {}
    for region, rows in lanes.groupby("region"):
        share = np.zeros((len(facts.goods), facts.periods))
        for row in rows.itertuples():
            ready = reach[facts.locations.index.get_loc(row.location)]
            if row.supplied:
                makes = facts.offers.loc[facts.offers["supplier"] == row.location, "sku"]
                ready = np.where(facts.goods.index.isin(makes), 0, facts.periods)
            there = ready[:, None] <= np.arange(facts.periods)
            share = np.maximum(share, there * patient(facts, region, row.delivery_days))
        found[str(region)] = share
    return found


def patient(facts: Facts, region: str, days: float) -> float:
    """The share of a region's customers who accept to wait so many days; 1 where the tables do not say."""
    table = facts.scenario["delivery_patience"]
    rows = table[table["region"] == region].sort_values("days")
    if rows.empty:
        return 1.0
    longer = rows[rows["days"] >= days]
    return float(longer["share"].iloc[0]) if len(longer) else 0.0


def _wanted(ledger: Ledger) -> pd.Series:
    return ledger.events.demand.groupby([*KEYS, "period"])["units"].sum()


def _quick(ledger: Ledger) -> pd.Series:
    """Units that local ways deliver, by SKU, region and period."""
    rows = ledger.delivered[(ledger.delivered["region_kind"] == "customers") & ledger.delivered["local"]]
    return rows.groupby([*KEYS, "period"])["units"].sum()


def _rows(ledger: Ledger, kind: str, lost: pd.DataFrame) -> pd.DataFrame:
    lost = lost[lost["units"] > 1e-6]
    lost = lost.assign(money=lost["units"] * lost["per_unit"])
    calendar, period = ledger.facts.calendar, lost["period"].to_numpy()
    helped = np.append(calendar.starts, np.datetime64("NaT"))
    rows = (
        lost.assign(day=calendar.starts[period], until=calendar.ends[period] - np.timedelta64(1, "D"))
        .groupby(KEYS)
        .agg(units=("units", "sum"), money=("money", "sum"), day=("day", "min"), until=("until", "max"),
             helped=("helped", "min"))
        .reset_index()
    )  # fmt: skip
    rows = rows[rows["units"] >= LEAST_UNITS]
    columns = {name: rows[name].to_numpy() for name in (*KEYS, "units", "money", "day", "until")}
    if kind == "out_of_reach":
        columns["act_by"] = columns["day"]
        columns["then"] = helped[rows["helped"].to_numpy(dtype=np.int64)]
    return rows_of(kind, **columns)
