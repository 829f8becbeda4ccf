"""A whole answer of a block by diving: some whole numbers are fixed, the rest is solved again, until all are whole."""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from optimizer.decomposition.block import Block
from optimizer.decomposition.relaxation import Desk, Sides

#: A column this near to its next whole number goes there with all others that are; else the nearest one alone does.
SURE = 0.75
#: From so many on one more or less matters little: such columns are rounded all at once.
MANY = 4.0
#: Nearer to a whole number than this counts as whole.
WHOLE = 1e-6
#: The nearest column goes up from this fraction on.
UP = 0.4


class Dive:
    """Dives in one block, on a desk on which its relaxation at some prices has just been solved."""

    def __init__(self, block: Block, sides: Sides) -> None:
        self._block, self._sides = block, sides
        whole = np.flatnonzero(block.integer)
        free = np.abs(block.cost[whole]) < 1e-12
        free &= np.asarray(abs(block.usage[:, whole]).sum(axis=0)).ravel() == 0
        #: Switches: whole columns that cost nothing themselves, such as whether an order is placed.
        self._switches, self._steps = whole[free], whole[~free]
        self._columns = sparse.csc_array(block.matrix)

    def whole(self, desk: Desk) -> np.ndarray | None:
        """A whole answer (n,) near the point on the desk, or None where diving got stuck; bounds are put back."""
        lower, upper = (side.copy() for side in self._sides)
        try:
            return self._down(desk, lower, upper)
        finally:
            changed = np.flatnonzero((lower != self._sides[0]) | (upper != self._sides[1]))
            self._set(desk, changed, *self._sides)

    def _down(self, desk: Desk, lower: np.ndarray, upper: np.ndarray) -> np.ndarray | None:
        for _ in range(len(self._steps) + len(self._switches) + 1):
            x = np.array(desk.engine.getSolution().col_value)
            column, value = self._choice(x)
            if not len(column):
                return np.where(self._block.integer, np.round(x), x)
            if not self._moved(desk, column, value, x, lower, upper):
                return None
        return None

    def _moved(self, desk: Desk, column, value, x, lower, upper) -> bool:  # type: ignore[no-untyped-def]
        """Whether columns could be moved; where not, the first alone is, and at last it goes the other way."""
        first = column[:1]
        other = np.where(value[:1] > x[first], value[:1] - 1, value[:1] + 1)
        for chosen, goal in ((column, value), (first, value[:1]), (first, other)):
            before = lower[chosen].copy(), upper[chosen].copy()
            up = goal > x[chosen]
            lower[chosen[up]], upper[chosen[~up]] = goal[up], goal[~up]
            if self._solved(desk, chosen, lower, upper):
                return True
            lower[chosen], upper[chosen] = before
            self._set(desk, chosen, lower, upper)
        return False

    def _choice(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which columns to move, and to which whole numbers: switches first, for steps depend on them."""
        switch = self._switches[np.abs(x[self._switches] - np.round(x[self._switches])) > WHOLE]
        if len(switch):
            return self._thrown(switch, x)
        part = x[self._steps] - np.floor(x[self._steps] + WHOLE)
        loose = part > WHOLE
        return self._stepped(self._steps[loose], part[loose], x) if loose.any() else (self._steps[:0], x[:0])

    def _thrown(self, switch: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Switches that are as good as thrown, all at once; else the least wanted one is left."""
        highest = np.array([self._highest(column, x) for column in switch]) - np.floor(x[switch])
        order = np.argsort(-highest, kind="stable")
        switch, highest = switch[order], highest[order]
        if highest[0] >= SURE or (len(switch) == 1 and highest[0] >= UP):
            sure = highest >= min(SURE, highest[0])
            return switch[sure], np.floor(x[switch[sure]]) + 1
        return switch[-1:], np.floor(x[switch[-1:]])

    def _stepped(self, column: np.ndarray, part: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        many = x[column] >= MANY
        sure = (part >= SURE) | (many & (part >= 0.5))
        if sure.any():
            order = np.argsort(-part[sure], kind="stable")
            return column[sure][order], np.floor(x[column[sure][order]]) + 1
        if many.any():
            return column[many], np.floor(x[column[many]])
        best = int(np.argmax(part))
        if part[best] >= UP:
            return column[[best]], np.floor(x[column[[best]]]) + 1
        least = part <= part.min() + 0.1
        return column[least], np.floor(x[column[least]])

    def _highest(self, column: int, x: np.ndarray) -> float:
        """How far a switch could be raised with all else as it is."""
        place = slice(self._columns.indptr[column], self._columns.indptr[column + 1])
        rows, values = self._columns.indices[place], self._columns.data[place]
        used = self._block.matrix[rows] @ x
        with np.errstate(invalid="ignore"):
            room = np.where(values > 0, self._block.row_upper[rows] - used, self._block.row_lower[rows] - used) / values
        return float(min(x[column] + room.min(initial=np.inf), self._sides[1][column]))

    def _solved(self, desk: Desk, column: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> bool:
        self._set(desk, column, lower, upper)
        desk.engine.run()
        return desk.engine.getModelStatus() == highspy.HighsModelStatus.kOptimal

    @staticmethod
    def _set(desk: Desk, column: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
        if len(column):
            desk.engine.changeColsBounds(len(column), column.astype(np.int32), lower[column], upper[column])
