"""What was sold before the replay, and in each week of it: what every policy may learn from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.forecast.weeks import weeks
from optimizer.scenario.calendar import DAY
from optimizer.scenario.generator.typed import joined, typed
from optimizer.simulation.pace import weekly_pace
from optimizer.simulation.scene import WEEK, Scene

#: Weeks before the replay that a scenario without sales is taken to have had, all as its first weeks are told.
TOLD_WEEKS = 8
#: First weeks of the table of demand whose mean stands for those weeks.
FIRST_DAYS = 28
#: Weeks in stock from which the usual pace of a SKU is taken.
PACE_WEEKS = 8
#: Units that are none.
NOTHING = 1e-9


class Past:
    """Weeks of sales by customers region and SKU (C, S, H): those before the replay, then week after week.

    Pairs without a row of `sales` are taken to have sold evenly what the table of demand says of the first four weeks;
    pairs of neither table have sold nothing.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        sold, in_stock = _before(scene)
        self.before = sold.shape[2]
        room = np.zeros((*sold.shape[:2], scene.weeks))
        self._sold, self._in_stock = np.concatenate([sold, room], 2), np.concatenate([in_stock, room], 2)
        self._ran_out = np.zeros(self._sold.shape, dtype=bool)
        self.sold, self.in_stock = (values[:, :, : self.before] for values in (self._sold, self._in_stock))

    def add(self, week: int, served: np.ndarray, begin: np.ndarray, end: np.ndarray) -> None:
        """What was served in a week, and the share of customers who could be reached with what stood at its begin and
        at its end (C, S).

        A shop sees its shelves and what it sold, never what was wanted. Where the shelves that customers were reached
        from went empty meanwhile, they are taken to have lasted as long as the units sold do at the usual pace, but not
        through the last day.
        """
        usual = weekly_pace(self.sold, self.in_stock, PACE_WEEKS)
        lasted = np.divide(served, usual, out=np.ones_like(served), where=usual > NOTHING)
        ran_out = np.clip(lasted, end, np.maximum(begin - 1 / WEEK, end))
        place = self.before + week
        self._sold[:, :, place] = served
        self._in_stock[:, :, place] = np.where(end < begin - NOTHING, ran_out, begin)
        self._ran_out[:, :, place] = (begin > NOTHING) & (end <= NOTHING)
        self.sold, self.in_stock = (values[:, :, : place + 1] for values in (self._sold, self._in_stock))

    def sales(self, week: int) -> pd.DataFrame:
        """The table `sales` as of a week: that of the scenario, and what was sold since. Days out of stock are told.

        What was sold in a week in which the shelves went empty is told as sold out of stock: no less was wanted. A
        scenario whose demand is told by its table alone has no sales, and is given none.
        """
        table = self._scene.scenario["sales"]
        if not len(table) or not week:
            return table
        since = slice(self.before, self.before + week)
        sold, in_stock, ran_out = (values[:, :, since] for values in (self._sold, self._in_stock, self._ran_out))
        known = self._known(table) | (sold > NOTHING).any(axis=2)
        in_days = np.where(ran_out, 0, np.round(in_stock * WEEK)).astype(np.int64)
        told = known[:, :, None] & ((sold > NOTHING) | (in_days < WEEK))
        told[:, :, -1] |= known  # the table speaks until yesterday
        parts = []
        for whole in (True, False):  # the days on which it could be had, then those on which it could not
            length = in_days if whole else WEEK - in_days
            region, sku, when = np.nonzero(told & (length > 0))
            days = length[region, sku, when]
            begins = when * WEEK + (0 if whole else WEEK - days)
            units = sold[region, sku, when] if whole else np.where(days < WEEK, 0.0, sold[region, sku, when])
            parts.append(self._rows(region, sku, begins, days, units, whole))
        return joined("sales", table, *parts)

    def _rows(self, region: np.ndarray, sku: np.ndarray, begins: np.ndarray, days: np.ndarray, units: np.ndarray,
              in_stock: bool) -> pd.DataFrame:  # fmt: skip
        scene = self._scene
        first = np.datetime64(scene.scenario.settings.starts_on, "D")
        return typed(
            "sales",
            {"sku": scene.skus.to_numpy(dtype=object)[sku], "region": scene.customers.to_numpy(dtype=object)[region],
             "date": first + begins * DAY, "days": days, "units": units, "in_stock": np.full(len(sku), in_stock)},
        )  # fmt: skip

    def _known(self, table: pd.DataFrame) -> np.ndarray:
        scene = self._scene
        known = np.zeros((len(scene.customers), len(scene.skus)), dtype=bool)
        known[scene.customers.get_indexer(table["region"]), scene.skus.get_indexer(table["sku"])] = True
        return known


def _before(scene: Scene) -> tuple[np.ndarray, np.ndarray]:
    shape = len(scene.customers), len(scene.skus)
    history = weeks(scene.scenario)
    count = max(history.sold.shape[1], TOLD_WEEKS)
    sold, in_stock = np.zeros((*shape, count)), np.ones((*shape, count))
    table = scene.scenario["demand"]
    if len(table):
        sold[:] = _first_weeks(scene, table)[:, :, None]
    if len(history.sku):
        region, sku = scene.customers.get_indexer(history.region), scene.skus.get_indexer(history.sku)
        here = region >= 0
        sold[region[here], sku[here]] = 0.0
        last = slice(count - history.sold.shape[1], count)
        sold[region[here], sku[here], last] = (history.sold + history.missed)[here]
        in_stock[region[here], sku[here], last] = (1.0 - history.short)[here]
    return sold, np.where(_launched(sold, in_stock), in_stock, 0.0)


def _launched(sold: np.ndarray, in_stock: np.ndarray) -> np.ndarray:
    """Whether each SKU had been on sale by each week (1, S, H): it had sold, or had run out, somewhere. Of one that
    never did nothing is known, and all its weeks count.
    """
    seen = np.any((sold > NOTHING) | (in_stock < 1.0), axis=0)
    since, never = np.maximum.accumulate(seen, axis=1), ~np.any(seen, axis=1, keepdims=True)
    return np.asarray(since | never)[None]


def _first_weeks(scene: Scene, table: pd.DataFrame) -> np.ndarray:
    """Mean weekly units of the first weeks of the table of demand (C, S)."""
    begins = table["starts_on"].to_numpy().astype("datetime64[D]").astype(np.int64)
    days = table["days"].to_numpy(dtype=np.int64)
    first = scene.first
    inside = np.clip(np.minimum(begins + days, first + FIRST_DAYS) - np.maximum(begins, first), 0, None)
    units = np.zeros((len(scene.customers), len(scene.skus)))
    place = scene.customers.get_indexer(table["region"]), scene.skus.get_indexer(table["sku"])
    np.add.at(units, place, table["mean"].to_numpy(dtype=float) * inside / days)
    return units * WEEK / FIRST_DAYS
