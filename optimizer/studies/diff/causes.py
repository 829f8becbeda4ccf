"""Which replaced input moves a line of a diff: in the relaxations, at the line itself or, since whole cases and
containers shift lines between lanes and weeks, further and further around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.diff.why import LANE, LINE, PLACE, SKU, Cause

#: Share of a change that one input must account for.
MOST_OF_IT = 0.5
#: Kinds of changes that are another date.
OF_DATE = ("earlier", "later")


@dataclass(frozen=True)
class Moved:
    """What each of S steps changes, of all that has one key: `periods` (n,), `units` (n, S)."""

    periods: np.ndarray
    units: np.ndarray


class Shipped:
    """What each step ships otherwise than the one before.

    `rows`: lane, sku, period, step (from 0: before the first), units; `places`: destination of each lane; `names`: of
    the steps.
    """

    def __init__(self, rows: pd.DataFrame, places: Mapping[str, str], names: list[str]) -> None:
        self._names, self._places = names, places
        table = _by_step(rows, ["lane", "sku", "period"], len(names))
        index = list(table.index.to_frame(index=False).itertuples(index=False))
        periods, units = np.array([row.period for row in index], dtype=np.int64), table.to_numpy()
        self._moved: dict[str, dict[Hashable, Moved]] = {}
        for level in (LANE, PLACE, SKU):
            at = defaultdict[Hashable, list[int]](list)
            for number, row in enumerate(index):
                at[self._key(row.lane, row.sku, level)].append(number)
            self._moved[level] = {key: Moved(periods[some], units[some]) for key, some in at.items()}

    def cause(self, line: Any) -> Cause | None:
        """The step that moves a line of `Diff.lines` most, if that is most of it, at the nearest level at which one
        does; None where none does.
        """
        for level in (LINE, LANE, PLACE, SKU):
            moved = self._moves(line, level)
            step = int(moved.argmax())
            if moved[step] >= MOST_OF_IT * line.units:
                return Cause(self._names[step], level)
        return None

    def _moves(self, line: Any, level: str) -> np.ndarray:
        """How far each step moves a line in its own direction, in units, (S,)."""
        keys = [self._key(lane, line.sku, level) for lane in (line.lane, line.lane_before)]
        if level == LINE or keys[0] != keys[1]:
            ends = [(key, period, sign) for key, lane, period, sign in
                    ((keys[0], line.lane, line.period, 1.0), (keys[1], line.lane_before, line.period_before, -1.0))
                    if lane]  # fmt: skip
            found = [sign * self._change(key, level, period) for key, period, sign in ends]
            return np.asarray(sum(found) / len(found))
        if line.kind in OF_DATE:
            return self._shifted(keys[0], level, line.period_before, line.period)
        return np.zeros(len(self._names))  # within one key all that comes is what goes

    def _key(self, lane: str, sku: str, level: str) -> Hashable:
        if level == SKU:
            return sku if lane else None
        return (self._places.get(lane), sku) if level == PLACE else (lane, sku)

    def _change(self, key: Hashable, level: str, period: int) -> np.ndarray:
        moved = self._moved[LANE if level == LINE else level].get(key)
        if moved is None:
            return np.zeros(len(self._names))
        here = moved.periods == period if level == LINE else np.ones(len(moved.periods), dtype=bool)
        return np.asarray(moved.units[here].sum(axis=0))

    def _shifted(self, key: Hashable, level: str, before: int, after: int) -> np.ndarray:
        """Units that each step brings forward over the periods between two (or puts off, where the second is later),
        on average over these periods.
        """
        moved = self._moved[level].get(key)
        if moved is None or before == after:
            return np.zeros(len(self._names))
        first, end, sign = (after, before, 1.0) if after < before else (before, after, -1.0)
        sooner = [moved.units[moved.periods <= period].sum(axis=0) for period in range(first, end)]
        return np.asarray(sign * np.mean(sooner, axis=0))


class Lost:
    """What each step loses otherwise than the one before. `rows`: sku, region, step, units."""

    def __init__(self, rows: pd.DataFrame, names: list[str]) -> None:
        self._names = names
        table = _by_step(rows, ["sku", "region"], len(names))
        self._line = dict(zip(table.index, table.to_numpy(), strict=True))
        by_sku = table.groupby(level="sku").sum()
        self._sku = dict(zip(by_sku.index, by_sku.to_numpy(), strict=True))

    def cause(self, row: Any) -> Cause | None:
        """The step that moves a row of `Diff.lost` most, if that is most of it; None where none does."""
        for level, moved in ((LINE, self._line.get((row.sku, row.region))), (SKU, self._sku.get(row.sku))):
            if moved is not None:
                along = moved * np.sign(row.after - row.before)
                step = int(along.argmax())
                if along[step] >= MOST_OF_IT * abs(row.after - row.before):
                    return Cause(self._names[step], level)
        return None


def _by_step(rows: pd.DataFrame, keys: list[str], steps: int) -> pd.DataFrame:
    """Units by key (rows), and what each step changes in them (columns)."""
    table = rows.pivot_table(index=keys, columns="step", values="units", aggfunc="sum", fill_value=0.0, observed=True)
    return table.reindex(columns=range(steps + 1), fill_value=0.0).diff(axis=1).drop(columns=0)
