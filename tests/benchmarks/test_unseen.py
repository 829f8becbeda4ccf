"""What a plan is worth on fresh paths: what is held of it, which futures it meets, and what is counted."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks import unseen as module
from benchmarks.suites.unseen_table import unseen_table
from benchmarks.unseen import TOGETHER, Unseen, batches, held_to, rolling, unseen, with_count
from optimizer import solve
from optimizer.errors import Impossible, NoPlan, Refused
from optimizer.solvers.solver import Limits
from tests.benchmarks.making import cells
from tests.plan.making import plan_of, scenario
from tests.simulation.backtest.shops import shop

LIMITS = Limits(seconds=30.0, threads=1, seed=1)


class Found:
    total_cost = 70.0


def planned(made):
    return solve.plan(made, method="whole", gap=1e-4, limits=LIMITS)


def told():
    """A shop of which two weeks are decided now; later shipments know their path."""
    made = shop()
    return with_count(replace(made, settings=replace(made.settings, commit_days=14)), 4, 1)


@pytest.fixture(scope="module")
def plan():
    return planned(told())


def test_a_batch_that_ran_out_of_time_is_not_impossible(monkeypatch):
    """Five draws of one batch each; those without a plan tell no cost."""
    answers = iter([Found(), NoPlan("no time"), Impossible("goods are not there"), NoPlan("no time"), Refused([])])

    def made(*told, **options):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(module, "held_to", lambda plan, scenario: scenario)
    monkeypatch.setattr(module, "batches", lambda fresh: [(1.0, fresh)])
    monkeypatch.setattr(module.solve, "plan", made)
    assert unseen(plan_of(scenario()), scenario(), 5, TOGETHER, 1.0) == Unseen((70.0,), impossible=2, late=2)


def test_a_plan_held_to_what_it_decides_now_costs_the_same_on_its_own_paths(plan):
    """Locks leave what comes later free, and it was at the optimum."""
    paths = {name: plan.scenario[name] for name in ("paths", "path_demand", "path_delays")}
    again = planned(held_to(plan, told()).with_tables(**paths))
    assert len(again.scenario["locks"]) > 0 and again.scenario["path_demand"].equals(paths["path_demand"])
    assert again.total_cost == pytest.approx(plan.total_cost, rel=1e-3)


def test_what_is_decided_now_is_locked_and_nothing_later(plan):
    locks, ship = held_to(plan, told())["locks"], plan["ship"]
    by_path = plan["path_ship"][["lane", "sku", "period"]].drop_duplicates()
    now = ship.merge(by_path, how="left", indicator=True).query("_merge == 'left_only'")
    assert len(by_path) > 0 and (locks["least"] == locks["most"]).all()
    assert locks["most"].sum() == pytest.approx(now["units"].sum())


def test_batches_are_a_draw_of_paths_in_parts(plan):
    """Weights make one again, as does what is wanted on them: the mean of all is what is expected."""
    found = list(batches(with_count(shop(), 12, 7)))
    assert [len(batch["paths"]) for _, batch in found] == [5, 5, 2]
    assert sum(share for share, _ in found) == pytest.approx(1.0)
    wanted = 0.0
    for share, batch in found:
        weights, units = batch["paths"].set_index("path")["weight"], batch["path_demand"]
        assert weights.sum() == pytest.approx(1.0) and set(units["path"]) == set(weights.index)
        wanted += share * float((units["units"] * units["path"].map(weights)).sum())
    whole = solve.model(with_count(shop(), 12, 7)).net.ground.scenario
    each = whole["path_demand"].merge(whole["paths"], on="path")
    assert wanted == pytest.approx(float((each["units"] * each["weight"]).sum()))


def test_fresh_paths_cost_what_they_weigh(plan):
    """One draw of two batches, of which the second holds the rare long delays; sales have taught what varies."""
    found = unseen(plan, told(), 1, 2 * TOGETHER, 30.0)
    fresh = with_count(held_to(plan, told()), 2 * TOGETHER, module.FRESH)
    costs = [(share, planned(batch).total_cost) for share, batch in batches(fresh)]
    assert (found.impossible, found.late) == (0, 0) and len(costs) == 2
    assert found.costs[0] == pytest.approx(sum(share * cost for share, cost in costs), rel=5e-3)


def test_replays_go_through_the_horizon_and_differ_by_their_seed():
    found = rolling(with_count(shop(), 1, 1), 1, 10.0, 2)
    assert len(found) == 2 and np.isfinite(found).all() and found[0] != found[1]


@pytest.mark.parametrize(("impossible", "late"), [(1, 2), (0, 3)])
def test_the_table_tells_both_apart_and_is_not_certain_then(impossible: int, late: int):
    told = unseen_table([_line("2 paths", 100.0, [102.0], impossible=impossible, late=late)])
    row = cells(told.split("\n\n")[0])[0]
    assert row[-2:] == [str(impossible), str(late)] and "+2.0 %" not in row
    assert told.endswith("not certain, 3 batches have no plan.")


@pytest.mark.parametrize(("fresh", "verdict"), [([106.0, 102.0], "4.0 %: met."), ([94.0], "6.0 %: missed.")])
def test_plans_for_several_paths_are_held_to_the_bar(fresh: list[float], verdict: str):
    """The plan for one path may be as far off as it likes."""
    assert unseen_table([_line("1 paths", 10.0, [90.0]), _line("2 paths", 100.0, fresh)]).endswith(verdict)


def _line(method: str, sample: float, draws: list[float], **counted: int) -> dict:
    measured = {"sample": sample, "bound": sample, "mission": sample / 2, "draws": draws, "paths": TOGETHER,
                "rolling": [sample, sample + 2.0], "impossible": 0, "late": 0, **counted}  # fmt: skip
    return {"spec": "small-seller", "method": method, "size": 3, "measured": measured}
