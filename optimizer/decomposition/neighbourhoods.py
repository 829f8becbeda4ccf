"""Improves an answer block by block: all but one block and the linking columns are held, the rest is solved again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.solvers.solver import Limits, Solver

#: Most seconds for one neighbourhood: those that need more are left with what was found by then.
NEIGHBOURHOOD_SECONDS = 3.0


class Neighbourhoods:
    """A search that only ever gets better; `best` may be read from another thread while it runs.

    `blocks` (n,) numbers the block of each column, -1 for linking columns, which every neighbourhood frees. Large
    neighbourhood search with one block at a time (Shaw 1998; Pisinger and Ropke 2010).
    """

    def __init__(self, form: StandardForm, blocks: np.ndarray, start: np.ndarray, seed: int = 1) -> None:
        self._form, self._blocks = form, blocks
        self._columns = sparse.csc_array(form.matrix)
        self._random = np.random.default_rng(seed)
        self.best = (float(form.cost @ start + form.offset), start)

    def run(self, solver: Solver, limits: Limits, stop: Event) -> None:
        """Improve `best` until the time is over, `stop` is set, or a round over all blocks finds nothing."""
        ends = time.monotonic() + limits.seconds
        for round_of_blocks in self._rounds():
            before = self.best[0]
            for block in round_of_blocks:
                left = ends - time.monotonic()
                if stop.is_set() or left <= 0:
                    return
                self._improve(solver, block, replace(limits, seconds=min(left, NEIGHBOURHOOD_SECONDS), threads=1))
            if self.best[0] > before - 1e-9 * (1 + abs(before)):
                return

    def _rounds(self) -> Iterator[np.ndarray]:
        count = int(self._blocks.max(initial=-1)) + 1
        while count:
            yield self._random.permutation(count)

    def _improve(self, solver: Solver, block: int, limits: Limits) -> None:
        objective, x = self.best
        free = np.flatnonzero((self._blocks == block) | (self._blocks == -1))
        part = self._restricted(free, x)
        answer = solver.solve(part, replace(limits, relative_gap=1e-7, absolute_gap=1e-4), start=x[free])
        if answer.x is not None and answer.objective < objective - 1e-6:
            better = x.copy()
            better[free] = answer.x
            self.best = (float(self._form.cost @ better + self._form.offset), better)

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
