"""Plans for several sample paths are explained by what is expected over them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.plan.plan import Plan
from optimizer.scenario.scenario import Scenario
from optimizer.solve import plan
from optimizer.solvers.solver import Limits
from optimizer.studies.explain.explain import inquire
from optimizer.studies.explain.text import text
from optimizer.studies.explain.undone import undone
from tests.formulation.toys import BASE, toy, typed
from tests.oracle.random_paths import with_random_paths
from tests.properties.profile import FEW
from tests.properties.worlds import LINKING, World, worlds
from tests.studies.explaining import forbidden, inquired, made, told

LIMITS = Limits(seconds=5, threads=1)
#: What has to be whole on all paths at once takes long to be proven.
HARD = {"breaks", "containers", "supplier_minimum", "moq"}


def planned(world: World, seed: int) -> Plan:
    return plan(with_random_paths(world.scenario(), seed), limits=LIMITS, gap=0.05)


def on_two_paths(wants: tuple[float, float], weights: tuple[float, float] = (0.75, 0.25), **changes) -> Scenario:
    """The base toy with the second week's demand of each of two paths, and a window of a week."""
    made = toy(want={"A": [0, weights[0] * wants[0] + weights[1] * wants[1], 0]}, commit_days=7, **changes)
    rows = typed({
        "paths": [{"path": number, "weight": weight} for number, weight in enumerate(weights, 1)],
        "path_demand": [{"path": number, "sku": "A", "region": "W", "starts_on": f"2026-06-{day:02d}", "days": 7,
                         "units": units}
                        for number, want in enumerate(wants, 1) for day, units in ((1, 0), (8, want), (15, 0))],
    })  # fmt: skip
    settings = replace(made.settings, solve=replace(made.settings.solve, paths=2))
    return replace(made.with_tables(**{name: rows[name] for name in ("paths", "path_demand")}), settings=settings)


@FEW
@given(worlds(always=LINKING), st.integers(0, 999))
def test_the_part_of_all_skus_is_the_plan_itself(world: World, seed: int):
    found = planned(world, seed)
    whole = inquire(found, np.array(["A", "B"], dtype=object), 0.0).part
    assert whole.form.violation(whole.x) < 1e-5
    assert whole.lines(whole.x) == pytest.approx(found.costs, abs=1e-4)


@FEW
@given(worlds(always=LINKING), st.integers(0, 999))
def test_the_plan_is_an_answer_of_the_part_of_one_sku(world: World, seed: int):
    mine = inquire(planned(world, seed), np.array(["A"], dtype=object), 0.0).part
    assert mine.form.violation(mine.x) < 1e-5


def test_without_the_only_shipment_sales_are_lost_on_each_path_as_far_as_it_is_likely():
    # Ten go now. Four are wanted on one path in four, ten on the others: 20 x (0.75 x 10 + 0.25 x 4).
    found = made(on_two_paths((10, 4)))
    best, _ = forbidden(found, "sea", "2026-06-01")
    assert best.difference == pytest.approx(20 * 8.5)
    said = told(found, lane="sea", date="2026-06-01")
    assert said.settled and said.paths == 2
    assert {"what": "lost", "region": "W", "units": pytest.approx(8.5)} in said.ways[0].changes
    assert "the same on all of them" in text(said).replace("\n", " ")


def test_what_is_shipped_after_the_window_may_differ_and_its_units_are_expected():
    # The second week wants one; the third twelve on one path of two, and a second ship leaves after the window.
    wanted = [(1, 0, 0), (8, 1, 1), (15, 12, 0)]
    base = on_two_paths((0, 0), (0.5, 0.5), opening_stock=[{**BASE["opening_stock"][0], "units": 20}],
                        freight_rates=[{"lane": "sea", "basis": "kg", "rate": 1.0}])  # fmt: skip
    rows = typed({"path_demand": [{"path": path, "sku": "A", "region": "W", "starts_on": f"2026-06-{row[0]:02d}",
                                   "days": 7, "units": row[path]} for row in wanted for path in (1, 2)]})  # fmt: skip
    found = made(base.with_tables(path_demand=rows["path_demand"]))
    assert found["path_ship"].groupby("path")["units"].sum().to_dict() == {1: 12}
    said = told(found, lane="sea", date="2026-06-08")
    assert (said.units, said.settled) == (pytest.approx(6), False)
    # Without it all goes with the first ship, the same on both paths: twelve more at 1, not only on one path of two.
    assert said.ways[0].found.difference == pytest.approx(12 - 6)


def test_demand_that_is_lost_is_that_expected():
    inquiry, question = inquired(made(on_two_paths((14, 4))), region="W")
    (found,) = undone(inquiry, question)
    # Ten are there: four are lost on three paths of four.
    assert (found.amount, found.money, found.least) == (pytest.approx(3), pytest.approx(60), pytest.approx(3))


def test_a_unit_overseas_is_worth_a_sale_where_it_is_one():
    said = told(made(on_two_paths((14, 4))), lane="sea", date="2026-06-01")
    worth = next(rule for rule in said.rules if rule.rule == "stock")
    assert worth.money == pytest.approx(0.75 * 20)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_cost_lines_of_every_way_add_up_to_its_difference(seed: int):
    found = planned(World(seed, frozenset({"cases", "fees", "duty", "matched"})), seed)
    rows = found["ship"][found["ship"]["sku"] == "A"]
    first = rows.sort_values("period").iloc[0]
    day = f"{found.scenario.calendar.starts[int(first['period'])]}"
    for way in told(found, lane=first["lane"], date=day).ways:
        if way.found.x is not None:
            assert sum(way.found.lines.values()) == pytest.approx(way.found.difference, abs=1e-9)
