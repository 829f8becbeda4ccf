"""Improves an answer block by block: all but one block and the linking columns are held, the rest is solved again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Protocol

import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.solvers.solver import Limits, Solver

#: Most seconds for one neighbourhood: those that need more are left with what was found by then.
NEIGHBOURHOOD_SECONDS = 3.0


class Best(Protocol):
    """Where the best answer stands, and better ones are offered; other searches may do the same meanwhile."""

    x: np.ndarray | None

    def offer(self, x: np.ndarray) -> None:
        """Take an answer if it is the best so far."""
        ...


class Neighbourhoods:
    """Large neighbourhood search with one block at a time (Shaw 1998; Pisinger and Ropke 2010).

    `blocks` (n,) numbers the block of each column, -1 for linking columns, which every neighbourhood frees.
    """

    def __init__(self, form: StandardForm, blocks: np.ndarray, seed: int = 1) -> None:
        self._form, self._blocks = form, blocks
        self._columns = sparse.csc_array(form.matrix)
        self._random = np.random.default_rng(seed)

    def run(self, best: Best, solver: Solver, limits: Limits, stop: Event) -> None:
        """Improve `best` until the time is over, `stop` is set, or a round over all blocks changes nothing."""
        ends = time.monotonic() + limits.seconds
        for round_of_blocks in self._rounds():
            before = best.x
            for block in round_of_blocks:
                left = ends - time.monotonic()
                if stop.is_set() or left <= 0:
                    return
                seconds = min(left, NEIGHBOURHOOD_SECONDS)
                now = best.x
                assert now is not None
                best.offer(self.improved(now, int(block), solver, replace(limits, seconds=seconds, threads=1)))
            if best.x is before:
                return

    def improved(self, x: np.ndarray, block: int, solver: Solver, limits: Limits) -> np.ndarray:
        """`x` with one block and the linking columns solved again; `x` itself where nothing better is found."""
        free = np.flatnonzero((self._blocks == block) | (self._blocks == -1))
        part = self._restricted(free, x)
        answer = solver.solve(part, replace(limits, relative_gap=1e-7, absolute_gap=1e-4), start=x[free])
        now = float(part.cost @ x[free] + part.offset)
        if answer.x is None or answer.objective >= now - 1e-6:
            return x
        better = x.copy()
        better[free] = answer.x
        return better

    def _rounds(self) -> Iterator[np.ndarray]:
        count = int(self._blocks.max(initial=-1)) + 1
        while count:
            yield self._random.permutation(count)

    def _restricted(self, free: np.ndarray, x: np.ndarray) -> StandardForm:
        """The program over the free columns, with the others held at `x`. Rows that `x` breaks by a hair may stay as
        they are.
        """
        form = self._form
        held = x.copy()
        held[free] = 0.0
        block = sparse.csr_array(self._columns[:, free])
        rows = np.flatnonzero(np.diff(block.indptr))
        block, known = sparse.csr_array(block[rows]), (self._columns @ held)[rows]
        now = block @ x[free]
        return StandardForm(
            cost=form.cost[free],
            offset=float(form.cost @ held + form.offset),
            matrix=block,
            row_lower=np.minimum(form.row_lower[rows] - known, now),
            row_upper=np.maximum(form.row_upper[rows] - known, now),
            lower=form.lower[free],
            upper=form.upper[free],
            integer=form.integer[free],
            rows={},
            columns={},
        )
