"""Whole answers of SKUs that are offered at prices, and the choice of one for each."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace

import numpy as np

from optimizer.decomposition.lagrangian import cleared
from optimizer.decomposition.master import Linking
from optimizer.decomposition.mixes import grouped, heaviest, spread
from optimizer.decomposition.offers import Offers
from optimizer.decomposition.rounds import SMOOTHED
from optimizer.decomposition.selection import Chosen, Mixed, Selection
from optimizer.decomposition.tie import Choice, Tie, whole_beside
from optimizer.search.pricing import Booked, Pricing
from optimizer.search.standing import Standing

#: A missing unit of a linking row costs so many times the highest price of its family of rows in the relaxation, or at
#: least that share of what it can be worth, which keeps the prices of mixes in bounds; and so many times more each time
#: that a choice lacks something of that row all the same.
PENALTY, LEAST, DEARER = 3.0, 1e-3, 5.0
#: The master program in whole numbers, whose first unit of a row may cost far more than its price, pays so much more.
WHOLE = 20.0
#: Catalogues up to so many SKUs are chosen for by the master program in whole numbers, over so many of the cheapest
#: offers for each SKU; larger ones by groups of SKUs, which are many enough to be split as the mix splits them.
FEW, CHEAP, GROUPS = 3_000, 5, 60
#: Most swaps that are tried in one choice, and most choices that are tried until one lacks nothing.
SWAPS, ATTEMPTS = 500, 8
#: Seconds that each of these choices has at least.
LEAST_SECONDS = 4.0
#: What a choice may lack of a row and still keep it.
NOTHING = 1e-6
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

    def __init__(self, pricing: Pricing, booked: Booked, standing: Standing[Taken]) -> None:
        self._pricing, self._booked, self._standing = pricing, booked, standing
        self._centre, self._value, self._step = booked.prices, -np.inf, SMOOTHED.first
        self._offers = self._last = Offers.none(len(booked.prices))
        self._choice = np.zeros(0, dtype=np.int64)
        self._penalty = pricing.penalty(PENALTY, LEAST)

    def begin(self) -> None:
        """Whole answers of all SKUs at the first prices beside what is booked; those of the bound are known."""
        self._offers = self._last = self._pricing.first
        if len(self._last) < self._pricing.blocks:
            free = self._pricing.free()
            self._offers = self._last = self._pricing.offer(free, free.prices, self._last)
        if not self._pricing.hurried:  # near the relaxation beside what is booked
            self._last = self._offers.only(np.zeros(0, np.int64))
        self._ask(self._centre)

    def turn(self) -> None:
        """New offers at prices nearer to those of the best mix of the offers."""
        mixed = self._mixed()
        if mixed is not None:
            links = self._booked.linking
            self._ask(cleared(links, self._centre + self._step * (mixed.prices - self._centre)))

    def choose(self, seconds: float) -> bool:
        """The best choice found in some seconds, and what it books; whether it is the best plan so far.

        What it lacks becomes dearer until it lacks nothing.
        """
        before, ends = self._standing.objective, time.monotonic() + seconds
        for _ in range(ATTEMPTS):
            left = max(ends - time.monotonic(), LEAST_SECONDS)
            found = self._selected(left) if self.few else self._swapped()
            if found is not None and (self._settle(found) or self._standing.x is not None):
                break
        return self._standing.objective < before

    @property
    def few(self) -> bool:
        """Whether the SKUs are few enough for the master program in whole numbers."""
        return self._pricing.blocks <= FEW

    def _mixed(self) -> Mixed | None:
        """The best mix of the offers; where SKUs are many, of what groups of them have answered at one time."""
        offers, blocks = self._offers, self._pricing.blocks
        if not self.few:
            offers, blocks = grouped(offers, blocks, GROUPS), GROUPS
        mixed = self._selection(offers, blocks, self._booked.linking).mixed(
            self._pricing.solver, self._pricing.within()
        )
        if mixed is not None:
            _log.debug("%d offers: the best mix costs %.0f", len(self._offers), mixed.cost)
        return mixed

    def _selection(self, offers: Offers, blocks: int, linking: Linking, times: float = 1.0) -> Selection:
        return Selection(linking, offers, blocks, times * self._penalty)

    def _selected(self, seconds: float) -> np.ndarray | None:
        """A choice by the master program in whole numbers over the offers that are cheap at the prices of the mix."""
        mixed, blocks = self._mixed(), self._pricing.blocks
        if mixed is None:
            return None
        value = self._offers.cost - self._offers.usage @ mixed.prices
        cheapest = np.full(blocks, np.inf)
        np.minimum.at(cheapest, self._offers.block, value)
        above = value - cheapest[self._offers.block]
        start = self._improved(heaviest(self._offers, mixed.weights))
        above[np.concatenate([start, self._choice])] = 0.0
        places = np.flatnonzero(above <= _narrow(above, CHEAP * blocks))
        part = self._selection(self._offers.only(places), blocks, self._pricing.linking, WHOLE)
        limits = replace(self._pricing.within(), seconds=seconds, relative_gap=1e-5, threads=self._pricing.threads)
        chosen = part.whole(self._pricing.solver, limits, Chosen(np.searchsorted(places, start), np.zeros(0), 0.0, 0.0))
        return start if chosen is None else places[chosen.offers]

    def _swapped(self) -> np.ndarray | None:
        """A choice that spreads the SKUs of each group over the times at which they answered as the mix does, improved
        by single swaps.
        """
        mixed = self._mixed()
        if mixed is None:
            return None
        pricing = self._pricing
        return self._improved(spread(self._offers, pricing.blocks, GROUPS, mixed.weights))

    def _improved(self, taken: np.ndarray) -> np.ndarray:
        """A choice, or the one before, whichever is better after single swaps."""
        tie, tried = Tie(self._booked.linking, self._penalty), []
        for start in (taken, self._choice) if len(self._choice) else (taken,):
            tried.append(Choice(tie, self._offers, start.copy()))
            tried[-1].descend(SWAPS)
        return min(tried, key=lambda choice: choice.cost).taken

    def _ask(self, prices: np.ndarray) -> None:
        """Offers at some prices; whether these are better than the best so far decides how far the next ones go."""
        known = self._offers.only(self._choice) if len(self._choice) else self._last
        fresh = self._pricing.offer(self._booked, prices, known)
        self._offers, self._last = self._offers + fresh, fresh
        value = self._cheapest(prices) + self._pricing.beside(self._booked, prices)
        rises = value > self._value
        _log.debug("offers at step %.2f are worth %.0f, the best ones before %.0f", self._step, value, self._value)
        if rises:
            self._centre, self._value = prices, value
        self._step = SMOOTHED.next(self._step, rises)

    def _cheapest(self, prices: np.ndarray) -> float:
        """What the cheapest offers at prices cost there, of those that use nothing closed."""
        value = self._offers.cost - self._offers.usage @ prices
        barred = np.asarray(abs(self._offers.usage[:, np.flatnonzero(self._booked.closed)]).sum(axis=1)).ravel() > 0
        cheapest = np.full(self._pricing.blocks, np.inf)
        np.minimum.at(cheapest, self._offers.block[~barred], value[~barred])
        return float(cheapest[np.isfinite(cheapest)].sum())

    def search(self, seconds: float) -> None:
        """Better answers of the SKUs where answer and bound lie furthest apart, for some seconds."""
        chosen = self._offers.only(self._choice)
        found, bound = self._pricing.improve(self._booked, self._centre, chosen, seconds)
        self._offers += found
        self._standing.lift(bound)

    def _settle(self, taken: np.ndarray) -> bool:
        """Take a choice for a plan, or make dearer what it lacks, and book what it books; whether it is a plan."""
        pricing, offers = self._pricing, self._offers.only(taken)
        used = np.asarray(offers.usage.sum(axis=0)).ravel()
        found = whole_beside(pricing.linking, used, WHOLE * self._penalty, pricing.solver, pricing.within())
        if found is None:
            return False
        columns, beside, lacks = found
        total, lacking = float(offers.cost.sum()) + beside, np.abs(lacks) > NOTHING
        lacks = np.where(lacking, lacks, 0.0)
        _log.debug("a choice costs %.0f in whole; rows %s lack %s", total, np.flatnonzero(lacking), lacks[lacking])
        self._choice = taken
        if lacking.any():
            dearer = np.isin(pricing.families, pricing.families[lacking])
            self._penalty = np.where(dearer, DEARER * self._penalty, self._penalty)
        else:
            mission = pricing.mission(float(offers.gauge.sum()), columns)
            self._standing.take(Taken(offers, columns), total, mission)
            self._rebook(columns)
        return not lacking.any()

    def _rebook(self, columns: np.ndarray) -> None:
        """Book what some linking columns book; the best prices are worth something else beside it."""
        booked = self._pricing.rebook(columns)
        old, new = (self._pricing.beside(one, cleared(one.linking, self._centre)) for one in (self._booked, booked))
        self._value, self._booked = self._value + new - old, booked


def _narrow(above: np.ndarray, most: int) -> float:
    """How far above the cheapest of their blocks so many offers lie at most."""
    return float(np.sort(above)[min(most, len(above)) - 1])
