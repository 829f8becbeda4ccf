"""Lot-sizing rows of a SKU: what whole cases must have brought before demand can be served.

Over some locations and some periods, stock before + receipts + case pack x (cases that come less cases that go) is what
is delivered and left. Demand of a chosen part of the deliveries then asks for whole cases, or is left undelivered: a
mixed-integer rounding inequality (Nemhauser and Wolsey 1990; for lot sizing with constant batches Pochet and Wolsey,
Production Planning by Mixed Integer Programming, 2006, chapter 9).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from optimizer.decomposition.cuts import Cuts

#: A delivery belongs to the chosen part if it lacks at most this share of its demand; the first part is empty.
LACKING = (-1.0, 1e-9, 0.1, 0.35, 0.7)
#: Rows broken by less, in cases, are no help.
LEAST_VIOLATION = 1e-3


@dataclass(frozen=True)
class Flows:
    """Columns of a block that move units, over `places` locations and the periods 0 ... T - 1, T for beyond.

    `moves`: column, origin (-1: from outside), departure, destination, arrival, cases of each step (whole numbers).
    `stays`: column, location, period of stock on hand. `ends`: column, location, period of deliveries that are capped
    by demand (period T: matched after the horizon). All are integer arrays, a row each. `known` (places, T + 1): units
    that the past has sent, opening stock in period 0.
    """

    pack: float
    moves: np.ndarray
    stays: np.ndarray
    ends: np.ndarray
    known: np.ndarray


class LotRows:
    """Finds lot-sizing rows of one SKU; `groups` (groups, places) says which locations are looked at together."""

    def __init__(self, flows: Flows, groups: np.ndarray, most: np.ndarray) -> None:
        self._flows, self._groups, self._most = flows, groups.astype(float), most
        self._known = np.cumsum(self._groups @ flows.known, axis=1)

    def violated(self, x: np.ndarray, most: int) -> Cuts:
        """At most so many rows that `x` (n,) breaks, the worst first."""
        broken, first, whole = self._broken(x)
        best = broken.max(axis=0)
        group, start, end = np.nonzero(best > LEAST_VIOLATION * self._flows.pack)
        if not len(group):
            return Cuts.none(len(x))
        worst = np.argsort(-best[group, start, end], kind="stable")[:most]
        group, start, end = group[worst], start[worst], end[worst]
        part = broken[:, group, start, end].argmax(axis=0)
        chosen = part, group, start, end
        return self._rows(x, group, start, end, part, first[chosen], whole[chosen])

    def _broken(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """By how much each row is broken, its remainder and its number of cases; (parts, groups, T + 1, T + 1)."""
        column, _, _ = self._flows.ends
        lacks = np.maximum(self._most[column] - x[column], 0.0)
        demand = np.stack([self._binned(self._flows.ends[1:], self._most[column] * near) for near in self._near(x)])
        lacking = np.stack([self._binned(self._flows.ends[1:], lacks * near) for near in self._near(x)])
        held, period = self._flows.stays[0], self._flows.stays[1:]
        before = self._binned((period[0], period[1] + 1), x[held])  # stock at the end of the period before
        need = _windows(np.cumsum(demand, axis=2)) - _windows(self._known)
        whole = np.ceil(need / self._flows.pack - 1e-9)
        remainder = np.minimum(need - self._flows.pack * (whole - 1), self._flows.pack)
        net = _windows(np.cumsum(self._cases(x), axis=1))
        slack = _windows(np.cumsum(lacking, axis=2)) + before[:, :, None]
        broken = remainder * (whole - net) - slack
        return np.where(np.tri(broken.shape[-1], dtype=bool).T, broken, -np.inf), remainder, whole

    def _near(self, x: np.ndarray) -> list[np.ndarray]:
        column = self._flows.ends[0]
        share = (self._most[column] - x[column]) / np.maximum(self._most[column], 1e-12)
        return [share <= limit for limit in LACKING]

    def _binned(self, at: np.ndarray | tuple, amounts: np.ndarray) -> np.ndarray:
        """Amounts at (location, period) summed over the locations of each group, (groups, T + 1)."""
        places, width = self._flows.known.shape
        return self._groups @ np.bincount(at[0] * width + at[1], amounts, places * width).reshape(places, width)

    def _cases(self, x: np.ndarray) -> np.ndarray:
        """Cases that come to less cases that leave each group, by period, (groups, T + 1)."""
        column, origin, departure, destination, arrival, steps = self._flows.moves
        cases = x[column] * steps
        gone = origin >= 0
        return self._binned((destination, arrival), cases) - self._binned((origin[gone], departure[gone]), cases[gone])

    def _rows(self, x, group, start, end, part, remainder, whole) -> Cuts:  # type: ignore[no-untyped-def]
        rows = np.zeros((len(group), len(x)))
        here = self._groups[group]
        column, origin, departure, destination, arrival, steps = self._flows.moves
        gone = np.where(origin >= 0, origin, 0)
        net = here[:, destination] * _inside(arrival, start, end)
        net -= here[:, gone] * (origin >= 0) * _inside(departure, start, end)
        rows[:, column] = remainder[:, None] * steps * net
        held, place, period = self._flows.stays
        rows[:, held] = here[:, place] * (period + 1 == start[:, None])
        taken, place, period = self._flows.ends
        near = np.stack(self._near(x))[part] * here[:, place] * _inside(period, start, end)
        rows[:, taken] = -near
        lower = remainder * whole - near @ self._most[taken]
        return Cuts(sparse.csr_array(rows), lower)


def _inside(period: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    return (period >= start[:, None]) & (period <= end[:, None])


def _windows(cumulative: np.ndarray) -> np.ndarray:
    """Sums over start ... end from sums up to each period; adds an axis: (..., T + 1) to (..., T + 1, T + 1)."""
    before = np.concatenate([np.zeros((*cumulative.shape[:-1], 1)), cumulative[..., :-1]], axis=-1)
    return cumulative[..., None, :] - before[..., :, None]
