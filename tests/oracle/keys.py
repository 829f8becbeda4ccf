"""Which shipments and deliveries there may be, listed by where they leave and arrive."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from tests.oracle.dates import Trip
from tests.oracle.facts import Row
from tests.oracle.trade import Trade

#: (lane, SKU, period)
ShipKey = tuple[str, str, int]
#: (location, region, SKU, period)
DeliverKey = tuple[str, str, str, int]


@dataclass
class Keys:
    """The keys; `leaving`, `arriving`, `sent` are by (location, SKU, period), `later` by (location, SKU), `aboard` by
    (lane, period), `served` by (region, SKU, period). `receipts`: units that the past has sent, by (location, SKU,
    period); `receipts_later`: (day, units) by (location, SKU)."""

    ship: list[ShipKey] = field(default_factory=list)
    aboard: dict[tuple[str, int], list[ShipKey]] = field(default_factory=lambda: defaultdict(list))
    leaving: dict[tuple[str, str, int], list[ShipKey]] = field(default_factory=lambda: defaultdict(list))
    arriving: dict[tuple[str, str, int], list[ShipKey]] = field(default_factory=lambda: defaultdict(list))
    later: dict[tuple[str, str], list[ShipKey]] = field(default_factory=lambda: defaultdict(list))
    deliver: list[DeliverKey] = field(default_factory=list)
    sent: dict[tuple[str, str, int], list[DeliverKey]] = field(default_factory=lambda: defaultdict(list))
    served: dict[tuple[str, str, int], list[DeliverKey]] = field(default_factory=lambda: defaultdict(list))
    receipts: dict[tuple[str, str, int], float] = field(default_factory=lambda: defaultdict(float))
    receipts_later: dict[tuple[str, str], list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))


def keys_of(trade: Trade) -> Keys:
    """All legal keys."""
    keys = Keys()
    _add_shipments(trade, keys)
    _add_deliveries(trade, keys)
    for row in trade.facts.rows["in_transit"]:
        day = trade.closures.next_open(row["destination"], row["arrives_on"])
        period = trade.calendar.arrival_period(day)
        if period in trade.calendar.periods:
            keys.receipts[row["destination"], row["sku"], period] += row["units"]
        else:
            keys.receipts_later[row["destination"], row["sku"]].append((day, row["units"]))
    return keys


def _add_shipments(trade: Trade, keys: Keys) -> None:
    in_time = _in_time(trade)
    for (lane, period), trip in trade.trips.items():
        origin, destination = trade.facts.lanes[lane]["origin"], trade.facts.lanes[lane]["destination"]
        for sku in trade.facts.skus:
            key = (lane, sku, period)
            if not in_time(key, origin, trip):
                continue
            keys.ship.append(key)
            keys.aboard[lane, period].append(key)
            keys.leaving[origin, sku, period].append(key)
            if trip.arrival_period in trade.calendar.periods:
                keys.arriving[destination, sku, trip.arrival_period].append(key)
            else:
                keys.later[destination, sku].append(key)


def _in_time(trade: Trade):
    """A test whether a shipment can still be decided: it is neither too late, nor frozen without a lock."""
    facts, first_day = trade.facts, trade.calendar.starts[0]
    ordered_on = cache(trade.closures.ordered_on)
    locked = {
        (row["lane"], row["sku"], None if row["date"] is None else trade.calendar.period_of(row["date"]))
        for row in facts.rows["locks"]
    }

    def in_time(key: ShipKey, origin: str, trip: Trip) -> bool:
        lane, sku, period = key
        day = trip.departs_on
        if facts.is_supplier(origin):
            terms = facts.sourcing.get((sku, origin))
            if terms is None:
                return False
            day = ordered_on(origin, day, terms["production_days"])
        if day < first_day:
            return False
        frozen = day < first_day + trade.settings.frozen_days
        return not frozen or (lane, sku, period) in locked or (lane, sku, None) in locked

    return in_time


def _add_deliveries(trade: Trade, keys: Keys) -> None:
    for row in trade.facts.rows["delivery_lanes"]:
        for sku in trade.facts.skus:
            for period in trade.calendar.periods:
                if _may_be_sent(trade, row, sku, period):
                    key = (row["location"], row["region"], sku, period)
                    keys.deliver.append(key)
                    keys.sent[row["location"], sku, period].append(key)
                    keys.served[row["region"], sku, period].append(key)


def _may_be_sent(trade: Trade, lane: Row, sku: str, period: int) -> bool:
    """Whether there is something to send, and somebody who takes it."""
    facts = trade.facts
    if facts.is_supplier(lane["location"]) and (sku, lane["location"]) not in facts.sourcing:
        return False
    if facts.regions[lane["region"]]["kind"] == "customers":
        return trade.demand.in_period(sku, lane["region"], period) > 0
    return (sku, lane["region"]) in facts.prices
