"""The model over sample paths: each path has variables of its own, tied by rows that say what is decided now."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pulp
from pulp import LpAffineExpression, lpSum

from optimizer.scenario.scenario import Scenario
from tests.oracle import final_stock, ordering, service, shipping, stock
from tests.oracle.dates import Trip
from tests.oracle.decisions import Decisions, decisions_of
from tests.oracle.demand import Demand
from tests.oracle.ending import Ending, ending_of
from tests.oracle.keys import Keys, ShipKey, keys_of
from tests.oracle.most import most_units
from tests.oracle.oracle import costs_of
from tests.oracle.rules import Rules
from tests.oracle.trade import Trade, trade_of

#: Families that all paths share, since they tie SKUs together or order now.
SHARED = (
    "containers", "charged", "brackets", "departures", "orders_placed", "supplier_orders", "storage_overflow",
    "receiving_overflow",
)  # fmt: skip


@dataclass(frozen=True)
class Future:
    """One path: its weight, its trade, and its variables."""

    weight: float
    trade: Trade
    keys: Keys
    ending: Ending
    x: Decisions


def oracle_over_paths(scenario: Scenario) -> pulp.LpProblem:
    """The unsolved problem of a scenario with sample paths; its objective is the total cost that is expected."""
    problem, trade = pulp.LpProblem("oracle", pulp.LpMinimize), trade_of(scenario)
    futures = [_future(problem, trade, row) for row in trade.facts.rows["paths"]]
    shared = {name: getattr(futures[0].x, name) for name in SHARED}
    futures = [replace(each, x=replace(each.x, **shared)) for each in futures]
    problem += lpSum(
        each.weight * line for each in futures for line in costs_of(each.trade, each.keys, each.ending, each.x).values()
    )
    rules = Rules(problem)
    for each in futures:
        _on_a_path(each, rules)
    _decided_now(futures, rules)
    _on_the_mean(futures, rules)
    return problem


def _future(problem: pulp.LpProblem, trade: Trade, path: dict) -> Future:
    number, facts = path["path"], trade.facts
    told = [row | {"mean": row["units"]} for row in facts.rows["path_demand"] if row["path"] == number]
    own = replace(facts, rows={**facts.rows, "demand": told}) if facts.rows["path_demand"] else facts
    late = {
        (row["lane"], row["departs_on"]): row["late_days"] for row in facts.rows["path_delays"] if row["path"] == number
    }
    trips = {key: _delayed(trade, key[0], trip, late) for key, trip in trade.trips.items()}
    demand = Demand(own, trade.calendar, trade.calendar.horizon + trade.cover_days)
    mine = replace(trade, facts=own, trips=trips, demand=demand)
    keys, ending = keys_of(mine), ending_of(mine)
    return Future(path["weight"], mine, keys, ending, decisions_of(problem, mine, keys, ending, f"_path{number}"))


def _delayed(trade: Trade, lane: str, trip: Trip, late: dict) -> Trip:
    days = late.get((lane, trip.departs_on), 0)
    if not days:
        return trip
    row = trade.facts.lanes[lane]
    arrives = trade.closures.next_open(row["destination"], trip.departs_on + row["lead_time_days"] + days)
    return Trip(trip.departs_on, arrives, trade.calendar.arrival_period(arrives))


def _until(trade: Trade) -> int:
    """First day on which a decision may wait; none with one path, on which there is nothing to wait for."""
    if len(trade.facts.rows["paths"]) == 1:
        return trade.calendar.horizon
    return trade.calendar.starts[0] + max(trade.settings.commit_days, trade.settings.review_days)


def _is_now(trade: Trade, key: ShipKey) -> bool:
    lane, sku, period = key
    origin, day = trade.facts.lanes[lane]["origin"], trade.trips[lane, period].departs_on
    if trade.facts.is_supplier(origin):
        day = trade.closures.ordered_on(origin, day, trade.facts.sourcing[sku, origin]["production_days"])
    return day < _until(trade)


def _on_a_path(future: Future, rules: Rules) -> None:
    trade, keys, x = future.trade, future.keys, future.x
    stock.stock_balance(trade, keys, x, rules)
    stock.aged_stock(trade, x, rules)
    stock.stock_target(trade, x, rules)
    service.demand_met_or_lost(trade, keys, x, rules)
    service.slow_delivery_share(trade, keys, x, rules)
    shipping.locks(trade, x, rules)
    _no_more_than_fits(trade, keys, x, rules)
    final_stock.end_cover_stock(trade, keys, x, future.ending, rules)
    final_stock.end_cover_demand(trade, x, future.ending, rules)


def _no_more_than_fits(trade: Trade, keys: Keys, x: Decisions, rules: Rules) -> None:
    """On no path does a SKU by itself take more of a departure than there is."""
    for key in keys.ship:
        for capacity, column in shipping.CAPACITIES:
            room = trade.facts.lanes[key[0]][capacity]
            if room is not None:
                size = trade.facts.skus[key[1]][column] if column else 1.0
                rules.add("fits", size * x.ship[key] <= room)


def _decided_now(futures: list[Future], rules: Rules) -> None:
    """What falls due within the window is the same on all paths, whole, and enough for its supplier."""
    first = futures[0]
    trade, keys, x = first.trade, first.keys, first.x
    now = {key for key in keys.ship if _is_now(trade, key)}
    for key in now:
        for other in futures[1:]:
            rules.add("decided_now", other.x.ship[key] == x.ship[key])
    shipping.whole_cases(trade, replace(x, cases={key: cases for key, cases in x.cases.items() if key in now}), rules)
    leaving = {place: [key for key in found if key in now] for place, found in keys.leaving.items()}
    ordered = replace(keys, leaving=_Leaving(leaving))
    ordering.minimum_order(trade, ordered, x, rules, _most(futures))
    ordering.supplier_minimum(trade, ordered, x, rules, _most(futures))


class _Leaving(dict):
    def __missing__(self, key: object) -> list:
        return []


def _on_the_mean(futures: list[Future], rules: Rules) -> None:
    """What ties SKUs together holds for what is expected; brackets bind only now."""
    first, most = futures[0], _most(futures)
    trade, keys = first.trade, first.keys
    expected = {
        name: {key: _mean(futures, name, key) for key in getattr(first.x, name)}
        for name in ("ship", "on_hand", "received")
    }
    x = replace(first.x, **expected)
    now = {trip: tariff for trip, tariff in trade.tariffs.items() if trade.trips[trip].departs_on < _until(trade)}
    shipping.containers(trade, keys, x, rules)
    shipping.chargeable_weight(trade, keys, x, rules)
    shipping.weight_break(replace(trade, tariffs=now), keys, x, rules, most)
    shipping.departure_used(keys, x, rules, most)
    shipping.lane_capacity(trade, keys, x, rules)
    stock.storage_capacity(trade, x, rules)
    stock.receiving_capacity(trade, x, rules)


def _mean(futures: list[Future], name: str, key: object) -> LpAffineExpression:
    return lpSum(each.weight * getattr(each.x, name)[key] for each in futures)


def _most(futures: list[Future]) -> dict[str, float]:
    """The most of a SKU that there can be: what is decided now may serve a different part of it on each path."""
    found = [most_units(each.trade) for each in futures]
    return {sku: sum(most[sku] for most in found) for sku in found[0]}
