"""Exact answers of the relaxations of whole slices of SKUs, compiled: no solver, microseconds a SKU.

Under prices, and without whole cases and least orders, a SKU's block is a transportation problem: a few limited sources
(opening lots, goods in transit) and suppliers, against demand by patience, buckets after the horizon and stock targets;
a pair costs the cheapest way through time. Bounds of columns are left out, which keeps a bound valid; where the best
point breaks one, or a block has what this model lacks, the SKU is said not to be held, and a solver must answer it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from optimizer.network.network import Network
from optimizer.pricing import relaxed_routes, relaxed_stocks
from optimizer.pricing.relaxed_arrays import Fares, Match, Point, Routes, Stocks, Used, Ways
from optimizer.pricing.relaxed_links import MEASURES


@dataclass(frozen=True)
class RelaxedAnswers:
    """What a slice answers to prices: `bound` (K,) proven on each SKU's priced cost (-inf: none), `held` (K,): whether
    its point is exact; `cost` (K,) of the points at no prices (0 where not held); `usage` (groups, links) of those
    held.
    """

    bound: np.ndarray
    held: np.ndarray
    cost: np.ndarray
    usage: np.ndarray


class Relaxed:
    """The SKUs of a slice, ready to answer prices of the linking rows that `links` (links, features) describes.

    `supported` (K,): SKUs with nothing that compiled answers lack.
    """

    def __init__(self, net: Network, links: sparse.csr_array) -> None:
        self.routes, lots = relaxed_routes.routes(net)
        self.stocks = relaxed_stocks.stocks(net, self.routes, lots)
        self.supported = relaxed_stocks.supported(net, self.routes)
        self._links = links

    def answer(self, prices: np.ndarray, groups: np.ndarray) -> RelaxedAnswers:
        """What every SKU answers to `prices` (links,), its use of linking rows added up in `groups` (K,)."""
        from optimizer.pricing import relaxed_kernel  # compiled on first use

        count, width = len(groups), int(groups.max(initial=-1)) + 1
        bound, cost, held = np.empty(count), np.empty(count), self.supported.copy()
        used = _unused(width, self.routes)
        fares = self._fares(prices)
        work = _work(self.routes, self.stocks)  # made anew each time: of hundreds of slices it would take much room
        relaxed_kernel.answers(self.routes, self.stocks, fares, *work, groups, used, bound, cost, held)
        features = np.concatenate([part.reshape(width, -1) for part in used], axis=1)
        return RelaxedAnswers(bound, held, cost, features @ self._links.T)

    def asked(self, prices: np.ndarray) -> Asked:
        """What one SKU after the other answers to `prices` (links,)."""
        return Asked(self, self._fares(prices))

    def _fares(self, prices: np.ndarray) -> Fares:
        """What prices add to costs: a unit pays less the price of what it uses."""
        paid = -(self._links.T @ prices)
        count = len(self.routes.origin)
        aboard = [paid[place * count : (place + 1) * count] for place in range(len(MEASURES))]
        return Fares._make([*aboard, paid[len(MEASURES) * count :].reshape(self.routes.rent.shape)])


class Asked:
    """The SKUs of a slice at prices that stay."""

    def __init__(self, relaxed: Relaxed, fares: Fares) -> None:
        self._relaxed, self._fares, self._work = relaxed, fares, _work(relaxed.routes, relaxed.stocks)
        self._used, count = _unused(1, relaxed.routes), len(relaxed.supported)
        self._groups, self._bound, self._cost = np.zeros(count, np.int64), np.empty(count), np.empty(count)
        self._held = np.zeros(count, dtype=bool)

    def at(self, sku: int) -> tuple[float, Point | None]:
        """A proven bound on a SKU's priced cost, -inf where there is none, and what it does where that is exact. The
        rows of the point are in the order of `stocks`; it holds until the next question.
        """
        from optimizer.pricing import relaxed_kernel  # compiled on first use

        held, relaxed = self._held, self._relaxed
        held[:] = False
        held[sku] = relaxed.supported[sku]
        relaxed_kernel.answers(relaxed.routes, relaxed.stocks, self._fares, *self._work, self._groups, self._used,
                               self._bound, self._cost, held)  # fmt: skip
        return float(self._bound[sku]), self._work[2] if held[sku] else None


def _unused(groups: int, routes: Routes) -> Used:
    count = len(routes.origin)
    aboard = [np.zeros((groups, count)) for _ in MEASURES]
    return Used._make([*aboard, np.zeros((groups, *routes.rent.shape))])


def _most(starts: np.ndarray) -> int:
    return int(np.diff(starts).max(initial=0))


def _work(routes: Routes, stocks: Stocks) -> tuple[Ways, Match, Point]:
    """Room for the largest SKU."""
    targets = _most(stocks.target_start)
    sources = 1 + _most(stocks.source_start) + targets
    columns = _most(stocks.want_start) * (routes.share.shape[1] - 1) + _most(stocks.cell_start) + targets
    return _ways(sources, routes, stocks), _match(sources, columns), _point(routes, stocks)


def _ways(sources: int, routes: Routes, stocks: Stocks) -> Ways:
    places, periods = routes.rent.shape
    time, beyond = (sources, places, periods + 1), (sources, places, routes.buckets + 1)
    return Ways(
        np.zeros(time), np.zeros(time, np.int64), np.zeros(time), np.zeros(time, np.int64), np.zeros(beyond),
        np.zeros(beyond, np.int64), older=np.zeros((places, periods + 1), np.int64), heads=np.zeros(places, np.int64),
        spent=np.zeros((places, periods + 1)), first=np.zeros((periods, places + 1), np.int64),
        fare=np.zeros(_most(stocks.ship_start)),
    )  # fmt: skip


def _match(sources: int, columns: int) -> Match:
    pairs, squares = (columns, sources), (sources, sources)

    def whole(*shape: int) -> Any:
        return np.zeros(shape, np.int64)

    return Match(
        cost=np.zeros(pairs), way=whole(*pairs), free=np.zeros(sources), exit=whole(sources, 2),
        size=np.zeros(columns), other=np.zeros(columns), supply=np.zeros(sources), rest=np.zeros(sources),
        price=np.zeros(sources), flow=np.zeros(pairs), gain=np.zeros(pairs), served=whole(sources, columns),
        serving=whole(sources), swap=np.zeros(squares), swapped=whole(*squares), leave=np.zeros(sources),
        left=whole(sources), onward=whole(sources), dirty=np.zeros(sources, np.bool_),
        turn=whole(columns), most=np.zeros(columns),
    )  # fmt: skip


def _point(routes: Routes, stocks: Stocks) -> Point:
    places, periods = routes.rent.shape
    lengths = (stocks.ship_start, stocks.deliver_start, stocks.cover_start, stocks.want_start)
    rows = [np.zeros(_most(starts)) for starts in lengths]
    return Point._make([*rows, np.zeros((places, periods + 1)), np.zeros(1)])
