"""What of a plan must be decided in a week."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.simulation.policy import Known

#: Units that are none.
NOTHING = 1e-6


def due_now(known: Known, ship: pd.DataFrame) -> pd.DataFrame:
    """The rows of `ship` (lane, sku, week, units) that are due in this week.

    Where an order would be below a supplier's least one without what the plan adds to it later, all that is planned to
    leave the supplier in that week is ordered now.
    """
    scene = known.scene
    rows = ship[(ship["units"] > NOTHING) & (ship["week"] < scene.facts.periods)]
    lane, sku = scene.lanes.get_indexer(rows["lane"]), scene.skus.get_indexer(rows["sku"])
    due = scene.due[lane, sku, rows["week"].to_numpy(dtype=np.int64)]
    supplier = np.where(scene.origin[lane] < 0, scene.facts.lanes["origin"].to_numpy(dtype=object)[lane], "")
    rows = rows.assign(due=due, supplier=supplier, lane_at=lane, sku_at=sku)
    now = rows[rows["due"] == known.week]
    later = rows[(rows["due"] > known.week) & (rows["supplier"] != "")]
    more = [
        later[(later["supplier"] == name) & (later["week"] == week)]
        for (name, week), part in now[now["supplier"] != ""].groupby(["supplier", "week"])
        if _too_small(known, str(name), int(week), part)
    ]
    return pd.concat([now, *more])[["lane", "sku", "week", "units"]].reset_index(drop=True)


def still_to_send(known: Known, ship: pd.DataFrame) -> pd.DataFrame:
    """The rows of a plan that was made once and is followed, without what was ordered early on the same departures."""
    scene = known.scene
    lane, sku = scene.lanes.get_indexer(ship["lane"]), scene.skus.get_indexer(ship["sku"])
    week = ship["week"].to_numpy(dtype=np.int64)
    loads = [known.aboard.get(key) for key in zip(lane.tolist(), week.tolist(), strict=True)]
    before = [0.0 if load is None else load[at] for load, at in zip(loads, sku, strict=True)]
    return ship.assign(units=np.maximum(ship["units"].to_numpy(dtype=float) - np.array(before), 0.0))


def not_in(ship: pd.DataFrame, done: pd.DataFrame) -> pd.DataFrame:
    """The rows of `ship` (lane, sku, week, units) that are not among those done."""
    keys = ["lane", "sku", "week"]
    return ship[~pd.MultiIndex.from_frame(ship[keys]).isin(pd.MultiIndex.from_frame(done[keys]))]


def as_far_as_there(known: Known, ship: pd.DataFrame) -> pd.DataFrame:
    """The rows of `ship` that can still leave: of what a place is to send of a SKU the first ones, as long as there is
    stock for all of a row.
    """
    scene = known.scene
    begin, sku = scene.origin[scene.lanes.get_indexer(ship["lane"])], scene.skus.get_indexer(ship["sku"])
    asked = ship["units"].groupby([begin, sku]).cumsum().to_numpy()
    there = np.where(begin >= 0, known.on_hand[begin, sku], np.inf)
    return ship[asked <= there + NOTHING].reset_index(drop=True)


def _too_small(known: Known, supplier: str, week: int, part: pd.DataFrame) -> bool:
    scene = known.scene
    units = np.zeros(len(scene.skus))
    np.add.at(units, part["sku_at"].to_numpy(), part["units"].to_numpy(dtype=float))
    asked = units > NOTHING
    for lane in scene.lanes_from[supplier]:
        units += known.aboard.get((int(lane), week), 0.0)
    offers = scene.facts.offers[scene.facts.offers["supplier"] == supplier]
    least = np.zeros(len(units))
    least[scene.skus.get_indexer(offers["sku"])] = offers["moq"]
    value = scene.least_values.get(supplier, 0.0)
    return bool((asked & (units < least - NOTHING)).any() or units @ scene.paid[supplier] < value)
