"""The mission cost as a function of the decisions: what freight, rent, tariff and stockouts cost."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.program import Program
from optimizer.network.network import Network
from optimizer.network.service import net_revenue
from optimizer.rates.delivery import crosses_border, last_mile

MISSION_LINES = (
    "first_leg_freight",
    "container_charges",
    "departure_fees",
    "inbound_handling",
    "last_mile",
    "storage_rent",
    "overflow_rent",
    "duty",
    "parcel_duty",
    "lost_sales",
)


def mission_cost(net: Network, program: Program) -> tuple[np.ndarray, float]:
    """Coefficients (n,) and constant of the mission cost.

    Of the last mile only what exceeds the region's cheapest local delivery counts, and of a lost sale not the cost of
    the goods, which were not bought.
    """
    vector, constant = np.zeros(sum(len(family) for family in program.variables)), 0.0
    for line in MISSION_LINES:
        coefficients, fixed = program.line_costs(line)
        vector, constant = vector + coefficients, constant + fixed
    columns = program.columns
    customers = net.deliveries["customers"].to_numpy(dtype=bool)
    cheapest = cheapest_local(net)[net.deliveries["region"], net.deliveries["sku"], net.deliveries["period"]]
    likely = net.weights[net.deliveries["path"].to_numpy(dtype=np.int64)], net.weights[net.wants["path"]]
    vector[columns["deliver"]] -= np.where(customers, cheapest, 0.0) * likely[0]
    vector[columns["lost"]] -= net.ground.goods.unit_value[net.wants["sku"]] * likely[1]
    return vector, constant


def cheapest_local(net: Network) -> np.ndarray:
    """Last mile of a unit on the cheapest local delivery lane of a region, (R, K, T); 0 where it has none."""
    ground = net.ground
    locations, regions = (ground.scenario[table] for table in ("locations", "regions"))
    countries = (
        dict(zip(locations["location"], locations["country"], strict=True)),
        dict(zip(regions["region"], regions["country"], strict=True)),
    )
    best = np.full((len(ground.regions), len(ground.skus), len(ground.scenario.calendar)), np.inf)
    for lane in ground.scenario["delivery_lanes"].itertuples():
        ends = {(lane.location, lane.region): (countries[0][lane.location], countries[1][lane.region])}
        if not crosses_border(lane, ends, ground.duties):
            place = ground.regions.get_loc(lane.region)
            best[place] = np.minimum(
                best[place], last_mile(lane, ground.goods, ground.scenario.calendar.starts, ground.exchange)
            )
    return np.where(np.isfinite(best), best, 0.0)


def mission_floor(net: Network) -> float:
    """1 % of the net revenue of all demand: the least that a gap is measured against."""
    revenue = net_revenue(net.ground)[net.wants["region"], net.wants["sku"], net.wants["period"]]
    return 0.01 * float(revenue @ (net.wants["units"] * net.weights[net.wants["path"]]))
