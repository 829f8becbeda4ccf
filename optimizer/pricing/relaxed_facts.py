"""What the linking part must know of a network's SKUs, without their program."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from optimizer.network.network import Network
from optimizer.pricing.relaxed import Relaxed


def constant(net: Network) -> float:
    """The part of the cost that nothing can change: goods of the past that land beyond the horizon are worth
    something.
    """
    if net.ground.scenario.settings.end_stock == "zero":
        return 0.0
    return -float((np.where(net.cover.landing > 0, net.cover.cleared, 0.0) * net.cover.landing).sum())


def fullest(relaxed: Relaxed, links: sparse.csr_array) -> np.ndarray:
    """What SKUs would use of linking rows if each of their columns were at its upper bound, (links,)."""
    routes, stocks = relaxed.routes, relaxed.stocks
    sku = np.repeat(np.arange(len(stocks.volume)), np.diff(stocks.ship_start))
    most, bought = stocks.ship_most.astype(np.float64), routes.origin[stocks.ship_sailing] < 0
    value = np.zeros(len(most))
    value[bought] = stocks.buy_value
    sizes = (stocks.volume[sku], stocks.weight[sku], np.ones(len(most)), value)
    aboard = [np.bincount(stocks.ship_sailing, most * size, len(routes.origin)) for size in sizes]
    return links @ np.concatenate([*aboard, relaxed.roomiest])


def dearest(relaxed: Relaxed, links: sparse.csr_array) -> np.ndarray:
    """A price that no unit of a linking row is worth to any SKU, (links,): what all costs of a unit's way come to at
    most, over the least that it uses.
    """
    stocks = relaxed.stocks
    cost = np.zeros(len(stocks.volume))
    for starts, amounts in (
        (stocks.ship_start, stocks.ship_cost), (stocks.deliver_start, stocks.deliver_cost),
        (stocks.want_start, stocks.want_lost), (stocks.cover_start, stocks.cover_gain),
        (stocks.target_start, stocks.target_price),
    ):  # fmt: skip
        largest = np.zeros(len(cost))
        np.maximum.at(largest, np.repeat(np.arange(len(cost)), np.diff(starts)), np.abs(amounts))
        cost += largest
    least = [_most_for(cost, size) for size in (stocks.volume, stocks.weight, np.ones(len(cost)), _values(relaxed))]
    count, width = len(relaxed.routes.origin), relaxed.routes.rent.size
    worth = np.concatenate([*(np.full(count, most) for most in least), np.full(width, least[0])])
    used = links.tocoo()
    prices = np.zeros(links.shape[0])
    np.maximum.at(prices, used.row, worth[used.col] / np.abs(used.data))
    return prices


def _most_for(cost: np.ndarray, size: np.ndarray) -> float:
    there = size > 0
    return float((cost[there] / size[there]).max(initial=0.0))


def _values(relaxed: Relaxed) -> np.ndarray:
    """The least value of a unit of each SKU at its suppliers; 0 where it has none."""
    starts = relaxed.stocks.buy_start
    least = np.full(len(starts) - 1, np.inf)
    np.minimum.at(least, np.repeat(np.arange(len(least)), np.diff(starts)), relaxed.stocks.buy_value)
    return np.where(np.isfinite(least), least, 0.0)
