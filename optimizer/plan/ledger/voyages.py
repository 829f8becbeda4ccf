"""What is aboard each departure, and what each shipment is."""

from __future__ import annotations

import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.events import Events
from optimizer.plan.ledger.facts import Facts


def shipments(facts: Facts, events: Events) -> pd.DataFrame:
    """Rows of `ship` with their departure's day and arrival (day numbers) and what their lane and SKU are."""
    dated = events.departures.assign(
        day=day_numbers(events.departures["departs_on"]), arrives=day_numbers(events.departures["arrives_on"])
    )
    rows = events.ship[["lane", "sku", "period", "units"]].merge(
        dated[["lane", "period", "day", "arrives", "arrival_period"]], on=["lane", "period"]
    )
    lanes = facts.lanes[
        ["origin", "destination", "mode", "origin_kind", "destination_kind", "territory", "pays_duty", "in_containers"]
    ]
    rows = rows.join(lanes, on="lane").join(facts.goods[["volume", "weight", "pack", "value", "declared"]], on="sku")
    return rows.assign(
        volume_m3=rows["volume"] * rows["units"],
        weight_kg=rows["weight"] * rows["units"],
        cartons=rows["units"] / rows["pack"],
    )


def aboard(shipped: pd.DataFrame) -> pd.DataFrame:
    """Each departure with anything aboard: lane, period, day, arrives, units, volume_m3, weight_kg, cartons.

    `shipped` may be what is aboard for several parts of the catalogue, one below the other.
    """
    keys = ["lane", "period", "day", "arrives"]
    return shipped.groupby(keys, sort=True)[["units", "volume_m3", "weight_kg", "cartons"]].sum().reset_index()
