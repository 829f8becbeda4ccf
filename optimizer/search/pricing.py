"""The leader of a search by prices: bounds, booked structure, whole answers and the choice among them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial, reduce
from operator import add
from typing import Any

import numpy as np
import pandas as pd

from optimizer.decomposition.crew import Abandoned, Crew, Each, crew_of, workers_of
from optimizer.decomposition.lagrangian import first_prices, linking_bound
from optimizer.decomposition.memory import give_back
from optimizer.decomposition.offers import Offers, joined
from optimizer.decomposition.rounds import Round, rounds
from optimizer.formulation.first_structure import booked_containers, booked_orders
from optimizer.formulation.interpret import interpret
from optimizer.formulation.mission import mission_cost
from optimizer.scenario.scenario import Scenario
from optimizer.search.booking import Booked, fixed
from optimizer.search.borne import borne
from optimizer.search.dealt import shares
from optimizer.search.earlier import Earlier
from optimizer.search.link_rows import LinkRows
from optimizer.search.means import Means
from optimizer.search.raising import PIECE, raised
from optimizer.search.slices import Facts, linking_part
from optimizer.search.stored import recalled_prices, stored_prices
from optimizer.search.stored_start import shipments_from
from optimizer.search.tables import tables_by
from optimizer.search.worker import Worker
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

#: Most rounds of prices for the relaxation, and share of the least mission cost that is near enough; both in a hurry,
#: where bounds and answers of single SKUs are hundreds of times as far apart.
ROUNDS, NEAR = 12, 3e-4
FEW_ROUNDS, NEARLY = 8, 1.2e-2
#: Up to so many SKUs each container counts: those of a plan are booked before SKUs are asked again. Where more SKUs
#: share a departure, only departures without one are closed.
FEW = 3_000
#: Share of the time left that all rounds of prices may take, that strengthening may take, and one pass of offers.
PRICED, STRENGTHENED, OFFERED = 0.4, 0.55, 0.4
#: Seconds that strengthening leaves for a first plan and a better choice, unless it had less than a share of the time.
CHOOSING, LEAST_STRENGTHENED = 8.0, 0.25
#: Seconds kept for plan tables: a share of those in which SKUs were formulated, and at most one of all seconds.
TABLES, MOST_TABLES = 0.6, 0.2
#: Rounds of cuts that strengthen the bound; those of a hurried search, with less than so many seconds a SKU of a core.
CUTS, FEW_CUTS, HURRIED = 8, 3, 0.06
_log = logging.getLogger(__name__)


class Pricing:
    """A catalogue dealt out to workers that answer prices; use as a context manager.

    `few`: the SKUs are so few that each container counts; `threads`: that a solve in this process may use while the
    workers wait.
    """

    def __init__(self, scenario: Scenario, limits: Limits, means: Means) -> None:
        self._limits, self._means, self.threads = limits, means, limits.threads
        begun, self.recalls = time.monotonic(), means.start is not None and len(means.start.shipped) > 0
        self._ends = begun + limits.seconds
        earlier = None if means.start is None or not self.recalls else partial(shipments_from, means.start)
        dealt = shares(scenario, workers_of(means.cluster, limits.threads), earlier)
        self._dealt, self._names, self.workers = dealt, dealt.names, len(dealt)
        self.blocks, self.few = len(self._names), len(self._names) <= FEW
        self._crew: Crew = crew_of(Worker, dealt, means.cluster, means.pool)
        try:
            self._state(scenario, begun)
        except BaseException:
            self._crew.close()
            raise
        self.stop: Callable[[], bool] = lambda: self.left <= 0
        self.abandoned: Callable[[], bool] = lambda: False
        self.proved: Callable[[float], None] = lambda bound: None

    def _state(self, scenario: Scenario, begun: float) -> None:
        """State what SKUs share, from what the workers tell of theirs."""
        self.step = ""
        give_back()  # what reading the tables and dealing them out has left
        facts: Facts = reduce(add, self._crew.call("facts"))
        self.net, self.program, self.linking = linking_part(scenario, facts)
        self.rows = LinkRows(self.net, self.program, self.linking)
        self._mission, constant = mission_cost(self.net, self.program)
        self._constant, self.floor = constant + facts.mission, facts.floor
        self._fullest, self.solver = facts.fullest, Highs()
        self._bound_prices = np.zeros(len(self.linking.links))
        self._beside_bound = np.zeros(0), 0.0  # prices, and the bound of the linking columns there
        self.bounds, self.first = np.full(self.blocks, -np.inf), Offers.none(len(self.linking.links))
        self._making = time.monotonic() - begun
        self._ends -= min(TABLES * self._making, MOST_TABLES * self._limits.seconds)

    def __enter__(self) -> Pricing:
        return self

    def __exit__(self, *error: Any) -> None:
        self._crew.close()

    @cached_property
    def prices(self) -> np.ndarray:
        """The prices (links,) at which the rounds begin: those that another run has left where there are any."""
        first = first_prices(self.linking, self._fullest, self.solver, self.within())
        if self._means.start is None:
            return first
        table, dearest = self._means.start.prices, self.linking.dearest
        known = recalled_prices(table, self.net, self.program, self.linking.links, dearest)
        return borne(known, first, self.linking, self.floor, self.solver, self.within())

    def recalled(self) -> tuple[Booked, Offers]:
        """Whole answers near what an earlier plan ships, at the prices that it has left, with nothing booked."""
        self._bound_prices = self.prices
        found = joined(self._ask("recall", self.prices))
        return Booked(self.linking, self.prices, np.zeros(len(self.prices), dtype=bool)), found

    def bound(self, earlier: Earlier | None = None) -> tuple[float, Booked]:
        """A bound from every SKU's relaxation with lot-sizing rows, and what the relaxation books, or an `earlier` plan
        that is close to it; first whole answers beside that are found on the way.
        """
        offset, ends = self.linking.form.offset, time.monotonic() + PRICED * self.left
        most, apart = (FEW_ROUNDS, NEARLY * self.floor) if self.hurried else (ROUNDS, NEAR * self.floor)

        def enough(now: Round) -> bool:
            near = now.mix.lacking < apart and now.mix.cost + offset - now.bound < apart
            near |= earlier is not None and earlier.settled(now.bound, NEAR * self.floor)
            _log.debug("%d rounds of prices: bound %.0f", now.number, now.bound)
            self.step = f"prices, round {now.number}"
            self.proved(now.bound)
            return self.stop() or near or time.monotonic() > ends or now.number >= most

        last = rounds(self.linking, self._crew, self.solver, self.within(), self.prices, 0, enough)
        self._bound_prices = last.prices
        self._means.keep(stored_prices(self.net, self.program, self.linking.links, last.prices))
        if self.abandoned():  # an earlier plan may be near enough
            raise Abandoned
        booked = self._book(last, earlier)
        seconds = max(min(STRENGTHENED * self.left, self.left - CHOOSING), LEAST_STRENGTHENED * self.left)
        self.step = "bounds and answers of single SKUs"
        self._strengthen(last.prices, FEW_CUTS if self.hurried else CUTS, seconds, booked.closed)
        _log.debug("%d SKUs, %d first answers, bound %.0f", self.blocks, len(self.first.block), self._bound())
        return max(last.bound, self._bound()), booked

    def _strengthen(self, prices: np.ndarray, cuts: int, seconds: float, closed: np.ndarray) -> None:
        """Bounds and first answers of all SKUs within some seconds; where SKUs are few the bound is told on the way,
        which may be near enough to an earlier plan.
        """
        ends, piece = time.monotonic() + seconds, PIECE * seconds if self.few else np.inf
        found = self._ask("strengthen", prices, cuts, self.hurried, seconds, closed, piece)
        self.bounds, self.first = np.concatenate([bounds for bounds, _ in found]), joined([made for _, made in found])
        for better in raised(self, ends, piece) if self.few else ():
            self.first = (self.first + better).newest()

    def _book(self, last: Round, earlier: Earlier | None) -> Booked:
        """Orders made whole around the last round's mix, departures closed that carry little, prices for the rest; or
        the orders and departures of an earlier plan.
        """
        if earlier is not None and earlier.close(last.bound):
            return replace(self.rebook(earlier.columns, loose=True), prices=last.prices)
        used = last.master.used(last.mix)
        containers = booked_containers(self.net, last.mix.columns[self.program.columns["containers"]])
        orders = booked_orders(self.net, used[self.rows.of("supplier_minimum")])
        linking, closed = fixed(self.net, self.program, self.linking, self.rows, containers, orders, loose=True)
        return Booked(linking, last.prices, closed)

    @property
    def left(self) -> float:
        """Seconds that are left before plan tables must be made."""
        return max(self._ends - time.monotonic(), 0.0)

    @property
    def hurried(self) -> bool:
        """Whether there is little time for each SKU."""
        return self._limits.seconds * self._limits.threads < HURRIED * self.blocks

    def rebook(self, columns: np.ndarray, loose: bool | None = None) -> Booked:
        """What some whole linking columns book; containers are `loose` where SKUs are many, if nothing else is said."""
        containers, orders = (
            np.round(columns[self.program.columns[name]]) for name in ("containers", "supplier_orders")
        )
        loose = not self.few if loose is None else loose
        linking, closed = fixed(self.net, self.program, self.linking, self.rows, containers, orders, loose)
        return Booked(linking, np.zeros(len(closed)), closed)

    def beside(self, booked: Booked, prices: np.ndarray) -> float:
        """What the linking columns cost at prices, with what is booked and the rest relaxed."""
        linking = replace(booked.linking, form=booked.linking.form.relaxed)
        return linking_bound(linking, prices, self.solver, self.within())

    def penalty(self, offers: Offers, times: float, worth: float) -> np.ndarray:
        """What a missing unit of each linking row is charged at first (links,), beside the prices of the bound."""
        return self.rows.penalty(offers, self._bound_prices, times, worth)

    def offer(self, booked: Booked, prices: np.ndarray, known: Offers, which: np.ndarray | None = None) -> Offers:
        """Whole answers at prices of all SKUs, or of some (numbers), with what is booked."""
        which = np.arange(self.blocks) if which is None else which
        return joined(self._ask("offer", prices, booked.closed, which, self._dealt.each(known), OFFERED * self.left))

    def some(self, which: np.ndarray, most: int) -> np.ndarray:
        """About so many of some SKUs (numbers, in order): whom to ask is soonest done (`search.dealt.Dealt.some`)."""
        return self._dealt.some(which, most)

    def improve(self, booked: Booked, prices: np.ndarray, chosen: Offers, seconds: float) -> tuple[Offers, float]:
        """Better answers and bounds where they lie furthest apart, for some seconds; the answers and the bound."""
        found = self._ask(
            "improve", prices, self._bound_prices, booked.closed, self._dealt.each(chosen), self.bounds, seconds
        )
        self.bounds = np.concatenate([bounds for _, bounds in found])
        return joined([offers for offers, _ in found]), self._bound()

    def go_on(self, seconds: float, resting: int = -1) -> tuple[Offers, float]:
        """Bounds and answers of SKUs that there was no time for on the way to the bound, for some seconds more by all
        workers but one that may be `resting`; the answers and the bound.
        """
        found = self._ask("go_on", Each(0.0 if one == resting else seconds for one in range(self.workers)))
        self.bounds = np.maximum(self.bounds, np.concatenate([bounds for bounds, _ in found]))
        return joined([offers for _, offers in found]), self._bound()

    def mission(self, gauge: float, columns: np.ndarray) -> float:
        """The mission cost of SKUs that have so much of it themselves, and of the linking columns beside them."""
        return max(gauge + float(self._mission @ columns) + self._constant, self.floor)

    def tables(self, chosen: Offers, columns: np.ndarray) -> list[dict[str, pd.DataFrame]]:
        """The plan tables of what is chosen, in parts: of one offer of each SKU in order, and of linking columns."""
        self._crew.free(self._making)  # who is still at what was abandoned: to make the SKUs anew takes no longer
        return [*tables_by(self._crew, self._dealt, chosen), interpret(self.net, self.program, columns)]

    def tell_skus(self, chosen: Offers) -> None:
        """Tell who wants to know what each SKU costs as chosen and at least, both at the prices of the bound."""
        value = chosen.cost - chosen.usage @ self._bound_prices
        self._means.keep_skus(pd.DataFrame({"sku": self._names, "value": value, "bound": self.bounds}))

    def _ask(self, method: str, *arguments: Any) -> list[Any]:
        return self._crew.call(method, *arguments, until=self.abandoned)

    def _bound(self) -> float:
        prices, beside = self._beside_bound
        if prices is not self._bound_prices or not np.isfinite(beside):
            beside = linking_bound(self.linking, self._bound_prices, self.solver, self.within())
            self._beside_bound = self._bound_prices, beside
        return float(self.bounds.sum()) + beside

    def within(self) -> Limits:
        """Limits with the time that is left, for one solve in this process."""
        return replace(self._limits, seconds=max(self.left, 1.0), threads=1)
