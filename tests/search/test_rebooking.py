"""Better bookings make a better plan, and the plan for the mean is where a search over sample paths begins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.plan.verify import verify
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.search.budget import Budget
from optimizer.search.first_plan import plan_again, plan_around
from optimizer.search.mean_first import mean_first
from optimizer.search.means import Means
from optimizer.search.model import model, relaxing
from optimizer.search.rebooking import rebook
from optimizer.search.standing import WholeStanding
from optimizer.search.stored_start import shipments_from
from optimizer.search.whole import whole
from optimizer.solve import model as over_paths
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.registry import solver
from optimizer.solvers.solver import Limits
from tests.search.cases import catalogue

LIMITS = Limits(seconds=6, threads=1)
SPEC = Spec(skus=10, seed=1, overseas=2, weeks=8, modes=4, median_cases_per_week=40.0)
LONGER = Limits(seconds=20, threads=1)


@pytest.mark.parametrize("seed", [1, 3])
def test_bookings_are_bettered_and_the_plan_with_them_keeps_every_rule(seed):
    made = catalogue(seed, skus=8)
    standing = WholeStanding(LIMITS, 0.0, made=made)
    relaxed = Highs().solve(made.relaxed, LIMITS)
    standing.offer(plan_around(made, Highs(), np.zeros(len(made.form.cost)), LIMITS))  # nothing is booked
    before = standing.objective
    better = before - 0.05 * standing.mission

    def enough(said):
        standing.stopped = standing.objective < better

    standing.watch = enough
    rebook(made, Highs(), LIMITS, standing)
    assert relaxed.bound <= standing.objective < before - 0.05 * standing.mission
    assert made.form.violation(standing.x) < 1e-6


def test_nothing_is_rebooked_where_there_is_no_plan_yet_or_the_search_is_stopped():
    made = catalogue(1, skus=8)
    standing = WholeStanding(LIMITS, 0.0, made=made)
    rebook(made, Highs(), LIMITS, standing)
    assert standing.x is None
    first = plan_around(made, Highs(), Highs().solve(made.relaxed, LIMITS).x, LIMITS)
    standing.offer(first)
    rebook(made, solver("cbc"), LIMITS, standing)
    assert standing.x is first
    standing.stopped = True
    rebook(made, Highs(), LIMITS, standing)
    assert standing.x is first


@pytest.fixture(scope="module")
def mean():
    return generate(SPEC)


@pytest.fixture(scope="module")
def four(mean):
    """The scenario with four paths, and its model."""
    settings = mean.settings
    asked = replace(mean, settings=replace(settings, solve=replace(settings.solve, paths=4)))
    return asked, over_paths(asked)


def test_the_plan_for_the_mean_becomes_a_plan_over_the_paths(mean, four):
    _, made = four
    means = mean_first(made, mean, Highs(), LONGER, 0.0, None, Means())
    ship = shipments_from(means.start, made.net.ground.scenario)
    x = plan_again(made, Highs(), ship, LIMITS)
    assert made.form.violation(x) < 1e-6
    fees = x[made.program.columns["departures"]]
    assert 0 < fees.sum() < len(fees) / 2  # those of departures that the plan for the mean does not use stay unpaid
    boxes = x[made.program.columns["containers"]]
    small = plan_again(model(mean), Highs(), ship, LIMITS)
    assert boxes.sum() <= np.round(small[model(mean).program.columns["containers"]]).sum()


def test_a_watch_sees_no_plan_and_no_bound_of_the_mean_but_may_stop_it(mean, four):
    seen = []
    mean_first(four[1], mean, Highs(), LONGER, 0.0, lambda now: seen.append((now.objective, now.bound)), Means())
    assert set(seen) == {(np.inf, -np.inf)}
    asked = []
    mean_first(four[1], mean, Highs(), LONGER, 0.0, lambda now: asked.append(now) or True, Means())
    assert len(asked) == 1


def test_one_path_and_a_program_without_whole_numbers_need_no_other_start(mean):
    for scenario in (mean, generate(replace(SPEC, containers=False, whole_cases=False, moq=False))):
        means = Means()
        assert mean_first(model(scenario), scenario, Highs(), LIMITS, 0.0, None, means) is means


def test_a_plan_that_is_far_from_the_relaxation_is_no_place_to_stay(mean, monkeypatch):
    # As a run leaves it that had no time: nothing is booked, all is lost.
    made, within = model(mean), Limits(seconds=60, threads=1)
    poor = plan_around(made, Highs(), np.zeros(len(made.form.cost)), within)
    relaxed = Highs().solve(made.relaxed, within)
    near = made.form.cost @ plan_around(made, Highs(), relaxed.x, within)
    monkeypatch.setattr("optimizer.search.whole.rebook", lambda *told: None)
    monkeypatch.setattr("optimizer.search.whole._climb", lambda *told: None)
    found = {}
    for name, far in (("left", 0.2), ("kept", np.inf)):
        monkeypatch.setattr("optimizer.search.whole.FAR", far)
        standing = WholeStanding(within, 0.0, None, made=made)
        standing.offer(poor)
        whole(made, Highs(), Budget(within), standing)
        found[name] = standing.objective - made.form.offset
    assert found["kept"] == pytest.approx(made.form.cost @ poor)
    assert found["left"] == pytest.approx(near) and near < found["kept"]


def test_a_plan_around_a_relaxation_that_took_all_the_time_is_made_all_the_same(mean, monkeypatch):
    made, clock = model(mean), [Limits(seconds=60, threads=1), Limits(seconds=0.0, threads=1)]
    monkeypatch.setattr("optimizer.search.whole.rebook", lambda *told: None)
    monkeypatch.setattr("optimizer.search.whole._climb", lambda *told: None)
    standing = WholeStanding(clock[0], 0.0, None, made=made)
    whole(made, Highs(), lambda: clock.pop(0) if len(clock) > 1 else clock[0], standing)
    poor = made.form.cost @ plan_around(made, Highs(), np.zeros(len(made.form.cost)), Limits(seconds=60, threads=1))
    assert standing.objective - made.form.offset < poor


def test_large_relaxations_over_paths_are_solved_from_the_inside_and_come_to_the_same(mean, four, monkeypatch):
    made, within = four[1], Limits(seconds=60, threads=1)
    assert relaxing(Highs(), made) == Highs()
    monkeypatch.setattr("optimizer.search.model.INSIDE_COLUMNS", 1_000)
    inside = relaxing(Highs(), made)
    assert inside.options["solver"] == "ipm" and relaxing(Highs(), model(mean)) == Highs()
    assert relaxing(Highs(options={"solver": "simplex"}), made).options["solver"] == "simplex"
    one, other = (each.solve(made.relaxed, within) for each in (Highs(), inside))
    assert one.status == other.status == "optimal" and one.objective == pytest.approx(other.objective, rel=1e-7)
    found = whole(made, Highs(), Budget(within), standing := WholeStanding(within, 0.5, None, made=made))
    assert found == "optimal" and standing.bound <= one.objective * (1 + 1e-7)


def test_a_plan_over_paths_in_little_time_is_a_plan(four):
    found = plan(four[0], limits=Limits(seconds=4, threads=1), gap=0.0)
    assert not verify(found) and len(found.scenario["paths"]) == 4
