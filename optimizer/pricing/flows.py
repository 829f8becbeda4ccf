"""The columns of each SKU's block that move units, from the index sets of a network."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from optimizer.algebra.program import Program
from optimizer.decomposition.block import Block
from optimizer.decomposition.cuts import NoCuts, Separator
from optimizer.network.network import Network
from optimizer.pricing.lots import Flows, LotRows


def separators(net: Network, program: Program, blocks: list[Block]) -> list[Separator]:
    """The separator of each SKU's block: lot-sizing rows where its stock moves in whole cases."""
    place = _places(program, blocks)
    tables = _by_sku(net)
    return [_separator(net, program, block, tables, place, sku) for sku, block in enumerate(blocks)]


def _places(program: Program, blocks: list[Block]) -> np.ndarray:
    """Column within its block of each column of the program, -1 for linking columns."""
    place = np.full(sum(len(family) for family in program.variables), -1)
    for block in blocks:
        made = block.back.tocoo()
        place[made.row] = made.col
    return place


def _by_sku(net: Network) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Rows of each index set in the order of their SKUs, and where those of each SKU start."""
    customers = np.flatnonzero(net.deliveries["customers"].to_numpy(dtype=bool))
    cased = net.shipments["sku"].to_numpy()[net.cased["shipment"]]
    codes = {
        "cased": cased,
        "stock": net.stock["sku"].to_numpy(),
        "deliveries": net.deliveries["sku"].to_numpy()[customers],
        "cover": net.cover.keys["sku"].to_numpy(),
        "loose": net.shipments["sku"].to_numpy()[net.shipments["multiple"].isna().to_numpy()],
    }
    steps = np.arange(len(net.ground.skus) + 1)
    found = {}
    for name, sku in codes.items():
        order = np.argsort(sku, kind="stable")
        found[name] = order, np.searchsorted(sku[order], steps)
    found["deliveries"] = customers[found["deliveries"][0]], found["deliveries"][1]
    return found


def _separator(net: Network, program: Program, block: Block, tables: dict, place: np.ndarray, sku: int) -> Separator:
    rows = {name: order[starts[sku] : starts[sku + 1]] for name, (order, starts) in tables.items()}
    pack = float(net.ground.goods.case_pack[sku])
    shipped = net.shipments.iloc[net.cased["shipment"].to_numpy()[rows["cased"]]]
    steps = shipped["multiple"].to_numpy() / pack
    if len(rows["loose"]) or not len(steps) or not np.all(steps == np.round(steps)):
        return NoCuts(len(block.cost))
    flows = Flows(
        pack, _moves(net, program, place, rows["cased"], shipped, steps), _stays(net, program, place, rows["stock"]),
        _ends(net, program, place, rows["deliveries"], rows["cover"]), _known(net, rows["stock"], sku),
    )  # fmt: skip
    return LotRows(flows, groups(net), block.upper)


def groups(net: Network) -> np.ndarray:
    """Which locations are looked at together, (groups, L): each by itself, pairs and all in one customs territory."""
    kinds, territories = net.ground.kinds, net.ground.territories
    ours = [place for place, kind in enumerate(kinds) if kind != "supplier"]
    chosen: list[tuple[int, ...]] = [(place,) for place in ours]
    for territory in sorted({territories[place] for place in ours if kinds[place] != "domestic"}):
        near = [place for place in ours if territories[place] == territory and kinds[place] != "domestic"]
        chosen += list(combinations(near, 2)) + ([tuple(near)] if len(near) > 2 else [])
    table = np.zeros((len(chosen), len(kinds)), dtype=bool)
    for row, places in enumerate(chosen):
        table[row, list(places)] = True
    return table


def _moves(net: Network, program: Program, place: np.ndarray, cased: np.ndarray, shipped, steps) -> np.ndarray:  # type: ignore[no-untyped-def]
    origin = shipped["origin"].to_numpy()
    outside = net.ground.kinds[origin] == "supplier"
    return np.stack([
        place[program.columns["cases"].start + cased], np.where(outside, -1, origin), shipped["period"].to_numpy(),
        shipped["destination"].to_numpy(), shipped["arrival"].to_numpy(), steps.astype(np.int64),
    ])  # fmt: skip


def _stays(net: Network, program: Program, place: np.ndarray, stock: np.ndarray) -> np.ndarray:
    rows = net.stock.iloc[stock]
    columns = place[program.columns["on_hand"].start + stock]
    return np.stack([columns, rows["location"].to_numpy(), rows["period"].to_numpy()])


def _ends(net: Network, program: Program, place: np.ndarray, delivered: np.ndarray, cover: np.ndarray) -> np.ndarray:
    rows, later = net.deliveries.iloc[delivered], net.cover.keys.iloc[cover]
    beyond = len(net.ground.scenario.calendar)
    supplied = (net.ground.kinds == "supplier")[rows["location"].to_numpy()]
    rows, delivered = rows[~supplied], delivered[~supplied]
    return np.stack([
        np.concatenate([place[program.columns["deliver"].start + delivered],
                        place[program.columns["end_cover"].start + cover]]),
        np.concatenate([rows["location"].to_numpy(), later["location"].to_numpy()]),
        np.concatenate([rows["period"].to_numpy(), np.full(len(later), beyond)]),
    ])  # fmt: skip


def _known(net: Network, stock: np.ndarray, sku: int) -> np.ndarray:
    rows, beyond = net.stock.iloc[stock], len(net.ground.scenario.calendar)
    known = np.zeros((len(net.ground.locations), beyond + 1))
    np.add.at(known, (rows["location"].to_numpy(), rows["period"].to_numpy()), rows["opening"] + rows["receipts"])
    known[:, beyond] = net.cover.landing[:, sku]
    return known
