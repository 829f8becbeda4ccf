"""What a plan for several sample paths does on each of them: its tables of paths tell what moves, and the program's own
rows tell what follows from that.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimizer.network.network import Network
from optimizer.search.model import Model
from optimizer.studies.explain.filled import filled

#: Families that a row each defines once what moves is known: the least of them that the row allows.
DEFINED = {"lost": "demand_met_or_lost", "aged": "aged_stock", "target_shortfall": "stock_target"}


def on_paths(made: Model, tables: Mapping[str, pd.DataFrame]) -> dict[str, np.ndarray]:
    """The families that differ by path, as the tables of a plan (with codes in place of names) have them."""
    net = made.net
    found = {
        "ship": _shipped(net, tables),
        "deliver": filled(
            net.deliveries, tables["path_deliver"], ["path", "location", "region", "sku", "period"], "units"
        ),
        "end_cover": filled(
            net.cover.keys, tables["path_end_cover"], ["path", "location", "region", "sku", "bucket"], "units"
        ),
    }
    found["on_hand"] = _on_hand(net, found["ship"], found["deliver"])
    found["received"] = received(net, found["ship"])
    x = np.zeros(len(made.form.cost))
    for family, values in found.items():
        x[made.program.columns[family]] = values
    lacking = made.form.row_lower - made.form.matrix @ x
    return {**found, **{name: np.maximum(lacking[made.form.rows[band]], 0.0) for name, band in DEFINED.items()}}


def received(net: Network, ship: np.ndarray) -> np.ndarray:
    """Cumulative receipts of the tracked stock rows."""
    rows = net.tracked
    return _cumulated(rows, net.tracked_arrivals @ ship + rows["receipts"].to_numpy(), ["chain"])


def _shipped(net: Network, tables: Mapping[str, pd.DataFrame]) -> np.ndarray:
    """Units of every shipment: what is decided now stands in one table, what comes later in that of the paths."""
    keys, now = ["lane", "sku", "period"], (net.shipments["committed"] == 1).to_numpy()
    ship = np.zeros(len(net.shipments))
    ship[now] = filled(net.shipments[now], tables["ship"], keys, "units")
    ship[~now] = filled(net.shipments[~now], tables["path_ship"], ["path", *keys], "units")
    return ship


def _on_hand(net: Network, ship: np.ndarray, deliver: np.ndarray) -> np.ndarray:
    """What is there at the end of each period: all that came less all that left."""
    rows = net.stock
    came = (rows["opening"] + rows["receipts"]).to_numpy() + net.arrivals @ ship
    return _cumulated(rows, came - net.departures @ ship - net.picks @ deliver, ["path", "location", "sku"])


def _cumulated(rows: pd.DataFrame, flow: np.ndarray, chain: list[str]) -> np.ndarray:
    """The sum over all periods so far, in the order of the rows."""
    sorted_rows = rows.assign(flow=flow).sort_values([*chain, "period"], kind="stable")
    return sorted_rows.groupby(chain, sort=False)["flow"].cumsum().reindex(rows.index).to_numpy()
