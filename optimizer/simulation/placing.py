"""From what places need to what is sent and ordered: whole cases, least orders, room aboard, and stock shared out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.simulation.policy import Known

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
        scene, rows = self.known.scene, self._worth_while()
        if not rows:
            return no_shipments()
        sku = [np.flatnonzero(units > NOTHING) for _, _, units in rows]
        count = [len(found) for found in sku]
        lane = np.repeat([row[0] for row in rows], count)
        return pd.DataFrame(
            {"lane": scene.lanes.to_numpy(dtype=object)[lane],
             "sku": scene.skus.to_numpy(dtype=object)[np.concatenate(sku)],
             "week": np.repeat([row[1] for row in rows], count),
             "units": np.concatenate([row[2][found] for row, found in zip(rows, sku, strict=True)])}
        )  # fmt: skip

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
        for column, size in scene.sizes.items():
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
        poor = set()
        for supplier, least in scene.least_values.items():
            lanes = scene.lanes_from[supplier]
            for departs in {week for lane, week, _ in self._rows if lane in lanes}:
                loads = [units for lane, week, units in self._rows if week == departs and lane in lanes]
                before = [self.known.aboard.get((int(lane), departs)) for lane in lanes]
                loads += [load for load in before if load is not None]
                if float(np.sum(loads, axis=0) @ scene.paid[supplier]) < least * (1 - 1e-9):
                    poor |= {(int(lane), departs) for lane in lanes}
        return [row for row in self._rows if (row[0], row[1]) not in poor]


def shared_out(free: np.ndarray, needs: np.ndarray) -> np.ndarray:
    """What each of several places gets (places, S) of what there is (S,): all it needs, or an equal share of its
    need.
    """
    total = needs.sum(axis=0)
    share = np.minimum(np.divide(free, total, out=np.ones_like(total), where=total > 0), 1.0)
    return needs * share


def rounded(units: np.ndarray, step: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Units in whole steps, rounded up, down where there is less; as they are where any quantity may move (step 0)."""
    size = np.where(step > 0, step, 1.0)
    wanted = np.maximum(np.ceil(units / size - NOTHING), 0.0)
    there = np.floor(np.maximum(most, 0.0) / size + NOTHING)
    whole = np.where(step > 0, np.minimum(wanted, there) * size, np.minimum(units, np.maximum(most, 0.0)))
    return np.where(units > NOTHING, whole, 0.0)


def no_shipments() -> pd.DataFrame:
    """A table `ship` without rows."""
    return pd.DataFrame(
        {"lane": pd.Series(dtype=object), "sku": pd.Series(dtype=object), "week": pd.Series(dtype=np.int64),
         "units": pd.Series(dtype=float)}
    )  # fmt: skip


def _within(units: np.ndarray, size: np.ndarray, room: float, step: np.ndarray) -> np.ndarray:
    before = np.cumsum(units * size) - units * size
    left = np.maximum(room - before, 0.0)
    return rounded(units, step, left / size)


def position(known: Known) -> np.ndarray:
    """On hand and on order (L, S)."""
    return known.on_hand + known.on_order
