"""Who is served from where in a week, once it is known what customers want."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.simulation.scene import Scene

#: Units that are none.
NOTHING = 1e-9


class _Task:
    """What is left of stock, wants and patience while delivery lanes are gone through."""

    def __init__(self, left: np.ndarray, wanted: np.ndarray, patient: np.ndarray, given: np.ndarray) -> None:
        self.left, self.wanted, self.patient, self.given = left, wanted, patient, given


class Service:
    """Call with a week, what stands (L, S) and what is wanted (C, S): units on each delivery lane (D, S).

    Of the delivery lanes with goods the one whose service is worth most above a lost sale goes first, and none that
    costs more than the lost sale. `planned` (D, S): units for which a delivery lane was chosen before; they go first,
    the rest follows where `serve_rest`. Customers who wait for a slow one are no more than the scenario says
    (`delivery_patience`).
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        lanes = scene.delivery_lanes
        self._place, self._customer = lanes["place"].to_numpy(), lanes["customer"].to_numpy()
        self._times = np.unique(lanes["days"].to_numpy())
        self._slow = self._times[None, :] <= lanes["days"].to_numpy()[:, None]
        self._share = _accepting(scene, self._times)

    def reach(self, week: int, standing: np.ndarray) -> np.ndarray:
        """The share of the customers of each region who can have each SKU from what stands (C, S): that which accepts
        the quickest delivery lane with goods that is worth its cost.
        """
        scene = self._scene
        cost, lost = scene.serving(week)
        there = np.where(self._place[:, None] >= 0, standing[self._place] > NOTHING, scene.supplied)
        offered = there & (lost[self._customer] - cost >= 0)
        days = np.searchsorted(self._times, scene.delivery_lanes["days"].to_numpy())
        share = np.zeros(lost.shape)
        np.maximum.at(share, self._customer, np.where(offered, self._share[self._customer, days][:, None], 0.0))
        return share

    def __call__(
        self, week: int, standing: np.ndarray, wanted: np.ndarray, planned: np.ndarray | None = None,
        serve_rest: bool = True,
    ) -> np.ndarray:  # fmt: skip
        cost, lost = self._scene.serving(week)
        worth = lost[self._customer] - cost
        worth = np.where(np.isnan(worth), -np.inf, worth)
        order = np.argsort(-worth, axis=0, kind="stable")
        left = np.vstack([standing, np.zeros(standing.shape[1])])  # the last row takes what suppliers send
        task = _Task(left, wanted.copy(), self._share[:, :, None] * wanted[:, None, :], np.zeros(worth.shape))
        if planned is not None:
            self._serve(task, order, planned)
        if planned is None or serve_rest:
            self._serve(task, order, np.where(worth >= 0, np.inf, 0.0))
        return task.given

    def _serve(self, task: _Task, order: np.ndarray, most: np.ndarray) -> None:
        skus = np.arange(most.shape[1])
        supplied = self._scene.supplied
        for lane in order:
            place, customer = self._place[lane], self._customer[lane]
            there = np.where(place >= 0, task.left[place, skus], np.where(supplied[lane, skus], np.inf, 0.0))
            waiting = np.where(self._slow[lane].T, task.patient[customer, :, skus].T, np.inf).min(
                axis=0, initial=np.inf
            )
            units = np.minimum(np.minimum(there, task.wanted[customer, skus]), np.minimum(waiting, most[lane, skus]))
            units = np.where(units > NOTHING, units, 0.0)
            task.given[lane, skus] += units
            task.wanted[customer, skus] -= units
            task.left[place, skus] -= units
            task.patient[customer, :, skus] -= units[:, None] * self._slow[lane]


def _accepting(scene: Scene, times: np.ndarray) -> np.ndarray:
    """Share of each region's customers who accept so many days (C, times): that of the next longer wait told, nobody
    beyond the longest; everybody where nothing is told. Only times that are offered to the region ask for anything.
    """
    share = np.ones((len(scene.customers), len(times)))
    table = scene.scenario["delivery_patience"].sort_values("days")
    for region, rows in table.groupby("region"):
        place = scene.customers.get_indexer([region])[0]
        if place >= 0:
            later = np.searchsorted(rows["days"].to_numpy(), times)
            share[place] = np.append(rows["share"].to_numpy(dtype=float), 0.0)[later]
    return share


def planned_units(scene: Scene, deliver: pd.DataFrame) -> np.ndarray:
    """Rows location, region, sku, units as units on each delivery lane (D, S); those to other regions are left out."""
    lanes = pd.MultiIndex.from_frame(scene.delivery_lanes[["location", "region"]].astype(object))
    units = np.zeros((len(scene.delivery_lanes), len(scene.skus)))
    lane = lanes.get_indexer(pd.MultiIndex.from_frame(deliver[["location", "region"]].astype(object)))
    sku, here = scene.skus.get_indexer(deliver["sku"]), lane >= 0
    np.add.at(units, (lane[here], sku[here]), deliver["units"].to_numpy(dtype=float)[here])
    return units
