"""Base stock: every place is filled up each week to what it sells until the next filling, and a safety stock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from optimizer.simulation.pace import mean_and_spread
from optimizer.simulation.placing import Orders, position, shared_out
from optimizer.simulation.policy import Decisions, Known
from optimizer.simulation.scene import Scene
from optimizer.simulation.ways import Prefer, Ways


@dataclass(frozen=True)
class BaseStock:
    """Fill up to mean demand over lead time and review + `safety` standard deviations of it, the lead time's own spread
    counted (normal safety stock); places that others are filled from count all stock below them (echelon stock).

    `weeks`: how far back demand is learnt from. `prefer`: the usual way of each place. `levels`: units up to which a
    (location, SKU) is filled, set by hand.
    """

    safety: float = 1.65
    weeks: int = 13
    prefer: Prefer = "cheapest"
    levels: Mapping[tuple[str, str], float] = field(default_factory=dict)
    name: str = "base-stock"

    def decide(self, known: Known) -> Decisions:
        """Fill up every place."""
        ways = ways_of(known.scene, self.prefer)
        return Decisions(filled_up(known, ways, self._targets(known, ways)).table())

    def _targets(self, known: Known, ways: Ways) -> np.ndarray:
        """Echelon stock up to which each place is filled (L, S)."""
        mean, variance = (ways.with_all_below(ways.at_stores(values)) for values in mean_and_spread(known, self.weeks))
        cover, late = protected(ways)
        targets = mean * cover + self.safety * np.sqrt(variance * cover + (mean * late) ** 2)
        for (location, sku), units in self.levels.items():
            targets[known.scene.stores.get_loc(location), known.scene.skus.get_loc(sku)] = units
        return targets


def ways_of(scene: Scene, prefer: Prefer) -> Ways:
    """The ways of a scene; found once."""
    kept: dict[Prefer, Ways] = scene.__dict__.setdefault("_ways", {})
    if prefer not in kept:
        kept[prefer] = Ways(scene, prefer)
    return kept[prefer]


def protected(ways: Ways) -> tuple[np.ndarray, np.ndarray]:
    """Weeks of demand that a decision of now must last for (L, S), down to the last place below, and the standard
    deviation of the lead times in them: of all lanes on the longest way down, each late by itself.
    """
    skus = np.arange(ways.lane.shape[1])
    wait, spread, below, spread_below = (np.zeros(ways.lane.shape) for _ in range(4))
    for store in ways.order:
        lane = ways.lane[store]
        led = lane >= 0
        wait[store] = np.where(led, np.nan_to_num(ways.weeks[lane, skus]), 0.0)
        spread[store] = np.where(led, ways.late_weeks[lane] ** 2, 0.0)
    for store in reversed(ways.order):
        above = ways.above(store)
        onward, late = wait[store] + below[store], spread[store] + spread_below[store]
        longer = np.flatnonzero((above >= 0) & (onward > below[above, skus]))
        below[above[longer], longer], spread_below[above[longer], longer] = onward[longer], late[longer]
    review = np.where(ways.lane >= 0, ways.review[ways.lane], 1.0)
    return wait + below + review, np.sqrt(spread + spread_below)


def filled_up(known: Known, ways: Ways, targets: np.ndarray) -> Orders:
    """Orders that fill every place up to its echelon target: the lowest places first, what is short is shared out."""
    have = ways.with_all_below(position(known))
    needs = np.maximum(targets - have, 0.0)
    return fulfilled(known, ways, needs)


def fulfilled(known: Known, ways: Ways, needs: np.ndarray) -> Orders:
    """Orders for what each place needs (L, S), by its usual way; what is short is shared out."""
    orders = Orders(known, np.maximum(known.on_hand, 0.0).copy())
    for origin in [*ways.order, -1]:
        rows = [
            (lane, np.where(ways.lane[store] == lane, needs[store], 0.0))
            for store in range(len(needs))
            for lane in np.unique(ways.lane[store][ways.lane[store] >= 0])
            if known.scene.origin[lane] == origin
        ]
        if not rows:
            continue
        wanted = np.stack([need for _, need in rows])
        given = wanted if origin < 0 else shared_out(orders.free[origin], wanted)
        for (lane, _), units in zip(rows, given, strict=True):
            orders.send(int(lane), units)
    return orders
