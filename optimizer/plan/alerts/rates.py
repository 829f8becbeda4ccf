"""Rates that change while the plan runs: freight, handling, rent and exchange, against the tables of before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer.plan.alerts.changes import changes
from optimizer.plan.alerts.rows import LEAST_MONEY, rows_of
from optimizer.plan.ledger import Facts, Ledger
from optimizer.plan.ledger.entering import inbound_handling, purchase
from optimizer.plan.ledger.freight import cheapest_charges, container_charges, departure_fees, first_leg_freight
from optimizer.plan.ledger.keeping import Rent, aged_stock, storage_rent

#: Amounts of a plan by key, at the tables of some facts, for what is due from one day number until another.
Amounts = Callable[[Ledger, Facts, int, int], pd.Series]


def rate_changes(ledger: Ledger) -> pd.DataFrame:
    """`rate_change`: rates that come into force for what the plan does, by lane, warehouse or supplier.

    `basis`: freight, handling, storage or exchange; `money`: what the plan pays more than by the tables before
    (negative: less); `before`, `after`: both amounts; `act_by`: for freight and handling the last departure of the lane
    at the old rates, else the day before the change.
    """
    found = [
        _changed(ledger, "freight", "freight_rates", ["lane", "basis", "container_type"], _freight),
        _changed(ledger, "handling", "handling_rates", ["location", "basis", "container_type"], _handling),
        _changed(ledger, "storage", "storage_rates", ["location"], _rent),
        _changed(ledger, "exchange", "exchange_rates", ["currency"], _purchases),
    ]
    return pd.concat(found, ignore_index=True)


def last_before(facts: Facts, lanes: pd.Index, day: int, which: str) -> np.ndarray:
    """For each lane the day of the last departure that departs or arrives (`which`) before a day; NaT if none does."""
    trips = facts.departures
    trips = trips[trips[which].to_numpy() < np.datetime64(day, "D")]
    return trips.groupby("lane")["departs_on"].max().reindex(lanes).to_numpy()


def _changed(ledger: Ledger, basis: str, table: str, keys: list[str], amounts: Amounts) -> pd.DataFrame:
    facts, found = ledger.facts, [rows_of("rate_change")]
    for day, until, before in changes(facts, table, keys, facts.end):
        then, now = (amounts(ledger, terms, day, until) for terms in (before, facts))
        both = pd.concat([then.rename("before"), now.rename("after")], axis=1).fillna(0.0)
        both = both[(both["after"] - both["before"]).abs() > LEAST_MONEY].sort_index()
        found.append(
            rows_of(
                "rate_change", money=both["after"] - both["before"], day=np.full(len(both), day),
                basis=np.full(len(both), basis, dtype=object), before=both["before"], after=both["after"],
                **_about(facts, basis, both.index, day),
            )
        )  # fmt: skip
    return pd.concat(found, ignore_index=True)


def _about(facts: Facts, basis: str, names: pd.Index, day: int) -> dict[str, object]:
    if basis in ("freight", "handling"):
        which = "departs_on" if basis == "freight" else "arrives_on"
        return {"lane": names, "act_by": last_before(facts, names, day, which)}
    return {"location": names, "act_by": np.full(len(names), max(day - 1, facts.first))}


def _freight(ledger: Ledger, facts: Facts, day: int, until: int) -> pd.Series:
    """Freight of departures by lane, each charged as cheaply as the tables allow."""
    loaded = ledger.loaded[(ledger.loaded["day"] >= day) & (ledger.loaded["day"] < until)]
    events = replace(ledger.events, containers=_containers(ledger, loaded), charged=cheapest_charges(facts, loaded))
    lines = (
        first_leg_freight(facts, events, loaded),
        container_charges(facts, events),
        departure_fees(facts, events, loaded),
    )
    return pd.concat([line[["lane", "amount"]] for line in lines]).groupby("lane")["amount"].sum()


def _handling(ledger: Ledger, facts: Facts, day: int, until: int) -> pd.Series:
    """Handling of what arrives, by lane."""
    loaded = ledger.loaded[(ledger.loaded["arrives"] >= day) & (ledger.loaded["arrives"] < until)]
    events = replace(ledger.events, containers=_containers(ledger, loaded))
    return inbound_handling(facts, events, loaded).groupby("lane")["amount"].sum()


def _rent(ledger: Ledger, facts: Facts, day: int, until: int) -> pd.Series:
    """Rent of the periods that begin within these days, by location."""
    tiers = Rent(facts).tiers()
    rows = storage_rent(facts, ledger.stock, aged_stock(ledger.stock, tiers), ledger.delivered, tiers)
    starts = facts.starts[rows["period"]]
    return rows[(starts >= day) & (starts < until)].groupby("location")["amount"].sum()


def _purchases(ledger: Ledger, facts: Facts, day: int, until: int) -> pd.Series:
    """Purchases that leave on these days, by supplier, in the scenario's currency."""
    shipped, sent = (rows[(rows["day"] >= day) & (rows["day"] < until)] for rows in (ledger.shipped, ledger.delivered))
    return purchase(facts, shipped, sent).groupby("supplier")["amount"].sum()


def _containers(ledger: Ledger, loaded: pd.DataFrame) -> pd.DataFrame:
    """The containers of some departures."""
    booked, keys = ledger.events.containers, pd.MultiIndex.from_frame(loaded[["lane", "period"]])
    return booked[pd.MultiIndex.from_frame(booked[["lane", "period"]]).isin(keys)]
