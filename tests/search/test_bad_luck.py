"""Whatever goes wrong in a search by prices, there is a verified plan above a bound that is one, or a plain refusal."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import numpy as np
import pytest

from optimizer.decomposition import master, relaxation, tie
from optimizer.decomposition.crew import Alone, Processes
from optimizer.decomposition.offers import Offers
from optimizer.errors import NoPlan, OptimizerError, UsageError, WorkersLost
from optimizer.plan.verify import verify
from optimizer.search.choosing import Choosing
from optimizer.search.means import Means
from optimizer.search.search import whole_model
from optimizer.search.worker import Worker
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.registry import solver
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue, whole_answer, whole_optimum

ALONE, TWO = Limits(seconds=6, threads=1), Limits(seconds=10, threads=2)


@pytest.fixture(autouse=True)
def one_choice(monkeypatch):
    """The search ends after its first choice, of a few seconds: what goes wrong has gone wrong by then, and so few SKUs
    would be searched until the time is over.
    """
    for name in ("by_prices.CHOICE_SECONDS", "settling.BESIDE_SECONDS"):
        monkeypatch.setattr(f"optimizer.search.{name}", 4.0)
    usual = Choosing.choose

    def choose(self, seconds):
        better = usual(self, seconds)
        self._standing.stopped = True
        return better

    monkeypatch.setattr(Choosing, "choose", choose)


def by_prices(scenario=None, limits: Limits = ALONE, **more):
    """A plan by prices that is verified and not below its bound."""
    found = plan(catalogue(1, 3) if scenario is None else scenario, method="prices", limits=limits, gap=0.3, **more)
    assert not verify(found)
    assert found.bound <= found.total_cost
    return found


def proven(found) -> bool:
    """Whether the plan has a bound, one that is not above the whole optimum."""
    best = whole_optimum(1, 3)
    return bool(-np.inf < found.bound <= best + 1e-4 <= found.total_cost + 2e-4)


def test_without_any_time_there_is_a_verified_plan_or_a_refusal_that_says_what_to_do():
    try:
        by_prices(limits=replace(ALONE, seconds=0))
    except NoPlan as refusal:
        assert "--seconds" in str(refusal)


@pytest.mark.parametrize("fails", [1, 3])
def test_a_block_that_highs_never_solves_costs_no_more_than_some_of_the_bound(monkeypatch, fails):
    usual = relaxation.Relaxation.answer
    broken: set[int] = set()

    def answer(self, *arguments, **more):
        broken.add(id(self)) if len(broken) < fails else None
        return None if id(self) in broken else usual(self, *arguments, **more)

    monkeypatch.setattr(relaxation.Relaxation, "answer", answer)
    assert proven(by_prices())
    assert len(broken) == fails


@pytest.mark.parametrize("where", [master, tie])
def test_a_program_of_prices_that_highs_does_not_solve_leaves_bounds_and_plans_what_they_are(monkeypatch, where):
    usual, asked = where.optimum, []

    def optimum(engine):
        asked.append(engine)
        return usual(engine) and len(asked) % 2 == 0

    monkeypatch.setattr(where, "optimum", optimum)
    assert proven(by_prices())
    assert asked


def test_a_linking_part_that_is_called_infeasible_is_no_bound(monkeypatch):
    """Without the linking rows nothing can be infeasible: whoever says so is not believed; the next round may prove."""
    usual, told = Highs.solve, []

    def solve(self, form, limits, *more, **named):
        answer = usual(self, form, limits, *more, **named)
        if limits.relative_gap == 1e-6 and len(told) < 2:
            told.append(form)
            return replace(answer, status="infeasible", x=None, objective=np.inf, bound=np.inf)
        return answer

    monkeypatch.setattr(Highs, "solve", solve)
    assert proven(by_prices())
    assert len(told) == 2


def test_a_sku_that_can_not_be_had_within_the_horizon_is_planned_as_lost():
    scenario = catalogue(1, 3)
    lost = scenario["skus"]["sku"].iloc[1]
    tables = {name: scenario[name][scenario[name]["sku"] != lost] for name in ("opening_stock", "in_transit")}
    late = scenario["sourcing"]["production_days"].where(scenario["sourcing"]["sku"] != lost, 500)
    found = by_prices(scenario.with_tables(sourcing=scenario["sourcing"].assign(production_days=late), **tables))
    assert -np.inf < found.bound
    assert lost not in set(found["ship"]["sku"]) and lost not in set(found["deliver"]["sku"])
    assert found["lost"].loc[found["lost"]["sku"] == lost, "units"].sum() > 0


@pytest.mark.parametrize("when", ["answer", "strengthen", "tables"])
def test_one_of_two_workers_that_is_killed_is_replaced_whatever_it_is_at(monkeypatch, when):
    usual, first = Processes.call, []

    def call(self, method, *arguments, **more):
        if method == when and not first:
            first.append(self._hands[0]._process.pid)
            os.kill(first[0], signal.SIGKILL)
        found = usual(self, method, *arguments, **more)
        if first:
            first.append(self._hands[0]._process.pid)
        return found

    monkeypatch.setattr(Processes, "call", call)
    assert proven(by_prices(limits=TWO))
    assert len(set(first)) == 2


@pytest.mark.parametrize(("limits", "after"), [(ALONE, 0), (ALONE, 1), (TWO, 0)])
def test_workers_that_are_lost_when_tables_are_made_do_not_take_the_plan_with_them(monkeypatch, limits, after):
    """Of some slices the tables may be there by then; those that were under way are made again."""
    crew, asked = (Alone, Processes)[limits.threads > 1], []
    usual = crew.call

    def call(self, method, *arguments, **more):
        found = usual(self, method, *arguments, **more)
        if method == "tables":
            asked.append(method)
            if len(asked) > after:
                raise WorkersLost("they are gone")
        return found

    monkeypatch.setattr(crew, "call", call)
    if after:  # workers in other processes would have slices of their own size
        monkeypatch.setattr("optimizer.search.slices.SLICE", 1)
        monkeypatch.setattr("optimizer.search.tables.AT_ONCE", 1)
    assert proven(by_prices(limits=limits))
    assert len(asked) == 1 + after


LOST = [
    (MemoryError(), "memory has run out"),
    (OptimizerError("HiGHS failed: unknown."), "HiGHS failed: unknown."),
    (RuntimeError("can't start new thread"), "can't start new thread"),
    (ZeroDivisionError(), "ZeroDivisionError"),
]


@pytest.mark.parametrize(("error", "told"), LOST)
def test_what_fails_in_the_leader_once_there_is_a_plan_is_told_and_leaves_the_plan(monkeypatch, caplog, error, told):
    settled, notes = [], []

    def choose(self, seconds):
        settled.append(self._standing.x)
        raise error

    monkeypatch.setattr(Choosing, "choose", choose)
    found = plan(catalogue(1, 3), method="prices", limits=ALONE, gap=0.0, means=Means(note=notes.append))
    assert settled and settled[0] is not None
    assert not verify(found) and proven(found)
    assert notes == [f"The search ended early and keeps its best plan: {told}"]
    where = [record.exc_info for record in caplog.records if record.levelname == "WARNING"]
    assert len(where) == (0 if isinstance(error, (MemoryError, OptimizerError)) else 1) and all(where)


def test_a_note_that_nobody_listens_to_is_logged(caplog):
    Means().note("somebody should know")
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "somebody should know")
    ]


def test_what_the_watch_of_a_search_raises_reaches_the_caller_though_there_is_a_plan():
    class Wrong(Exception):
        pass

    def watch(said):
        if np.isfinite(said.objective):
            raise Wrong
        return False

    with pytest.raises(Wrong):
        plan(catalogue(1, 3), method="prices", limits=ALONE, gap=0.0, watch=watch)


@pytest.mark.parametrize("stopped", [False, True])
def test_ctrl_c_keeps_the_plan_of_a_search_but_a_second_one_ends_everything(monkeypatch, stopped):
    def choose(self, seconds):
        self._standing.stopped = stopped
        raise KeyboardInterrupt

    monkeypatch.setattr(Choosing, "choose", choose)
    notes = []
    searched = lambda: plan(  # noqa: E731
        catalogue(1, 3), method="prices", limits=ALONE, gap=0.0, means=Means(note=notes.append)
    )
    if stopped:
        with pytest.raises(KeyboardInterrupt):
            searched()
    else:
        assert proven(searched())
    assert notes == []


def test_a_choice_outlives_the_workers_that_went_on_meanwhile(monkeypatch):
    """What lacks nothing needs no workers any more."""
    taken = []

    class Gone:
        def __init__(self, pricing, standing):
            pass

        def __enter__(self):
            return []

        def __exit__(self, *error):
            raise WorkersLost("they are gone")

    usual = Choosing._settle
    monkeypatch.setattr("optimizer.search.choosing.meanwhile", Gone)
    monkeypatch.setattr(Choosing, "_settle", lambda self, *found: taken.append(found) or usual(self, *found))
    notes = []
    assert proven(plan(catalogue(1, 3), method="prices", limits=ALONE, gap=0.0, means=Means(note=notes.append)))
    assert len(taken) == 2 and len(notes) == 1


def test_skus_without_an_answer_are_asked_again_and_for_longer(monkeypatch):
    usual, asked = Worker.offer, []

    def offer(self, prices, closed, which, known, seconds):
        asked.append(which.tolist())
        return usual(self, prices, closed, which[: len(asked) - 1], known, seconds)  # nobody, one, two of them

    strengthen = Worker.strengthen
    monkeypatch.setattr(Worker, "offer", offer)
    monkeypatch.setattr(
        Worker, "strengthen", lambda self, prices, *more: (strengthen(self, prices, *more)[0], Offers.none(len(prices)))
    )
    assert proven(by_prices())
    assert asked[:3] == [[0, 1, 2], [0, 1, 2], [1, 2]]


def test_whoever_fails_to_state_what_skus_share_leaves_no_worker_behind(monkeypatch):
    closed, usual = [], Alone.close

    def fails(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("optimizer.search.pricing.linking_part", fails)
    monkeypatch.setattr(Alone, "close", lambda self: closed.append(self) or usual(self))
    with pytest.raises(ZeroDivisionError):
        by_prices()
    assert len(closed) == 1


def test_memory_that_runs_out_before_there_is_a_plan_is_a_plain_refusal(monkeypatch):
    def answer(*_):
        raise MemoryError

    monkeypatch.setattr("optimizer.search.worker.Worker.answer", answer)
    with pytest.raises(WorkersLost, match="[Mm]emory"):
        by_prices()


def test_a_search_at_prices_by_another_solver_is_refused():
    with pytest.raises(UsageError, match="leave out --solver, or --method prices and --cluster"):
        whole_model(catalogue(1, 3), solver("cbc"), "prices")


def test_whoever_names_a_cluster_gets_a_search_at_prices(monkeypatch):
    asked = []
    monkeypatch.setattr("optimizer.solve.whole_model", lambda scenario, by, method: asked.append(method) or 1 / 0)
    for means in (None, Means(cluster="tcp://127.0.0.1:1")):
        with pytest.raises(ZeroDivisionError):
            plan(catalogue(1, 3), means=means)
    assert asked == ["auto", "prices"]


def test_the_whole_optimum_that_bounds_are_held_against_is_one():
    answer = whole_answer(1, 3)
    assert answer.status == "optimal" and answer.objective - answer.bound <= 1e-6 * abs(answer.objective)
