"""Rules about stock: where it comes from and goes, how old it is, how much room there is, how much there should be."""

from __future__ import annotations

from collections import defaultdict

from pulp import lpSum

from tests.oracle.decisions import Decisions
from tests.oracle.keys import Keys
from tests.oracle.rules import Rules
from tests.oracle.trade import Trade


def stock_balance(trade: Trade, keys: Keys, x: Decisions, rules: Rules) -> None:
    """On hand before + received - shipped - delivered = on hand."""
    opening: dict[tuple[str, str], float] = defaultdict(float)
    for row in trade.facts.rows["opening_stock"]:
        opening[row["location"], row["sku"]] += row["units"]
    for place in trade.facts.stocking():
        for sku in trade.facts.skus:
            before = opening[place, sku]
            for period in trade.calendar.periods:
                here = place, sku, period
                arrived = lpSum(x.ship[key] for key in keys.arriving[here]) + keys.receipts[here]
                gone = lpSum(x.ship[key] for key in keys.leaving[here]) + lpSum(
                    x.deliver[key] for key in keys.sent[here]
                )
                rules.add("received", x.received[here] == arrived)
                rules.add("stock_balance", before + x.received[here] - gone == x.on_hand[here])
                before = x.on_hand[here]


def aged_stock(trade: Trade, x: Decisions, rules: Rules) -> None:
    """What is older than an age is what is on hand less all that was received since: first in, first out."""
    lots: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for row in trade.facts.rows["opening_stock"]:
        received_on = trade.calendar.starts[0] if row["received_on"] is None else row["received_on"]
        lots[row["location"], row["sku"]].append((received_on, row["units"]))
    for (place, sku, period, age), aged in x.aged.items():
        since = trade.calendar.ends[period] - age  # what was received after this day is younger
        young = [x.received[place, sku, p] for p in range(period + 1) if trade.calendar.starts[p] > since]
        young_lots = sum(units for received_on, units in lots[place, sku] if received_on > since)
        rules.add("aged_stock", aged >= x.on_hand[place, sku, period] - lpSum(young) - young_lots)


def storage_capacity(trade: Trade, x: Decisions, rules: Rules) -> None:
    """The volume on hand fits in the room, or overflows."""
    for (place, period), overflow in x.storage_overflow.items():
        volume = lpSum(sku["unit_volume_m3"] * x.on_hand[place, code, period] for code, sku in trade.facts.skus.items())
        rules.add("storage_capacity", volume <= trade.facts.locations[place]["storage_volume_m3"] + overflow)


def receiving_capacity(trade: Trade, x: Decisions, rules: Rules) -> None:
    """The volume received in a period is within what the docks take, or overflows."""
    for (place, period), overflow in x.receiving_overflow.items():
        volume = lpSum(
            sku["unit_volume_m3"] * x.received[place, code, period] for code, sku in trade.facts.skus.items()
        )
        most = trade.facts.locations[place]["receiving_m3_per_day"] * trade.calendar.lengths[period]
        rules.add("receiving_capacity", volume <= most + overflow)


def stock_target(trade: Trade, x: Decisions, rules: Rules) -> None:
    """On hand + shortfall reaches the target."""
    wanted = targets(trade)
    for here, shortfall in x.target_shortfall.items():
        rules.add("stock_target", x.on_hand[here] + shortfall >= wanted[here])


def targets(trade: Trade) -> dict[tuple[str, str, int], float]:
    """Units that should be on hand, by (location, SKU, period)."""
    served = _served_locally(trade)
    wanted = {}
    for row in trade.facts.rows["stock_targets"]:
        place, sku = row["location"], row["sku"]
        for period in trade.calendar.periods:
            daily = sum(
                trade.demand.in_period(sku, region, period) / trade.calendar.lengths[period] / len(places)
                for region, places in served.items()
                if place in places
            )
            wanted[place, sku, period] = max(row["least_units"], row["cover_days"] * daily)
    return wanted


def _served_locally(trade: Trade) -> dict[str, set[str]]:
    """Locations that serve each region by a local delivery lane."""
    places: dict[str, set[str]] = defaultdict(set)
    for row in trade.facts.rows["delivery_lanes"]:
        if trade.facts.territory_of(row["location"]) == trade.facts.territory_of(row["region"]):
            places[row["region"]].add(row["location"])
    return places
