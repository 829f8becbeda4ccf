"""The contents page of the model: which constraints and cost lines there are."""

from __future__ import annotations

from optimizer.algebra.program import Program
from optimizer.formulation import costs, ending, inventory, ordering, service, shipping
from optimizer.formulation.decisions import decisions
from optimizer.formulation.expected import chances, expected
from optimizer.network.network import Network

CONSTRAINTS = (
    inventory.stock_balance,
    service.demand_met_or_lost,
    service.slow_delivery_share,
    shipping.whole_cases,
    ordering.minimum_order,
    ordering.minimum_order_placed,
    ordering.supplier_minimum,
    ordering.supplier_minimum_placed,
    ordering.supplier_minimum_placed_by_sku,
    shipping.container_volume,
    shipping.container_payload,
    shipping.chargeable_weight,
    shipping.chargeable_volume,
    shipping.weight_break,
    shipping.weight_break_used,
    shipping.one_bracket,
    shipping.departure_used,
    shipping.departure_used_by_sku,
    shipping.lane_capacity,
    shipping.last_plan_kept,
    inventory.cumulative_receipts,
    inventory.aged_stock,
    inventory.storage_capacity,
    inventory.receiving_capacity,
    inventory.stock_target,
    ending.end_cover_stock,
    ending.end_cover_demand,
)

COSTS = (
    costs.purchase,
    costs.first_leg_freight,
    costs.container_charges,
    costs.departure_fees,
    costs.duty,
    costs.inbound_handling,
    costs.storage_rent,
    costs.overflow_rent,
    costs.capital,
    costs.last_mile,
    costs.parcel_duty,
    costs.lost_sales,
    costs.clearance,
    costs.low_stock_fees,
    costs.change_of_plan,
    costs.end_stock,
)

#: Rows that tie SKUs together.
LINKING = frozenset(
    {
        "supplier_minimum",
        "supplier_minimum_placed",
        "supplier_minimum_placed_by_sku",
        "container_volume",
        "container_payload",
        "chargeable_weight",
        "chargeable_volume",
        "weight_break",
        "weight_break_used",
        "one_bracket",
        "departure_used",
        "departure_used_by_sku",
        "lane_capacity",
        "storage_capacity",
        "receiving_capacity",
    }
)

#: Rows that others imply for whole numbers: they raise the bound of the relaxation, at a price in time.
STRENGTHENING = frozenset({"supplier_minimum_placed_by_sku", "departure_used_by_sku"})

#: Linking rows that SKUs themselves take part in, and pay prices for; the other ones are of linking columns alone.
PRICED = LINKING - STRENGTHENING - {"weight_break", "weight_break_used", "one_bracket"}


def formulate(net: Network, constrained: bool = True) -> Program:
    """The program of a network: every cost line over its decisions and, where it is not only to say what an answer
    costs, every constraint.
    """
    x, chance = decisions(net), chances(net)
    return Program(
        variables=x.families(),
        bands={constraint.__name__: constraint(net, x) for constraint in CONSTRAINTS if constrained},
        costs={line.__name__: expected(line(net, x), chance) for line in COSTS},
        linking=LINKING,
    )
