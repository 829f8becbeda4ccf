"""The index sets of a network that move units as plain tables, a row each, with the columns of their blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.decomposition.block import Block, places
from optimizer.network.network import Network, landing


@dataclass(frozen=True)
class Frame:
    """Where things stand: `column` of each of the program's columns in its block (-1: none), `place` (locations,) of
    each location among those that hold our stock (-1: a supplier), T `periods` and W periods and buckets in all.
    """

    net: Network
    program: Program
    column: np.ndarray
    place: np.ndarray
    periods: int
    width: int

    @property
    def places(self) -> int:
        """How many places there are."""
        return int(self.place.max(initial=-1)) + 1

    def columns(self, family: str, rows: np.ndarray) -> np.ndarray:
        """The columns of some rows of a family."""
        return self.column[self.program.columns[family].start + rows]


def frame_of(net: Network, program: Program, blocks: Sequence[Block]) -> Frame:
    """The frame of a network whose program was split into blocks."""
    column = places(blocks, sum(len(family) for family in program.variables))
    ours = net.ground.kinds != "supplier"
    place = np.where(ours, np.cumsum(ours) - 1, -1)
    periods = len(net.ground.scenario.calendar)
    return Frame(net, program, column, place, periods, periods + len(net.ground.bucket_ends))


def groups_of(frame: Frame) -> np.ndarray:
    """Which places are looked at together, (groups, L): each by itself, pairs and all in one customs territory, all
    abroad; the homes with each place, each territory and all abroad.
    """
    kinds, territories = frame.net.ground.kinds, frame.net.ground.territories
    homes = tuple(int(place) for place in frame.place[kinds == "domestic"])
    abroad = [place for place, kind in enumerate(kinds) if kind not in ("supplier", "domestic")]
    everywhere = tuple(int(frame.place[place]) for place in abroad)
    regions = [
        tuple(int(frame.place[place]) for place in abroad if territories[place] == territory)
        for territory in dict.fromkeys(territories[place] for place in abroad)
    ]
    near = [pair for region in regions for pair in combinations(region, 2)]
    chosen = [(place,) for place in everywhere] + [(home,) for home in homes] + near + regions + [everywhere]
    chosen += [group + homes for group in [(place,) for place in everywhere] + regions + [everywhere]]
    table = [[place in group for place in range(frame.places)] for group in dict.fromkeys(chosen) if group]
    return np.array(table, dtype=bool).reshape(-1, frame.places)


def moves(frame: Frame) -> pd.DataFrame:
    """Moves in whole cases: sku, column, origin, departs, destination, arrives, steps, source (supplier and period of a
    purchase as one number).
    """
    net, row = frame.net, frame.net.cased["shipment"].to_numpy()
    arrives, late = net.shipments["arrival"].to_numpy(copy=True), landing(net)
    arrives[late["shipment"]] = frame.periods + late["bucket"]
    picked = net.shipments.iloc[row]
    sku, origin = picked["sku"].to_numpy(), picked["origin"].to_numpy()
    return pd.DataFrame({
        "sku": sku, "column": frame.columns("cases", np.arange(len(row))), "origin": frame.place[origin],
        "departs": picked["period"].to_numpy(), "destination": frame.place[picked["destination"]],
        "arrives": arrives[row], "steps": picked["multiple"].to_numpy() / net.ground.goods.case_pack[sku],
        "source": origin * frame.periods + picked["period"].to_numpy(),
    })  # fmt: skip


def orders(frame: Frame) -> pd.DataFrame:
    """Orders with a least quantity: sku, column, source (as in `moves`)."""
    table = frame.net.sku_orders
    source = table["origin"].to_numpy() * frame.periods + table["period"].to_numpy()
    columns = frame.columns("orders_placed", np.arange(len(table)))
    return pd.DataFrame({"sku": table["sku"].to_numpy(), "column": columns, "source": source})


def ends(frame: Frame) -> pd.DataFrame:
    """Deliveries to customers and cover of later demand: sku, column, place, period, wish, days, most; each SKU's by
    period, wish and slowness, the slowest first.

    `most` is what the customers of the wish take together of all that is as slow.
    """
    net = frame.net
    served, later = net.deliveries, net.cover.keys
    rows = np.flatnonzero(served["customers"].to_numpy(dtype=bool) & (frame.place[served["location"]] >= 0))
    served = served.iloc[rows].merge(
        net.slow.rename(columns={"days": "slow_days", "most": "patient"}), how="left",
        on=["path", "region", "sku", "period", "slow_days"],
    )  # fmt: skip
    parts = [
        served.assign(
            column=frame.columns("deliver", rows),
            days=served["slow_days"],
            most=np.fmin(served["most"], served["patient"]),
        ),
        later.assign(
            column=frame.columns("end_cover", np.arange(len(later))), days=0, period=frame.periods + later["bucket"]
        ),
    ]
    names = ["sku", "column", "location", "region", "period", "days", "most"]
    table = pd.concat([part[names] for part in parts], ignore_index=True)
    table = table.assign(place=frame.place[table["location"]], wish=table["region"] * frame.width + table["period"])
    return table.iloc[np.lexsort((-table["days"], table["wish"], table["period"], table["sku"]))]


def held(frame: Frame) -> np.ndarray:
    """The column of stock at the end of each period, -1: none can be there, (K, L, T)."""
    table = frame.net.stock
    found = np.full((len(frame.net.ground.skus), frame.places, frame.periods), -1)
    columns = frame.columns("on_hand", np.arange(len(table)))
    found[table["sku"], frame.place[table["location"]], table["period"]] = columns
    return found


def known(frame: Frame) -> np.ndarray:
    """Units that the past sends, summed before each period and bucket, (K, L, W + 1)."""
    stock, later = frame.net.stock, frame.net.cover.stock
    sent = np.zeros((len(frame.net.ground.skus), frame.places, frame.width + 1))
    coming = (stock["opening"] + stock["receipts"]).to_numpy()
    np.add.at(sent, (stock["sku"], frame.place[stock["location"]], stock["period"] + 1), coming)
    sent = np.cumsum(sent, axis=2)
    landed = np.zeros((*sent.shape[:2], frame.width - frame.periods))
    landed[later["sku"], frame.place[later["location"]], later["bucket"]] = later["landing"]
    sent[:, :, frame.periods + 1 :] += np.maximum.accumulate(landed, axis=2)
    return sent


def targets(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """Units that should be held and the column of those that lack (-1: none), each (K, L, T)."""
    table = frame.net.targets
    shape = (len(frame.net.ground.skus), frame.places, frame.periods)
    least, short = np.zeros(shape), np.full(shape, -1)
    at = table["sku"], frame.place[table["location"]], table["period"]
    least[at], short[at] = table["least"], frame.columns("target_shortfall", np.arange(len(table)))
    return least, short
