"""Constraints on orders at suppliers."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.linear import Band
from optimizer.formulation.decisions import Decisions
from optimizer.network.gather import gather
from optimizer.network.network import Network


def minimum_order(net: Network, x: Decisions) -> Band:
    """A SKU that is ordered from a supplier in a period is ordered at least its least quantity."""
    return _ordered(net) @ x.ship >= net.sku_orders["moq"] * x.orders_placed


def minimum_order_placed(net: Network, x: Decisions) -> Band:
    """Nothing of a SKU leaves a supplier in a period without an order."""
    return _ordered(net) @ x.ship <= net.sku_orders["most"] * x.orders_placed


def supplier_minimum(net: Network, x: Decisions) -> Band:
    """What leaves a supplier in a period is worth at least its least order value, if anything leaves."""
    value = net.ordered @ (net.shipments["value"] * x.ship)
    return value >= net.supplier_orders["least"] * x.supplier_orders


def supplier_minimum_placed(net: Network, x: Decisions) -> Band:
    """Nothing leaves a supplier with a least order value in a period without an order."""
    return net.ordered @ x.ship <= net.totals.ordered * x.supplier_orders


def supplier_minimum_placed_by_sku(net: Network, x: Decisions) -> Band:
    """The same for each shipment by itself: much stronger when an order is split."""
    row = net.ordered.tocoo()
    bought = net.shipments.iloc[np.sort(row.col)].assign(shipment=np.sort(row.col))
    numbered = net.shipments.assign(shipment=np.arange(len(net.shipments)))
    placed = gather(bought, net.supplier_orders, ["origin", "period"]) @ x.supplier_orders
    return gather(bought, numbered, ["shipment"]) @ x.ship <= bought["most"] * placed


def _ordered(net: Network):
    return gather(net.sku_orders, net.shipments, ["origin", "sku", "period", "committed"])
