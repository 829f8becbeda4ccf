"""What an old plan leaves on a later morning if everything goes as planned: stock by lot, and goods under way."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.diff.lines import KEYS
from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.decided import decided
from optimizer.scenario.schema import SCHEMA

LOT = ["location", "sku", "day", "units"]


def expected(old: Ledger, today: int) -> dict[str, pd.DataFrame] | None:
    """The tables `opening_stock` and `in_transit` on the morning of a day (number); None where the old plan's horizon
    has ended by then, and its own tables on its first day.

    Of the period that has begun, arrivals are there, deliveries are made in proportion to its days, and what departs
    before today has left.
    """
    facts, tables = old.facts, old.facts.scenario.tables
    if today <= facts.first:
        return {name: tables[name] for name in ("opening_stock", "in_transit")}
    if today >= facts.end:
        return None
    now = int(np.searchsorted(facts.starts, today, side="right")) - 1
    sent = old.shipped.merge(decided(facts, old.events.ship[KEYS])[[*KEYS, "decided"]], on=KEYS)
    sent = sent[sent["decided"] < today]
    arrived = sent["arrival_period"] <= now
    there = pd.concat([_opening(old), _received(old, now), _arrived(facts.starts, sent[arrived])])
    stock = _left(there, pd.concat([_departed(sent), _delivered(old, now, today)]))
    due = old.events.receipts[old.events.receipts["period"] > now][["location", "sku", "day", "units"]]
    coming = sent[~arrived].rename(columns={"destination": "location", "arrives": "arrives"})
    coming = coming.assign(day=np.maximum(coming["arrives"], today))[LOT]
    return {
        "opening_stock": _table("opening_stock", stock, location="location", received_on="day"),
        "in_transit": _table("in_transit", pd.concat([due, coming]), destination="location", arrives_on="day"),
    }


def _opening(old: Ledger) -> pd.DataFrame:
    lots, stock = old.stock.lots, old.stock
    return pd.DataFrame({"location": stock.locations.to_numpy(object)[lots["location"]],
                         "sku": stock.skus.to_numpy(object)[lots["sku"]], "day": lots["day"].to_numpy(),
                         "units": lots["units"].to_numpy()})  # fmt: skip


def _received(old: Ledger, now: int) -> pd.DataFrame:
    rows = old.events.receipts[old.events.receipts["period"] <= now]
    return rows[LOT]


def _arrived(starts: np.ndarray, rows: pd.DataFrame) -> pd.DataFrame:
    days = starts[rows["arrival_period"].to_numpy(dtype=np.int64)]
    return rows.rename(columns={"destination": "location"}).assign(day=days)[LOT]


def _departed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns={"origin": "location"})[["location", "sku", "units"]]


def _delivered(old: Ledger, now: int, today: int) -> pd.DataFrame:
    rows, facts = old.events.deliver, old.facts
    passed = (today - int(facts.starts[now])) / int(facts.calendar.days[now])
    part = np.where(rows["period"] < now, 1.0, np.where(rows["period"] == now, passed, 0.0))
    return rows.assign(units=rows["units"] * part)[["location", "sku", "units"]]


def _left(lots: pd.DataFrame, out: pd.DataFrame) -> pd.DataFrame:
    """Lots less what has gone out, first in, first out."""
    keys, texts = ["location", "sku"], {"location": object, "sku": object}
    lots = lots.astype(texts).groupby([*keys, "day"], as_index=False)["units"].sum().sort_values([*keys, "day"])
    gone = out.astype(texts).groupby(keys)["units"].sum().rename("gone")
    lots = lots.join(gone, on=keys).fillna({"gone": 0.0})
    before = lots.groupby(keys)["units"].cumsum() - lots["units"]
    units = lots["units"] - (lots["gone"] - before).clip(lower=0.0, upper=lots["units"])
    return lots.assign(units=units)[units > 1e-6][LOT]


def _table(name: str, rows: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """Rows typed as a table of the scenario; several of one key are one."""
    named = rows.rename(columns={old: new for new, old in columns.items()}).astype({"sku": object})
    keys = [*columns, "sku"]
    summed = named.groupby(keys, as_index=False)["units"].sum()
    found = {}
    for column in SCHEMA[name].columns:
        if column.kind == "date":
            known = summed[column.name].to_numpy(dtype=np.int64) if column.name in summed else None
            dates = np.full(len(summed), np.datetime64("NaT", "ns"))
            found[column.name] = dates if known is None else known.astype("datetime64[D]").astype("datetime64[ns]")
        elif column.name in summed:
            found[column.name] = summed[column.name].to_numpy()
        else:
            found[column.name] = np.full(len(summed), "", dtype=object)
    return pd.DataFrame(found)
