"""The exact cost of a shop that buys each week, with a lead time, and loses what it cannot sell: the truth for tests.

Each week what was ordered `lead` weeks ago arrives, an order is placed, then Poisson demand comes; what is left costs
`hold` a unit, what is lost `lose`. The state before the order: units on hand, and those that arrive 1, ..., lead - 1
weeks from now (Zipkin, Old and new methods for lost-sales inventory systems, 2008).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Shop:
    """`most`: more is never on hand or ordered at once by a policy worth looking at."""

    mean: float
    lead: int
    hold: float
    lose: float
    most_on_hand: int = 34
    most_ordered: int = 13

    @property
    def shape(self) -> tuple[int, ...]:
        """States: on hand, then the orders under way."""
        return (self.most_on_hand + 1, *[self.most_ordered + 1] * (self.lead - 1))


@cache
def week_cost(shop: Shop) -> np.ndarray:
    """Expected cost of a week that begins with so many units on hand (most_on_hand + 1,)."""
    wanted = np.arange(200)
    stock = np.arange(shop.most_on_hand + 1)[:, None]
    left, lost = np.maximum(stock - wanted, 0), np.maximum(wanted - stock, 0)
    return (shop.hold * left + shop.lose * lost) @ stats.poisson.pmf(wanted, shop.mean)


@cache
def left_over(shop: Shop) -> np.ndarray:
    """Probability of each number of units left of each number on hand (on hand, left)."""
    size = shop.most_on_hand + 1
    chance, sold = np.zeros((size, size)), stats.poisson.pmf(np.arange(size), shop.mean)
    for stock in range(size):
        chance[stock, stock - np.arange(stock)] = sold[:stock]
        chance[stock, 0] += 1 - sold[:stock].sum()
    return chance


def best_cost(shop: Shop, tolerance: float = 1e-4) -> float:
    """Least mean cost of a week over all policies, by value iteration (orders from 0 to `most_ordered`)."""

    def step(value: np.ndarray) -> np.ndarray:
        return np.min([_after(shop, value, order) for order in range(shop.most_ordered + 1)], axis=0)

    return _mean_cost(shop, step, tolerance)


def base_stock_cost(shop: Shop, level: int, tolerance: float = 1e-4) -> float:
    """Mean cost of a week where stock and what is under way are filled up to `level`."""
    coming = np.indices(shop.shape).sum(axis=0)
    orders = np.clip(level - coming, 0, shop.most_ordered)

    def step(value: np.ndarray) -> np.ndarray:
        total = np.empty(shop.shape)
        for order in np.unique(orders):
            mine = orders == order
            total[mine] = _after(shop, value, int(order))[mine]
        return total

    return _mean_cost(shop, step, tolerance)


def _after(shop: Shop, value: np.ndarray, order: int) -> np.ndarray:
    """Cost of this week and value of what follows, in every state, where `order` is placed now."""
    chance = left_over(shop)
    if shop.lead == 1:
        arrived = np.minimum(np.arange(shop.shape[0]) + order, shop.most_on_hand)
        return week_cost(shop) + chance @ value[arrived]
    # Next week's state: left over + the first of those under way, the others, this order.
    following = value[..., order]  # (on hand, then under way but for the first)
    total = np.empty(shop.shape)
    for first in range(shop.most_ordered + 1):
        arrived = np.minimum(np.arange(shop.shape[0]) + first, shop.most_on_hand)
        total[:, first] = np.tensordot(chance, following[arrived], axes=1)
    return total + week_cost(shop).reshape(-1, *[1] * (shop.lead - 1))


def _mean_cost(shop: Shop, step: Callable[[np.ndarray], np.ndarray], tolerance: float) -> float:
    value = np.zeros(shop.shape)
    for _ in range(5000):
        changed = step(value)
        rise = changed - value
        if rise.max() - rise.min() < tolerance:
            return float((rise.max() + rise.min()) / 2)
        value = changed - changed.min()
    raise RuntimeError("the values did not settle")
