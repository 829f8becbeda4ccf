"""What moving a unit on a lane costs in the long run, and the cheapest landed cost at every location (both at one
day).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.rates.duty import Duties
from optimizer.rates.exchange import Exchange
from optimizer.rates.freight import Freight
from optimizer.rates.goods import Goods
from optimizer.rates.handling import Handling
from optimizer.scenario.scenario import Scenario


def move_costs(
    scenario: Scenario, goods: Goods, freight: Freight, handling: Handling, duties: Duties
) -> dict[str, np.ndarray]:
    """Per lane the cost of moving a unit of each SKU, shape (skus,), with the tables in force at the end of the
    horizon.

    Freight at the lowest bracket, containers full, without fees of departures; plus duty and handling.
    """
    day = scenario.calendar.end
    country = dict(zip(scenario["locations"]["location"], scenario["locations"]["country"], strict=True))
    containers = scenario["container_types"].set_index("container_type")
    costs = {}
    for lane in scenario["lanes"].itertuples():
        boxed = any(basis == "container" for basis, _ in freight.bases(lane.lane)) and handling.by_container(
            lane.destination
        )
        cost = (
            np.zeros(len(goods)) if boxed else loose_handling(handling, lane.destination, goods, np.array([day]))[:, 0]
        )
        boxes = []
        for table in freight.tables(lane.lane, day):
            if table.basis == "container":
                fee = (
                    table.rate[0]
                    + float(handling.rate(lane.destination, "container", np.array([day]), table.container_type)[0])
                    * boxed
                )
                kind = containers.loc[table.container_type]
                boxes.append(fee * np.maximum(goods.volume / kind.volume_m3, goods.weight / kind.payload_kg))
            else:
                cost = cost + _loose(table, goods)
        if boxes:
            cost = cost + np.min(boxes, axis=0)
        territories = duties.territory_of[country[lane.origin]], duties.territory_of[country[lane.destination]]
        if territories[0] != territories[1] and not lane.duty_included:
            duty = duties.on(goods, territories[1], "freight", day)
            cost = cost + duty.rate * goods.declared + duty.per_item
        costs[lane.lane] = cost
    return costs


def loose_handling(handling: Handling, location: str, goods: Goods, days: np.ndarray) -> np.ndarray:
    """Handling of a unit that does not come in a container, shape (skus, days)."""
    by_case, by_volume = (handling.rate(location, basis, days) for basis in ("case", "m3"))
    cost = goods.volume[:, None] * by_volume[None, :]
    if by_case.any():
        cost = cost + by_case[None, :] / goods.case_pack[:, None]
    return cost


def landed_costs(scenario: Scenario, goods: Goods, moves: dict[str, np.ndarray], exchange: Exchange) -> np.ndarray:
    """Least landed cost of a unit at each location at the end of the horizon, shape (locations, skus); inf where it
    cannot come to be. A lane without a price for a SKU (by the case, without a case pack) is no way for it.
    """
    locations = {name: place for place, name in enumerate(scenario["locations"]["location"])}
    costs = _at_source(scenario, goods, locations, exchange)
    for _ in locations:
        before = costs.copy()
        for lane in scenario["lanes"].itertuples():
            origin, destination = locations[lane.origin], locations[lane.destination]
            costs[destination] = np.fmin(costs[destination], costs[origin] + moves[lane.lane])
        if np.array_equal(before, costs):
            break
    return costs


def _at_source(scenario: Scenario, goods: Goods, locations: dict[str, int], exchange: Exchange) -> np.ndarray:
    costs = np.full((len(locations), len(goods)), np.inf)
    sourcing, skus = scenario["sourcing"], pd.Index(goods.sku)
    sku = skus.get_indexer(sourcing["sku"])
    places = pd.Index(list(locations))
    place = places.get_indexer(sourcing["supplier"])
    cost = sourcing["unit_cost"].to_numpy() * exchange.rates(sourcing["currency"].to_numpy(), scenario.calendar.end)
    costs[place[sku >= 0], sku[sku >= 0]] = cost[sku >= 0]
    sourced = np.isfinite(costs).any(axis=0)
    for table, column in (("opening_stock", "location"), ("in_transit", "destination")):
        held = skus.get_indexer(scenario[table]["sku"])
        where = places.get_indexer(scenario[table][column])
        mine = (held >= 0) & ~sourced[held]
        costs[where[mine], held[mine]] = goods.unit_value[held[mine]]
    return costs


def _loose(table, goods: Goods) -> np.ndarray:
    if table.basis == "kg":
        return table.rate.min() * goods.charged_kg(table.divisor)
    if table.basis == "m3":
        return table.rate.min() * goods.volume
    return table.rate[0] / goods.case_pack if table.basis == "case" else np.zeros(len(goods))
