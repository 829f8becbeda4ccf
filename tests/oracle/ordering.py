"""Rules of suppliers: least orders of a SKU, least value over all SKUs."""

from __future__ import annotations

from pulp import lpSum

from tests.oracle.decisions import Decisions
from tests.oracle.keys import Keys
from tests.oracle.rules import Rules
from tests.oracle.trade import Trade


def minimum_order(trade: Trade, keys: Keys, x: Decisions, rules: Rules, most: dict[str, float]) -> None:
    """Over all lanes from a supplier the units of a SKU in a period are none, or at least the least order."""
    for (supplier, sku, period), placed in x.orders_placed.items():
        ordered = lpSum(x.ship[key] for key in keys.leaving[supplier, sku, period])
        rules.add("minimum_order", ordered >= trade.facts.sourcing[sku, supplier]["moq"] * placed)
        rules.add("minimum_order_placed", ordered <= most[sku] * placed)


def supplier_minimum(trade: Trade, keys: Keys, x: Decisions, rules: Rules, most: dict[str, float]) -> None:
    """The value of all that leaves a supplier in a period is none, or at least his least value."""
    terms = {row["supplier"]: row for row in trade.facts.rows["suppliers"]}
    for (supplier, period), placed in x.supplier_orders.items():
        least = trade.money(terms[supplier], "minimum_order_value", trade.calendar.starts[period])
        leaving = []
        for sku in trade.facts.skus:
            leaving += [(x.ship[key], key) for key in keys.leaving[supplier, sku, period]]
        costs = {
            sku: trade.money(terms, "unit_cost", trade.calendar.starts[period])
            for (sku, made_by), terms in trade.facts.sourcing.items()
            if made_by == supplier
        }
        value = lpSum(costs[key[1]] * ship for ship, key in leaving)
        rules.add("supplier_minimum", value >= least * placed)
        for ship, key in leaving:
            rules.add("supplier_minimum_placed", ship <= most[key[1]] * placed)
