"""Whole answers of SKUs that are offered at prices, and the choice of one for each."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace

import numpy as np

from optimizer.decomposition.lagrangian import cleared
from optimizer.decomposition.master import Linking
from optimizer.decomposition.mixes import heaviest
from optimizer.decomposition.offers import Offers
from optimizer.decomposition.rounds import SMOOTHED
from optimizer.decomposition.selection import Chosen, Mixed, Selection
from optimizer.decomposition.tie import Choice, Tie
from optimizer.errors import WorkersLost
from optimizer.search.booking import Booked
from optimizer.search.meanwhile import meanwhile
from optimizer.search.offered import Offered
from optimizer.search.pricing import Pricing
from optimizer.search.settling import WHOLE, settle
from optimizer.search.standing import Standing
from optimizer.solvers.solver import Progress

#: A missing unit of a linking row costs so many times the highest price of its family of rows in the relaxation, and at
#: least so many times what offers cost for a unit of it.
PENALTY, WORTH = 3.0, 10.0
#: The first mix is of one offer of each SKU, so little of its prices is taken.
FIRST_STEP = 0.1
#: The master program in whole numbers chooses among so many of the cheapest offers for each SKU, of so many SKUs that
#: have several that are nearly as cheap; the others take their cheapest.
CHEAP, OPEN = 5, 2_000
#: Groups of SKUs whose offers are added up for mixes where SKUs are many: more than linking rows that bind, for each of
#: these splits a group between its offers.
GROUPS = 2_000
#: The master program in whole numbers finds better containers than the first plan has, but for more than so many SKUs
#: not in so many seconds: where no more are left they answer around those of the first plan from the beginning.
REBOOKED, SOON = 400, 30.0
#: Share of the time left after which no more repairs of what an earlier plan lacks today are begun: where much has
#: changed they take longer than a new plan, and what comes of it is further from the bound.
RECALLED = 0.1
#: Most swaps that are tried in one choice, share of the time left that they may take, and seconds that a choice has at
#: least.
SWAPS, SWAPPING, LEAST_SECONDS = 500, 0.05, 4.0
#: How often SKUs without any answer are asked for one, for longer each time.
ASKED = 3
#: Of no offer.
NO_ONE = np.zeros(0, dtype=np.int64)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taken:
    """A plan of a catalogue: one offer of each SKU in order, and the linking columns."""

    offers: Offers
    columns: np.ndarray


class Choosing:
    """The offers of all SKUs, prices that their mixes call for, and the best choice so far.

    Prices are asked between the best ones so far and those of the mix (in-out smoothing), as in `decomposition.rounds`;
    how good prices are is told by the Lagrangian value of the answers, which are not proven to be the cheapest.
    """

    def __init__(self, pricing: Pricing, standing: Standing[Taken]) -> None:
        self._pricing, self._standing = pricing, standing
        self._value, self._step, links = -np.inf, FIRST_STEP, len(pricing.linking.links)
        self._offered, self._last = Offered(pricing.blocks, links), Offers.none(links)
        self._choice, self._penalty = np.zeros(0, dtype=np.int64), np.zeros(links)

    def recall(self, booked: Booked, stored: Offers) -> None:
        """A plan from whole answers near those of an earlier plan, which are known from now on; none where a SKU is
        without one.
        """
        self._booked, self._centre = booked, booked.prices
        missing = np.setdiff1d(np.arange(self._pricing.blocks), stored.block)
        if len(missing):
            stored = stored + self._pricing.offer(booked, booked.prices, stored, missing)
        self._offered.keep(stored)
        if self._offered.complete:
            self._penalty = self._pricing.penalty(stored, PENALTY, WORTH)
            ends = time.monotonic() + RECALLED * self._pricing.left
            self._settle(self._offered.cheapest(booked.prices, self._booked.closed), ends)

    def begin(self, booked: Booked) -> bool:
        """A plan from the whole answers that were found beside what is booked, on the way to the bound, and from those
        that are known already, whichever are cheaper; false where a SKU is without one, as the solver may come to no
        answer where a machine stands still for a while. Where SKUs are many and time is short, its containers are
        booked.
        """
        self._booked, self._centre = booked, booked.prices
        pricing, first = self._pricing, self._pricing.first
        pricing.first = first.only(NO_ONE)  # of many SKUs they take much room, and nobody else needs them
        for _ in range(ASKED):
            missing = np.setdiff1d(np.arange(pricing.blocks), first.block)
            if not len(missing):
                break
            first = first + pricing.offer(self._booked, self._centre, first + self._offered.all, missing)
        self._last = first.only(NO_ONE) if len(self._choice) else first
        self._offered.keep(first)
        if not self._offered.complete:
            return False
        self._value = self._valued(self._centre)
        self._penalty = pricing.penalty(first, PENALTY, WORTH)
        better = self._settle(self._improved(self._offered.cheapest(self._centre, self._booked.closed)))
        short = pricing.few and pricing.blocks > REBOOKED and pricing.left < SOON
        if better and short and self._standing.x is not None:
            self._rebook(self._standing.x.columns)
        return True

    def turn(self) -> None:
        """New offers at prices nearer to those of the best mix of the offers."""
        self._pricing.step = f"offers, round {self._offered.turns}"
        mixed = self._mixed()
        if mixed is not None:
            links = self._booked.linking
            self._ask(cleared(links, self._centre + self._step * (mixed.prices - self._centre)))

    def choose(self, seconds: float) -> bool:
        """The best choice found in some seconds, and what it books; whether it is the best plan so far."""
        before, seconds = self._standing.objective, max(seconds, LEAST_SECONDS)
        self._pricing.step = "choice among offers"
        found, answers = None, list[Offers]()
        try:
            with meanwhile(self._pricing, self._standing) as answers:
                found = self._selected(seconds)
        except WorkersLost:
            if found is not None:  # what lacks nothing needs no workers any more
                self._settle(found)
            raise
        for offers in answers:
            self._offered.keep(offers)
        if found is not None and self._settle(found) and self._standing.x is not None:
            self._rebook(self._standing.x.columns)
        return self._standing.objective < before

    def _mixed(self) -> Mixed | None:
        """The best mix of the offers; where SKUs are many, of what groups of them have answered at one time."""
        offers, blocks = self._offered.all, self._pricing.blocks
        if not self._pricing.few:
            blocks = min(GROUPS, blocks)
            offers = self._offered.in_groups(blocks)
        mixed = self._selection(offers, blocks, self._booked.linking).mixed(
            self._pricing.solver, self._pricing.within(), self._heard
        )
        if mixed is not None:
            _log.debug("%d offers: the best mix costs %.0f", len(self._offered), mixed.cost)
        return mixed

    def _selection(self, offers: Offers, blocks: int, linking: Linking, times: float = 1.0) -> Selection:
        return Selection(linking, offers, blocks, times * self._penalty)

    def _selected(self, seconds: float) -> np.ndarray | None:
        """A choice by the master program in whole numbers over the offers that are cheap at the prices of the mix."""
        mixed, blocks = self._mixed(), self._pricing.blocks
        if mixed is None:
            return None
        few, offers, closed = self._pricing.few, self._offered.all, self._booked.closed
        cheap = heaviest(offers, mixed.weights) if few else self._offered.cheapest(mixed.prices, closed)
        start, value = self._improved(cheap), offers.cost - offers.usage @ mixed.prices
        above = value - self._offered.least(value, closed)[offers.block]
        above[np.concatenate([start, self._choice])] = 0.0
        most = CHEAP * blocks if few else blocks + (CHEAP - 1) * OPEN
        places = np.flatnonzero(above <= _narrow(above, most))
        part = self._selection(offers.worth(places), blocks, self._pricing.linking, WHOLE)
        limits = replace(self._pricing.within(), seconds=seconds, relative_gap=1e-5, threads=self._pricing.threads)
        known = Chosen(np.searchsorted(places, start), np.zeros(0), 0.0, 0.0)
        chosen = part.whole(self._pricing.solver, limits, known, self._heard)
        return start if chosen is None else places[chosen.offers]

    def _improved(self, taken: np.ndarray) -> np.ndarray:
        """A choice, or the one before, whichever is better after single swaps."""
        tie, tried = Tie(self._booked.linking, self._penalty), []
        for start in (taken, self._choice) if len(self._choice) else (taken,):
            tried.append(Choice(tie, self._offered.all, start.copy()))
            tried[-1].descend(SWAPS, time.monotonic() + SWAPPING * self._pricing.left)
        return min(tried, key=lambda choice: choice.cost).taken

    def _heard(self, progress: Progress) -> bool:
        """Watches a solve in this process: true once nobody waits for it."""
        return self._pricing.abandoned()

    def _ask(self, prices: np.ndarray) -> None:
        """Offers at some prices; whether these are better than the best so far decides how far the next ones go."""
        known = self._offered.all.only(self._choice) if len(self._choice) else self._last
        fresh = self._pricing.offer(self._booked, prices, known)
        self._last = self._last if len(self._choice) else fresh
        self._offered.keep(fresh)
        value = self._valued(prices)
        rises = value > self._value
        _log.debug("offers at step %.2f are worth %.0f, the best ones before %.0f", self._step, value, self._value)
        if rises:
            self._centre, self._value = prices, value
        self._step = SMOOTHED.next(self._step, rises)

    def _valued(self, prices: np.ndarray) -> float:
        """What the cheapest offers of all SKUs and the linking columns cost at prices."""
        offers = self._offered.all
        least = self._offered.least(offers.cost - offers.usage @ prices, self._booked.closed)
        return float(least[np.isfinite(least)].sum()) + self._pricing.beside(self._booked, prices)

    def search(self, seconds: float) -> None:
        """Better answers of the SKUs where answer and bound lie furthest apart, for some seconds."""
        self._pricing.step = "search in single SKUs"
        chosen = self._offered.all.only(self._choice)
        found, bound = self._pricing.improve(self._booked, self._centre, chosen, seconds)
        self._offered.keep(found)
        self._standing.lift(bound)

    def _settle(self, taken: np.ndarray, ends: float = np.inf) -> bool:
        """Take a choice for a plan once what it lacks is repaired, by a time, and while there is time where there is a
        plan already; whether it is the best plan so far.
        """
        if self._standing.x is not None:
            ends = min(ends, time.monotonic() + max(self._pricing.left, LEAST_SECONDS))
        found, self._penalty = settle(
            self._pricing, self._offered, self._booked, self._centre, self._penalty, taken, not len(self._choice),
            ends,
        )  # fmt: skip
        if found is None or found.total >= self._standing.objective:
            return False
        mission = self._pricing.mission(float(found.offers.gauge.sum()), found.columns)
        self._standing.take(Taken(found.offers, found.columns), found.total, mission)
        self._choice, self._last = found.taken, self._last.only(NO_ONE)  # from now on the choice is what is known
        return True

    def _rebook(self, columns: np.ndarray) -> None:
        """Book what some linking columns book; the best prices are worth something else beside it."""
        booked = self._pricing.rebook(columns)
        old, new = (self._pricing.beside(one, cleared(one.linking, self._centre)) for one in (self._booked, booked))
        self._booked = booked
        if np.isfinite(new - old):  # neither could be told where the solver fails
            self._value += new - old


def _narrow(above: np.ndarray, most: int) -> float:
    """How far above the cheapest of their blocks so many offers lie at most."""
    return float(np.sort(above)[min(most, len(above)) - 1])
