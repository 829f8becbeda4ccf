"""How much a shipment can be at most in a plan that is worth making: the large numbers of the rules that switch."""

from __future__ import annotations

from tests.oracle.keys import Keys
from tests.oracle.stock import targets
from tests.oracle.trade import Trade


def most_units(trade: Trade) -> dict[str, float]:
    """Of each SKU all that there is, all that can be wanted, and what rounding up may add."""
    units = {sku: _rounding(trade, sku) for sku in trade.facts.skus}
    for table in ("opening_stock", "in_transit"):
        for row in trade.facts.rows[table]:
            units[row["sku"]] += row["units"]
    end = trade.calendar.horizon + trade.cover_days
    for sku, region in trade.demand.pairs():
        units[sku] += trade.demand.between(sku, region, trade.calendar.starts[0], end)
    for (_, sku, _), target in targets(trade).items():
        units[sku] += target
    for row in trade.facts.rows["locks"]:
        departures = len(trade.calendar.periods) if row["date"] is None else 1
        units[row["sku"]] += row["least"] * departures
    return units


def most_charged(trade: Trade, keys: Keys, trip: tuple[str, int], basis: str, most: dict[str, float]) -> float:
    """What a departure can be charged for."""
    skus = [(trade.facts.skus[sku], most[sku]) for _, sku, _ in keys.aboard.get(trip, ())]
    volume = sum(sku["unit_volume_m3"] * units for sku, units in skus)
    weight = sum(sku["unit_weight_kg"] * units for sku, units in skus)
    if basis == "m3":
        return volume
    divisor = trade.tariffs[trip].divisor
    return max(weight, volume * 1e6 / divisor if divisor else 0.0)


def _rounding(trade: Trade, sku: str) -> float:
    """A case at every location, and for every supplier a multiple, a least order, and his least values in this SKU."""
    units = (trade.facts.skus[sku]["case_pack"] or 1) * len(trade.facts.locations)
    for supplier in trade.facts.suppliers_of(sku):
        terms = trade.facts.sourcing[sku, supplier]
        units += terms["moq"] + (terms["order_multiple"] or 0) + _filling(trade, sku, supplier)
    return units


def _filling(trade: Trade, sku: str, supplier: str) -> float:
    """Units that reach a supplier's least value by themselves, in every period."""
    units = 0.0
    for row in trade.facts.rows["suppliers"]:
        for start in trade.calendar.starts:
            cost = trade.money(trade.facts.sourcing[sku, supplier], "unit_cost", start)
            if row["supplier"] == supplier and cost > 0:
                units += trade.money(row, "minimum_order_value", start) / cost
    return units
