"""Dives and searches give whole answers that keep every row of their block, and get better."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.decomposition.fleet import Fleet
from optimizer.decomposition.lagrangian import first_prices
from optimizer.decomposition.offers import Offers
from optimizer.decomposition.relaxation import Relaxation
from optimizer.search.dealt import shares
from optimizer.search.slices import batches, formulated
from optimizer.solvers.highs import Highs
from tests.decomposition.parts import LIMITS, catalogue, crew_of


class Case:
    """A fleet over a small catalogue, with first prices and nothing closed."""

    def __init__(self, seed: int, skus: int = 5) -> None:
        scenario = catalogue(seed, skus)
        share = shares(scenario, 1)[0]
        parts = [formulated(share, names) for names in batches(share.scenario)]
        self.relaxations: list[Relaxation] = [one for part in parts for one in part.relaxations()]
        _, linking, fullest = crew_of(scenario, 1)
        self.links, self.count = len(linking.links), len(self.relaxations)
        self.fleet = Fleet(self.relaxations, [None] * self.count, self.links)
        self.prices = first_prices(linking, fullest, Highs(), LIMITS)
        self.open, self.none, self.all = np.zeros(self.links, bool), Offers.none(self.links), np.arange(self.count)

    def offered(self, known: Offers | None = None) -> Offers:
        return self.fleet.offer(self.prices, self.open, self.all, known or self.none)

    def values(self, offers: Offers) -> np.ndarray:
        return offers.cost - offers.usage @ self.prices


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_dive_is_whole_keeps_every_row_and_is_not_below_the_bound(seed):
    case = Case(seed)
    bounds, _ = case.fleet.strengthen(case.prices, 6)
    offers = case.offered()
    assert offers.failed == 0 and np.array_equal(offers.block, case.all)
    for place, relaxation in enumerate(case.relaxations):
        block = relaxation.block
        x = offers.answer(place, len(block.cost))
        assert np.array_equal(x[block.integer], np.round(x[block.integer]))
        assert (block.matrix @ x >= block.row_lower - 1e-6).all() and (block.matrix @ x <= block.row_upper + 1e-6).all()
        assert (x >= block.lower - 1e-6).all() and (x <= block.upper + 1e-6).all()
        assert offers.cost[place] == pytest.approx(block.cost @ x)
        assert offers.usage[[place]].toarray()[0] == pytest.approx(block.usage @ x)
    assert (case.values(offers) >= bounds - 1e-6 * np.abs(bounds)).all()


def test_more_time_brings_answers_and_bounds_together():
    case = Case(1, 3)
    bounds, first = case.fleet.strengthen(case.prices, 6)[0], case.offered()
    chosen, apart = first, float((case.values(first) - bounds).sum())
    for _ in range(3):
        better, after = case.fleet.improve(case.prices, case.prices, case.open, chosen, bounds, 6.0)
        assert (after >= bounds - 1e-6).all()
        bounds = after
        everything = chosen + better
        values = case.values(everything)
        best = [min(np.flatnonzero(everything.block == block), key=lambda k: values[k]) for block in case.all]
        chosen = everything.only(np.array(best))
    assert case.values(chosen).sum() <= case.values(first).sum() + 1e-6
    assert (case.values(chosen) >= bounds - 1e-6 * np.abs(bounds)).all()
    assert float((case.values(chosen) - bounds).sum()) < 0.5 * apart + 1e-3 * np.abs(case.values(first)).sum()


def test_closed_rows_are_not_used():
    case = Case(1)
    used = np.asarray(case.offered().usage.sum(axis=0)).ravel()
    rows = np.flatnonzero(used > 0)[:5]
    case.open[rows] = True
    offers = case.offered()
    assert offers.failed == 0
    assert np.abs(offers.usage[:, rows]).max() <= 1e-9


def test_an_offer_is_no_dearer_than_the_answers_known():
    case = Case(2)
    known = case.offered()
    again = case.fleet.offer(1.1 * case.prices, case.open, case.all, known)
    value = known.cost - known.usage @ (1.1 * case.prices)
    assert (again.cost - again.usage @ (1.1 * case.prices) <= value + 1e-6).all()


def test_only_the_blocks_asked_for_and_here_make_offers():
    case = Case(3)
    part = Fleet(case.relaxations[2:], [None] * (case.count - 2), case.links, first=2)
    offers = part.offer(case.prices, case.open, np.array([0, 3]), case.none)
    assert offers.block.tolist() == [3]


def test_finders_answer_as_well_as_dives_do_and_keep_every_row():
    case = Case(1)
    share = shares(catalogue(1, 5), 1)[0]
    finders = [one for names in batches(share.scenario) for one in formulated(share, names).finders]
    found = Fleet(case.relaxations, finders, case.links)
    bounds, near = found.strengthen(case.prices, 6, quick=False)
    offers = found.offer(case.prices, case.open, case.all, near)
    assert np.array_equal(near.block, case.all) and np.array_equal(offers.block, case.all)
    for made in (near, offers):
        for place, relaxation in enumerate(case.relaxations):
            block = relaxation.block
            x = made.answer(place, len(block.cost))
            assert np.array_equal(x[block.integer], np.round(x[block.integer]))
            used = block.matrix @ x
            assert (used >= block.row_lower - 1e-6).all() and (used <= block.row_upper + 1e-6).all()
            assert (x >= block.lower - 1e-6).all() and (x <= block.upper + 1e-6).all()
    assert (case.values(offers) <= case.values(near) + 1e-6).all()
    assert (case.values(offers) >= bounds - 1e-6 * np.abs(bounds)).all()
    dived = case.values(case.offered())
    assert case.values(offers).sum() <= dived.sum() + 1e-3 * np.abs(dived).sum()
    rows = np.flatnonzero(np.asarray(offers.usage.sum(axis=0)).ravel() > 0)[:5]
    case.open[rows] = True
    closed = found.offer(case.prices, case.open, case.all, offers)
    assert closed.failed == 0 and np.abs(closed.usage[:, rows]).max() <= 1e-9
