"""Stock that stands too long: idle now, or about to enter a dearer tier of rent."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.alerts.rows import LEAST_UNITS, rows_of
from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.mismatch import idle

KEYS = ["location", "sku"]


def idle_stock(ledger: Ledger) -> pd.DataFrame:
    """`idle`: stock beyond what its location sends out until it can be refilled, at the end of the first period.

    `money`: rent and capital that those of them cost which stay idle, until the horizon ends; `after`: what these units
    have cost to buy; `then`: the day on which the oldest unit on hand today enters its next, dearer tier of rent.
    """
    units = idle(ledger)
    place, sku = np.nonzero(units[:, :, 0] >= LEAST_UNITS)
    stock, now = ledger.stock, units[place, sku, 0]
    staying = np.minimum.accumulate(units, axis=2)
    share = np.divide(staying, stock.on_hand, out=np.zeros(units.shape), where=stock.on_hand > 1e-9).clip(0.0, 1.0)
    money = (share * _keeping(ledger)).sum(axis=2)[place, sku]
    then = next_tiers(ledger).reindex(
        pd.MultiIndex.from_arrays([stock.locations.to_numpy()[place], stock.skus.to_numpy()[sku]])
    )
    return rows_of(
        "idle", money=money, day=np.full(len(place), ledger.facts.starts[0]), then=then.to_numpy(),
        act_by=then.to_numpy(), location=stock.locations.to_numpy(dtype=object)[place],
        sku=stock.skus.to_numpy(dtype=object)[sku], units=now,
        after=now * ledger.facts.goods["value"].to_numpy()[sku],
    )  # fmt: skip


def next_tiers(ledger: Ledger) -> pd.Series:
    """The day on which the oldest unit on hand today enters its next, dearer tier of rent, by location and SKU."""
    lots, facts = ledger.stock.lots, ledger.facts
    lots = lots.assign(
        location=ledger.stock.locations.to_numpy(dtype=object)[lots["location"]],
        sku=ledger.stock.skus.to_numpy(dtype=object)[lots["sku"]],
    )[lots["units"] > 0]
    dearer = ledger.tiers[(ledger.tiers["step"] > 0) & (ledger.tiers["period"] == 0)]
    days = lots.merge(dearer[["location", "from_age_days"]], on="location")
    days = days.assign(day=days["day"] + days["from_age_days"])
    soonest = days[days["day"] > facts.first].groupby(KEYS)["day"].min()
    return pd.Series(soonest.to_numpy().astype("datetime64[D]").astype("datetime64[ns]"), index=soonest.index)


def ageing_stock(ledger: Ledger) -> pd.DataFrame:
    """`ageing`: stock that the plan lets grow into a dearer tier of rent than it pays today.

    `day`: when the first unit enters the first such tier; `units`: so many are in it at the end of that period;
    `until`: the end of the period in which most are, NaT if it is that one; `money`: the rent that these tiers add
    until the horizon ends; `before`, `after`: rent of a m3 and day.
    """
    facts = ledger.facts
    tiers = ledger.tiers.assign(before=ledger.tiers["rate"] - ledger.tiers["step"])
    rows = ledger.aged.merge(tiers[tiers["step"] > 0], on=["location", "period", "from_age_days"])
    volume = look_up(rows["sku"], facts.goods["volume"])
    rows = rows.assign(money=rows["step"] * rows["units"] * volume * facts.calendar.days[rows["period"]])
    rows = rows.sort_values("period", kind="stable")
    tier = [*KEYS, "from_age_days"]
    by_tier = rows.groupby(tier, sort=False).agg(
        period=("period", "first"), units=("units", "first"), money=("money", "sum"), before=("before", "first"),
        after=("rate", "first"), most=("units", "max"),
    ).reset_index()  # fmt: skip
    top = rows.loc[rows.groupby(tier)["units"].idxmax()].set_index(tier)["period"]
    last = top.reindex(pd.MultiIndex.from_frame(by_tier[tier])).to_numpy()
    ends = facts.calendar.ends[last] - np.timedelta64(1, "D")
    more = by_tier["most"].to_numpy() > by_tier["units"].to_numpy() + LEAST_UNITS
    by_tier = by_tier.assign(until=np.where(more, ends, np.datetime64("NaT")))
    by_tier = by_tier.assign(day=entering(ledger, by_tier))
    new = by_tier[(by_tier["day"] > facts.first) & (by_tier["units"] >= LEAST_UNITS)].sort_values("day", kind="stable")
    found = new.groupby(KEYS, sort=True).agg(
        day=("day", "first"), until=("until", "first"), units=("units", "first"), before=("before", "first"),
        after=("after", "first"), money=("money", "sum"),
    ).reset_index()  # fmt: skip
    return rows_of("ageing", act_by=found["day"], **{name: found[name] for name in found.columns})


def entering(ledger: Ledger, rows: pd.DataFrame) -> np.ndarray:
    """The day number on which the oldest unit that is left at the end of a period reaches an age.

    `rows`: location, sku, period, from_age_days. First in, first out: it is of the first lot that what has left until
    then does not use up.
    """
    stock = ledger.stock
    place, sku = stock.locations.get_indexer(rows["location"]), stock.skus.get_indexer(rows["sku"])
    cell, day, units = _receipts(ledger)
    until = units.cumsum()
    start = np.append(0.0, until)[np.searchsorted(cell, place * len(stock.skus) + sku)]
    left = stock.left.cumsum(axis=2)[place, sku, rows["period"].to_numpy()]
    lot = np.searchsorted(until, start + left + 1e-6, side="right")
    return day[np.minimum(lot, len(day) - 1)] + rows["from_age_days"].to_numpy() if len(day) else np.zeros(0)


def _receipts(ledger: Ledger) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cell (location x SKUs + SKU), day number and units of everything that is ever on hand, by cell and day."""
    stock, starts = ledger.stock, ledger.facts.starts
    lots = stock.lots[stock.lots["units"] > 0]
    place, sku, period = np.nonzero(stock.received > 0)
    cell = np.concatenate([lots["place"].to_numpy(), place * len(stock.skus) + sku])
    day = np.concatenate([lots["day"].to_numpy(), starts[period]])
    units = np.concatenate([lots["units"].to_numpy(), stock.received[place, sku, period]])
    order = np.lexsort((day, cell))
    return cell[order], day[order], units[order]


def _keeping(ledger: Ledger) -> np.ndarray:
    """Rent and capital of what stands (locations, SKUs, periods)."""
    stock = ledger.stock
    money = np.zeros(stock.on_hand.shape)
    for line in ("storage_rent", "capital"):
        rows = ledger.entries[line]
        rows = rows[rows["location"].notna()] if "location" in rows else rows
        at = stock.locations.get_indexer(rows["location"]), stock.skus.get_indexer(rows["sku"])
        np.add.at(money, (*at, rows["period"].to_numpy()), rows["amount"].to_numpy(dtype=float))
    return money
