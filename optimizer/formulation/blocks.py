"""Which SKU each column belongs to."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.program import Program
from optimizer.network.network import Network


def blocks(net: Network, program: Program) -> np.ndarray:
    """Code of the SKU of each column (n,), -1 for the columns that tie SKUs together."""
    shipped = net.shipments["sku"].to_numpy()
    sku = {
        "ship": shipped,
        "cases": shipped[net.cased["shipment"]],
        "on_hand": net.stock["sku"],
        "received": net.tracked["sku"],
        "aged": net.ageing["sku"],
        "deliver": net.deliveries["sku"],
        "lost": net.wants["sku"],
        "orders_placed": net.sku_orders["sku"],
        "target_shortfall": net.targets["sku"],
        "end_cover": net.cover.keys["sku"],
        "dropped": net.last.kept["sku"],
    }
    block = np.full(sum(len(family) for family in program.variables), -1)
    for name, codes in sku.items():
        block[program.columns[name]] = codes
    return block
