"""Whole answers of SKUs that are offered at prices, and the choice of one for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.decomposition.offers import Offers
from optimizer.decomposition.selection import Selection
from optimizer.decomposition.tie import Choice, Tie, whole_beside
from optimizer.search.pricing import Booked, Pricing
from optimizer.search.standing import Standing

#: A missing unit of a linking row costs so many times the highest price seen in its family of rows, and so many times
#: more each time that a choice lacks something all the same.
PENALTY, DEARER = 20.0, 10.0
#: Most swaps that are tried in one choice.
SWAPS = 2_000
#: What a choice may lack, in money, and still keep every rule.
NOTHING = 1e-6
#: Offers of a SKU that are kept.
OFFERS = 8


@dataclass(frozen=True)
class Taken:
    """A plan of a catalogue: one offer of each SKU in order, and the linking columns."""

    offers: Offers
    columns: np.ndarray


class Choosing:
    """The offers of all SKUs, prices at which the best mix of them is one, and the best choice so far."""

    def __init__(self, pricing: Pricing, booked: Booked, standing: Standing[Taken]) -> None:
        self._pricing, self._booked, self._standing = pricing, booked, standing
        self._prices = booked.prices
        self._offers = Offers.none(len(booked.prices))
        self._choice = np.zeros(0, dtype=np.int64)
        self._penalty = pricing.penalty(PENALTY, booked.prices)

    @property
    def nothing(self) -> bool:
        """Whether there is no plan yet, though one is still to be hoped for."""
        return self._standing.x is None and not self._standing.stopped and self._penalty.max(initial=0.0) < np.inf

    def begin(self) -> None:
        """Whole answers of all SKUs at the first prices."""
        self._offers = self._pricing.offer(self._booked, self._prices, self._offers)

    def turn(self) -> bool:
        """New prices from the best mix, new offers at them, a choice beside what is booked; whether it is the best so
        far.
        """
        before = self._standing.objective
        selection = Selection(self._booked.linking, self._offers, self._pricing.blocks, self._penalty)
        mixed = selection.mixed(self._pricing.solver, self._pricing.within())
        weights = np.zeros(len(self._offers))
        if mixed is not None:
            self._prices, weights = mixed.prices, mixed.weights
        taken = _heaviest(self._offers, weights)
        self._settle(taken)
        self._offers += self._pricing.offer(self._booked, self._prices, self._offers.only(self._choice))
        return self._standing.objective < before

    def search(self, seconds: float) -> None:
        """Better answers of the SKUs where answer and bound lie furthest apart, for some seconds."""
        chosen = self._offers.only(self._choice)
        found, bound = self._pricing.improve(self._booked, self._prices, chosen, seconds)
        self._offers += found
        self._standing.lift(bound)

    def _settle(self, taken: np.ndarray) -> None:
        """Improve a choice by single swaps, then find whole linking columns beside it, and book what they book."""
        choice = Choice(Tie(self._booked.linking, self._penalty), self._offers, taken)
        choice.descend(SWAPS)
        self._choice = choice.taken
        found = whole_beside(
            self._pricing.linking, choice.used, self._penalty, self._pricing.solver, self._pricing.within()
        )
        if found is None:
            return
        columns, cost, lacking = found
        offers = self._offers.only(choice.taken)
        if lacking > NOTHING:
            self._penalty = self._penalty * DEARER
        else:
            mission = self._pricing.mission(float(offers.gauge.sum()), columns)
            self._standing.take(Taken(offers, columns), float(offers.cost.sum()) + cost, mission)
        self._booked = self._pricing.rebook(columns)


def _heaviest(offers: Offers, weights: np.ndarray) -> np.ndarray:
    """The offer of each block that weighs most in a mix, (blocks,)."""
    order = np.lexsort((-weights, offers.block))
    return order[np.flatnonzero(np.diff(offers.block[order], prepend=-1))]
