"""The tables of a plan's parts are those of the whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimizer.formulation.blocks import blocks
from optimizer.formulation.formulate import formulate
from optimizer.formulation.interpret import interpret
from optimizer.formulation.joined import joined
from optimizer.network.horizon import horizon
from optimizer.network.network import connect
from optimizer.plan.plan import PLAN_TABLES
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec

AMOUNTS = ("units", "cases", "containers", "charged", "volume_m3")


@pytest.fixture(scope="module")
def parts():
    """A program of seven SKUs with some values of its columns, and the same in slices and linking columns."""
    scenario = generate(Spec(skus=7, seed=2))
    names = scenario["skus"]["sku"].to_numpy(dtype=object)
    net = connect(scenario)
    program = formulate(net)
    owner, random = blocks(net, program), np.random.default_rng(1)
    x = np.where(random.random(len(owner)) < 0.5, 0.0, random.integers(1, 9, len(owner)).astype(float))
    pieces = []
    for some in (names[:3], names[3:4], names[4:], names[:0]):
        part = connect(scenario.only(some), some, horizon(scenario))
        stated = formulate(part)
        values = np.zeros(sum(len(family) for family in stated.variables))
        mine = blocks(part, stated) >= 0 if len(some) else np.ones(len(values), dtype=bool)
        wanted = np.isin(owner, np.flatnonzero(np.isin(names, some))) if len(some) else owner < 0
        values[mine] = x[wanted]
        pieces.append(interpret(part, stated, values))
    return interpret(net, program, x), pieces


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    keys = [column for column in table.columns if column not in AMOUNTS]
    return table.sort_values(keys).reset_index(drop=True)


def test_tables_of_slices_are_those_of_the_whole(parts):
    whole, pieces = parts
    tables = joined([dict(piece) for piece in pieces])
    for name in PLAN_TABLES:
        if name != "costs":
            assert len(whole[name])
            pd.testing.assert_frame_equal(in_order(tables[name]), in_order(whole[name]))


def test_costs_of_slices_add_up_by_line(parts):
    whole, pieces = parts
    costs = joined([dict(piece) for piece in pieces])["costs"]
    pd.testing.assert_frame_equal(costs, whole["costs"], rtol=1e-9, atol=1e-6)


def test_the_rows_of_a_part_stand_below_those_of_the_one_before(parts):
    tables = joined([dict(piece) for piece in parts[1]])
    assert tables["ship"]["sku"].tolist() == [sku for piece in parts[1] for sku in piece["ship"]["sku"]]
    assert tables["ship"].index.equals(pd.RangeIndex(len(tables["ship"])))


def test_parts_are_not_held_beside_the_whole(parts):
    pieces = [dict(piece) for piece in parts[1]]
    joined(pieces)
    assert pieces == [{}] * len(pieces)
