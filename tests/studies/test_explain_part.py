"""The part of a plan that belongs to one SKU is the whole program with all others held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from optimizer.formulation.blocks import blocks
from optimizer.plan.plan import Plan
from optimizer.search.model import model
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from optimizer.studies.explain.explain import inquire
from optimizer.studies.explain.part import Part
from tests.properties.profile import FEW
from tests.properties.worlds import LINKING, World, worlds
from tests.studies.explaining import made

LIMITS = Limits(seconds=5, threads=1)
EXACT = Limits(seconds=60, threads=1)
#: All that SKUs share but what takes long to be proven.
SHARED = frozenset(LINKING - {"breaks", "supplier_minimum"})


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


@pytest.mark.parametrize("seed", [1, 2])
def test_the_best_answer_of_a_part_is_that_of_the_whole_program_with_the_others_held(seed: int):
    found = made(World(seed, SHARED).scenario())
    mine, whole = part(found, "A"), model(found.scenario)
    held = np.where(blocks(whole.net, whole.program) == 1, part(found, "A", "B").x, np.nan)
    other = np.isfinite(held)
    lower, upper = (np.where(other, held, side) for side in (whole.form.lower, whole.form.upper))
    best = Highs().solve(replace(whole.form, lower=lower, upper=upper), EXACT)
    alone = Highs().solve(mine.form, EXACT)
    saved = found.total_cost - best.objective
    assert mine.cost(mine.x) - alone.objective == pytest.approx(saved, abs=1e-3)
