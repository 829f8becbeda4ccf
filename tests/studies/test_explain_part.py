"""The part of a plan that belongs to one SKU is the whole program with all others held."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from optimizer.plan.plan import Plan
from optimizer.solve import plan
from optimizer.solvers.solver import Limits
from optimizer.studies.explain.explain import inquire
from optimizer.studies.explain.part import Part
from tests.properties.profile import FEW
from tests.properties.worlds import LINKING, World, worlds

LIMITS = Limits(seconds=5, threads=1)
EXACT = Limits(seconds=60, threads=1)


def planned(world: World) -> Plan:
    return plan(world.scenario(), limits=LIMITS, gap=0.05)


def part(made: Plan, *skus: str) -> Part:
    return inquire(made, np.array(skus, dtype=object), 0.0).part


@FEW
@given(worlds(always=LINKING))
def test_the_part_of_all_skus_is_the_plan_itself(world: World):
    made = planned(world)
    whole = part(made, "A", "B")
    assert whole.form.violation(whole.x) < 1e-5
    assert whole.lines(whole.x) == pytest.approx(made.costs, abs=1e-4)


@FEW
@given(worlds(always=LINKING))
def test_the_plan_is_an_answer_of_the_part_of_one_sku(world: World):
    mine = part(planned(world), "A")
    assert mine.form.violation(mine.x) < 1e-5
