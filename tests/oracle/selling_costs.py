"""Cost lines of customers served and lost, of clearance, and of targets missed."""

from __future__ import annotations

from pulp import LpAffineExpression, lpSum

from tests.oracle.decisions import Decisions
from tests.oracle.facts import Row
from tests.oracle.trade import Trade


def last_mile(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Delivery of what is sent to customers, clearance and disposal."""
    lanes = _delivery_lanes(trade)
    terms = []
    for (place, region, sku, period), deliver in x.deliver.items():
        row, day = trade.facts.skus[sku], trade.calendar.starts[period]
        terms.append(trade.last_mile(lanes[place, region], row, day) * deliver)
    return lpSum(terms)


def parcel_duty(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Duty on parcels that cross a customs border to customers."""
    lanes, facts = _delivery_lanes(trade), trade.facts
    terms = []
    for (place, region, sku, period), deliver in x.deliver.items():
        crosses = facts.territory_of(place) != facts.territory_of(region)
        paid = lanes[place, region]["duty_included"] or facts.regions[region]["kind"] != "customers"
        if crosses and not paid:
            day = trade.calendar.starts[period]
            terms.append(trade.duty.on_parcel(facts.skus[sku], facts.territory_of(region), day) * deliver)
    return lpSum(terms)


def lost_sales(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Net revenue forgone, and goodwill."""
    terms = []
    for (region, sku, period), lost in x.lost.items():
        row = trade.facts.regions[region]
        price = trade.money(trade.facts.prices[sku, region], "price", trade.calendar.starts[period])
        net = price * (1 - row["platform_fee_rate"] - row["return_rate"])
        terms.append((net + trade.facts.skus[sku]["goodwill"]) * lost)
    return lpSum(terms)


def clearance(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Less what is got for goods that are cleared; plus what it costs to be rid of them."""
    terms = []
    for (_, region, sku, period), deliver in x.deliver.items():
        if trade.facts.regions[region]["kind"] != "customers":
            price = trade.money(trade.facts.prices[sku, region], "price", trade.calendar.starts[period])
            terms.append(-price * deliver)
    return lpSum(terms)


def low_stock_fees(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Price of each unit and day below a target."""
    rows = {(row["location"], row["sku"]): row for row in trade.facts.rows["stock_targets"]}
    terms = []
    for (place, sku, period), shortfall in x.target_shortfall.items():
        price = trade.money(rows[place, sku], "price_per_unit_day", trade.calendar.starts[period])
        terms.append(price * trade.calendar.lengths[period] * shortfall)
    return lpSum(terms)


def _delivery_lanes(trade: Trade) -> dict[tuple[str, str], Row]:
    return {(row["location"], row["region"]): row for row in trade.facts.rows["delivery_lanes"]}
