"""The layouts of all SKUs of a network: nodes, arcs, and the whole cases that move units between nodes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.network.gather import position
from optimizer.network.network import Network, landing
from optimizer.pricing.whole_arcs import carried, landed, left, served
from optimizer.pricing.whole_layout import Arcs, Layout, Nodes, nodes_of, rank

#: Rows by SKU: their order, and where those of each SKU start.
BySku = tuple[np.ndarray, np.ndarray]


def layouts(net: Network, program: Program, place: np.ndarray) -> list[Layout | None]:
    """The layout of each SKU; None where it is no such network: there goods move in any quantity, or units that the
    last plan ships are dropped.

    `place` (columns of the program,): column within its block.
    """
    column = {name: place[found] for name, found in program.columns.items()}
    most = {family.name: family.upper for family in program.variables}
    nodes, arcs = nodes_of(net), Arcs()
    tiers = carried(net, nodes, arcs, column, most)
    served(net, nodes, arcs, column, most)
    left(net, nodes, arcs, column, most)
    parts = [
        _drawn(net, nodes, arcs), _cases(net, nodes, column), _orders(net, column),
        _tiers(net, nodes, arcs, tiers), _targets(net, column),
    ]  # fmt: skip
    coming, held = _known(net)
    shared = {
        "periods": np.array([len(net.ground.scenario.calendar)]),
        "territory": np.unique(net.ground.territories.astype(str), return_inverse=True)[1].astype(np.int64),
    }
    loose = np.bincount(net.shipments["sku"], net.shipments["multiple"].isna(), minlength=len(nodes.count))
    whole = loose + np.bincount(net.last.kept["sku"], minlength=len(nodes.count)) == 0
    return [
        _layout(parts, sku, coming=coming[sku], held=held[sku], **shared) if whole[sku] else None
        for sku in range(len(nodes.count))
    ]


def _layout(parts: list[dict[str, tuple[np.ndarray, np.ndarray]]], sku: int, **more: np.ndarray) -> Layout:
    fields = {
        name: np.ascontiguousarray(array[starts[sku] : starts[sku + 1]])
        for part in parts
        for name, (array, starts) in part.items()
    }
    narrow = {name: array.astype(np.int32) if array.dtype == np.int64 else array for name, array in fields.items()}
    return Layout(**narrow, **more)


def _by_sku(sku: np.ndarray, count: int, fields: Mapping[str, np.ndarray]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    order = np.argsort(sku, kind="stable")
    starts = np.searchsorted(sku[order], np.arange(count + 1))
    return {name: (array[order], starts) for name, array in fields.items()}


def _drawn(net: Network, nodes: Nodes, arcs: Arcs) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    table = np.concatenate(arcs.parts, axis=1)
    sku, tail, head = table[:3].astype(np.int64)
    column, before = table[4].astype(np.int64), table[6].astype(np.int64)
    local = rank(sku)
    fields = {"tail": tail, "head": head, "most": table[3], "column": column, "sign": table[5],
              "before": np.where(before >= 0, local[before], -1)}  # fmt: skip
    found = _by_sku(sku, len(nodes.count), fields)
    root = np.arange(len(nodes.count))
    owner = np.concatenate([root, *(table["sku"].to_numpy() for table in nodes.tables.values())])
    number = np.concatenate([np.zeros(len(root), np.int64), *nodes.number.values()])
    above = np.concatenate([np.full(len(root), -1), *(local[above] for above in nodes.above.values())])
    supply = np.concatenate([np.zeros(len(root)), *nodes.supply.values()])
    order = np.lexsort((number, owner))
    return found | _by_sku(owner[order], len(root), {"above": above[order], "supply": supply[order]})


def _cases(net: Network, nodes: Nodes, column: Mapping[str, np.ndarray]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    shipped = net.shipments.iloc[net.cased["shipment"].to_numpy()].reset_index(drop=True)
    periods = len(net.ground.scenario.calendar)
    sink = nodes.at("stock", net.shipments, [("location", "destination"), "sku", ("period", "arrival")])
    late = landing(net)
    sink[late["shipment"]] = landed(net, nodes, late)
    origin, arrival = shipped["origin"].to_numpy(), shipped["arrival"].to_numpy()
    outside = net.ground.kinds[origin] == "supplier"
    fields = {
        "case": column["cases"], "units": shipped["multiple"].to_numpy(), "sink": sink[net.cased["shipment"]],
        "source": np.where(outside, 0, nodes.at("stock", shipped, [("location", "origin"), "sku", "period"])),
        "leaves": np.where(outside, -1, origin * periods + shipped["period"].to_numpy()),
        "comes": np.where(arrival < periods, shipped["destination"].to_numpy() * periods + arrival, -1),
        "goal": shipped["destination"].to_numpy().astype(np.int64), "order": _order_of(net, shipped),
    }  # fmt: skip
    return _by_sku(shipped["sku"].to_numpy(), len(nodes.count), fields)


def _order_of(net: Network, shipped: pd.DataFrame) -> np.ndarray:
    """Which of its SKU's orders each shipment belongs to, -1 where it needs none."""
    found = position(net.sku_orders, shipped, ["origin", "sku", "period"])
    ranks = rank(net.sku_orders["sku"].to_numpy())
    return np.where(found >= 0, ranks[found], -1) if len(ranks) else found


def _orders(net: Network, column: Mapping[str, np.ndarray]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    fields = {"least": net.sku_orders["moq"].to_numpy(), "placed": column["orders_placed"]}
    return _by_sku(net.sku_orders["sku"].to_numpy(), len(net.ground.skus), fields)


def _tiers(net: Network, nodes: Nodes, arcs: Arcs, tiers: pd.DataFrame) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    rows = net.ageing.iloc[tiers["aged"].to_numpy()]
    periods = len(net.ground.scenario.calendar)
    first = rows["location"].to_numpy() * periods
    before = rows["before"].to_numpy()
    local = rank(np.concatenate(arcs.parts, axis=1)[0].astype(np.int64))
    fields = {
        "tier": local[tiers["tier"].to_numpy()], "under": local[tiers["under"].to_numpy()],
        "until": first + rows["period"].to_numpy(), "since": first + before + 1,
        "young": rows["young"].to_numpy(),
    }  # fmt: skip
    return _by_sku(rows["sku"].to_numpy(), len(nodes.count), fields)


def _targets(net: Network, column: Mapping[str, np.ndarray]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    periods, rows = len(net.ground.scenario.calendar), net.tracked
    moment = (rows["location"] * periods + rows["period"]).to_numpy()
    count = len(net.ground.skus)
    tracked = _by_sku(rows["sku"].to_numpy(), count, {"tracked": column["received"], "moment": moment})
    return tracked | _by_sku(net.targets["sku"].to_numpy(), count, {"wanted": net.targets["least"].to_numpy()})


def _known(net: Network) -> tuple[np.ndarray, np.ndarray]:
    """Receipts that the past has sent, and these with opening stock, each (K, places x periods)."""
    periods, places = len(net.ground.scenario.calendar), len(net.ground.locations)
    coming, held = np.zeros((2, len(net.ground.skus), places * periods))
    rows = net.stock
    at = rows["sku"], rows["location"] * periods + rows["period"]
    coming[at], held[at] = rows["receipts"], rows["receipts"] + rows["opening"]
    return coming, held
