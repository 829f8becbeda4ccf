"""The search by prices gives plans and bounds that agree with the search in the whole program."""

from __future__ import annotations

import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from optimizer.decomposition.crew import Alone
from optimizer.decomposition.lagrangian import linking_bound
from optimizer.decomposition.offers import Offers
from optimizer.errors import NoPlan
from optimizer.formulation.joined import joined
from optimizer.plan.verify import verify
from optimizer.search import pricing
from optimizer.search import search as searching
from optimizer.search.aside import Laid
from optimizer.search.borne import BEARABLE, borne
from optimizer.search.choosing import LEAST_SECONDS, Choosing
from optimizer.search.dealt import shares
from optimizer.search.means import Means
from optimizer.search.raising import IDLE, raised
from optimizer.search.search import columns_about, search, whole_model
from optimizer.search.shelf import Shelf
from optimizer.search.slices import Share, batches, formulated
from optimizer.search.standing import Standing
from optimizer.search.stored import stored_prices
from optimizer.search.stored_start import Start
from optimizer.search.worker import Worker
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.registry import solver
from optimizer.solvers.solver import Limits, Progress
from tests.decomposition.parts import catalogue
from tests.formulation.toys import toy
from tests.search.cases import catalogue as model_of

ALONE, TWO = Limits(seconds=20, threads=1), Limits(seconds=25, threads=2)
#: By how much stored prices are multiplied, and by how much those that are recalled of them differ from the first ones.
BORNE = {0.9: 0.9, 1.0: 1.0, 1 / 0.9: 1.0, 100.0: None}


@pytest.mark.parametrize("seed", [1, 2])
def test_plans_by_prices_keep_every_rule_and_lie_above_their_bound(seed):
    made = model_of(seed, 4)
    found = plan(made.net.ground.scenario, limits=ALONE, gap=0.05, method="prices")
    assert -np.inf < found.bound <= found.total_cost
    known = search(made, Highs(), ALONE, 0.01)
    assert found.bound <= known.objective + 1e-4
    assert known.bound <= found.total_cost + 1e-4
    assert found.total_cost - known.objective < 0.2 * made.mission_of(known.x)


@pytest.mark.slow
def test_worker_processes_plan_a_scenario_and_the_plan_is_verified():
    found = plan(catalogue(1, 12), method="prices", limits=TWO, gap=0.25)
    assert not verify(found)
    assert -np.inf < found.bound <= found.total_cost


def test_who_watches_hears_step_bound_plan_and_time_left():
    said = []

    def watch(now):
        said.append(now)
        return now.step.startswith("offers") and np.isfinite(now.objective)

    plan(catalogue(1, 6), limits=replace(ALONE, seconds=60), gap=0.0, watch=watch, method="prices")
    assert [now.step for now in said[:2]] == ["prices, round 1", "prices, round 2"]
    assert all(np.isfinite(now.bound) for now in said)
    assert np.isfinite(said[-1].objective)
    assert said[0].left > said[-1].left > 0


@pytest.mark.slow
def test_a_search_that_is_stopped_waits_for_no_worker_that_is_at_work():
    begun = []

    def stopping(said):
        if np.isfinite(said.objective):
            begun.append(time.monotonic())
        return bool(begun)

    found = plan(catalogue(1, 60), limits=replace(TWO, seconds=120), gap=0.0, watch=stopping, method="prices")
    assert not verify(found)
    assert time.monotonic() - begun[0] < 40


def test_ctrl_c_without_a_plan_goes_on_to_the_caller():
    def pressed(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(catalogue(1, 2), limits=ALONE, gap=0.0, watch=pressed, method="prices")


def test_ctrl_c_with_a_plan_keeps_it():
    def pressed(said):
        if np.isfinite(said.objective):
            raise KeyboardInterrupt
        return False

    found = plan(catalogue(1, 4), limits=ALONE, gap=0.0, watch=pressed, method="prices")
    assert found.status == "feasible" and not verify(found)


def test_large_catalogues_are_searched_by_prices_where_highs_solves_them(monkeypatch):
    scenario = catalogue(1, 4)
    assert whole_model(scenario, Highs())
    assert whole_model(scenario, Highs(), "prices") is None
    monkeypatch.setattr(searching, "WHOLE_COLUMNS", columns_about(scenario) - 1)
    for sample in (4, 2):  # all SKUs, and some
        monkeypatch.setattr(searching, "SAMPLE", sample)
        assert whole_model(scenario, Highs()) is None
    assert whole_model(scenario, Highs(), "whole")
    assert whole_model(scenario, solver("cbc"))


def test_a_program_without_whole_numbers_stays_one_up_to_a_larger_size(monkeypatch):
    monkeypatch.setattr(searching, "WHOLE_COLUMNS", 0)
    loose = whole_model(toy(), Highs())
    assert loose is not None and not loose.form.integer.any()
    monkeypatch.setattr(searching, "RELAXED_COLUMNS", 0)
    assert whole_model(toy(), Highs()) is None


def test_the_columns_of_a_catalogue_are_estimated_from_some_of_its_skus(monkeypatch):
    scenario = catalogue(2, 12)
    exact = columns_about(scenario)
    monkeypatch.setattr(searching, "SAMPLE", 4)
    assert exact / 2 < columns_about(scenario) < exact * 2


def test_packed_skus_are_those_that_were_put_on_the_shelf(monkeypatch):
    monkeypatch.setattr("optimizer.search.slices.PACKED_ABOVE", 3)
    monkeypatch.setattr("optimizer.search.slices.SLICE", 2)
    share = shares(catalogue(1, 5), 1)[0]
    parts = [formulated(share, names) for names in batches(share.scenario)]
    shelves = [Shelf(count) for count in (5, 0)]
    for shelf in shelves:
        for part in parts:
            shelf.put(part)
    packed, open_ = shelves
    assert len(packed) == len(open_) == 5
    for place in (4, 0, 3, 1, 2):
        assert np.array_equal(packed.relaxations[place].block.cost, open_.relaxations[place].block.cost)
        assert (packed.relaxations[place].block.usage != open_.relaxations[place].block.usage).nnz == 0
    assert [len(one.block.cost) for one in packed.relaxations] == [len(one.block.cost) for one in open_.relaxations]


def test_few_slices_need_be_opened_for_some_of_the_packed_skus(monkeypatch):
    dealt = shares(catalogue(1, 12), 2)  # numbers 0 to 5 are those of one worker, 6 to 11 of the other
    everyone = np.arange(12)
    assert dealt.some(everyone, 4).tolist() == [0, 3, 6, 9]
    monkeypatch.setattr("optimizer.search.slices.PACKED_ABOVE", 3)
    monkeypatch.setattr("optimizer.search.slices.SLICE", 2)
    assert dealt.some(everyone, 4).tolist() == [0, 1, 6, 7]
    assert dealt.some(everyone, 5).tolist() == [2, 3, 4, 5, 8, 9, 10, 11]
    assert dealt.some(everyone, 4).tolist() == [0, 1, 6, 7]
    assert dealt.some(np.array([3, 5, 8, 11]), 3).tolist() == [3, 5, 8, 11]
    assert dealt.some(everyone, 100).tolist() == everyone.tolist()
    assert dealt.some(everyone[:0], 4).tolist() == []


def test_tables_made_some_slices_at_a_time_are_those_made_at_once(monkeypatch):
    monkeypatch.setattr("optimizer.search.slices.SLICE", 2)
    with pricing.Pricing(catalogue(1, 5), ALONE, Means()) as leader:
        leader.bound()
        assert leader.first.block.tolist() == list(range(5))
        made = []
        for most in (20, 1):
            monkeypatch.setattr("optimizer.search.tables.AT_ONCE", most)
            made.append(joined(leader.tables(leader.first, np.zeros(len(leader.linking.form.cost)))))
    assert made[0].keys() == made[1].keys() and len(made[0]["ship"])
    for name, table in made[0].items():
        pd.testing.assert_frame_equal(made[1][name], table)


def test_plans_of_packed_skus_are_whole_plans(monkeypatch):
    monkeypatch.setattr("optimizer.search.slices.PACKED_ABOVE", 1)
    monkeypatch.setattr("optimizer.search.slices.SLICE", 2)
    found = plan(catalogue(1, 5), limits=replace(ALONE, seconds=8), gap=0.0, method="prices")
    assert not verify(found)
    assert -np.inf < found.bound <= found.total_cost


def test_the_tables_of_packed_skus_wait_aside_until_they_are_asked_for(monkeypatch):
    monkeypatch.setattr("optimizer.search.slices.SLICE", 2)
    share, chosen, made = shares(catalogue(1, 5), 1)[0], None, list[dict[str, pd.DataFrame]]()
    for above in (100, 1):
        monkeypatch.setattr("optimizer.search.slices.PACKED_ABOVE", above)
        worker = Worker(share)
        links = len(worker.facts().sides)
        assert isinstance(worker._share, Share if above == 100 else Laid)
        if chosen is None:
            nothing = np.zeros(links, dtype=bool), np.arange(5), Offers.none(links)
            chosen = worker.offer(np.zeros(links), *nothing, 10.0)
        made.append(worker.tables(chosen, range(3)))
    assert len(made[0]["ship"])
    for name, table in made[0].items():
        pd.testing.assert_frame_equal(made[1][name], table)


def test_however_long_formulating_took_most_of_the_time_is_left_for_the_plan(monkeypatch):
    monkeypatch.setattr(pricing, "TABLES", 1e6)
    with pricing.Pricing(catalogue(1, 3), Limits(seconds=100, threads=1), Means()) as leader:
        assert leader.left > (1 - pricing.MOST_TABLES) * 100 - 15


def test_a_sku_without_any_whole_answer_is_no_plan_and_no_defect(monkeypatch):
    """A machine that stands still for a while uses up the time of every solve."""
    none = lambda self, prices, *more: Offers.none(len(prices))  # noqa: E731
    monkeypatch.setattr(Worker, "offer", none)
    monkeypatch.setattr(Worker, "recall", none)
    monkeypatch.setattr(Worker, "strengthen", lambda self, prices, *more: (np.full(3, -np.inf), none(self, prices)))
    shipped = pd.DataFrame({"lane": [""], "sku": [""], "departs_on": [pd.Timestamp("2026-01-01")], "units": [1.0]})
    for start in (None, Start(pd.DataFrame(), shipped)):
        with pytest.raises(NoPlan, match="Give more --seconds"):
            plan(catalogue(1, 3), method="prices", limits=ALONE, means=Means(start=start))


@pytest.fixture(scope="module")
def first_prices():
    """The prices with which a search without a start begins, and as they are stored when they are so many times as
    high.
    """
    with pricing.Pricing(catalogue(1, 3), ALONE, Means()) as leader:
        names = (leader.net, leader.program, leader.linking.links)
        return leader.prices, {times: stored_prices(*names, times * leader.prices) for times in BORNE}


@pytest.mark.parametrize("times", BORNE)
def test_no_more_is_recalled_of_prices_than_the_linking_columns_can_bear(first_prices, times):
    """Prices of a run before all rates fell would let the linking part earn without end."""
    first, tables = first_prices
    assert first.any()
    means = Means(start=Start(tables[times], pd.DataFrame(columns=["lane", "sku", "departs_on", "units"])))
    with pricing.Pricing(catalogue(1, 3), ALONE, means) as leader:
        if BORNE[times] is None:
            assert leader.prices.tolist() == first.tolist()
        else:
            assert np.abs(leader.prices) == pytest.approx(np.abs(BORNE[times] * first), rel=0.06)
        cost = linking_bound(leader.linking, leader.prices, leader.solver, ALONE)
        assert cost >= -BEARABLE * leader.floor


def test_prices_on_a_side_that_a_row_does_not_have_do_not_spoil_those_that_are_recalled(first_prices):
    """A solver may tell 1e-15 in place of nothing."""
    first, tables = first_prices
    none = pd.DataFrame(columns=["lane", "sku", "departs_on", "units"])
    with pricing.Pricing(catalogue(1, 3), ALONE, Means(start=Start(tables[1.0], none))) as leader:
        form, links = leader.linking.form, leader.linking.links
        lower, upper = form.row_lower[links], form.row_upper[links]
        wrong = np.where(np.isinf(lower), 1e-15, np.where(np.isinf(upper), -1e-15, 0.0))
        assert wrong.any()
        known = leader.prices + np.where(leader.prices == 0, wrong, 0.0)
        recalled = SimpleNamespace(times=lambda share: SimpleNamespace(filled=lambda first: share * known))
        found = borne(recalled, 0 * first, leader.linking, leader.floor, leader.solver, ALONE)
    assert found.tolist() == leader.prices.tolist()


@pytest.mark.parametrize("seconds", [300.0, 0.0])
def test_a_choice_that_is_settled_beside_a_plan_takes_no_longer_than_there_is_time(monkeypatch, seconds):
    told = []
    monkeypatch.setattr("optimizer.search.choosing.settle", lambda *arguments: told.append(arguments[-1]) or (None, 0))
    leader = SimpleNamespace(blocks=1, left=seconds, linking=SimpleNamespace(links=np.zeros(1)))
    standing = Standing(ALONE, 0.0)
    choosing = Choosing(leader, standing)
    choosing._booked = choosing._centre = None
    choosing._settle(np.zeros(1))
    standing.take("a plan", 1.0, 1.0)
    begun = time.monotonic()
    choosing._settle(np.zeros(1))
    assert told[0] == np.inf and told[1] == pytest.approx(begun + max(seconds, LEAST_SECONDS), abs=5.0)


def test_solves_of_a_choice_are_watched_and_stopped_once_nobody_waits(monkeypatch):
    usual, heard = Highs.solve, []

    def solve(self, form, limits, start=None, watch=None):
        heard.extend([] if watch is None else [watch])
        return usual(self, form, limits, start)

    with pricing.Pricing(catalogue(1, 3), ALONE, Means()) as leader:
        choosing = Choosing(leader, Standing(ALONE, 0.0))
        assert choosing.begin(leader.bound()[1])
        monkeypatch.setattr(Highs, "solve", solve)
        choosing._selected(10.0)
        choosing._settle(choosing._choice)
        assert len(heard) == 3, "the mix, the choice, and whole columns beside it"
        for waited in (True, False):
            leader.abandoned = lambda waited=waited: not waited
            assert [watch(Progress(0.0, np.inf, -np.inf)) for watch in heard] == [not waited] * 3


def test_workers_are_freed_of_what_was_abandoned_before_tables_are_made(monkeypatch):
    freed = []
    monkeypatch.setattr(Alone, "free", lambda self, seconds: freed.append(seconds))
    with pricing.Pricing(catalogue(1, 3), ALONE, Means()) as leader:
        leader.bound()
        assert freed == []
        leader.tables(leader.first, np.zeros(len(leader.linking.form.cost)))
    assert len(freed) == 1 and 0 < freed[0] < 60


class Rising:
    """SKUs whose bound rises by one for so many pieces, and no more."""

    def __init__(self, pieces: int, enough: float = np.inf) -> None:
        self.pieces, self.enough, self.bounds, self.heard, self.asked = pieces, enough, np.zeros(2), [], 0

    def go_on(self, seconds: float) -> tuple[Offers, float]:
        if seconds > 0:
            self.asked += 1
            self.bounds = self.bounds + np.array([1.0, 0.0]) * (self.asked <= self.pieces)
        return Offers.none(1), float(self.bounds.sum())

    def proved(self, bound: float) -> None:
        self.heard.append(bound)

    def stop(self) -> bool:
        return self.bounds.sum() >= self.enough


def test_bounds_are_raised_piece_by_piece_until_nothing_is_gained_a_plan_is_near_enough_or_the_time_is_over():
    later = time.monotonic() + 600
    gained, near, late = Rising(5), Rising(5, enough=2.0), Rising(5)
    for one, ends in ((gained, later), (near, later), (late, time.monotonic() - 1)):
        list(raised(one, ends, 1.0))
    assert (gained.asked, gained.bounds.sum()) == (5 + IDLE, 5.0)
    assert near.heard == [0.0, 1.0, 2.0] and late.heard == [0.0]


@pytest.mark.parametrize(("most", "soon", "times"), [(0, 1e9, 1), (400, 1e9, 0), (0, 1.0, 0)])
def test_where_skus_are_many_and_time_is_short_they_answer_around_the_containers_of_the_first_plan(
    monkeypatch, most: int, soon: float, times: int
):
    rebooked = []
    monkeypatch.setattr("optimizer.search.choosing.REBOOKED", most)
    monkeypatch.setattr("optimizer.search.choosing.SOON", soon)
    monkeypatch.setattr(Choosing, "_rebook", lambda self, columns: rebooked.append(columns))
    with pricing.Pricing(catalogue(1, 6), Limits(seconds=60, threads=1), Means()) as leader:
        standing = Standing(ALONE, 0.0)
        assert Choosing(leader, standing).begin(leader.bound()[1])
        assert len(rebooked) == times and all(columns is standing.x.columns for columns in rebooked)
