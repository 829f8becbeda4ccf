"""The arcs of each SKU's network: stock carried over by age, deliveries, lost sales, what is left at the end."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimizer.network.gather import position
from optimizer.network.network import Network
from optimizer.pricing.whole_layout import Arcs, Nodes

#: Column within its block, or upper bound, of each column of a family.
ByFamily = Mapping[str, np.ndarray]


def carried(net: Network, nodes: Nodes, arcs: Arcs, column: ByFamily, most: ByFamily) -> pd.DataFrame:
    """Stock carried over: an arc for the youngest, and one for each tier of age, through the stock target if there is
    one. Returns the rows of `ageing` in order, with `tier` (arc) and `under` (the arc before it).
    """
    held = net.stock[["location", "sku", "period"]].assign(row=np.arange(len(net.stock)), age=-1.0, aged=-1)
    aged = net.ageing[["location", "sku", "period"]].assign(
        row=nodes_row(net), age=net.ageing["from_age_days"], aged=np.arange(len(net.ageing)))  # fmt: skip
    steps = pd.concat([held, aged], ignore_index=True).sort_values(["row", "age"], kind="stable")
    row, older = steps["row"].to_numpy(), steps["aged"].to_numpy()
    onward = _onward(net, nodes)
    target = nodes.at("targets", net.stock, ["location", "sku", "period"])
    cost_of = np.where(older < 0, column["on_hand"][row], column["aged"][older] if len(aged) else -1)
    before = np.where(older < 0, -1, arcs.count + np.arange(len(steps)) - 1)
    ends = nodes.number["stock"][row], np.where(target > 0, target, onward)[row]
    drawn = arcs.draw(net.stock["sku"].to_numpy()[row], *ends, most["on_hand"][row], cost_of, 1.0, before)
    nodes.above["stock"][row[older < 0]] = drawn[older < 0]
    _targeted(net, nodes, arcs, column, most, onward)
    return steps[older >= 0].assign(tier=drawn[older >= 0], under=before[older >= 0])


def nodes_row(net: Network) -> np.ndarray:
    """Stock row of each row of `ageing`."""
    return position(net.stock, net.ageing, ["location", "sku", "period"])


def _onward(net: Network, nodes: Nodes) -> np.ndarray:
    """Where stock of each row goes at the end of its period: the next one, the first bucket after the end, or away."""
    next_period = net.stock.assign(period=net.stock["period"] + 1)
    following = nodes.at("stock", next_period, ["location", "sku", "period"])
    last = net.stock["period"].to_numpy() == len(net.ground.scenario.calendar) - 1
    first = _first_left(net, nodes)
    return np.where(last, first[net.stock["location"], net.stock["sku"]], following)


def _first_left(net: Network, nodes: Nodes, bucket: int = 0) -> np.ndarray:
    """Node of what is left at (location, sku) in the first bucket from `bucket` on, 0 where there is none."""
    rows = net.cover.stock
    found = np.zeros((len(net.ground.locations), len(net.ground.skus)), dtype=np.int64)
    order = np.argsort(-rows["bucket"].to_numpy(), kind="stable")
    order = order[rows["bucket"].to_numpy()[order] >= bucket]
    found[rows["location"].to_numpy()[order], rows["sku"].to_numpy()[order]] = nodes.number["left"][order]
    return found


def _targeted(net, nodes, arcs, column, most, onward) -> None:  # type: ignore[no-untyped-def]
    """Stock up to the target saves the price of falling short; where no stock can be, nothing comes to pass."""
    row = position(net.stock, net.targets, ["location", "sku", "period"])
    sku, number = net.targets["sku"].to_numpy(), nodes.number["targets"]
    goal, room = (np.where(row >= 0, array[row], 0) for array in (onward, most["on_hand"]))
    arcs.draw(sku, number, goal, net.targets["least"], column["target_shortfall"], -1.0)
    nodes.above["targets"][:] = arcs.draw(sku, number, goal, room, -1)


def served(net: Network, nodes: Nodes, arcs: Arcs, column: ByFamily, most: ByFamily) -> None:
    """Deliveries through the limits of slow delivery, and lost sales."""
    wants, customers = net.wants, net.deliveries["customers"].to_numpy(dtype=bool)
    nodes.above["wants"][:] = arcs.draw(wants["sku"].to_numpy(), 0, nodes.number["wants"], most["lost"], column["lost"])
    rows = net.deliveries
    source = nodes.at("stock", rows, ["location", "sku", "period"])
    key = ["region", "sku", "period"]
    goal = np.where(customers, nodes.at("wants", rows, key), 0)
    limit = most["deliver"].copy()
    _slowed(net, nodes, arcs, goal, limit)
    arcs.draw(rows["sku"].to_numpy(), source, goal, limit, column["deliver"])


def _slowed(net: Network, nodes: Nodes, arcs: Arcs, goal: np.ndarray, limit: np.ndarray) -> None:
    """Lead deliveries through the slowest limit that holds them, and each limit into the next faster one. A limit that
    holds a single delivery becomes its capacity.
    """
    slow = net.slow
    if not len(slow):
        return
    group, entry = _keys(net, slow), _keys(net, net.deliveries)
    order = np.argsort(group * 1000 + slow["days"].to_numpy(), kind="stable")
    ranked = (group * 1000 + slow["days"].to_numpy())[order]
    found = np.searchsorted(ranked, entry * 1000 + net.deliveries["slow_days"].to_numpy(), side="right") - 1
    held = (found >= 0) & net.deliveries["customers"].to_numpy(dtype=bool)
    held &= np.where(held, group[order][found] == entry, False)
    faster = np.concatenate([[-1], np.where(group[order][1:] == group[order][:-1], np.arange(len(order) - 1), -1)])
    slower = np.bincount(faster[faster >= 0], minlength=len(order))
    alone = (np.bincount(found[held], minlength=len(order)) == 1) & (slower == 0)
    want = nodes.at("wants", slow, ["region", "sku", "period"])[order]
    number, cap = nodes.number["slow"][order], slow["most"].to_numpy()[order]
    into = np.where(faster >= 0, number[faster], want)
    single, through = held & alone[found], held & ~alone[found]
    goal[through], goal[single] = number[found[through]], into[found[single]]
    limit[single] = np.minimum(limit[single], cap[found[single]])
    nodes.above["slow"][order] = arcs.draw(slow["sku"].to_numpy()[order], number, into, cap, -1)


def _keys(net: Network, table: pd.DataFrame) -> np.ndarray:
    sku, region, period = (table[name].to_numpy() for name in ("sku", "region", "period"))
    return (sku * len(net.ground.regions) + region) * (len(net.ground.scenario.calendar) + 1) + period


def left(net: Network, nodes: Nodes, arcs: Arcs, column: ByFamily, most: ByFamily) -> None:
    """What is left at the end passes from bucket to bucket, and covers demand on the way."""
    rows, keys = net.cover.stock, net.cover.keys
    sku, number = rows["sku"].to_numpy(), nodes.number["left"]
    room = net.most_units[sku] + np.bincount(net.stock["sku"], net.stock["receipts"], minlength=len(nodes.count))[sku]
    room = room + rows["landing"].to_numpy() + np.bincount(
        net.shipments["sku"], net.shipments["most"], minlength=len(nodes.count))[sku]  # fmt: skip
    later = _later_bucket(net, nodes)
    nodes.above["left"][:] = arcs.draw(sku, number, later, room, -1)
    demand = net.cover.demand
    nodes.above["later"][:] = arcs.draw(demand["sku"].to_numpy(), nodes.number["later"], 0, demand["units"], -1)
    arcs.draw(keys["sku"].to_numpy(), nodes.at("left", keys, ["location", "sku", "bucket"]),
              nodes.at("later", keys, ["region", "sku", "bucket"]), most["end_cover"], column["end_cover"])  # fmt: skip


def _later_bucket(net: Network, nodes: Nodes) -> np.ndarray:
    rows = net.cover.stock.assign(number=nodes.number["left"]).sort_values(["sku", "location", "bucket"])
    following = rows.groupby(["sku", "location"])["number"].shift(-1, fill_value=0)
    return following.reindex(net.cover.stock.index).to_numpy()


def landed(net: Network, nodes: Nodes, late: pd.DataFrame) -> np.ndarray:
    """Node at which each shipment of `landing` counts as left: that of its bucket or the next one that is known."""
    found = np.zeros(len(late), dtype=np.int64)
    for bucket in np.unique(late["bucket"]):
        mine = (late["bucket"] == bucket).to_numpy()
        table = _first_left(net, nodes, int(bucket))
        found[mine] = table[late["location"].to_numpy()[mine], late["sku"].to_numpy()[mine]]
    return found
