"""Departures that waste money: containers that leave half empty, rates that change on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer.plan.alerts.changes import changes
from optimizer.plan.alerts.rows import LEAST_MONEY, rows_of
from optimizer.plan.ledger import Facts, Ledger
from optimizer.plan.ledger.freight import cheapest_charges, container_charges, departure_fees, first_leg_freight
from optimizer.plan.ledger.look_up import look_up

#: A container that is filled less, by volume and by weight, leaves half empty.
HALF = 0.5


def half_empty(ledger: Ledger) -> pd.DataFrame:
    """`half_empty`: departures whose containers are filled by less than half.

    `share`: filled, by volume or by weight, whichever is more; `money`: the charge for the room that is left;
    `then`: the next departure of the lane.
    """
    facts, keys = ledger.facts, ["lane", "period"]
    types = facts.scenario["container_types"].set_index("container_type")
    booked = ledger.events.containers[ledger.events.containers["containers"] > 0]
    count, kind = booked["containers"], booked["container_type"]
    booked = booked.assign(
        room=count * look_up(kind, types["volume_m3"]), payload=count * look_up(kind, types["payload_kg"])
    )
    room = booked.groupby(keys)[["room", "payload"]].sum().reset_index()
    paid = ledger.entries["container_charges"].groupby(keys)["amount"].sum().rename("paid").reset_index()
    rows = ledger.loaded.merge(room, on=keys).merge(paid, on=keys)
    share = np.maximum(rows["volume_m3"] / rows["room"], rows["weight_kg"] / rows["payload"])
    rows = rows.assign(share=share, money=rows["paid"] * (1 - share))[share < HALF]
    then = [_next(facts, lane, period) for lane, period in zip(rows["lane"], rows["period"], strict=True)]
    columns = {name: rows[name] for name in ("lane", "units", "share", "money", "day")}
    return rows_of("half_empty", act_by=rows["day"], then=np.array(then, dtype="datetime64[ns]"), **columns)


def rate_changes(ledger: Ledger) -> pd.DataFrame:
    """`rate_change`: a new table of freight rates that comes into force for departures of the plan.

    `money`: what the plan's departures pay more than by the table before (negative: less); `before`, `after`: both
    amounts; `act_by`: the last departure of the lane at the old rates.
    """
    facts, keys = ledger.facts, ["lane", "basis", "container_type"]
    found = []
    for day, until, before in changes(facts, "freight_rates", keys, facts.end):
        mine = (ledger.loaded["day"] >= day) & (ledger.loaded["day"] < until)
        now, then = (_freight(ledger, terms, ledger.loaded[mine]) for terms in (facts, before))
        both = pd.concat([then.rename("before"), now.rename("after")], axis=1).fillna(0.0)
        both = both[(both["after"] - both["before"]).abs() > LEAST_MONEY].sort_index()
        found.append(
            rows_of(
                "rate_change", money=both["after"] - both["before"], day=np.full(len(both), day),
                act_by=last_before(facts, both.index, day, "departs_on"), lane=both.index, before=both["before"],
                after=both["after"],
            )
        )  # fmt: skip
    return pd.concat(found, ignore_index=True) if found else rows_of("rate_change")


def last_before(facts: Facts, lanes: pd.Index, day: int, which: str) -> np.ndarray:
    """For each lane the day of the last departure that departs or arrives (`which`) before a day; NaT if none does."""
    trips = facts.departures
    trips = trips[trips[which].to_numpy() < np.datetime64(day, "D")]
    return trips.groupby("lane")["departs_on"].max().reindex(lanes).to_numpy()


def _freight(ledger: Ledger, facts: Facts, loaded: pd.DataFrame) -> pd.Series:
    """Freight of departures by lane, each charged as cheaply as the tables of `facts` allow."""
    keys = pd.MultiIndex.from_frame(loaded[["lane", "period"]])
    booked = ledger.events.containers
    booked = booked[pd.MultiIndex.from_frame(booked[["lane", "period"]]).isin(keys)]
    events = replace(ledger.events, containers=booked, charged=cheapest_charges(facts, loaded))
    lines = (
        first_leg_freight(facts, events, loaded),
        container_charges(facts, events),
        departure_fees(facts, loaded),
    )
    return pd.concat([line[["lane", "amount"]] for line in lines]).groupby("lane")["amount"].sum()


def _next(facts: Facts, lane: str, period: int) -> np.datetime64:
    trips = facts.departures
    later = trips[(trips["lane"] == lane) & (trips["period"] > period)]["departs_on"]
    return later.min().to_datetime64() if len(later) else np.datetime64("NaT", "ns")
