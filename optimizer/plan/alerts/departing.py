"""Departures that waste money: containers that leave half empty."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.alerts.rows import rows_of
from optimizer.plan.ledger import Facts, Ledger
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


def _next(facts: Facts, lane: str, period: int) -> np.datetime64:
    trips = facts.departures
    later = trips[(trips["lane"] == lane) & (trips["period"] > period)]["departs_on"]
    return later.min().to_datetime64() if len(later) else np.datetime64("NaT", "ns")
