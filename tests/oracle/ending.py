"""What is left at the end: buckets of demand after the horizon, and what a unit is worth with and without them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from tests.oracle.landed import landed_costs, move_costs, reaches, values_for
from tests.oracle.trade import Trade

BUCKET_DAYS = 28


@dataclass
class Ending:
    """`buckets`: (first day, day after) of each. `unmatched`: worth of a unit by (location, SKU). `gain`: how much more
    it is worth if matched, by (location, region, SKU, bucket), where it is more."""

    buckets: list[tuple[int, int]] = field(default_factory=list)
    unmatched: dict[tuple[str, str], float] = field(default_factory=dict)
    gain: dict[tuple[str, str, str, int], float] = field(default_factory=dict)


def ending_of(trade: Trade) -> Ending:
    """The worth of what is left; nothing where the settings say so."""
    ending = Ending()
    if trade.settings.end_stock == "zero":
        return ending
    first, last = trade.calendar.horizon, trade.calendar.horizon + trade.cover_days
    ending.buckets = [(day, min(day + BUCKET_DAYS, last)) for day in range(first, last, BUCKET_DAYS)]
    reach = {region: reaches(trade, region) for region in trade.facts.regions}
    for code, sku in trade.facts.skus.items():
        moves = move_costs(trade, sku)
        landed = landed_costs(trade, sku, moves)
        for place in trade.facts.stocking():
            ending.unmatched[place, code] = min(_clearance(trade, place, code), landed.get(place, math.inf))
        for region, row in trade.facts.regions.items():
            if row["kind"] == "customers":
                values = values_for(trade, region, moves, landed)
                _add_gains(trade, ending, region, code, values, reach[region])
    return ending


def _clearance(trade: Trade, place: str, sku: str) -> float:
    """The best price less last mile for which a unit can be cleared or disposed of."""
    horizon, offers = trade.calendar.horizon, []
    for row in trade.facts.rows["delivery_lanes"]:
        region = row["region"]
        taken = trade.facts.regions[region]["kind"] != "customers" and (sku, region) in trade.facts.prices
        if row["location"] == place and taken:
            price = trade.money(trade.facts.prices[sku, region], "price", horizon)
            offers.append(price - trade.last_mile(row, trade.facts.skus[sku], horizon))
    return max(offers, default=0.0)


def _add_gains(
    trade: Trade, ending: Ending, region: str, sku: str, values: dict[str, float], reach: dict[str, int]
) -> None:
    horizon, volume = trade.calendar.horizon, trade.facts.skus[sku]["unit_volume_m3"]
    capital = trade.settings.capital_rate / 365 * trade.unit_values[sku]
    for place in trade.facts.stocking():
        for bucket, (first, end) in enumerate(ending.buckets):
            if place not in values or end <= horizon + reach[place]:
                continue
            wait = (first + end) / 2 - horizon
            rent = volume * trade.rent.of_a_wait(place, horizon, wait)
            gain = values[place] - capital * wait - rent - ending.unmatched[place, sku]
            if gain > 0 and trade.demand.between(sku, region, first, end) > 0:
                ending.gain[place, region, sku, bucket] = gain
