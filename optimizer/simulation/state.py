"""Stock and what is under way while weeks go by, and everything that has happened so far."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts
from optimizer.scenario.departures import next_open
from optimizer.simulation.scene import NEVER, WEEK, Scene

#: Columns of what has been sent and ordered: positions of lane and SKU, week of departure, units, and the days on which
#: it is expected and on which it arrives.
SENT = ("lane", "sku", "week", "units", "expected", "arrives")


class State:
    """Changes from week to week. `on_hand` (L, S); `coming` (L, S, T + 1): units by week of arrival, the last one for
    all that arrive later; `on_order` (L, S): not there yet; `received`, `left` (L, S, T): units into and out of each
    store by week; `aboard`: units of each SKU (S,) on each departure (lane, week) so far.
    """

    def __init__(self, scene: Scene, late: np.ndarray) -> None:
        self._scene = scene
        shape = len(scene.stores), len(scene.skus), scene.facts.periods
        self.arrives, self.arrival_week = _really(scene, late)
        self.on_hand, self.on_order = np.zeros(shape[:2]), np.zeros(shape[:2])
        self.coming = np.zeros((*shape[:2], shape[2] + 1))
        self.received, self.left = np.zeros(shape), np.zeros(shape)
        self.aboard: dict[tuple[int, int], np.ndarray] = {}
        self._sent: list[np.ndarray] = []
        stock = scene.scenario["opening_stock"]
        _add(self.on_hand, scene, stock["location"], stock["sku"], stock["units"])
        due = scene.facts.receipts
        place, sku = scene.stores.get_indexer(due["location"]), scene.skus.get_indexer(due["sku"])
        np.add.at(self.coming, (place, sku, due["period"].to_numpy()), due["units"].to_numpy())
        self.on_order += self.coming.sum(axis=2)

    def receive(self, week: int) -> None:
        """What arrives in a week is there from its first day on."""
        units = self.coming[:, :, week].copy()
        self.coming[:, :, week] = 0.0
        self.on_hand += units
        self.on_order -= units
        self.received[:, :, week] += units

    def send(self, week: int, lane: np.ndarray, sku: np.ndarray, departs: np.ndarray, units: np.ndarray) -> None:
        """Units leave, or are ordered, on lanes (positions) that depart in given weeks."""
        scene = self._scene
        begin, end = scene.origin[lane], scene.destination[lane]
        stored = begin >= 0
        np.subtract.at(self.on_hand, (begin[stored], sku[stored]), units[stored])
        np.add.at(self.left, (begin[stored], sku[stored], departs[stored]), units[stored])
        arrival = self.arrival_week[lane, departs]
        np.add.at(self.coming, (end, sku, arrival), units)
        np.add.at(self.on_order, (end, sku), units)
        for departure in np.unique(np.column_stack([lane, departs]), axis=0):
            mine = (lane == departure[0]) & (departs == departure[1])
            load = self.aboard.setdefault((int(departure[0]), int(departure[1])), np.zeros(len(scene.skus)))
            np.add.at(load, sku[mine], units[mine])
        rows = [lane, sku, departs, units, scene.arrives[lane, departs], self.arrives[lane, departs]]
        self._sent.append(np.column_stack([np.asarray(column, dtype=float) for column in rows]))
        self.receive(week)  # where the way takes no time

    def take(self, week: int, place: np.ndarray, sku: np.ndarray, units: np.ndarray) -> None:
        """Units leave for customers, or are cleared."""
        np.subtract.at(self.on_hand, (place, sku), units)
        np.add.at(self.left, (place, sku, np.full(len(place), week)), units)

    @property
    def sent(self) -> pd.DataFrame:
        """Everything sent and ordered so far, as `SENT` names it."""
        rows = np.concatenate(self._sent) if self._sent else np.zeros((0, len(SENT)))
        whole = {name: np.int64 for name in SENT if name != "units"}
        return pd.DataFrame(rows, columns=list(SENT)).astype(whole)


def real_departures(facts: Facts, scene: Scene, arrives: np.ndarray) -> pd.DataFrame:
    """The departures of the weeks that `facts` knows, with the days on which they really arrive."""
    table = facts.departures
    lane = scene.lanes.get_indexer(table["lane"])
    days = arrives[lane, table["period"]].astype("datetime64[D]")
    same = days == np.asarray(table["departs_on"]).astype("datetime64[D]")
    period = np.where(same, table["period"], facts.calendar.arrival_period(days))
    return table.assign(arrives_on=days.astype("datetime64[ns]"), arrival_period=period)


def _really(scene: Scene, late: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Day number of arrival of each departure that is so many days late, and its week of the calendar (N, T)."""
    arrives = np.full_like(scene.departs, NEVER)
    lead = scene.facts.lanes["lead_time_days"].to_numpy(dtype=np.int64)
    for lane, name in enumerate(scene.facts.lanes["destination"]):
        sails = scene.departs[lane] != NEVER
        days = (scene.departs[lane] + lead[lane] + late[lane])[sails].astype("datetime64[D]")
        arrives[lane, sails] = next_open(scene.scenario["closures"], name, days).astype(np.int64)
    week = -((scene.first - arrives) // WEEK)  # the first week that begins on or after the day
    count = scene.facts.periods
    week = np.where(arrives == scene.departs, np.arange(count), week)
    return arrives, np.clip(week, 0, count)


def _add(stock: np.ndarray, scene: Scene, locations: pd.Series, skus: pd.Series, units: pd.Series) -> None:
    np.add.at(stock, (scene.stores.get_indexer(locations), scene.skus.get_indexer(skus)), units.to_numpy(dtype=float))
