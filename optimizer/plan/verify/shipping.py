"""What is aboard fits, and is charged for: containers, chargeable weight, brackets, capacity of a departure."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.freight import chargeable, charges
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.verify.evidence import WHOLE, Evidence, tell
from optimizer.plan.verify.finding import Finding


def whole_containers(case: Evidence) -> list[Finding]:
    """Containers are booked whole."""
    rows = case["containers"]
    rows = rows[np.abs(rows["containers"] - np.round(rows["containers"])) > WHOLE]
    return tell("whole_containers", rows, "{containers:g} {container_type} are booked on {lane} in period {period}")


def container_room(case: Evidence) -> list[Finding]:
    """On a lane with a rate per container, volume and weight aboard fit its containers, over all types together."""
    types = case.facts.scenario["container_types"].set_index("container_type")
    rows = case["containers"]
    booked = rows.assign(
        room=rows["containers"] * look_up(rows["container_type"], types["volume_m3"]),
        payload=rows["containers"] * look_up(rows["container_type"], types["payload_kg"]),
    )
    booked = booked.groupby(["lane", "period"])[["room", "payload"]].sum().reset_index()
    loaded = case.totals.loaded[look_up(case.totals.loaded["lane"], case.facts.lanes["in_containers"])]
    both = loaded.merge(booked, on=["lane", "period"], how="left").fillna({"room": 0.0, "payload": 0.0})
    light, heavy = case.exceeds(both["volume_m3"], both["room"]), case.exceeds(both["weight_kg"], both["payload"])
    return [
        *tell(
            "container_volume",
            both[light],
            "{volume_m3:g} m3 are aboard {lane} in period {period}; the containers take {room:g}",
        ),
        *tell(
            "container_payload",
            both[heavy],
            "{weight_kg:g} kg are aboard {lane} in period {period}; the containers take {payload:g}",
        ),
    ]


def chargeable_weight(case: Evidence) -> list[Finding]:
    """Every departure is charged for at least its gross and volumetric weight, or its volume."""
    keys = ["lane", "basis", "period"]
    asked = chargeable(case.facts, case.totals.loaded)[[*keys, "quantity"]].drop_duplicates(keys)
    paid = charges(case.facts, case.ledger.events, case.totals.loaded).groupby(keys)["charged"].sum().reset_index()
    rows = asked.merge(paid, on=keys, how="left").fillna({"charged": 0.0})
    rows = rows[case.exceeds(rows["quantity"], rows["charged"])]
    return tell(
        "chargeable_weight",
        rows,
        "{lane} is charged for {charged:g} {basis} in period {period}; aboard are {quantity:g}",
    )


def weight_break(case: Evidence) -> list[Finding]:
    """A bracket is charged for no less than its start and its minimum charge; a departure uses one bracket. Beyond the
    commit window neither binds.
    """
    rows = case.bracketed
    rows = rows[case.departs_now(rows)]
    low = rows[case.exceeds(rows["least"].fillna(0.0), rows["charged"])]
    chosen = rows[rows["choice"].fillna(False).astype(bool)]
    many = chosen[chosen.duplicated(["lane", "basis", "period"])]
    return [
        *tell(
            "weight_break",
            low,
            "{lane} is charged for {charged:g} {basis} in period {period} in the bracket from {from_quantity:g}, "
            "which charges for {least:g} at least",
        ),
        *tell("weight_break", many, "{lane} uses more than one bracket per {basis} in period {period}"),
    ]


def lane_capacity(case: Evidence) -> list[Finding]:
    """Volume, weight and units aboard a departure are within the lane's capacity."""
    limits = case.facts.lanes[["capacity_m3", "capacity_kg", "capacity_units"]]
    rows = case.totals.loaded.join(limits, on="lane")
    parts = []
    for aboard, limit, unit in (
        ("volume_m3", "capacity_m3", "m3"),
        ("weight_kg", "capacity_kg", "kg"),
        ("units", "capacity_units", "units"),
    ):
        over = rows[case.exceeds(rows[aboard], rows[limit].fillna(np.inf))]
        parts.append(
            pd.DataFrame(
                {
                    "lane": over["lane"],
                    "period": over["period"],
                    "amount": over[aboard],
                    "limit": over[limit],
                    "unit": unit,
                }
            )
        )
    return tell(
        "lane_capacity", pd.concat(parts), "{amount:g} {unit} are aboard {lane} in period {period}; it takes {limit:g}"
    )


CHECKS = (whole_containers, container_room, chargeable_weight, weight_break, lane_capacity)
