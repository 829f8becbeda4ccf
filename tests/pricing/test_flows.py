"""Rows for the blocks of generated catalogues: kept by whole answers, and stronger than the relaxation."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from optimizer.decomposition.block import Block, split
from optimizer.decomposition.cuts import Cuts, NoCuts
from optimizer.decomposition.laid import rows_of
from optimizer.decomposition.relaxation import Desk, Relaxation
from optimizer.formulation.blocks import blocks as owners
from optimizer.formulation.formulate import PRICED, STRENGTHENING, formulate
from optimizer.network.network import connect
from optimizer.pricing.flow_tables import frame_of, groups_of
from optimizer.pricing.flows import flows_of, separators
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue, whole_form

LIMITS = Limits(seconds=30, threads=1, relative_gap=1e-8, absolute_gap=1e-7)


@cache
def split_up(seed: int, skus: int = 3):
    net = connect(catalogue(seed, skus))
    program = formulate(net).without(STRENGTHENING)
    links = np.concatenate([np.arange(rows.start, rows.stop) for name, rows in program.rows.items() if name in PRICED])
    return net, program, split(program.standard_form(), owners(net, program), links)


def whole(block: Block, cost: np.ndarray, cuts: Cuts | None = None):
    matrix, lower, upper = rows_of(block, cuts) if cuts else (block.matrix, block.row_lower, block.row_upper)
    form = replace(whole_form(1), cost=cost, offset=0.0, matrix=matrix, row_lower=lower, row_upper=upper,
                   lower=block.lower, upper=block.upper, integer=block.integer, rows={}, columns={})  # fmt: skip
    return Highs().solve(form, LIMITS)


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3))]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_cut_moves_the_optimum_over_whole_answers_whatever_things_cost(seed):
    net, program, blocks = split_up(seed + 1)
    random, desk = np.random.default_rng(seed), Desk()
    for block, finder in zip(blocks, separators(net, program, blocks), strict=True):
        relaxation = Relaxation(block, finder)
        for spread in (0.0, 0.3):
            relaxation.block = replace(block, cost=block.cost * random.uniform(1 - spread, 1 + spread, len(block.cost)))
            answer = relaxation.answer(np.zeros(block.usage.shape[0]), desk, 6)
            plain, cut = whole(block, relaxation.block.cost), whole(block, relaxation.block.cost, relaxation.cuts)
            assert cut.objective == pytest.approx(plain.objective, rel=1e-6, abs=1e-4)
            assert answer.bound <= plain.objective + 1e-5 * abs(plain.objective)


@pytest.mark.parametrize("seed", SEEDS)
def test_best_answers_at_any_cost_keep_all_rows_that_points_of_the_relaxation_break(seed):
    net, program, blocks = split_up(seed + 1)
    random, desk, found = np.random.default_rng(seed), Desk(), 0
    for block, finder in zip(blocks, separators(net, program, blocks), strict=True):
        costs = [block.cost * random.uniform(0.5, 1.5, len(block.cost)) for _ in range(4)]
        answers = np.stack([whole(block, cost).x for cost in costs])
        for cost in costs:
            relaxation = Relaxation(replace(block, cost=cost), finder)
            for rounds in range(4):
                cuts = finder.violated(relaxation.answer(np.zeros(block.usage.shape[0]), desk, rounds).x, 30)
                found += len(cuts)
                slack = cuts.matrix @ answers.T - cuts.lower[:, None]
                assert (slack >= -1e-6 * (1 + abs(cuts.matrix) @ abs(answers.T))).all()
    assert found > 50


@pytest.mark.slow
def test_cuts_close_most_of_the_way_from_the_relaxation_to_whole_cases():
    net, program, blocks = split_up(1, 6)
    desk, free, closed = Desk(), 0.0, 0.0
    for block, finder in zip(blocks, separators(net, program, blocks), strict=True):
        prices = np.zeros(block.usage.shape[0])
        relaxation = Relaxation(block, finder)
        relaxed = relaxation.answer(prices, desk).bound
        closed += relaxation.answer(prices, desk, 8).bound - relaxed
        free += whole(block, block.cost).bound - relaxed
    assert closed > 0.6 * free > 0


def test_without_cases_there_are_no_rows():
    net = connect(generate(Spec(skus=2, overseas=1, weeks=4, whole_cases=False)))
    program = formulate(net).without(STRENGTHENING)
    blocks = split(program.standard_form(), owners(net, program), np.array([], dtype=int))
    assert all(isinstance(finder, NoCuts) for finder in separators(net, program, blocks))


def test_locations_are_looked_at_alone_in_pairs_by_territory_and_with_home():
    net = connect(generate(Spec(skus=2, overseas=6, weeks=4)))
    program = formulate(net).without(STRENGTHENING)
    frame = frame_of(net, program, split(program.standard_form(), owners(net, program), np.array([], dtype=int)))
    ours = np.array(net.ground.locations)[net.ground.kinds != "supplier"]
    names = {frozenset(ours[row]) for row in groups_of(frame)}
    overseas = frozenset(ours) - {"CN-S"}
    wanted = [{"US-W"}, {"CN-S"}, {"US-W", "US-E"}, {"US-W", "US-E", "US-FBA"}, {"US-W", "CN-S"}, overseas, set(ours)]
    assert {frozenset(name) for name in wanted} <= names


def test_flows_balance_over_every_place_and_period_of_a_whole_answer():
    net, program, blocks = split_up(1)
    for block, flows in zip(blocks, flows_of(net, program, blocks), strict=True):
        x = whole(block, block.cost).x
        stock = np.where(flows.held >= 0, x[flows.held], 0.0)
        coming = np.zeros(((flows.held.shape[0] + 1), flows.known.shape[1]))
        np.add.at(coming.ravel(), flows.into, flows.pack * flows.steps * x[flows.moved])
        np.add.at(coming.ravel(), flows.out_of, -flows.pack * flows.steps * x[flows.moved])
        np.add.at(coming.ravel(), flows.cell, -x[flows.taken])
        periods = flows.held.shape[1]
        spare = coming[:-1, :periods] + np.diff(flows.known)[:, :periods] - np.diff(stock, axis=1, prepend=0.0)
        assert (spare >= -1e-6).all()  # what is cleared leaves no trace in flows
        assert spare.max() < 1e-6 or len(flows.moved)
        wishes = np.bincount(flows.wish, x[flows.taken])
        most = np.zeros(len(wishes))
        np.maximum.at(most, flows.wish, flows.most)
        assert (wishes <= most + 1e-6).all()
