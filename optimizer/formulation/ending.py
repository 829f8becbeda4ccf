"""Constraints on what stock left at the end can be matched to."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.linear import Band
from optimizer.formulation.decisions import Decisions
from optimizer.network.gather import gather
from optimizer.network.network import Network, landing


def end_cover_stock(net: Network, x: Decisions) -> Band:
    """What a location covers up to a bucket <= what is left there + what lands before the bucket ends."""
    rows = net.cover.stock
    last = net.stock.assign(row=np.arange(len(net.stock)))[net.stock["period"] == len(net.ground.scenario.calendar) - 1]
    left = gather(rows, last, ["path", "location", "sku"]) @ gather(
        last, net.stock.assign(row=np.arange(len(net.stock))), ["row"]
    )
    coming = landing(net)
    landed = _up_to(gather(rows, coming, ["path", "location", "sku"]), rows["bucket"], coming["bucket"])
    ship = gather(coming, net.shipments.assign(shipment=np.arange(len(net.shipments))), ["shipment"])
    covered = _up_to(
        gather(rows, net.cover.keys, ["path", "location", "sku"]), rows["bucket"], net.cover.keys["bucket"]
    )
    return covered @ x.end_cover <= left @ x.on_hand + (landed @ ship) @ x.ship + rows["landing"]


def end_cover_demand(net: Network, x: Decisions) -> Band:
    """What is matched to a region's demand in a bucket <= that demand."""
    return (
        gather(net.cover.demand, net.cover.keys, ["path", "region", "sku", "bucket"]) @ x.end_cover
        <= net.cover.demand["units"]
    )


def _up_to(matrix, row_bucket, entry_bucket):
    """The entries whose bucket is not after the row's."""
    entries = matrix.tocoo()
    entries.data = entries.data * (entry_bucket.to_numpy()[entries.col] <= row_bucket.to_numpy()[entries.row])
    return entries.tocsr()
