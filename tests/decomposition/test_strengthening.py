"""Bounds and answers in little time: every bound holds, and the time goes where answers and bounds lie apart."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from optimizer.decomposition.fleet import Fleet
from optimizer.decomposition.lagrangian import first_prices
from optimizer.decomposition.offers import Offers
from optimizer.decomposition.patience import waited_for
from optimizer.decomposition.relaxation import Desk, Relaxation
from optimizer.decomposition.strengthening import MOST, Aim, Asked, Known, Strengthening
from optimizer.search.dealt import shares
from optimizer.search.slices import Slice, batches, formulated
from optimizer.search.worker import _described
from optimizer.solvers.highs import Highs
from tests.decomposition.parts import LIMITS, catalogue, crew_of

SKUS = 8
NOTHING = Known.nothing(SKUS)


@cache
def made(seed: int) -> tuple[Slice, np.ndarray]:
    """A small catalogue as a slice with its kernel, and prices."""
    scenario = catalogue(seed, SKUS)
    share = shares(scenario, 1)[0]
    part = formulated(share, next(batches(share.scenario)), _described(share))
    _, linking, fullest = crew_of(scenario, 1)
    return part, first_prices(linking, fullest, Highs(), LIMITS)


def fleet_of(part: Slice, kernels: bool = True, finders: bool = True) -> Fleet:
    links = part.blocks[0].usage.shape[0]
    found = part.finders if finders else [None] * len(part.blocks)
    return Fleet(part.relaxations(), found, links, 0, [part.kernel] if kernels and part.kernel else [])


def relaxed(part: Slice, prices: np.ndarray) -> np.ndarray:
    """The bounds of the relaxations by HiGHS."""
    desk, answers = Desk(), []
    for one in part.relaxations():
        answer = one.answer(prices, desk)
        assert answer is not None
        answers.append(answer.bound)
    return np.array(answers)


def values(offers: Offers, prices: np.ndarray) -> np.ndarray:
    return offers.cost - offers.usage @ prices


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_bounds_that_begin_at_compiled_points_are_those_that_begin_without(seed: int) -> None:
    part, prices = made(seed)
    bounds, answers = fleet_of(part).strengthen(prices, 6, quick=False)
    plain, _ = fleet_of(part, kernels=False).strengthen(prices, 6, quick=False)
    least, scale = relaxed(part, prices), np.abs(plain)
    assert (bounds >= least - 1e-7 * scale).all() and bounds.sum() > least.sum() + 1e-4 * scale.sum()
    assert bounds.sum() == pytest.approx(plain.sum(), rel=2e-3)
    assert np.array_equal(answers.block, np.arange(SKUS))
    assert (values(answers, prices) >= np.maximum(bounds, plain) - 1e-6 * scale).all()


def test_without_time_bounds_are_those_of_the_kernel_and_every_block_that_it_holds_has_an_answer() -> None:
    part, prices = made(1)
    bounds, answers = fleet_of(part).strengthen(prices, 6, quick=True, seconds=0.0)
    assert part.kernel is not None
    told = part.kernel.answer(prices, np.arange(SKUS))
    assert told.held.sum() >= SKUS // 2 and np.array_equal(answers.block, np.flatnonzero(told.held))
    np.testing.assert_allclose(bounds[told.held], told.bound[told.held])
    assert np.isfinite(bounds).all() and (bounds <= relaxed(part, prices) + 1e-6 * np.abs(bounds)).all()


class Unsure:
    """A kernel's answers, but for one block of which it knows nothing."""

    def __init__(self, asked: Asked, but: int) -> None:
        self._asked, self._but = asked, but

    def at(self, place: int) -> tuple[float, Any]:
        return (-np.inf, None) if place == self._but else self._asked.at(place)


def test_without_time_what_rounds_have_told_of_a_block_without_a_kernel_is_known() -> None:
    part, prices = made(1)
    assert part.kernel is not None
    but, bounds, desk = SKUS - 1, relaxed(part, prices), Desk()
    point = part.relaxations()[but].answer(prices, desk)
    assert point is not None
    known = Known(np.where(np.arange(SKUS) == but, bounds, -np.inf), {but: point.x})
    work = Strengthening(Aim(prices, 6, True), part.relaxations(), part.finders, desk, known)
    work.run(Unsure(part.kernel.asked(prices), but), 0.0)
    assert work.bounds[but] == bounds[but] and work.answers[but] is not None


def test_what_is_known_of_some_blocks_is_numbered_anew() -> None:
    x = np.ones(2)
    part = Known(np.array([1.0, 2.0, 3.0, 4.0]), {0: x, 2: x, 3: x}).part(1, 3)
    assert part.bounds.tolist() == [2.0, 3.0] and list(part.points) == [1]


def test_without_time_and_kernel_bounds_hold_nevertheless() -> None:
    part, prices = made(2)
    bounds, answers = fleet_of(part, kernels=False).strengthen(prices, 6, quick=True, seconds=0.0)
    assert np.isfinite(bounds).all() and len(answers) == 0
    assert (bounds <= relaxed(part, prices) + 1e-6 * np.abs(bounds)).all()


def test_what_nobody_waits_for_ends_as_if_there_were_no_time() -> None:
    part, prices = made(1)
    late, first = fleet_of(part).strengthen(prices, 6, quick=False, seconds=0.0)
    everyone, closed = np.arange(SKUS), np.zeros(len(prices), bool)
    with waited_for(lambda: True):
        fleet = fleet_of(part)
        bounds, answers = fleet.strengthen(prices, 6, quick=False, seconds=600.0)
        assert np.array_equal(bounds, late) and np.array_equal(values(answers, prices), values(first, prices))
        known = fleet.offer(prices * 1.1, closed, everyone, answers, seconds=600.0)
        assert np.array_equal(known.cost, answers.cost)
        better, proven = fleet.improve(prices, prices, closed, answers, bounds, 600.0)
        assert len(better) == 0 and np.array_equal(proven, bounds)


def test_without_time_an_offer_is_the_cheapest_answer_known() -> None:
    part, prices = made(1)
    fleet = fleet_of(part)
    _, first = fleet.strengthen(prices, 2, quick=True)
    dear = fleet.offer(1.3 * prices, np.zeros(len(prices), dtype=bool), np.arange(SKUS), first)
    known, closed = first + dear, np.zeros(len(prices), dtype=bool)
    late = fleet.offer(prices, closed, np.arange(SKUS), known, seconds=0.0)
    cheapest = np.minimum(values(first, prices), values(dear, prices))
    np.testing.assert_allclose(values(late, prices), cheapest)
    unknown = fleet.offer(prices, closed, np.arange(SKUS), Offers.none(len(prices)), seconds=0.0)
    assert np.array_equal(unknown.block, np.arange(SKUS))


def test_without_time_an_unknown_answer_is_sought_near_the_relaxation_without_cuts(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    part, prices = made(1)
    fleet, rounds = fleet_of(part), list[int]()
    plain = Relaxation.answer

    def asked(self, prices, desk, cuts=0, near=None):  # type: ignore[no-untyped-def]
        rounds.append(cuts)
        return plain(self, prices, desk, cuts, near)

    monkeypatch.setattr(Relaxation, "answer", asked)
    closed, unknown = np.zeros(len(prices), dtype=bool), Offers.none(len(prices))
    late = fleet.offer(prices, closed, np.arange(SKUS), unknown, seconds=0.0)
    assert np.array_equal(late.block, np.arange(SKUS)) and set(rounds) == {0}
    fleet.offer(prices, closed, np.arange(SKUS), unknown)
    assert max(rounds) > 0


class Counted(Relaxation):
    """Counts the rounds of cuts that are asked for."""

    asked = 0

    def answer(self, prices, desk, rounds=0, near=None):  # type: ignore[no-untyped-def]
        self.asked += rounds
        return super().answer(prices, desk, rounds, near)


def strengthened(quick: bool) -> tuple[Strengthening, list[Counted], np.ndarray]:
    """A slice after work in a hurry or without; what lay between its first answers and bounds."""
    part, prices = made(3)
    counted = [Counted(block, separator) for block, separator in zip(part.blocks, part.separators, strict=True)]
    work = Strengthening(Aim(prices, 0, True), counted, part.finders, Desk(), NOTHING)
    assert part.kernel is not None
    work.run(part.kernel.asked(prices), np.inf)
    apart = np.array([block.priced(prices) @ x for block, x in zip(part.blocks, work.answers, strict=True)])
    apart -= work.bounds
    work = Strengthening(Aim(prices, 2, quick), counted, part.finders, Desk(), NOTHING)
    work.run(part.kernel.asked(prices), np.inf)
    return work, counted, apart


def test_a_hurry_leaves_out_the_blocks_whose_answers_and_bounds_lie_near() -> None:
    _, counted, apart = strengthened(quick=True)
    asked = np.array([one.asked > 0 for one in counted])
    assert 0 < asked.sum() < SKUS
    assert apart[asked].min() >= apart[~asked].max()
    assert apart[asked].sum() >= MOST * apart.sum()


def test_without_hurry_every_block_with_a_distance_is_strengthened() -> None:
    _, counted, apart = strengthened(quick=False)
    assert all(one.asked > 0 for one, distance in zip(counted, apart, strict=True) if distance > 1e-6)


@pytest.mark.parametrize("quick", [False, True])
def test_answers_beside_closed_rows_use_none_of_them_and_leave_the_bounds_as_they_are(quick: bool) -> None:
    part, prices = made(1)
    free, answers = fleet_of(part).strengthen(prices, 4, quick=quick)
    used = np.asarray(np.abs(answers.usage).sum(axis=0)).ravel()
    closed = np.zeros(len(prices), dtype=bool)
    closed[np.argsort(-used)[:3]] = used.max() > 0
    bounds, found = fleet_of(part).strengthen(prices, 4, quick=quick, closed=closed)
    assert np.abs(answers.usage[:, closed]).max() > 0 and np.abs(found.usage[:, closed]).max() == 0
    assert (bounds <= values(found, prices) + 1e-6 * np.abs(bounds))[found.block].all()
    assert (bounds <= values(answers, prices) + 1e-6 * np.abs(bounds))[answers.block].all()
    if not quick:  # in a hurry the time that a block gets depends on its first answer
        assert bounds == pytest.approx(free, rel=1e-3)


def test_columns_that_lessen_a_row_are_its_users_too() -> None:
    part, prices = made(1)
    for block in part.blocks:
        used = block.usage.toarray()
        for row in np.flatnonzero(np.abs(used).sum(axis=1)):
            assert np.array_equal(block.users(np.arange(len(prices)) == row), used[row] != 0)


def test_what_there_was_no_time_for_goes_on_to_the_same_bounds_and_answers() -> None:
    part, prices = made(1)
    whole_bounds, whole = fleet_of(part).strengthen(prices, 6, quick=False)
    fleet = fleet_of(part)
    begun, first = fleet.strengthen(prices, 6, quick=False, seconds=0.0)
    bounds, answers = fleet.go_on(600.0)
    scale = np.abs(whole_bounds)
    assert (bounds >= begun - 1e-9 * scale).all() and bounds.sum() > begun.sum() + 1e-4 * scale.sum()
    assert bounds.sum() == pytest.approx(whole_bounds.sum(), rel=2e-3)
    best = np.full(SKUS, np.inf)
    for offers in (first, answers):
        np.minimum.at(best, offers.block, values(offers, prices))
    assert best.sum() == pytest.approx(values(whole, prices).sum(), rel=2e-3)
    again, none = fleet.go_on(600.0)
    assert len(none) == 0 and np.array_equal(again, bounds)


def test_after_a_pause_every_block_is_begun_in_full_and_the_rest_goes_on() -> None:
    part, prices = made(1)
    whole_bounds, _ = fleet_of(part).strengthen(prices, 6, quick=False)
    late_bounds, late = fleet_of(part).strengthen(prices, 6, quick=False, seconds=0.0)
    fleet = fleet_of(part)
    begun, first = fleet.strengthen(prices, 6, quick=False, seconds=600.0, pause=0.0)
    assert len(first) == SKUS and values(first, prices).sum() < values(late, prices).sum()
    assert late_bounds.sum() <= begun.sum() + 1e-9 * np.abs(begun).sum() < whole_bounds.sum()
    assert fleet.go_on(600.0)[0].sum() == pytest.approx(whole_bounds.sum(), rel=2e-3)


def test_where_blocks_are_not_at_hand_nothing_goes_on() -> None:
    part, prices = made(1)
    fleet = Fleet(part.relaxations(), part.finders, part.blocks[0].usage.shape[0], 0, [part.kernel], at_hand=False)
    fleet.strengthen(prices, 6, quick=False, seconds=0.0)
    bounds, answers = fleet.go_on(600.0)
    assert len(answers) == 0 and (bounds == -np.inf).all()


def test_answers_are_taken_once() -> None:
    part, prices = made(1)
    work = Strengthening(Aim(prices, 2, False), part.relaxations(), part.finders, Desk(), NOTHING)
    assert part.kernel is not None
    work.run(part.kernel.asked(prices), np.inf)
    assert [place for place, _ in work.taken()] == list(range(SKUS)) and work.taken() == []


def test_answers_that_are_unchanged_leave_neither_cuts_nor_basis() -> None:
    part, prices = made(1)
    one, desk = part.relaxations()[0], Desk()
    one.answer(prices, desk, 3)
    cuts, basis = one.cuts, one._basis
    with one.unchanged():
        one.answer(-prices, desk, 3)
        assert one._basis is not basis
    assert one.cuts is cuts and one._basis is basis


def test_a_block_without_any_answer_is_searched_for_longer_each_time_it_is_asked_but_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    part, prices = made(1)
    fleet, took = fleet_of(part, finders=False), list[float]()

    def in_full(relaxation: Any, cost: Any, x: Any, desk: Any, seconds: float, sides: Any) -> tuple[None, float]:
        took.append(seconds)
        return None, -np.inf

    monkeypatch.setattr("optimizer.decomposition.search_block.in_full", in_full)
    monkeypatch.setattr("optimizer.decomposition.search_block.first", lambda *arguments: None)
    for _ in range(4):
        found = fleet.offer(prices, np.zeros(len(prices), bool), np.array([2]), Offers.none(len(prices)))
        assert len(found) == 0
    assert took == pytest.approx([4.0, 10.0, 25.0, 25.0])
