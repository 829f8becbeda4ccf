"""How a planner who works by rules sees the network: each place has one usual way by which it is filled up, and each
region one place that serves it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np

from optimizer.forecast.lateness import deviation, scale
from optimizer.plan.ledger.landed import landed_costs
from optimizer.plan.ledger.moves import move_costs
from optimizer.simulation.scene import NEVER, WEEK, Scene

Prefer = Literal["cheapest", "loose", "fastest"]
RANK = {"supplier": 0, "domestic": 1, "overseas": 2, "marketplace": 3}


class Ways:
    """The usual way of each store and SKU: `lane` (L, S), -1 where none leads there. `order`: the stores, each one
    after all that it is filled from. `prefer`: of the lanes that lead to a place the one that lands goods at the least
    cost, with containers reckoned as full ("cheapest"); the same without whole containers, where another lane leads
    there ("loose"); or in the least time ("fastest").
    """

    def __init__(self, scene: Scene, prefer: Prefer = "cheapest") -> None:
        self.scene = scene
        self._prefer = prefer
        self.order, inbound = _order(scene)
        weight = self._weights()
        self.lane = np.full((len(scene.stores), len(scene.skus)), -1)
        least = np.full(self.lane.shape, np.inf)
        for store, lanes in inbound.items():
            for lane in lanes:
                better = weight[lane] < least[store] - 1e-9
                self.lane[store, better], least[store, better] = lane, weight[lane, better]

    @cached_property
    def weeks(self) -> np.ndarray:
        """Weeks from the decision until goods are there by each lane (N, S), NaN where it takes none of the SKU."""
        scene = self.scene
        week = -((scene.first - scene.arrives) // WEEK)
        week = np.where(scene.arrives == scene.departs, np.arange(week.shape[1]), week)
        wait = np.where(scene.due != NEVER, week[:, None, :] - scene.due, np.nan)
        there = ~np.isnan(wait).all(axis=2)
        found = np.full(wait.shape[:2], np.nan)
        found[there] = np.nanmedian(wait[there], axis=1)
        return found

    @cached_property
    def review(self) -> np.ndarray:
        """Weeks between departures of each lane (N,)."""
        return np.maximum(self.scene.facts.lanes["every_weeks"].to_numpy(dtype=float), 1.0)

    @cached_property
    def late_weeks(self) -> np.ndarray:
        """Standard deviation of the lateness of each lane in weeks (N,)."""
        lanes = self.scene.facts.lanes
        mean = scale(lanes["lead_time_days"].to_numpy(dtype=float), lanes["lead_time_p90_days"].to_numpy(dtype=float))
        return deviation(mean) / WEEK

    @cached_property
    def serves(self) -> np.ndarray:
        """The store that serves each region with each SKU (C, S), -1 where none does: of those that can have the SKU
        the one with the cheapest local delivery lane, else with the cheapest one.
        """
        scene = self.scene
        cost, _ = scene.serving(0)
        stock = np.zeros(self.lane.shape, dtype=bool)
        table = scene.scenario["opening_stock"]
        stock[scene.stores.get_indexer(table["location"]), scene.skus.get_indexer(table["sku"])] = True
        can = (self.lane >= 0) | stock
        best, least = (
            np.full((len(scene.customers), len(scene.skus)), -1),
            np.full((len(scene.customers), len(scene.skus)), np.inf),
        )
        far = np.nanmax(np.abs(cost), initial=0.0) * 2 + 1.0
        for number, lane in enumerate(scene.delivery_lanes.itertuples()):
            if lane.place >= 0:
                paid = np.where(can[lane.place], cost[number] + (0.0 if lane.local else far), np.inf)
                better = paid < least[lane.customer]
                best[lane.customer, better], least[lane.customer, better] = lane.place, paid[better]
        return best

    def at_stores(self, values: np.ndarray) -> np.ndarray:
        """Values of regions (C, S) added up over the stores that serve them (L, S)."""
        total = np.zeros(self.lane.shape)
        region, sku = np.nonzero(self.serves >= 0)
        np.add.at(total, (self.serves[region, sku], sku), values[region, sku])
        return total

    def with_all_below(self, values: np.ndarray) -> np.ndarray:
        """Values of stores (L, S) plus those of all that are filled from them, directly or not."""
        total = values.copy()
        skus = np.arange(values.shape[1])
        for store in reversed(self.order):
            above = self.above(store)
            np.add.at(total, (above[above >= 0], skus[above >= 0]), total[store, above >= 0])
        return total

    def above(self, store: int) -> np.ndarray:
        """The store from which a store is usually filled with each SKU (S,), -1 for a supplier or none."""
        lane = self.lane[store]
        return np.where(lane >= 0, self.scene.origin[lane], -1)

    def _weights(self) -> np.ndarray:
        """What each lane is chosen by (N, S); inf where it takes none of the SKU."""
        scene, facts = self.scene, self.scene.facts
        moves = move_costs(facts)
        landed = landed_costs(facts, moves)
        begins = facts.locations.index.get_indexer(facts.lanes["origin"])
        money = landed[begins] + moves
        most = max(float(np.nanmax(money)), 1.0)
        by = self.weeks + 1e-6 * money / most if self._prefer == "fastest" else money
        if self._prefer == "loose":
            rates = scene.scenario["freight_rates"]
            contained = scene.lanes.isin(rates.loc[rates["basis"] == "container", "lane"])
            by = by + 2.0 * most * contained[:, None]
        takes = (scene.due != NEVER).any(axis=2)
        return np.where(takes & np.isfinite(by), by, np.inf)


def _order(scene: Scene) -> tuple[list[int], dict[int, list[int]]]:
    """The stores from the top down, and the lanes by which each one may be filled: from places nearer to the suppliers
    in kind; from its like only where there is nothing else.
    """
    kind = scene.facts.locations["kind"]
    rank = kind.map(RANK)
    begins = rank.reindex(scene.facts.lanes["origin"]).to_numpy()
    ends = rank.reindex(scene.facts.lanes["destination"]).to_numpy()
    inbound = {
        store: np.flatnonzero((scene.destination == store) & (begins < ends)) for store in range(len(scene.stores))
    }
    ranks = rank.reindex(scene.stores).to_numpy()
    done = [int(store) for store in np.argsort(ranks, kind="stable") if len(inbound[int(store)])]
    todo = [store for store in range(len(scene.stores)) if store not in done]
    while todo:
        found = {store: np.flatnonzero((scene.destination == store) & np.isin(scene.origin, done)) for store in todo}
        ready = [store for store in todo if len(found[store])] or todo
        inbound |= {store: found[store] for store in ready}
        done += ready
        todo = [store for store in todo if store not in ready]
    return done, {store: [int(lane) for lane in lanes] for store, lanes in inbound.items()}
