"""What a unit costs to have somewhere, and how soon and how dearly its place reaches a region; all at the horizon."""

from __future__ import annotations

import math

from tests.oracle.facts import Row
from tests.oracle.rates import Tariff
from tests.oracle.trade import Trade, chargeable

Moves = dict[str, float]


def move_costs(trade: Trade, sku: Row) -> Moves:
    """Cost of moving a unit on each lane."""
    return {lane: _move_cost(trade, lane, sku) for lane in trade.facts.lanes}


def landed_costs(trade: Trade, sku: Row, moves: Moves) -> dict[str, float]:
    """The least that a unit costs at each location, over all ways; locations without a way are left out."""
    costs = _sources(trade, sku)
    for _ in trade.facts.locations:  # no way needs more lanes than there are locations
        for lane in trade.facts.lanes.values():
            if lane["origin"] in costs:
                cost = costs[lane["origin"]] + moves[lane["lane"]]
                costs[lane["destination"]] = min(cost, costs.get(lane["destination"], math.inf))
    return costs


def values_for(trade: Trade, region: str, moves: Moves, landed: dict[str, float]) -> dict[str, float]:
    """What a unit at each location is worth to a region."""
    serving = [row["location"] for row in trade.facts.rows["delivery_lanes"] if row["region"] == region]
    values = {place: landed[place] for place in serving if place in landed}
    for _ in trade.facts.locations:
        for lane in trade.facts.lanes.values():
            origin, destination = lane["origin"], lane["destination"]
            if origin not in serving and destination in values and origin in landed:
                value = min(values[destination] - moves[lane["lane"]], landed[origin])
                values[origin] = max(value, values.get(origin, -math.inf))
    return values


def reaches(trade: Trade, region: str) -> dict[str, int]:
    """Days until stock at each location can serve a region."""
    days = {row["location"]: 0 for row in trade.facts.rows["delivery_lanes"] if row["region"] == region}
    for _ in trade.facts.locations:
        for lane in trade.facts.lanes.values():
            if lane["destination"] in days:
                on_the_way = lane["lead_time_days"] + days[lane["destination"]]
                days[lane["origin"]] = min(on_the_way, days.get(lane["origin"], on_the_way))
    return days


def _sources(trade: Trade, sku: Row) -> dict[str, float]:
    """Unit cost at each supplier; without one, the value of the unit where it stands or is about to arrive."""
    code, horizon = sku["sku"], trade.calendar.horizon
    costs = {
        supplier: trade.money(row, "unit_cost", horizon)
        for (made, supplier), row in trade.facts.sourcing.items()
        if made == code
    }
    if costs:
        return costs
    places = [row["location"] for row in trade.facts.rows["opening_stock"] if row["sku"] == code]
    places += [row["destination"] for row in trade.facts.rows["in_transit"] if row["sku"] == code]
    return dict.fromkeys(places, trade.unit_values[code])


def _move_cost(trade: Trade, code: str, sku: Row) -> float:
    lane, horizon = trade.facts.lanes[code], trade.calendar.horizon
    tariff = trade.freight.tariff(code, horizon)
    cost = tariff.per_case / sku["case_pack"] if tariff.per_case else 0.0
    for basis, brackets in tariff.brackets.items():
        quantity = chargeable(sku, tariff.divisor) if basis == "kg" else sku["unit_volume_m3"]
        cost += min(bracket.rate for bracket in brackets) * quantity
    if tariff.per_container:
        cost += min(_share_of_container(trade, lane, kind, tariff, sku) for kind in tariff.per_container)
    if not trade.handling.by_container(lane["destination"], tariff):
        cost += trade.handling.per_unit(lane["destination"], sku, horizon)
    if trade.facts.clears_customs(lane):
        cost += trade.duty.on_freight(sku, trade.facts.territory_of(lane["destination"]), horizon)
    return cost


def _share_of_container(trade: Trade, lane: Row, kind: str, tariff: Tariff, sku: Row) -> float:
    container = next(row for row in trade.facts.rows["container_types"] if row["container_type"] == kind)
    charge = tariff.per_container[kind]
    if trade.handling.by_container(lane["destination"], tariff):
        charge += trade.handling.per_container(lane["destination"], kind, trade.calendar.horizon)
    share = max(sku["unit_volume_m3"] / container["volume_m3"], sku["unit_weight_kg"] / container["payload_kg"])
    return charge * share
