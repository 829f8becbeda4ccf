"""The point that a compiled answer found, as columns of the SKU's block."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.block import Block
from optimizer.network.network import Network
from optimizer.pricing.relaxed import Relaxed


def block_point(
    net: Network, form: StandardForm, block: Block, relaxed: Relaxed, sku: int, prices: np.ndarray
) -> np.ndarray | None:
    """An optimal point (n,) of the relaxation of a SKU's block at `prices`; None where it has no compiled answer.

    `form` is the program of `net`, of which `block` is the SKU's part.
    """
    done = relaxed.point(sku, prices)
    if done is None:
        return None
    x = np.zeros(len(form.cost))
    rows = _rows(net, relaxed, sku)
    for name, amounts in zip(("ship", "deliver", "end_cover", "lost"), done, strict=False):
        x[form.columns[name].start + rows[name]] = amounts
    stock = net.stock.iloc[rows["on_hand"]]
    place = np.cumsum(net.ground.kinds != "supplier") - 1
    x[form.columns["on_hand"].start + rows["on_hand"]] = done.held[place[stock["location"]], stock["period"]]
    _follow(net, form, x)
    made = block.back  # what stays is whole cases, or the column itself
    first = made.indptr[:-1]
    return x[made.indices[first]] / made.data[first]


def _rows(net: Network, relaxed: Relaxed, sku: int) -> dict[str, np.ndarray]:
    """Rows of index sets of a SKU, in the order of the compiled answer."""
    found = {
        name: np.flatnonzero(table["sku"].to_numpy() == sku)
        for name, table in {"ship": net.shipments, "on_hand": net.stock, "deliver": net.deliveries, "lost": net.wants,
                            "end_cover": net.cover.keys}.items()
    }  # fmt: skip
    sailing = net.shipments["sailing"].to_numpy()[found["ship"]]
    origin, period = relaxed.routes.origin[sailing], relaxed.routes.period[sailing]
    found["ship"] = found["ship"][np.lexsort((origin, period, origin >= 0))]
    return found


def _follow(net: Network, form: StandardForm, x: np.ndarray) -> None:
    """Set the columns that follow from what is shipped and held: cases, receipts, age, orders, shortfalls."""
    columns, rows = form.columns, form.rows
    ship = x[columns["ship"]]
    x[columns["cases"]] = ship[net.cased["shipment"]] / net.cased["multiple"]
    into = net.tracked.assign(units=net.tracked_arrivals @ ship + net.tracked["receipts"].to_numpy())
    x[columns["received"]] = into.groupby("chain")["units"].cumsum().to_numpy()
    ordered = form.matrix[rows["minimum_order_placed"]] @ x
    x[columns["orders_placed"]] = ordered / net.sku_orders["most"].to_numpy()
    for column, row in {"aged": "aged_stock", "target_shortfall": "stock_target"}.items():
        lacking = form.row_lower[rows[row]] - form.matrix[rows[row]] @ x
        x[columns[column]] = np.maximum(lacking, 0.0)
