"""From what places need to what is sent and ordered: whole cases, least orders, room aboard, and stock shared out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.simulation.carrying import costs_at, least_values, sizes
from optimizer.simulation.policy import Known
from optimizer.simulation.scene import Scene

#: Units that are none.
NOTHING = 1e-6


@dataclass
class Orders:
    """What is sent and ordered in a week, gathered lane by lane. `free` (L, S): what is still there to be sent."""

    known: Known
    free: np.ndarray

    def __post_init__(self) -> None:
        self._rows: list[tuple[int, int, np.ndarray]] = []

    def departure(self, lane: int) -> np.ndarray:
        """The week of the departure of a lane that is due now for each SKU (S,), -1 without one; the soonest one."""
        due = self.known.scene.due[lane] == self.known.week
        return np.where(due.any(axis=1), due.argmax(axis=1), -1)

    def send(self, lane: int, units: np.ndarray) -> np.ndarray:
        """So many units (S,) on a lane, in whole cases: rounded up, but no more than there is. What is really sent."""
        scene = self.known.scene
        week = self.departure(lane)
        step, begin = scene.multiple[lane], scene.origin[lane]
        most = self.free[begin] if begin >= 0 else np.full(len(units), np.inf)
        sent = np.where(week >= 0, rounded(units, step, most), 0.0)
        sent = self._aboard(lane, week, self._least(lane, sent))
        if begin >= 0:
            self.free[begin] -= sent
        for departs in np.unique(week[sent > NOTHING]):
            self._rows.append((lane, int(departs), np.where(week == departs, sent, 0.0)))
        return sent

    def table(self) -> pd.DataFrame:
        """The rows of `ship`; orders that a supplier finds too small as a whole are left for a later week."""
        scene = self.known.scene
        parts = []
        for lane, week, units in self._worth_while():
            sku = np.flatnonzero(units > NOTHING)
            parts.append(
                pd.DataFrame(
                    {"lane": scene.lanes[lane], "sku": scene.skus.to_numpy(dtype=object)[sku], "week": week,
                     "units": units[sku]}
                )
            )  # fmt: skip
        return pd.concat(parts, ignore_index=True) if parts else no_shipments()

    def _least(self, lane: int, units: np.ndarray) -> np.ndarray:
        """Orders of a SKU below its least order become the least order."""
        scene = self.known.scene
        if scene.origin[lane] >= 0:
            return units
        offers = scene.offers[scene.offers["lane"] == lane]
        least = np.zeros(len(units))
        least[offers["sku"]] = offers["moq"]
        made = np.zeros(len(units), dtype=bool)
        made[offers["sku"]] = True
        wanted = np.where(made & (units > NOTHING), np.maximum(units, least), 0.0)
        return rounded(wanted, scene.multiple[lane], np.full(len(units), np.inf))

    def _aboard(self, lane: int, week: np.ndarray, units: np.ndarray) -> np.ndarray:
        """What a departure takes, with what is aboard: the first ones in the catalogue's order, cut to whole cases."""
        scene = self.known.scene
        for column, size in sizes(scene).items():
            most = scene.facts.lanes[column].iat[lane]
            if not np.isnan(most):
                for departs in np.unique(week[units > NOTHING]):
                    mine = week == departs
                    before = self.known.aboard.get((lane, int(departs)))
                    room = most - (0.0 if before is None else float(before @ size))
                    units = np.where(mine, _within(np.where(mine, units, 0.0), size, room, scene.multiple[lane]), units)
        return units

    def _worth_while(self) -> list[tuple[int, int, np.ndarray]]:
        scene = self.known.scene
        least = least_values(scene)
        if not least:
            return self._rows
        suppliers = scene.facts.lanes["origin"].to_numpy(dtype=object)
        value: dict[tuple[str, int], float] = {}
        for lane, week, units in self._rows:
            if suppliers[lane] in least:
                key = suppliers[lane], week
                value.setdefault(key, self._ordered_before(suppliers, *key))
                value[key] += float(units @ costs_at(scene, suppliers[lane]))
        poor = {key for key, amount in value.items() if amount < least[key[0]] * (1 + 1e-9)}
        return [row for row in self._rows if (suppliers[row[0]], row[1]) not in poor]

    def _ordered_before(self, suppliers: np.ndarray, supplier: str, week: int) -> float:
        lanes = np.flatnonzero(suppliers == supplier)
        loads = [self.known.aboard[(int(lane), week)] for lane in lanes if (int(lane), week) in self.known.aboard]
        return float(sum(load @ costs_at(self.known.scene, supplier) for load in loads))


def shared_out(free: np.ndarray, needs: np.ndarray) -> np.ndarray:
    """What each of several places gets (places, S) of what there is (S,): all it needs, or an equal share of its
    need.
    """
    total = needs.sum(axis=0)
    share = np.minimum(np.divide(free, total, out=np.ones_like(total), where=total > 0), 1.0)
    return needs * share


def rounded(units: np.ndarray, step: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Units in whole steps (whole units where any quantity may move), rounded up; down where there is less."""
    size = np.where(step > 0, step, 1.0)
    wanted = np.maximum(np.ceil(units / size - NOTHING), 0.0)
    there = np.floor(np.maximum(most, 0.0) / size + NOTHING)
    return np.where(units > NOTHING, np.minimum(wanted, there), 0.0) * size


def no_shipments() -> pd.DataFrame:
    """A table `ship` without rows."""
    return pd.DataFrame(
        {"lane": pd.Series(dtype=object), "sku": pd.Series(dtype=object), "week": pd.Series(dtype=np.int64),
         "units": pd.Series(dtype=float)}
    )  # fmt: skip


def _within(units: np.ndarray, size: np.ndarray, room: float, step: np.ndarray) -> np.ndarray:
    before = np.cumsum(units * size) - units * size
    left = np.maximum(room - before, 0.0)
    return rounded(units, step, np.floor(left / size + NOTHING))


def position(scene: Scene, known: Known) -> np.ndarray:
    """On hand and on order (L, S)."""
    return known.on_hand + known.on_order
