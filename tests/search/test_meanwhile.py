"""While this process chooses, the workers go on; what they find is kept, what goes wrong is told."""

from __future__ import annotations

import time
from threading import current_thread, main_thread

import numpy as np
import pytest
from scipy import sparse

from optimizer.decomposition.crew import Abandoned
from optimizer.decomposition.offers import Offers
from optimizer.errors import WorkersLost
from optimizer.search.meanwhile import meanwhile
from optimizer.search.pricing import Pricing
from optimizer.search.standing import Standing
from optimizer.solve import plan
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue


class Workers:
    """Go on `pieces` times, with a bound that rises by one each time; an error comes in place of the last piece."""

    workers = 2

    def __init__(self, pieces: int, error: Exception | None = None) -> None:
        self.pieces, self.error, self.asked, self.here = pieces, error, 0, False
        self.rested: list[int] = []

    def go_on(self, seconds: float, resting: int) -> tuple[Offers, float]:
        self.rested.append(resting)
        self.here |= current_thread() is main_thread()
        self.asked += 1
        if self.asked == self.pieces and self.error is not None:
            raise self.error
        if self.asked > self.pieces:
            return Offers.none(1), float(self.pieces)
        one = np.ones(1)
        return Offers(np.zeros(1, np.int64), one, one, sparse.csr_array([[1.0]]), sparse.csr_array([[1.0]])), float(
            self.asked
        )


def standing() -> Standing:
    return Standing(Limits(), 0.0)


def until(true) -> None:
    ends = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_the_workers_go_on_in_a_thread_until_there_is_nothing_left():
    workers, how = Workers(3), standing()
    with meanwhile(workers, how) as found:
        until(lambda: workers.asked == 5)  # nothing by either worker, twice, ends it
    assert [len(offers) for offers in found] == [1, 1, 1, 0, 0] and how.bound == 3.0 and not workers.here
    assert workers.rested == [0, 1, 0, 1, 0]


def test_they_stop_once_the_choice_is_made():
    workers = Workers(10**9)
    with meanwhile(workers, standing()):
        until(lambda: workers.asked > 2)
    asked = workers.asked
    time.sleep(0.05)
    assert workers.asked == asked


def test_nothing_goes_on_where_nobody_else_works():
    workers = Workers(3)
    workers.workers = 1
    with meanwhile(workers, standing()) as found:
        pass
    assert workers.asked == 0 and found == []


def test_lost_workers_are_told_after_the_choice():
    workers = Workers(2, WorkersLost("gone"))
    with pytest.raises(WorkersLost, match="gone"), meanwhile(workers, standing()) as found:
        until(lambda: workers.asked == 2)
    assert len(found) == 1


def test_a_wait_that_was_abandoned_is_no_error():
    workers = Workers(1, Abandoned())
    with meanwhile(workers, standing()) as found:
        until(lambda: workers.asked == 1)
    assert found == []


def test_a_bound_that_rises_without_answers_goes_on():
    class Proving(Workers):
        def go_on(self, seconds: float, resting: int) -> tuple[Offers, float]:
            _, bound = super().go_on(seconds, resting)
            return Offers.none(1), bound

    workers, how = Proving(6), standing()
    with meanwhile(workers, how):
        until(lambda: workers.asked == 8)
    assert how.bound == 6.0


def test_a_search_by_prices_lets_its_workers_go_on_while_it_chooses(monkeypatch: pytest.MonkeyPatch):
    asked, go_on = [], Pricing.go_on

    def counted(self, seconds, resting=-1):
        asked.extend([] if resting < 0 else [resting])  # on the way to the bound nobody rests
        return go_on(self, seconds, resting)

    monkeypatch.setattr(Pricing, "go_on", counted)
    limits = Limits(seconds=20, threads=2)  # workers have to start, and a machine may be busy
    seen = lambda said: len(asked) > 1 and np.isfinite(said.objective)  # noqa: E731
    assert plan(catalogue(1), method="prices", limits=limits, gap=0.0, watch=seen).status == "feasible"
    assert asked[:2] == [0, 1]


def test_what_goes_wrong_in_the_choice_comes_first():
    workers = Workers(1, WorkersLost("gone"))
    with pytest.raises(KeyboardInterrupt), meanwhile(workers, standing()):
        until(lambda: workers.asked == 1)
        raise KeyboardInterrupt
