"""A catalogue in slices: each is connected and formulated by itself, and falls into one block for each SKU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from optimizer.algebra.program import Program
from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.block import Block, Blocks, split
from optimizer.decomposition.cuts import NoCuts, Separator
from optimizer.decomposition.fleet import Finder
from optimizer.decomposition.master import Linking, settled
from optimizer.decomposition.part import copied
from optimizer.decomposition.relaxation import Relaxation
from optimizer.formulation.blocks import blocks as owners
from optimizer.formulation.formulate import PRICED, STRENGTHENING, formulate
from optimizer.formulation.mission import mission_cost, mission_floor
from optimizer.network.alike import Common
from optimizer.network.horizon import Horizon, horizon
from optimizer.network.network import Network, connect
from optimizer.network.totals import Totals
from optimizer.pricing.flows import separators
from optimizer.pricing.near import finders
from optimizer.pricing.relaxed import Relaxed
from optimizer.scenario.scenario import Scenario
from optimizer.search.started import Shipped, shipped_by_sku

#: SKUs that are connected and formulated at once.
SLICE = 500
#: A worker with more SKUs packs those of all slices but one and lays them aside: open, one takes some 200 kB; packed,
#: some 13 on the disk, and each pass over all of them opens them anew.
PACKED_ABOVE = 6_000
#: Groups into which the answers of all SKUs are added up.
GROUPS = 60


@dataclass(frozen=True)
class Share:
    """What one worker is told: its SKUs with their tables, the number of the first, the horizon of the whole, groups of
    answers, and what an earlier plan shipped (`search.stored_start.shipments_from`), if there is one.
    """

    scenario: Scenario
    first: int
    beyond: Horizon
    groups: int
    ship: pd.DataFrame | None = None

    @cached_property
    def common(self) -> Common:
        """What all of its slices have in common, worked out once."""
        return Common(self.scenario)


@dataclass(frozen=True)
class Facts:
    """What the linking part must know of a worker's SKUs: totals, the constants of the cost and of the mission cost and
    its floor, the most that a unit of each linking row can be worth (`dearest`), what of it would be used if all were
    done that can be (`fullest`), and the right-hand sides of these rows, summed over so many slices.
    """

    totals: Totals
    offset: float
    mission: float
    floor: float
    dearest: np.ndarray
    fullest: np.ndarray
    sides: np.ndarray
    slices: int = 1

    def __add__(self, other: Facts) -> Facts:
        return Facts(
            self.totals + other.totals, self.offset + other.offset, self.mission + other.mission,
            self.floor + other.floor, np.maximum(self.dearest, other.dearest), self.fullest + other.fullest,
            self.sides + other.sides, self.slices + other.slices,
        )  # fmt: skip


@dataclass(frozen=True)
class Slice:
    """Some SKUs as blocks, what separates cuts and finds whole answers for each, what the linking part must know of
    them, and what each has shipped in an earlier plan, if there is one.
    """

    facts: Facts
    blocks: Blocks
    separators: list[Separator]
    finders: Sequence[Finder | None]
    kernel: Relaxed | None = None
    shipped: Sequence[Shipped] = ()

    def relaxations(self) -> list[Relaxation]:
        """Each SKU as a relaxation without a past."""
        return [Relaxation(block, finder) for block, finder in zip(self.blocks, self.separators, strict=True)]

    def unheld(self) -> dict[int, Relaxation]:
        """By number, copies of the SKUs' relaxations that the kernel, where there is one, does not hold."""
        places = [] if self.kernel is None else np.flatnonzero(~self.kernel.supported).tolist()
        return {place: copied(self.blocks[place], self.separators[place]) for place in places}


def stated(share: Share, names: np.ndarray, constrained: bool = True) -> tuple[Network, Program]:
    """The network and the program of some SKUs of a share."""
    net = connect(share.scenario, names, share.beyond, share.common)
    return net, formulate(net, constrained).without(STRENGTHENING)


def formulated(share: Share, names: np.ndarray, described: sparse.csr_array | None = None) -> Slice:
    """Some SKUs of a share, connected, formulated and split; with a kernel for all of them where the linking rows are
    `described` over what SKUs do (`pricing.relaxed_links`).
    """
    net, program = stated(share, names)
    form, links = program.standard_form(), linking_rows(program)
    mission, constant = mission_cost(net, program)
    blocks = split(form, owners(net, program), links, mission)
    facts = Facts(
        net.own_totals, form.offset, constant, mission_floor(net), _dearest(blocks, len(links)),
        _fullest(blocks, len(links)), _sides(form, links),
    )  # fmt: skip
    kernel = None if described is None or len(net.weights) > 1 else Relaxed(net, described)
    shipped = () if share.ship is None else shipped_by_sku(net, program, blocks, share.ship)
    if len(net.weights) > 1:  # what is compiled knows one path: HiGHS answers for several
        none: list[Separator] = [NoCuts(len(block.cost)) for block in blocks]
        return Slice(facts, blocks, none, [None] * len(blocks), kernel, shipped)
    return Slice(facts, blocks, separators(net, program, blocks), finders(net, program, blocks), kernel, shipped)


def packs(skus: int) -> bool:
    """Whether a worker with so many SKUs packs them."""
    return skus > PACKED_ABOVE


def batches(scenario: Scenario) -> Iterator[np.ndarray]:
    """The SKUs of a scenario, some at a time."""
    names = scenario["skus"]["sku"].to_numpy(dtype=object)
    for start in range(0, len(names), SLICE):
        yield names[start : start + SLICE]


def linking_rows(program: Program) -> np.ndarray:
    """Positions of the rows that SKUs share and pay prices for."""
    return np.concatenate([np.arange(rows.start, rows.stop) for name, rows in program.rows.items() if name in PRICED])


def linking_part(scenario: Scenario, facts: Facts) -> tuple[Network, Program, Linking]:
    """The part of the program that belongs to no SKU."""
    nobody = connect(scenario, np.array([], dtype=object), horizon(scenario))
    net = replace(nobody, whole=facts.totals)
    program = formulate(net).without(STRENGTHENING)
    form, links = program.standard_form(), linking_rows(program)
    offset = form.offset + facts.offset
    linking = Linking(replace(form, offset=offset), links, facts.dearest)
    # What the past uses of a row lowers its side in the slice of the SKU.
    used = facts.slices * _sides(form, links) - facts.sides
    return net, program, replace(linking, form=settled(linking, used))


def _sides(form: StandardForm, links: np.ndarray) -> np.ndarray:
    upper = form.row_upper[links]
    return np.where(np.isfinite(upper), upper, form.row_lower[links])


def _fullest(blocks: Sequence[Block], links: int) -> np.ndarray:
    return sum((block.usage @ block.upper for block in blocks), np.zeros(links))


def _dearest(blocks: Sequence[Block], links: int) -> np.ndarray:
    """The most that a unit of each linking row can be worth to any block: its dearest column, for all the units that a
    column may move, for its least usage.
    """
    worth = np.zeros(links)
    for block in blocks:
        used = block.usage.tocoo()
        most = np.abs(block.cost).max(initial=0.0) * max(np.abs(block.matrix.data).max(initial=0.0), 1.0)
        np.maximum.at(worth, used.row, most / np.abs(used.data))
    return worth
