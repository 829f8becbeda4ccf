"""Demand that will be lost: what nothing that is decided today can prevent, and what the plan leaves unmet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.alerts.reach import earliest
from optimizer.plan.alerts.rows import LEAST_UNITS, rows_of
from optimizer.plan.ledger import Facts, Ledger
from optimizer.plan.mismatch import movable

KEYS = ["sku", "region"]


def stockouts(ledger: Ledger) -> pd.DataFrame:
    """Lost sales by SKU and region: `out_of_reach`, `impatient` and `not_worth_it`.

    Out of reach are units that no mode brings in time to a place from which the customers would wait for them, neither
    from suppliers nor from stock that could leave its place; `then`: the first day that can be served in full again,
    NaT if there is none. Impatient are customers whom goods can reach, but never as soon as they want them.
    The other units could be had: serving them costs more than it brings, or a limit or an order's least size forbids.
    """
    lost = split(ledger)
    parts = [
        _rows(ledger, "out_of_reach", lost.assign(units=lost["out"] - lost["impatient"])),
        _rows(ledger, "impatient", lost.assign(units=lost["impatient"])),
        _rows(ledger, "not_worth_it", lost.assign(units=lost["units"] - lost["out"])),
    ]
    return pd.concat(parts, ignore_index=True)


def split(ledger: Ledger) -> pd.DataFrame:
    """Lost sales with what of them is out of reach: sku, region, period, units, per_unit (money), out, impatient (what
    of it customers do not wait for, then or later), helped (period).

    Where customers differ in patience, those who would wait for the slowest way in reach can be served by it; of the
    others, what quicker ways deliver has been served. What only stock at hand can bring in time is no more than could
    leave its places at once, the first sales that are lost before the later ones.
    """
    by_path = ledger.entries["lost_sales"].groupby([*KEYS, "period"], as_index=False, sort=False, observed=True)
    lost = by_path[["units", "amount"]].sum()
    lost["per_unit"] = (lost["amount"] / lost["units"].where(lost["units"] > 0)).fillna(0.0)
    at_hand = movable(ledger)
    bought, _, buying = _in_reach(ledger, lost, earliest(ledger))
    either, share, helped = _in_reach(ledger, lost, earliest(ledger, at_hand))
    moved = _within(either - bought, lost, pd.Series(at_hand.sum(axis=0).max(axis=1), ledger.facts.goods.index))
    units, used_up = lost["units"].to_numpy(dtype=float), either - bought - moved > LEAST_UNITS
    waiting = (share > 0) & (helped <= lost["period"].to_numpy())
    return lost.assign(
        out=units - bought - moved, impatient=np.where(waiting, units - either, 0.0),
        helped=np.where(used_up, np.maximum(buying, helped), helped),
    )  # fmt: skip


def _in_reach(ledger: Ledger, lost: pd.DataFrame, reach: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lost units that goods would serve which can be in places as `reach` tells, the share of customers who would wait
    for them, and the first period in which as many would as ever.
    """
    facts = ledger.facts
    periods, sku = lost["period"].to_numpy(), facts.goods.index.get_indexer(lost["sku"])
    share, helped = np.zeros(len(lost)), np.full(len(lost), float(facts.periods))
    for region, accepted in _accepted(facts, reach).items():
        mine = np.flatnonzero(lost["region"].to_numpy() == region)
        by_period = accepted[sku[mine]]
        share[mine] = by_period[np.arange(len(mine)), periods[mine]]
        best = by_period.max(axis=1)
        helped[mine] = np.where(best > 0, (by_period >= best[:, None]).argmax(axis=1), facts.periods)
    units = lost["units"].to_numpy(dtype=float)
    demand = _wanted(ledger).reindex(pd.MultiIndex.from_frame(lost[[*KEYS, "period"]])).to_numpy()
    impatient = np.clip((1 - share) * demand - _quick(ledger, lost, share), 0.0, units)
    return np.where(share > 0, units - impatient, 0.0), share, helped


def _within(units: np.ndarray, lost: pd.DataFrame, most: pd.Series) -> np.ndarray:
    """Units of each row, of a SKU no more than there are (`most`) of it, the first periods first."""
    order = np.argsort(lost["period"].to_numpy(), kind="stable")
    rows = pd.DataFrame({"sku": lost["sku"].to_numpy()[order], "units": units[order]})
    before = rows.groupby("sku", sort=False)["units"].cumsum() - rows["units"]
    found = np.zeros(len(units))
    found[order] = np.clip(most.reindex(rows["sku"]).to_numpy() - before.to_numpy(), 0.0, units[order])
    return found


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


def _quick(ledger: Ledger, lost: pd.DataFrame, share: np.ndarray) -> np.ndarray:
    """Units that are delivered by ways for which more customers would wait than `share`, beside each row of `lost`."""
    facts = ledger.facts
    lanes = facts.delivery_lanes
    lanes = lanes.loc[lanes["region_kind"] == "customers", ["location", "region", "delivery_days"]]
    waits = [patient(facts, row.region, row.delivery_days) for row in lanes.itertuples()]
    sent = ledger.delivered.loc[ledger.delivered["region_kind"] == "customers", ["location", *KEYS, "period", "units"]]
    sent = sent.merge(lanes.assign(waits=waits), on=["location", "region"])
    rows = lost[[*KEYS, "period"]].assign(row=np.arange(len(lost)), share=share)
    rows = rows.merge(sent, on=[*KEYS, "period"])
    rows = rows[rows["waits"] > rows["share"] + 1e-9]
    return np.bincount(rows["row"], rows["units"].astype(float), minlength=len(lost))


def _rows(ledger: Ledger, kind: str, lost: pd.DataFrame) -> pd.DataFrame:
    lost = lost[lost["units"] > 1e-6]
    lost = lost.assign(money=lost["units"] * lost["per_unit"])
    calendar, period = ledger.facts.calendar, lost["period"].to_numpy()
    helped = np.append(calendar.starts, np.datetime64("NaT"))
    rows = (
        lost.assign(day=calendar.starts[period], until=calendar.ends[period] - np.timedelta64(1, "D"))
        .groupby(KEYS)
        .agg(units=("units", "sum"), money=("money", "sum"), day=("day", "min"), until=("until", "max"),
             helped=("helped", "max"))
        .reset_index()
    )  # fmt: skip
    rows = rows[rows["units"] >= LEAST_UNITS]
    columns = {name: rows[name].to_numpy() for name in (*KEYS, "units", "money", "day", "until")}
    if kind == "out_of_reach":
        columns["act_by"] = columns["day"]
        columns["then"] = helped[rows["helped"].to_numpy(dtype=np.int64)]
    return rows_of(kind, **columns)
