"""The rule that sellers' ERP systems suggest replenishment by: days of cover at the velocity of the last weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.simulation.base_stock import ways_of
from optimizer.simulation.pace import velocity
from optimizer.simulation.placing import Orders, position, rounded
from optimizer.simulation.policy import Decisions, Known
from optimizer.simulation.scene import NEVER, WEEK
from optimizer.simulation.ways import Prefer, Ways

#: Days over which the velocity is taken.
DAYS = (7, 15, 30)


@dataclass(frozen=True)
class ErpRule:
    """Forecast: the mean of the velocity of 7, 15 and 30 days with `weights`. Warehouse after warehouse, what is short
    of the lead time and `abroad_days` of cover comes from a neighbour if one has enough to spare, else from home if
    home has enough, else home sends what it has and the rest is bought. Home itself keeps the lead time of purchases
    and `home_days` of all that is sold. Cartons are rounded up.

    `in_stock_only`: days out of stock do not count in the velocity. `hurry_days`: what a warehouse lacks of so many
    days of cover at the moment when goods sent the fastest way would be there goes that way, the rest the usual way;
    0: all does. `transfers`: neighbours are asked.
    """

    weights: tuple[float, float, float] = (0.5, 0.3, 0.2)
    abroad_days: float = 30.0
    home_days: float = 15.0
    in_stock_only: bool = True
    hurry_days: float = 0.0
    transfers: bool = True
    prefer: Prefer = "cheapest"
    name: str = "erp-rule"

    def decide(self, known: Known) -> Decisions:
        """Go through the warehouses, then through what is to be bought."""
        ways, fast = ways_of(known.scene, self.prefer), ways_of(known.scene, "fastest")
        pace = ways.with_all_below(ways.at_stores(velocity(known, DAYS, self.weights, self.in_stock_only)))
        orders = Orders(known, np.maximum(known.on_hand, 0.0).copy())
        have, coming = ways.with_all_below(position(known)), known.on_order
        bought = np.zeros(pace.shape)
        for store in reversed(ways.order):
            above = ways.above(store)
            if (above >= 0).any():
                self._fill(known, ways, fast, orders, store, pace, have[store], bought)
        self._buy(known, ways, orders, pace, coming, bought)
        return Decisions(orders.table())

    def _fill(self, known: Known, ways: Ways, fast: Ways, orders: Orders, store: int, pace: np.ndarray,
              have: np.ndarray, bought: np.ndarray) -> None:  # fmt: skip
        """What a warehouse is short of: from neighbours, from home, or (noted in `bought` of home) from suppliers."""
        sells = pace[store]
        need = np.maximum(sells * (self._wait(ways, store) + self.abroad_days) - have, 0.0)
        if self.transfers:
            need = self._from_neighbours(known, ways, orders, store, need, pace)
        if self.hurry_days > 0:
            need = np.maximum(need - self._hurried(known, ways, fast, orders, store, sells), 0.0)
        lanes = ways.lane[store]
        for lane in np.unique(lanes[lanes >= 0]):
            home = known.scene.origin[lane]
            mine = np.where(lanes == lane, need, 0.0)
            if home < 0:
                bought[store] += mine
                continue
            sent = orders.send(int(lane), mine)
            bought[home] += np.maximum(mine - sent, 0.0)

    def _hurried(self, known: Known, ways: Ways, fast: Ways, orders: Orders, store: int, sells: np.ndarray
                 ) -> np.ndarray:  # fmt: skip
        """What was sent by the fastest way from another place (S,), since what is there, and what is expected before
        goods sent now, do not cover the days until then and `hurry_days` more.
        """
        lanes, skus = fast.lane[store], np.arange(len(sells))
        quick = (lanes >= 0) & (lanes != ways.lane[store]) & (known.scene.origin[lanes] >= 0)
        weeks = np.where(quick, np.nan_to_num(fast.weeks[lanes, skus]), 0.0)
        soon = np.arange(known.coming.shape[2])[None, :] <= weeks[:, None]
        have = known.on_hand[store] + (known.coming[store] * soon).sum(axis=1)
        short = np.where(quick, np.maximum(sells * (WEEK * weeks + self.hurry_days) - have, 0.0), 0.0)
        sent = np.zeros(len(sells))
        for lane in np.unique(lanes[quick]):
            sent += orders.send(int(lane), np.where(lanes == lane, short, 0.0))
        return sent

    def _from_neighbours(self, known: Known, ways: Ways, orders: Orders, store: int, need: np.ndarray, pace: np.ndarray
                         ) -> np.ndarray:  # fmt: skip
        """What is still needed once the first neighbour with enough beyond its own cover has sent it."""
        scene = known.scene
        for lane in _between(ways, store):
            origin = scene.origin[lane]
            spare = orders.free[origin] - pace[origin] * (self._wait(ways, origin) + self.abroad_days)
            whole = rounded(need, scene.multiple[lane], np.full(len(need), np.inf))
            sent = orders.send(lane, np.where((whole > 0) & (whole <= spare), whole, 0.0))
            need = np.where(sent > 0, 0.0, need)
        return need

    def _buy(self, known: Known, ways: Ways, orders: Orders, pace: np.ndarray, coming: np.ndarray, bought: np.ndarray
             ) -> None:  # fmt: skip
        """Orders at suppliers: what was found missing, and the cover of places that buy for themselves."""
        for store in ways.order:
            lanes = ways.lane[store]
            buys = (lanes >= 0) & (ways.above(store) < 0)
            own = pace[store] * (self._wait(ways, store) + self.home_days) - orders.free[store] - coming[store]
            need = np.where(buys, np.maximum(own, 0.0) + np.maximum(bought[store] - np.maximum(-own, 0.0), 0.0), 0.0)
            for lane in np.unique(lanes[buys]):
                orders.send(int(lane), np.where(lanes == lane, need, 0.0))

    def _wait(self, ways: Ways, store: int) -> np.ndarray:
        """Days from a decision until goods are there by the usual way (S,), and until the next decision."""
        lane, skus = ways.lane[store], np.arange(ways.lane.shape[1])
        weeks = np.where(lane >= 0, np.nan_to_num(ways.weeks[lane, skus]) + ways.review[lane], 0.0)
        return WEEK * weeks


def _between(ways: Ways, store: int) -> list[int]:
    """Lanes that lead to a store from its like, the fastest first, and that depart at all."""
    scene = ways.scene
    kind = scene.facts.lanes["origin_kind"].to_numpy(dtype=object)
    found = np.flatnonzero((scene.destination == store) & (kind == "overseas"))
    lanes = [int(lane) for lane in found if (scene.departs[lane] != NEVER).any()]
    return sorted(lanes, key=lambda lane: scene.facts.lanes["lead_time_days"].iat[lane])
