"""Constraints on what customers get."""

from __future__ import annotations

from optimizer.algebra.linear import Band
from optimizer.formulation.decisions import Decisions
from optimizer.network.gather import gather
from optimizer.network.network import Network


def demand_met_or_lost(net: Network, x: Decisions) -> Band:
    """Deliveries to a region + lost = demand."""
    served = gather(net.wants, net.deliveries, ["path", "region", "sku", "period"])
    return served @ x.deliver + x.lost == net.wants["units"]


def slow_delivery_share(net: Network, x: Decisions) -> Band:
    """Deliveries that take d days or longer <= share of customers who accept d days x demand."""
    slow = gather(net.slow, net.deliveries, ["path", "region", "sku", "period"]).tocoo()
    enough = net.deliveries["slow_days"].to_numpy()[slow.col] >= net.slow["days"].to_numpy()[slow.row]
    slow.data = slow.data * enough
    return slow.tocsr() @ x.deliver <= net.slow["most"]
