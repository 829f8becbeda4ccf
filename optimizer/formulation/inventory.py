"""Constraints on stock: balance, age, room, targets."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.linear import Band
from optimizer.formulation.decisions import Decisions
from optimizer.network.gather import gather
from optimizer.network.network import STOCK_KEY, Network


def stock_balance(net: Network, x: Decisions) -> Band:
    """Carried over + arrivals + receipts - departures - deliveries = on hand."""
    known = (net.stock["opening"] + net.stock["receipts"]).to_numpy()
    return (
        net.carried_over @ x.on_hand
        + net.arrivals @ x.ship
        - net.departures @ x.ship
        - net.picks @ x.deliver
        - x.on_hand
        == -known
    )


def cumulative_receipts(net: Network, x: Decisions) -> Band:
    """Received before + arrivals + receipts = received, where the age of stock matters."""
    before = gather(net.tracked, net.tracked.assign(period=net.tracked["period"] + 1), list(STOCK_KEY))
    return before @ x.received + net.tracked_arrivals @ x.ship - x.received == -net.tracked["receipts"].to_numpy()


def aged_stock(net: Network, x: Decisions) -> Band:
    """Aged >= on hand - receipts that are younger than the tier (first in, first out).

    Exact where rent does not fall with age, since the least `aged` is then optimal. The receipts of the last days are
    a difference of two cumulative sums, which keeps the rows short.
    """
    on_hand = gather(net.ageing, net.stock, list(STOCK_KEY))
    until = gather(net.ageing, net.tracked, list(STOCK_KEY))
    old = net.ageing["before"] >= 0
    key = net.ageing.assign(window=np.where(old, net.ageing["before"], len(net.ground.scenario.calendar)))
    before = gather(key, net.tracked, ["path", "location", "sku", ("window", "period")])
    return x.aged >= on_hand @ x.on_hand - until @ x.received + before @ x.received - net.ageing["young"].to_numpy()


def storage_capacity(net: Network, x: Decisions) -> Band:
    """The volume expected on hand at a location fits its room, or overflows at a price."""
    held = gather(net.rooms, net.stock, ["location", "period"])
    return held @ (_chance(net) * net.stock["volume"] * x.on_hand) - x.storage_overflow <= net.rooms["volume"]


def receiving_capacity(net: Network, x: Decisions) -> Band:
    """The volume expected to arrive at a location in a period fits its docks, or overflows at a price."""
    landed = net.sailed(net.docks, [("location", "destination"), ("period", "arrival")], net.likely)
    coming = gather(net.docks, net.stock, ["location", "period"]) @ (
        _chance(net) * (net.stock["receipts"] * net.stock["volume"]).to_numpy()
    )
    return landed @ (net.shipments["volume"] * x.ship) - x.receiving_overflow <= net.docks["volume"] - coming


def stock_target(net: Network, x: Decisions) -> Band:
    """On hand + shortfall >= the stock that a platform asks for."""
    on_hand = gather(net.targets, net.stock, list(STOCK_KEY))
    return on_hand @ x.on_hand + x.target_shortfall >= net.targets["least"]


def _chance(net: Network) -> np.ndarray:
    """Weight of the path of each stock row: room and docks hold what is expected."""
    return net.weights[net.stock["path"]]
