"""What is expected over the sample paths: the weight of a path is applied once, where costs are added up."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.linear import Linear
from optimizer.network.network import Network


def chances(net: Network) -> dict[str, np.ndarray]:
    """How likely each variable of the families that differ by path is to matter, (n,) each; none with one path."""
    if len(net.weights) == 1:
        return {}
    tables = {
        "on_hand": net.stock,
        "received": net.tracked,
        "aged": net.ageing,
        "deliver": net.deliveries,
        "lost": net.wants,
        "target_shortfall": net.targets,
        "end_cover": net.cover.keys,
    }
    by_path = {name: net.weights[table["path"].to_numpy(dtype=np.int64)] for name, table in tables.items()}
    return {"ship": net.shipments["chance"].to_numpy(), **by_path}


def expected(line: Linear, chance: dict[str, np.ndarray]) -> Linear:
    """A cost line whose variables count as much as they are likely to."""
    return Linear(tuple((name, _weighed(block, chance.get(name))) for name, block in line.terms), line.constant)


def _weighed(block, chance: np.ndarray | None):
    if chance is None:
        return block
    if isinstance(block, np.ndarray):
        return block * chance
    weighed = block.copy()
    weighed.data = weighed.data * chance[weighed.indices]
    return weighed
