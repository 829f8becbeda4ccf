"""A choice becomes a plan: what it lacks is repaired, or it is none."""

from __future__ import annotations

import time
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.master import Linking
from optimizer.decomposition.offers import Offers
from optimizer.search import settling
from optimizer.search.booking import Booked
from optimizer.search.offered import Offered
from optimizer.search.settling import BESIDE_SECONDS, DEARER, LEAST_BESIDE, settle
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Answer, Limits, Progress


def one(cost: float, used: float) -> Offers:
    """An offer of the only SKU."""
    return Offers(
        np.zeros(1, np.int64), np.array([cost]), np.array([cost]), sparse.csr_array([[used]]), sparse.csr_array([[1.0]])
    )


class OneRoom:
    """One SKU that uses two units of a room, of which there are so many; its other answer uses none."""

    def __init__(self, room: float, few: bool = True, solver: object = None) -> None:
        form = StandardForm(
            cost=np.array([100.0]), offset=7.0, matrix=sparse.csr_array(np.array([[-1.0]])),
            row_lower=np.full(1, -np.inf), row_upper=np.array([room]), lower=np.zeros(1), upper=np.zeros(1),
            integer=np.ones(1, bool), rows={}, columns={},
        )  # fmt: skip
        self.linking, self.blocks, self.few = Linking(form, np.arange(1), np.ones(1)), 1, few
        self.solver, self.offered = solver or Highs(), Offered(1, 1)
        self.offered.keep(one(1.0, 2.0))
        none = np.zeros(1, np.int64)
        self.rows = SimpleNamespace(family=none, kin=none, closing=none, orders=np.zeros(1, bool))
        self.other: Offers | None = one(4.0, 0.0)
        self.nobody_waits = False

    def within(self) -> Limits:
        return Limits(seconds=10, threads=1)

    def abandoned(self) -> bool:
        return self.nobody_waits

    def some(self, which, most):
        return which

    def offer(self, booked, prices, known, which):
        return Offers.none(1) if self.other is None else self.other

    def settled(self, first: bool = False, ends: float = np.inf):
        booked = Booked(self.linking, np.zeros(1), np.zeros(1, bool))
        return settle(self, self.offered, booked, np.zeros(1), np.ones(1), np.zeros(1, np.int64), first, ends)


def test_a_choice_that_lacks_nothing_is_a_plan_as_it_is():
    found, penalty = OneRoom(room=2.0).settled()
    assert found.total == pytest.approx(8.0) and found.taken.tolist() == [0] and penalty.tolist() == [1.0]


@pytest.mark.parametrize("first", [False, True])
def test_a_choice_that_lacks_room_is_repaired_and_its_answer_joins_the_offers(first: bool):
    shop = OneRoom(room=1.0)
    found, penalty = shop.settled(first)
    assert found.total == pytest.approx(11.0) and found.taken.tolist() == [1] and len(shop.offered) == 2
    assert penalty.tolist() == [DEARER]


def test_what_is_not_repaired_in_time_is_no_plan_but_its_answers_are_kept():
    shop = OneRoom(room=1.0)
    assert shop.settled(ends=time.monotonic())[0] is None and len(shop.offered) == 2
    assert OneRoom(room=2.0).settled(ends=time.monotonic())[0].total == pytest.approx(8.0)  # it lacks nothing


def test_where_skus_are_many_what_is_lacking_once_gets_no_dearer_for_good():
    assert OneRoom(room=1.0, few=False).settled()[1].tolist() == [1.0]


def test_what_nobody_can_repair_is_no_plan_but_stays_dear():
    shop = OneRoom(room=1.0)
    shop.other = None
    found, penalty = shop.settled()
    assert found is None and penalty.tolist() == [DEARER]


class Blind:
    """A solver that finds nothing; what it was allowed, and whether it was to go on."""

    name = "blind"

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.stopped: list[bool] = []

    def solve(self, form, limits, start=None, watch=None):
        self.seconds.append(limits.seconds)
        self.stopped.append(watch(Progress(0.0, np.inf, -np.inf)))
        return Answer("none", None, np.inf, -np.inf, 0.0)


def test_the_usual_solver_is_asked_where_the_quick_one_finds_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settling, "AT_FIRST", Blind())
    assert OneRoom(room=2.0).settled(first=True)[0].total == pytest.approx(8.0)


def test_where_no_solver_finds_columns_there_is_no_plan():
    assert OneRoom(room=2.0, solver=Blind()).settled()[0] is None


@pytest.mark.parametrize(("left", "seconds"), [(-5.0, LEAST_BESIDE), (12.0, 12.0), (np.inf, BESIDE_SECONDS)])
def test_whole_columns_take_no_longer_than_there_is_time_but_always_a_little(left: float, seconds: float):
    blind = Blind()
    OneRoom(room=2.0, solver=blind).settled(ends=time.monotonic() + left)
    assert blind.seconds == [pytest.approx(seconds, abs=1.0)]


@pytest.mark.parametrize("nobody_waits", [False, True])
def test_whole_columns_that_nobody_waits_for_are_stopped(nobody_waits: bool):
    blind = Blind()
    shop = OneRoom(room=2.0, solver=blind)
    shop.nobody_waits = nobody_waits
    shop.settled()
    assert blind.stopped == [nobody_waits]
