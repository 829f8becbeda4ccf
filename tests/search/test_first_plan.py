"""A first plan from the relaxation keeps every rule, whatever features meet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from optimizer.formulation.first_cases import rounded
from optimizer.formulation.first_structure import structure
from optimizer.search.first_plan import plan_around
from optimizer.search.model import Model, model
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.formulation.toys import toy
from tests.properties.profile import QUICK
from tests.properties.worlds import World, worlds
from tests.search.cases import catalogue

LIMITS = Limits(seconds=30, threads=1)


def relaxed(made: Model) -> np.ndarray:
    return Highs().solve(made.relaxed, LIMITS).x


@QUICK
@given(worlds(always={"cases", "moq", "supplier_minimum", "containers", "fees", "breaks"}, without={"locks"}))
def test_a_first_plan_of_a_random_world_is_a_plan(world: World):
    made = model(world.scenario())
    first = plan_around(made, Highs(), relaxed(made), LIMITS)
    assert first is not None
    assert made.form.violation(first) < 1e-6


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_first_plan_is_not_far_above_the_bound(seed):
    made = catalogue(seed)
    x = relaxed(made)
    first = plan_around(made, Highs(), x, LIMITS)
    nothing = made.form.cost @ _without_shipments(made) + made.form.offset
    bound = made.form.cost @ x + made.form.offset
    assert made.form.cost @ first + made.form.offset < bound + 0.5 * (nothing - bound)


def test_a_bracket_that_is_no_cheaper_than_the_one_before_is_charged_for_what_is_beyond_its_start():
    rates = [{"lane": "sea", "basis": "kg", "rate": 2}, {"lane": "sea", "basis": "kg", "rate": 2, "from_quantity": 50}]
    stock = [{"location": "home", "sku": "A", "units": 200}]
    made = model(toy(want={"A": [0, 80, 0]}, freight_rates=rates, opening_stock=stock))
    x = relaxed(made)
    first = plan_around(made, Highs(), x, LIMITS)
    assert first is not None
    assert made.form.cost @ first == pytest.approx(made.form.cost @ x)
    assert first[made.program.columns["ship"]].sum() == pytest.approx(80)


def _without_shipments(made: Model) -> np.ndarray:
    """The best answer in which nothing more is bought or sent: what a planner who does nothing has."""
    lower, upper = made.form.lower.copy(), made.form.upper.copy()
    place = made.program.columns["ship"]
    lower[place] = upper[place] = 0.0
    return Highs().solve(replace(made.form, lower=lower, upper=upper), LIMITS).x


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_containers_are_saved_up_over_time_and_hold_what_is_sent(seed):
    made = catalogue(seed)
    x = relaxed(made)
    value = {name: x[place] for name, place in made.program.columns.items()}
    booked = structure(made.net, value)["containers"]
    assert np.array_equal(booked, np.round(booked))
    assert abs(booked.sum() - value["containers"].sum()) <= made.net.loads.groupby(["lane", "container_type"]).ngroups
    whole = rounded(made.net, {**value, "containers": booked})
    ship = np.zeros(len(made.net.shipments))
    ship[made.net.cased["shipment"]] = whole["cases"] * made.net.cased["multiple"]
    room = np.bincount(
        made.net.loads["sailing"], whole["containers"] * made.net.loads["volume"], len(made.net.sailings)
    )
    boxed = made.net.loads["sailing"].unique()
    aboard = made.net.aboard @ (ship * made.net.shipments["volume"].to_numpy())
    assert (aboard[boxed] <= room[boxed] + 1e-9).all()
