"""Costs by SKU, place and period: what shipments share is divided among what is aboard."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.look_up import look_up

#: Cost lines of a departure, which all goods aboard share by their volume.
SHARED = ("first_leg_freight", "container_charges", "departure_fees", "inbound_handling")


def shipment_costs(ledger: Ledger) -> pd.DataFrame:
    """Every shipment with its costs: lane, sku, period, units, `freight` (its share of what its departure costs,
    handling included, by volume), `duty` and `purchase`, in the scenario's currency.
    """
    keys = ["lane", "sku", "period"]
    rows = ledger.shipped[[*keys, "origin", "destination", "day", "arrives", "arrival_period", "units", "volume_m3"]]
    shared = pd.concat([_shared(ledger, line) for line in SHARED]).groupby("row")["amount"].sum()
    duty = ledger.entries["duty"].groupby(keys)["amount"].sum().rename("duty").reset_index()
    rows = rows.assign(freight=shared.reindex(rows.index).fillna(0.0)).merge(duty, on=keys, how="left")
    offers = ledger.facts.offers.rename(columns={"supplier": "origin"})[["sku", "origin", "unit_cost", "currency"]]
    rows = rows.merge(offers, on=["sku", "origin"], how="left")
    paid = rows["unit_cost"] * ledger.facts.exchange(rows["currency"].fillna(""), rows["day"].to_numpy())
    rows = rows.assign(duty=rows["duty"].fillna(0.0), purchase=(paid * rows["units"]).fillna(0.0))
    return rows.drop(columns=["unit_cost", "currency"])


def costs_by_sku(ledger: Ledger) -> pd.DataFrame:
    """Amounts by cost line and SKU; what belongs to no SKU (space beyond a limit) is under "": line, sku, amount."""
    found = []
    for line, entries in ledger.entries.items():
        rows = _shared(ledger, line) if line in SHARED else entries
        skus = rows["sku"] if "sku" in rows else pd.Series("", index=rows.index, dtype=object)
        found.append(pd.DataFrame({"line": line, "sku": skus.to_numpy(dtype=object), "amount": rows["amount"]}))
    return _summed(found, ["line", "sku"])


def costs_by_place(ledger: Ledger) -> pd.DataFrame:
    """Amounts by cost line, location and period: line, location, period, amount.

    What a shipment costs stands at its destination, a purchase at its supplier, a lost sale at no location (""); what
    the end leaves in the last period.
    """
    found = []
    for line, entries in ledger.entries.items():
        period = entries["period"] if "period" in entries else np.full(len(entries), ledger.facts.periods - 1)
        columns = {"line": line, "location": _place(ledger, entries), "period": np.asarray(period, dtype=np.int64)}
        found.append(pd.DataFrame({**columns, "amount": entries["amount"].to_numpy(dtype=float)}))
    return _summed(found, ["line", "location", "period"])


def _shared(ledger: Ledger, line: str) -> pd.DataFrame:
    """A cost line of departures divided among the goods aboard by volume: row (of `shipped`), sku, amount."""
    keys = ["lane", "period"]
    aboard = ledger.shipped[[*keys, "sku", "volume_m3"]].assign(row=ledger.shipped.index)
    amounts = ledger.entries[line].groupby(keys)["amount"].sum().reset_index()
    rows = aboard.merge(amounts, on=keys)
    whole = rows.groupby(keys)["volume_m3"].transform("sum")
    return rows.assign(amount=rows["amount"] * rows["volume_m3"] / whole.where(whole > 0))[["row", "sku", "amount"]]


def _place(ledger: Ledger, entries: pd.DataFrame) -> np.ndarray:
    place = pd.Series("", index=entries.index, dtype=object)
    if "supplier" in entries:
        place = entries["supplier"]
    if "lane" in entries:
        place = look_up(entries["lane"].fillna(""), ledger.facts.lanes["destination"])
    if "location" in entries:
        place = entries["location"].where(entries["location"].notna(), place)
    return place.to_numpy(dtype=object)


def _summed(found: list[pd.DataFrame], keys: list[str]) -> pd.DataFrame:
    return pd.concat(found, ignore_index=True).groupby(keys, sort=False)["amount"].sum().reset_index()
