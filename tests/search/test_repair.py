"""What a choice of answers lacks is repaired by asking SKUs again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.master import Linking
from optimizer.decomposition.offers import Offers
from optimizer.plan.verify import verify
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.search import choosing
from optimizer.search.booking import Booked
from optimizer.search.repair import AMPLE, Repair
from optimizer.search.standing import Standing
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

#: Linking rows: a least order, whether it is placed, and room.
LEAST, PLACED, ROOM = range(3)


def offers(block, cost, usage):
    usage = np.array(usage, float).reshape(-1, 3)
    block, cost = np.array(block, np.int64), np.array(cost, float)
    return Offers(block, cost, cost, sparse.csr_array(usage), sparse.csr_array(usage))


class Asked:
    """SKUs that answer with `dearer` offers, or with those `without` something where rows are closed to them."""

    def __init__(self, dearer, without):
        self._dearer, self._without, self.calls = dearer, without, []
        self.rows = SimpleNamespace(
            kin=np.array([7, 7, 2]), closing=np.array([PLACED, PLACED, ROOM]), orders=np.array([0, 1, 0], bool)
        )

    def some(self, which, most):
        return which

    def offer(self, booked, prices, known, which):
        self.calls.append((prices, booked.closed, which))
        found = self._without if booked.closed.any() else self._dearer
        return found.only(np.flatnonzero(np.isin(found.block, which)))


def repair(asked):
    return Repair(asked, Booked(None, np.zeros(3), np.zeros(3, bool)), np.zeros(3), np.full(3, 9.0))


CHOSEN = offers([0, 1, 2, 3], [10, 10, 10, 10], [[2, 2, 0], [2, 2, 0], [0, 0, 5], [0, 0, 5]])


def test_what_is_lacking_is_made_good_by_those_that_do_it_cheapest():
    asked = Asked(offers([0, 1], [16, 12], [[6, 6, 0], [6, 6, 0]]), None)
    fresh = repair(asked).mended(CHOSEN, np.array([3.0, 0, 0]))
    assert fresh.block.tolist() == [1] and fresh.cost.tolist() == [12]
    ((prices, closed, which),) = asked.calls
    assert prices.tolist() == [9, 0, 0] and not closed.any() and which.tolist() == [0, 1]


def test_as_many_change_their_answers_as_it_takes():
    asked = Asked(offers([0, 1], [16, 12], [[4, 4, 0], [4, 4, 0]]), None)
    assert sorted(repair(asked).mended(CHOSEN, np.array([3.0, 0, 0])).block) == [0, 1]


def test_an_order_that_is_lacking_again_is_closed_to_all_that_use_it():
    asked = Asked(offers([], [], []), offers([0, 1, 2], [20, 30, 40], [[0, 0, 1], [0, 0, 1], [0, 0, 1]]))
    repairing = repair(asked)
    assert len(repairing.mended(CHOSEN, np.array([3.0, 0, 0]))) == 0
    fresh = repairing.mended(CHOSEN, np.array([0, -1.0, 0]))
    assert sorted(fresh.block) == [0, 1]
    assert asked.calls[-1][1].tolist() == [False, True, False]
    assert repairing.booked.closed.tolist() == [False, True, False]


def test_room_that_is_overrun_again_is_closed_to_as_many_as_it_takes_only():
    asked = Asked(offers([], [], []), offers([2, 3], [20, 15], [[0, 0, 0], [0, 0, 0]]))
    repairing = repair(asked)
    repairing.mended(CHOSEN, np.array([0, 0, -4.0]))
    fresh = repairing.mended(CHOSEN, np.array([0, 0, -4.0]))
    assert fresh.block.tolist() == [3]
    assert not repairing.booked.closed.any()


def test_no_more_skus_are_asked_to_do_without_a_row_than_use_several_times_what_is_too_much():
    many = offers(range(100), np.full(100, 10.0), np.tile([0.0, 0.0, 1.0], (100, 1)))
    asked = Asked(offers([], [], []), offers([], [], []))
    repairing = repair(asked)
    for _ in range(2):
        repairing.mended(many, np.array([0, 0, -2.0]))
    assert len(asked.calls[-1][2]) == AMPLE * 2.0


class OneDeparture:
    """One SKU, 0.01 units of which need a departure that costs 1,000; nobody has another answer."""

    def __init__(self):
        form = StandardForm(
            cost=np.array([1000.0]), offset=0.0, matrix=sparse.csr_array(np.array([[5.0]])), row_lower=np.zeros(1),
            row_upper=np.full(1, np.inf), lower=np.zeros(1), upper=np.ones(1), integer=np.ones(1, bool), rows={},
            columns={},
        )  # fmt: skip
        self.linking, self.blocks, self.few, self.solver = Linking(form, np.arange(1), np.ones(1)), 1, True, Highs()
        self.first = Offers(
            np.zeros(1, np.int64), np.ones(1), np.ones(1), sparse.csr_array([[-0.01]]), sparse.csr_array([[1.0]])
        )
        one, self.left = np.zeros(1, np.int64), 10.0
        self.rows = SimpleNamespace(family=one, kin=one, closing=one, orders=np.zeros(1, bool))

    def beside(self, booked, prices):
        return 0.0

    def penalty(self, found, times, worth):
        return np.ones(1)

    def within(self):
        return Limits(seconds=10, threads=1)

    def some(self, which, most):
        return which

    def offer(self, booked, prices, known, which):
        return Offers.none(1)

    def mission(self, gauge, columns):
        return gauge


def test_a_fee_is_paid_in_the_end_where_it_costs_more_than_the_little_that_it_carries_is_charged():
    pricing, standing = OneDeparture(), Standing(Limits(), 0.0)
    choosing.Choosing(pricing, standing).begin(Booked(pricing.linking, np.zeros(1), np.zeros(1, bool)))
    assert standing.objective == pytest.approx(1001.0)
    assert standing.x.columns.tolist() == [1.0]


@pytest.mark.slow
def test_catalogues_of_many_skus_are_planned_within_every_least_order_and_capacity(monkeypatch):
    monkeypatch.setattr("optimizer.search.pricing.FEW", 10)
    monkeypatch.setattr(choosing, "GROUPS", 50)
    repaired, mended = [], Repair.mended
    monkeypatch.setattr(Repair, "mended", lambda *asked: repaired.append(1) or mended(*asked))
    scenario = generate(Spec(skus=150, seed=1, overseas=3, weeks=10, suppliers=8, container_tightness=3.0))
    seen = lambda said: bool(repaired) and np.isfinite(said.objective)  # noqa: E731
    found = plan(scenario, method="prices", limits=Limits(seconds=120, threads=2), gap=0.0, watch=seen)
    assert repaired and not verify(found)
    assert -np.inf < found.bound <= found.total_cost
