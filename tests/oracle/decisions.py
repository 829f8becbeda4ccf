"""The variables, in dictionaries by the keys of MODEL.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pulp

from tests.oracle.ending import Ending
from tests.oracle.keys import Keys
from tests.oracle.planned import planned
from tests.oracle.trade import Trade

Family = dict[Any, pulp.LpVariable]


@dataclass(frozen=True)
class Decisions:
    """Every variable; `received` is what arrives at a location in a period: shipments and goods of the past."""

    ship: Family
    cases: Family
    on_hand: Family
    received: Family
    aged: Family
    deliver: Family
    lost: Family
    containers: Family
    charged: Family
    brackets: Family
    departures: Family
    orders_placed: Family
    supplier_orders: Family
    storage_overflow: Family
    receiving_overflow: Family
    target_shortfall: Family
    end_cover: Family
    dropped: Family


def decisions_of(problem: pulp.LpProblem, trade: Trade, keys: Keys, ending: Ending, mark: str = "") -> Decisions:
    """The variables of a problem, or of one of its paths, whose names bear a mark."""

    def family(name: str, wanted: Iterable[Any], kind: str = pulp.LpContinuous) -> Family:
        most = 1 if kind == pulp.LpBinary else None
        return {key: problem.add_variable(f"{name}{mark}_{number}", 0, most, kind) for number, key in enumerate(wanted)}

    return Decisions(
        ship=family("ship", keys.ship),
        cases=family("cases", [key for key in keys.ship if trade.multiple(*key[:2])], pulp.LpInteger),
        on_hand=family("on_hand", _stocked(trade)),
        received=family("received", _stocked(trade)),
        aged=family("aged", [(*key, age) for key in _stocked(trade) for age, _ in trade.rises(key[0], key[2])]),
        deliver=family("deliver", keys.deliver),
        lost=family("lost", _wanted(trade)),
        containers=family("containers", _containers(trade), pulp.LpInteger),
        charged=family("charged", _brackets(trade, only_switched=False)),
        brackets=family("brackets", _brackets(trade, only_switched=True), pulp.LpBinary),
        departures=family("departures", [trip for trip in trade.trips if trade.fixed_fee(*trip) > 0], pulp.LpBinary),
        orders_placed=family("orders_placed", _least_orders(trade), pulp.LpBinary),
        supplier_orders=family("supplier_orders", _least_values(trade), pulp.LpBinary),
        storage_overflow=family("storage_overflow", _limited(trade, "storage_volume_m3")),
        receiving_overflow=family("receiving_overflow", _limited(trade, "receiving_m3_per_day")),
        target_shortfall=family("target_shortfall", _targets(trade)),
        end_cover=family("end_cover", ending.gain),
        dropped=family("dropped", planned(trade)),
    )


def _stocked(trade: Trade) -> list[tuple[str, str, int]]:
    """(location, SKU, period)"""
    return [
        (place, sku, period)
        for place in trade.facts.stocking()
        for sku in trade.facts.skus
        for period in trade.calendar.periods
    ]


def _wanted(trade: Trade) -> list[tuple[str, str, int]]:
    """(region, SKU, period)"""
    return [(region, sku, period) for (sku, region, period), units in trade.demand.by_period.items() if units > 0]


def _containers(trade: Trade) -> list[tuple[str, str, int]]:
    """(lane, container type, period)"""
    return [(lane, kind, period) for (lane, period), tariff in trade.tariffs.items() for kind in tariff.per_container]


def _brackets(trade: Trade, only_switched: bool) -> list[tuple[str, str, int, int]]:
    """(lane, basis, number of the bracket, period)"""
    return [
        (lane, basis, number, period)
        for (lane, period), tariff in trade.tariffs.items()
        for basis, brackets in tariff.brackets.items()
        if tariff.switched(basis) or not only_switched
        for number in range(len(brackets))
    ]


def _least_orders(trade: Trade) -> list[tuple[str, str, int]]:
    """(supplier, SKU, period)"""
    return [
        (supplier, sku, period)
        for (sku, supplier), terms in trade.facts.sourcing.items()
        if terms["moq"] > 0
        for period in trade.calendar.periods
    ]


def _least_values(trade: Trade) -> list[tuple[str, int]]:
    """(supplier, period)"""
    asking = [row["supplier"] for row in trade.facts.rows["suppliers"] if row["minimum_order_value"] > 0]
    return [(supplier, period) for supplier in asking for period in trade.calendar.periods]


def _limited(trade: Trade, limit: str) -> list[tuple[str, int]]:
    """(location, period)"""
    locations = trade.facts.locations
    return [
        (place, period)
        for place in trade.facts.stocking()
        if locations[place][limit] is not None
        for period in trade.calendar.periods
    ]


def _targets(trade: Trade) -> list[tuple[str, str, int]]:
    """(location, SKU, period)"""
    return [
        (row["location"], row["sku"], period)
        for row in trade.facts.rows["stock_targets"]
        for period in trade.calendar.periods
    ]
