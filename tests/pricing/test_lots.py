"""Lot-sizing rows: right by hand, kept by every whole answer, and stronger than the relaxation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.decomposition.block import Block, split
from optimizer.decomposition.cuts import NoCuts
from optimizer.decomposition.relaxation import Desk, Relaxation, rows_of
from optimizer.formulation.blocks import blocks as owners
from optimizer.formulation.formulate import STRENGTHENING, formulate
from optimizer.network.network import connect
from optimizer.pricing.flows import groups, separators
from optimizer.pricing.lots import Flows, LotRows
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.search.slices import linking_rows
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue, whole_form

LIMITS = Limits(seconds=30, threads=1, relative_gap=1e-8, absolute_gap=1e-7)


def one_warehouse() -> LotRows:
    """Cases of 10 may arrive in periods 0 and 1 (columns 0, 1); 4 are on hand before; up to 7 and 9 are delivered
    (columns 2, 3) in these periods; stock is column 4 after period 0."""
    flows = Flows(
        pack=10.0,
        moves=np.array([[0, 1], [-1, -1], [0, 1], [0, 0], [0, 1], [1, 1]]),
        stays=np.array([[4], [0], [0]]),
        ends=np.array([[2, 3], [0, 0], [0, 1]]),
        known=np.array([[4.0, 0.0, 0.0]]),
    )
    return LotRows(flows, np.array([[True]]), np.array([9.0, 9.0, 7.0, 9.0, 99.0]))


def test_a_split_case_breaks_the_row_that_was_worked_out_by_hand():
    # 16 are wanted, 4 are there: 12 must come, so two cases, or (remainder 2) at least 2 are missing per case less:
    # 2 (cases 0 + cases 1) + (7 - deliver 0) + (9 - deliver 1) >= 2 x 2. At 1.2 cases and all delivered: 2.4 < 4.
    cuts = one_warehouse().violated(np.array([0.3, 0.9, 7.0, 9.0, 0.0]), 10)
    rows = {tuple(np.round(row, 9)): low for row, low in zip(cuts.matrix.toarray(), cuts.lower, strict=True)}
    assert rows[(2.0, 2.0, -1.0, -1.0, 0.0)] == pytest.approx(4 - 16)


def test_whole_cases_break_nothing():
    # Two cases and all delivered; one case and two units missing; none and all but the stock missing.
    for x in ([1, 1, 7, 9, 7], [1, 0, 7, 7, 7], [0, 0, 4, 0, 0]):
        assert len(one_warehouse().violated(np.array(x, dtype=float), 10)) == 0


def blocks_of(scenario):
    net = connect(scenario)
    program = formulate(net).without(STRENGTHENING)
    blocks = split(program.standard_form(), owners(net, program), linking_rows(program))
    return net, blocks, separators(net, program, blocks)


def whole(block: Block, cost: np.ndarray, cuts=None):
    matrix, lower, upper = rows_of(block, cuts) if cuts else (block.matrix, block.row_lower, block.row_upper)
    form = replace(whole_form(1), cost=cost, offset=0.0, matrix=matrix, row_lower=lower, row_upper=upper,
                   lower=block.lower, upper=block.upper, integer=block.integer, rows={}, columns={})  # fmt: skip
    return Highs().solve(form, LIMITS)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3))])
def test_no_cut_moves_the_optimum_over_whole_answers_whatever_things_cost(seed):
    _, blocks, finders = blocks_of(catalogue(seed + 1, 3))
    random, desk = np.random.default_rng(seed), Desk()
    for block, finder in zip(blocks, finders, strict=True):
        relaxation = Relaxation(block, finder)
        for spread in (0.0, 0.3):
            relaxation.block = replace(block, cost=block.cost * random.uniform(1 - spread, 1 + spread, len(block.cost)))
            answer = relaxation.answer(np.zeros(block.usage.shape[0]), desk, 6)
            plain, cut = whole(block, relaxation.block.cost), whole(block, relaxation.block.cost, relaxation.cuts)
            assert cut.objective == pytest.approx(plain.objective, rel=1e-6, abs=1e-4)
            assert answer.bound <= plain.objective + 1e-5 * abs(plain.objective)


@pytest.mark.slow
def test_cuts_close_a_good_part_of_the_way_from_the_relaxation_to_whole_cases():
    _, blocks, finders = blocks_of(catalogue(1, 6))
    desk, free, closed = Desk(), 0.0, 0.0
    for block, finder in zip(blocks, finders, strict=True):
        prices = np.zeros(block.usage.shape[0])
        relaxation = Relaxation(block, finder)
        relaxed = relaxation.answer(prices, desk).bound
        closed += relaxation.answer(prices, desk, 8).bound - relaxed
        free += whole(block, block.cost).bound - relaxed
    assert closed > 0.4 * free > 0


def test_without_cases_there_are_no_rows():
    _, _, finders = blocks_of(generate(Spec(skus=2, overseas=1, weeks=4, whole_cases=False)))
    assert all(isinstance(finder, NoCuts) for finder in finders)


def test_locations_are_looked_at_alone_in_pairs_and_by_territory():
    net = connect(generate(Spec(skus=2, overseas=6, weeks=4)))
    names = [tuple(net.ground.locations[row]) for row in groups(net)]
    assert {("US-W",), ("CN-S",), ("US-W", "US-E"), ("US-W", "US-E", "US-FBA")} <= {
        tuple(sorted(name, key=list(net.ground.locations).index)) for name in names
    }
    assert not any("SUP" in place for name in names for place in name)
