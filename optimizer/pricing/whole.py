"""Whole answers of SKUs to prices, by local search over whole cases in compiled networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.algebra.program import Program
from optimizer.decomposition.block import Block, places
from optimizer.decomposition.records import Records, records
from optimizer.network.network import Network
from optimizer.pricing.point_places import Places, places_of
from optimizer.pricing.relaxed_arrays import Point
from optimizer.pricing.whole_cases import layouts
from optimizer.pricing.whole_layout import Layout

#: Moves that are tried for one answer.
TRIALS = 1000


@dataclass(frozen=True)
class WholeAnswer:
    """A whole answer `x` (n,) of a block, its priced cost, and how many moves were tried."""

    x: np.ndarray
    cost: float
    trials: int


class Wholes:
    """The SKUs of a slice of a catalogue; answers whole cases to prices.

    A SKU whose goods move in any quantity has no layout and gets no answer here.
    """

    def __init__(self, net: Network, program: Program, blocks: Sequence[Block]) -> None:
        place = places(blocks, sum(len(family) for family in program.variables))
        self._layouts: list[Layout | None] = layouts(net, program, place)
        self._places: list[Places | None] = [*places_of(net, program, place)]

    def __getstate__(self) -> tuple[Records, Records]:
        return records(self._layouts), records(self._places)

    def __setstate__(self, state: tuple[Records, Records]) -> None:
        self._layouts, self._places = (kept.cut() for kept in state)

    def answer(
        self, place: int, block: Block, priced: np.ndarray, start: np.ndarray | None = None,
        upper: np.ndarray | None = None, trials: int = TRIALS,
    ) -> WholeAnswer | None:  # fmt: skip
        """A whole answer of the block at `place` to the priced costs of its columns (n,).

        `start` (n,): a point of the relaxation, or an answer to other prices, to begin from; `upper` (n,): upper bounds
        where they are narrower than the block's. None where the SKU has no layout, or nothing was found that keeps its
        rows.
        """
        layout = self._layouts[place]
        if layout is None:
            return None
        # Compiled when it is first needed: a run without it need not wait for the compiler.
        from optimizer.pricing.whole_run import answered

        least = np.ceil(block.lower[layout.case] - 1e-9)
        most = np.floor((block.upper if upper is None else np.minimum(block.upper, upper))[layout.case] + 1e-9)
        split = least if start is None else np.clip(start[layout.case], least, most)
        x, tried = answered(layout, priced, split, least, np.maximum(most, least), trials)
        return WholeAnswer(x, float(priced @ x), tried) if len(x) else None

    def spelled(self, place: int, block: Block, point: Point) -> np.ndarray | None:
        """The columns (n,) of the block at `place` at a point of its relaxation that a compiled answer found; None
        where the SKU has no layout.
        """
        layout = self._layouts[place]
        if layout is None:
            return None
        from optimizer.pricing.point_columns import columns

        x = np.zeros(len(block.cost))
        columns(layout, self._places[place], point.ship, point.deliver, point.cover, point.lost, point.held, x)
        return x
