"""Why a line cannot be: no such departure, too late, too early, closed, not for sale there."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from optimizer.network.network import Network
from optimizer.network.reachable import decided_on, earliest_periods
from optimizer.network.service import patience
from optimizer.network.shipments import locked
from optimizer.scenario.calendar import DAY
from optimizer.scenario.departures import closed_days
from optimizer.studies.explain.question import Asked


@dataclass(frozen=True)
class Obstacle:
    """Why a line is impossible: the name of a sentence, and what fills it in."""

    reason: str
    names: dict[str, object] = field(default_factory=dict)


def obstacle(net: Network, asked: Asked) -> Obstacle | None:
    """Why a line of the only SKU of a network is impossible, None where it is not known to be."""
    calendar = net.ground.scenario.calendar
    if asked.period == -1:
        return Obstacle("before", {"day": calendar.starts[0]})
    if asked.period == len(calendar):
        return Obstacle("beyond", {"day": calendar.end - DAY})
    if asked.kind == "shipment":
        return _of_lane(net, asked)
    if asked.kind == "stock":
        return _of_place(net, asked)
    return _of_region(net, asked)


def _of_lane(net: Network, asked: Asked) -> Obstacle | None:
    lane, trips = net.ground.lanes.get_loc(asked.lane), net.sailings
    mine = np.flatnonzero(trips["lane"].to_numpy() == lane)
    if not len(mine):
        return Obstacle("never", {"lane": asked.lane})
    if asked.period is not None:
        on_time = mine[trips["period"].to_numpy()[mine] == asked.period]
        if not len(on_time):
            return _not_sailing(net, asked, mine)
        mine = on_time
    if (net.shipments["sailing"].isin(mine) & (net.shipments["most"] > 0)).any():
        return None
    return _not_legal(net, asked, mine)


def _not_sailing(net: Network, asked: Asked, mine: np.ndarray) -> Obstacle:
    """The lane leaves, but not in that period."""
    scenario, period = net.ground.scenario, int(asked.period or 0)
    calendar, row = scenario.calendar, scenario["lanes"].set_index("lane").loc[asked.lane]
    days = calendar.starts[period] + np.arange(calendar.days[period]) * DAY
    names = {"lane": asked.lane, "first": days[0], "last": days[-1]}
    departs = net.sailings["departs_on"].to_numpy().astype("datetime64[D]")[mine]
    names["next"] = min(departs, key=lambda day: abs(day - days[0]))
    for column, name in (("lane", asked.lane), ("location", row["origin"]), ("supplier", row["origin"])):
        if closed_days(scenario["closures"], column, name, days).all():
            return Obstacle("closed", {**names, "closed": name})
    return Obstacle("no_departure", names)


def _not_legal(net: Network, asked: Asked, mine: np.ndarray) -> Obstacle:
    """The lane leaves, but the SKU cannot be aboard."""
    ground, trips = net.ground, net.sailings.iloc[mine]
    calendar, settings = ground.scenario.calendar, ground.scenario.settings
    origin, destination = (int(trips[end].iat[0]) for end in ("origin", "destination"))
    names: dict[str, object] = {
        "sku": asked.sku, "lane": asked.lane, "origin": ground.locations[origin],
        "destination": ground.locations[destination],
    }  # fmt: skip
    decided = decided_on(ground)[:, 0]
    if np.isnat(decided[mine]).all():
        return Obstacle("not_made", names)
    names["departs_on"] = trips["departs_on"].to_numpy()[-1].astype("datetime64[D]")
    in_time = decided >= calendar.starts[0]
    if not in_time[mine].any():
        latest = decided[mine].max()
        return Obstacle("too_late", {**names, "day": latest, "days": int((calendar.starts[0] - latest) / DAY)})
    least, most, named = (table[mine, 0] for table in locked(ground))
    free = decided[mine] >= calendar.starts[0] + settings.frozen_days * DAY
    if not (free | named).any():
        return Obstacle("frozen", {**names, "days": settings.frozen_days})
    if (most <= 0).all():
        return Obstacle("locked", names)
    ready = earliest_periods(ground, in_time[:, None])[origin, 0]
    if ready > trips["period"].max():
        day = calendar.starts[ready] if ready < len(calendar) else None
        return Obstacle("not_there" if day is not None else "never_there", {**names, "day": day})
    return Obstacle("no_use", names)


def _of_place(net: Network, asked: Asked) -> Obstacle | None:
    place = net.ground.locations.get_loc(asked.location)
    names: dict[str, object] = {"sku": asked.sku, "location": asked.location}
    if net.ground.kinds[place] == "supplier":
        return Obstacle("supplier", names)
    here = net.stock[net.stock["location"] == place]
    if (net.shipments["destination"] == place).any() or (here["opening"] + here["receipts"] > 0).any():
        return None
    if not (net.sailings["destination"] == place).any():
        return Obstacle("no_lane_to", names)
    return Obstacle("no_use", {**names, "destination": asked.location}) if len(here) else Obstacle("no_way_to", names)


def _of_region(net: Network, asked: Asked) -> Obstacle | None:
    ground, region = net.ground, net.ground.regions.get_loc(asked.region)
    names: dict[str, object] = {"sku": asked.sku, "location": asked.location, "region": asked.region}
    lanes = ground.scenario["delivery_lanes"]
    lanes = lanes[lanes["region"] == asked.region]
    if asked.location:
        lanes = lanes[lanes["location"] == asked.location]
    if lanes.empty:
        return Obstacle("not_served", names) if asked.location else Obstacle("nobody_serves", names)
    wants = net.wants[net.wants["region"] == region]
    wants = wants if asked.period is None else wants[wants["period"] == asked.period]
    kind = ground.scenario["regions"]["kind"].iat[region]
    if wants.empty and kind == "customers":
        return Obstacle("no_demand", names)
    if kind == "customers" and all(patience(ground, asked.region, days) == 0 for days in lanes["delivery_days"]):
        return Obstacle("too_slow", {**names, "days": int(lanes["delivery_days"].min())})
    if asked.kind == "demand":
        return None
    rows = _deliveries(net, asked)
    return None if len(rows) else Obstacle("not_in_time", {**names, "day": _first_day(net, asked.location)})


def _deliveries(net: Network, asked: Asked) -> pd.DataFrame:
    rows, ground = net.deliveries, net.ground
    rows = rows[rows["region"] == ground.regions.get_loc(asked.region)]
    rows = rows[rows["location"] == ground.locations.get_loc(asked.location)]
    return rows if asked.period is None else rows[rows["period"] == asked.period]


def _first_day(net: Network, location: str) -> np.datetime64 | None:
    """The first day on which a location can have the SKU; None within the horizon."""
    there = net.stock.loc[net.stock["location"] == net.ground.locations.get_loc(location), "period"]
    return net.ground.scenario.calendar.starts[int(there.min())] if len(there) else None
