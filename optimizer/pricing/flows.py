"""The flows of each SKU's block, and what finds rows for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.decomposition.block import Block
from optimizer.decomposition.cuts import NoCuts, Separator
from optimizer.network.network import Network
from optimizer.pricing import flow_tables
from optimizer.pricing.flow_tables import Frame, frame_of, groups_of
from optimizer.pricing.lots import LotRows
from optimizer.pricing.rows_flows import Flows


def separators(net: Network, program: Program, blocks: Sequence[Block]) -> list[Separator]:
    """The separator of each SKU's block: lot-sizing rows where its stock moves in whole cases."""
    flows = flows_of(net, program, blocks)
    return [
        NoCuts(len(block.cost)) if found is None else LotRows(found) for block, found in zip(blocks, flows, strict=True)
    ]


def flows_of(net: Network, program: Program, blocks: Sequence[Block]) -> list[Flows | None]:
    """The flows of each SKU; none where it moves partly loose, or in steps that are not whole cases."""
    frame = frame_of(net, program, blocks)
    moves, orders, ends = (
        _by_sku(table(frame), len(blocks)) for table in (flow_tables.moves, flow_tables.orders, flow_tables.ends)
    )
    held, known = flow_tables.held(frame), flow_tables.known(frame)
    least, short = flow_tables.targets(frame)
    loose = np.bincount(net.shipments["sku"][net.shipments["multiple"].isna()], minlength=len(blocks)) > 0
    packs, groups = net.ground.goods.case_pack, groups_of(frame)
    return [
        None if loose[sku] or not _whole(moves[sku]["steps"])
        else _flows(frame, groups, packs[sku], moves[sku], orders[sku], ends[sku],
                    held[sku], known[sku], least[sku], short[sku])
        for sku in range(len(blocks))
    ]  # fmt: skip


def _whole(steps: np.ndarray) -> bool:
    return len(steps) > 0 and bool(np.all(steps == np.round(steps)))


def _by_sku(table: pd.DataFrame, skus: int) -> list[dict[str, np.ndarray]]:
    """The rows of each SKU, column by column, in their order."""
    sku = table["sku"].to_numpy()
    order = np.argsort(sku, kind="stable")
    starts = np.searchsorted(sku[order], np.arange(skus + 1))
    columns = {name: np.asarray(table[name])[order] for name in table.columns}
    return [
        {name: values[start:stop] for name, values in columns.items()}
        for start, stop in zip(starts[:-1], starts[1:], strict=True)
    ]


def _flows(
    frame: Frame, groups: np.ndarray, pack: float, moves: dict, orders: dict, ends: dict,
    held: np.ndarray, known: np.ndarray, least: np.ndarray, short: np.ndarray,
) -> Flows:  # fmt: skip
    cells, homes = frame.width + 1, np.zeros(frame.places, dtype=bool)
    homes[frame.place[frame.net.ground.kinds == "domestic"]] = True
    order = _order(orders["source"], moves["source"])
    outside = np.where(moves["origin"] >= 0, moves["origin"], frame.places)
    whole = {
        "moved": moves["column"], "origin": moves["origin"], "departs": moves["departs"],
        "destination": moves["destination"], "arrives": moves["arrives"], "order": order, "orders": orders["column"],
        "into": moves["destination"] * cells + moves["arrives"], "out_of": outside * cells + moves["departs"],
        "taken": ends["column"], "place": ends["place"], "period": ends["period"], "wish": ends["wish"],
        "cell": ends["place"] * cells + ends["period"], "days": ends["days"], "held": held, "short": short,
    }  # fmt: skip
    real = {"steps": moves["steps"], "most": ends["most"], "least": least, "known": known}
    return Flows(
        pack=float(pack), groups=groups, homes=homes,
        **{name: np.ascontiguousarray(values, dtype=np.int32) for name, values in whole.items()},
        **{name: np.ascontiguousarray(values, dtype=np.float64) for name, values in real.items()},
    )  # fmt: skip


def _order(sources: np.ndarray, source: np.ndarray) -> np.ndarray:
    """The place of each purchase's order among the orders, -1 where it needs none."""
    sorter = np.argsort(sources, kind="stable")
    if not len(sources):
        return np.full(len(source), -1)
    at = np.minimum(np.searchsorted(sources, source, sorter=sorter), len(sources) - 1)
    return np.where(sources[sorter[at]] == source, sorter[at], -1)
