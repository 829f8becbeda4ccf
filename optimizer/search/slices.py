"""A catalogue in slices: each is connected and formulated by itself, and falls into one block for each SKU."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.block import Block, split
from optimizer.decomposition.cuts import Separator
from optimizer.decomposition.fleet import Answers
from optimizer.decomposition.master import Linking, settled
from optimizer.decomposition.part import Part
from optimizer.formulation.blocks import blocks as owners
from optimizer.formulation.formulate import PRICED, STRENGTHENING, formulate
from optimizer.network.horizon import Horizon, horizon
from optimizer.network.network import Network, connect
from optimizer.network.totals import Totals
from optimizer.pricing.flows import separators
from optimizer.scenario.scenario import Scenario

#: SKUs that are connected and formulated at once.
SLICE = 200
#: Groups into which the answers of all SKUs are added up.
GROUPS = 60


@dataclass(frozen=True)
class Share:
    """What one worker is told: its SKUs with their tables, the horizon of the whole, groups of answers."""

    scenario: Scenario
    beyond: Horizon
    groups: int


@dataclass(frozen=True)
class Facts:
    """What the linking part must know of a worker's SKUs: totals, the constant of the cost, the most that a unit of
    each linking row can be worth (`dearest`), what of it would be used if all were done that can be (`fullest`), and
    the right-hand sides of these rows, summed over so many slices.
    """

    totals: Totals
    offset: float
    dearest: np.ndarray
    fullest: np.ndarray
    sides: np.ndarray
    slices: int = 1

    def __add__(self, other: Facts) -> Facts:
        return Facts(self.totals + other.totals, self.offset + other.offset, np.maximum(self.dearest, other.dearest),
                     self.fullest + other.fullest, self.sides + other.sides, self.slices + other.slices)  # fmt: skip


@dataclass(frozen=True)
class Slice:
    """Some SKUs as blocks, what the linking part must know of them, and where their shipments are among the columns."""

    facts: Facts
    blocks: list[Block]
    finders: list[Separator]
    shipments: pd.DataFrame
    ship: slice


class Worker:
    """The SKUs of one share, as blocks that answer prices."""

    def __init__(self, share: Share) -> None:
        self._slices = [formulated(share, names) for names in batches(share.scenario)]
        blocks = [block for part in self._slices for block in part.blocks]
        finders = [finder for part in self._slices for finder in part.finders]
        self._part = Part(blocks, finders, share.groups)
        self._wholes = Answers(self._part.relaxations, len(self._slices[0].facts.sides))

    def shipped(self) -> pd.DataFrame:
        """Units of each shipment as the SKUs plan them now: lane (code), sku (name), period, units > 0."""
        wholes, parts = iter(self._wholes.wholes), []
        for part in self._slices:
            units = np.zeros(len(part.shipments))
            for block in part.blocks:
                whole = next(wholes)
                if whole is not None:
                    units += (block.back @ whole.x)[part.ship]
            parts.append(part.shipments.assign(units=units)[units > 0])
        return pd.concat(parts, ignore_index=True)

    def facts(self) -> Facts:
        """What the linking part must know of these SKUs."""
        return reduce(add, [part.facts for part in self._slices])

    def whole(self, method: str, *arguments):  # type: ignore[no-untyped-def]
        """What the whole answers of the SKUs return to a call of `decomposition.fleet.Answers`."""
        return getattr(self._wholes, method)(*arguments)

    def answer(self, prices: np.ndarray, rounds: int):  # type: ignore[no-untyped-def]
        """What the SKUs answer to prices."""
        return self._part.answer(prices, rounds)


def formulated(share: Share, names: np.ndarray) -> Slice:
    """Some SKUs of a share, connected, formulated and split."""
    net = connect(share.scenario, names, share.beyond)
    program = formulate(net).without(STRENGTHENING)
    form, links = program.standard_form(), linking_rows(program)
    blocks = split(form, owners(net, program), links)
    facts = Facts(net.own_totals, form.offset, _dearest(blocks, len(links)), _fullest(blocks, len(links)),
                  _sides(form, links))  # fmt: skip
    keys = net.shipments[["lane", "period"]].assign(sku=net.ground.skus[net.shipments["sku"]])
    return Slice(facts, blocks, separators(net, program, blocks), keys, program.columns["ship"])


def batches(scenario: Scenario) -> Iterator[np.ndarray]:
    """The SKUs of a scenario, some at a time."""
    names = scenario["skus"]["sku"].to_numpy(dtype=object)
    for start in range(0, len(names), SLICE):
        yield names[start : start + SLICE]


def shares(scenario: Scenario, workers: int) -> list[Share]:
    """The scenario dealt out to workers, SKU by SKU in turn, so that slow and fast movers are spread alike."""
    beyond, names = horizon(scenario), scenario["skus"]["sku"].to_numpy(dtype=object)
    workers = max(min(workers, len(names)), 1)
    return [Share(scenario.only(names[turn::workers]), beyond, -(-GROUPS // workers)) for turn in range(workers)]


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


def _fullest(blocks: list[Block], links: int) -> np.ndarray:
    return sum((block.usage @ block.upper for block in blocks), np.zeros(links))


def _dearest(blocks: list[Block], links: int) -> np.ndarray:
    """The most that a unit of each linking row can be worth to any block: its dearest column for its least usage."""
    worth = np.zeros(links)
    for block in blocks:
        used = block.usage.tocoo()
        np.maximum.at(worth, used.row, np.abs(block.cost).max(initial=0.0) / np.abs(used.data))
    return worth
