"""Whole answers of SKUs: they keep every row, are valued as HiGHS values them, and come near to the best ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.block import Block, split
from optimizer.formulation.blocks import blocks as owners
from optimizer.formulation.formulate import PRICED, STRENGTHENING, formulate
from optimizer.network.gather import position
from optimizer.network.network import Network, connect
from optimizer.pricing.whole import Wholes
from optimizer.pricing.whole_cases import layouts
from optimizer.pricing.whole_layout import Layout, nodes_of
from optimizer.pricing.whole_simplex import settle, side
from optimizer.pricing.whole_tree import arrange, planted, put_back
from optimizer.pricing.whole_value import opened, valued, worth
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

LIMITS = Limits(seconds=30, threads=1, relative_gap=1e-8, absolute_gap=1e-7)


@cache
def parts(seed: int, skus: int = 6) -> tuple[Network, list[Block], Wholes, list[Layout | None]]:
    """Two warehouses overseas, all modes, containers, fees, least orders, full rooms."""
    return made(generate(Spec(
        skus=skus, seed=seed, overseas=2, weeks=8, modes=4, median_cases_per_week=3.0, storage_tightness=3.0,
        container_tightness=2.0, suppliers=2,
    )))  # fmt: skip


def made(scenario):
    net = connect(scenario)
    program = formulate(net).without(STRENGTHENING)
    links = np.concatenate([np.arange(rows.start, rows.stop) for name, rows in program.rows.items() if name in PRICED])
    blocks = split(program.standard_form(), owners(net, program), links)
    place = np.full(sum(len(family) for family in program.variables), -1)
    for block in blocks:
        entries = block.back.tocoo()
        place[entries.row] = entries.col
    return net, blocks, Wholes(net, program, blocks), layouts(net, program, place)


def form_of(block: Block, cost: np.ndarray) -> StandardForm:
    sides = {name: getattr(block, name) for name in ("matrix", "row_lower", "row_upper", "lower", "upper", "integer")}
    return StandardForm(cost=cost, offset=0.0, rows={}, columns={}, **sides)


def priced(block: Block, seed: int) -> np.ndarray:
    """Costs of a block's columns at prices of linking rows drawn at random: in the sense in which they are paid."""
    random = np.random.default_rng(seed)
    prices = -random.uniform(0, 30, block.usage.shape[0]) * (random.uniform(size=block.usage.shape[0]) < 0.5)
    return block.priced(prices)


def with_steps(block: Block, layout: Layout, cost: np.ndarray, steps: np.ndarray) -> StandardForm:
    lower, upper = block.lower.copy(), block.upper.copy()
    lower[layout.case] = upper[layout.case] = steps
    return replace(form_of(block, cost), lower=lower, upper=upper)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_whole_answer_keeps_every_row_and_bound_of_its_block(seed: int) -> None:
    _, blocks, wholes, _ = parts(seed)
    for place, block in enumerate(blocks):
        for draw in (0, 1):
            cost = priced(block, draw)
            answer = wholes.answer(place, block, cost)
            assert form_of(block, cost).violation(answer.x) < 1e-6
            assert answer.cost == pytest.approx(cost @ answer.x)


@pytest.mark.parametrize("seed", [1, 2])
def test_steps_of_cases_are_valued_as_highs_values_them(seed: int) -> None:
    _, blocks, _, shapes = parts(seed)
    random, known = np.random.default_rng(seed), 0
    for block, layout in zip(blocks, shapes, strict=True):
        cost = priced(block, seed)
        state = opened(layout, cost)
        relaxed = Highs().solve(form_of(block, cost).relaxed, LIMITS).x[layout.case]
        for share in (0.0, 0.5, 1.0):
            steps = np.floor(relaxed + 1e-7) * (random.uniform(size=len(relaxed)) < share)
            steps += random.uniform(size=len(relaxed)) < 0.02
            steps = np.minimum(steps, block.upper[layout.case])
            found = valued(layout, state, steps, np.inf)
            best = Highs().solve(with_steps(block, layout, cost, steps).relaxed, LIMITS)
            if best.x is None:
                assert found == np.inf
                continue
            known += 1
            short = layout.column[layout.sign < 0]
            missing = cost[short] @ layout.wanted
            # Orders that are placed below their least quantity are for the moves to mend, not for the flow to know.
            assert found + missing == pytest.approx(best.objective, rel=1e-6, abs=1e-4)
    assert known > 5


def test_one_case_more_never_costs_less_than_the_potentials_say() -> None:
    _, blocks, _, shapes = parts(1)
    strict = 0
    for block, layout in zip(blocks, shapes, strict=True):
        cost = priced(block, 4)
        state, steps = opened(layout, cost), np.zeros(len(layout.case))
        now = valued(layout, state, steps, np.inf)
        put_back(state.now, state.tree)
        gain = np.zeros(len(steps))
        worth(layout, state, gain)
        for case in range(len(steps)):
            steps[case] = 1.0
            more = valued(layout, state, steps, np.inf)
            steps[case] = 0.0
            assert more >= now + gain[case] - 1e-5 * (1 + abs(now))
            strict += now + gain[case] < more < np.inf
    assert strict > 20


@pytest.mark.parametrize("seed", [1, 2])
def test_whole_answers_are_within_two_percent_of_the_best_ones_together(seed: int) -> None:
    _, blocks, wholes, _ = parts(seed)
    excess, scale = 0.0, 0.0
    for place, block in enumerate(blocks):
        cost = priced(block, 1)
        relaxed = Highs().solve(form_of(block, cost).relaxed, LIMITS)
        best = Highs().solve(form_of(block, cost), LIMITS)
        found = wholes.answer(place, block, cost, relaxed.x, trials=3000)
        assert found.cost >= best.objective - 1e-5 * abs(best.objective)
        excess += found.cost - best.objective
        scale += abs(best.objective)
    assert excess < 0.02 * scale


def test_an_answer_that_begins_from_an_earlier_one_is_no_worse_and_the_same_each_time() -> None:
    _, blocks, wholes, _ = parts(3)
    for place, block in enumerate(blocks):
        cost = priced(block, 2)
        first = wholes.answer(place, block, cost, trials=100)
        again = wholes.answer(place, block, cost, first.x, trials=100)
        assert again.cost <= first.cost + 1e-6 * abs(first.cost)
        assert np.array_equal(wholes.answer(place, block, cost, trials=100).x, first.x)


def test_nothing_leaves_where_the_upper_bounds_are_narrowed_to_nothing() -> None:
    _, blocks, wholes, shapes = parts(1)
    block, layout = blocks[0], shapes[0]
    closed = block.upper.copy()
    closed[layout.case] = 0.0
    cost = priced(block, 1)
    assert wholes.answer(0, block, cost).x[layout.case].sum() > 0
    assert wholes.answer(0, block, cost, upper=closed).x[layout.case].sum() == 0


def test_goods_that_move_in_any_quantity_get_no_answer_here() -> None:
    _, blocks, wholes, _ = made(generate(Spec(skus=2, overseas=1, weeks=4, whole_cases=False)))
    assert all(wholes.answer(place, block, block.cost) is None for place, block in enumerate(blocks))


def random_network(seed: int):
    """Nodes in a row with arcs to the root and between each other; every other one is short of room on purpose."""
    random = np.random.default_rng(seed)
    nodes = 9
    tail = np.concatenate([np.arange(1, nodes), random.integers(0, nodes, 24)])
    head = np.concatenate([np.zeros(nodes - 1, np.int64), random.integers(0, nodes, 24)])
    fine = tail != head
    tail, head = tail[fine], head[fine]
    most = random.uniform(0, 9, len(tail)).round(1) * (1 if seed % 2 else 3)
    tail, head = tail.astype(np.int32), head.astype(np.int32)
    return tail, head, random.uniform(-5, 9, len(tail)), most, random.uniform(-6, 6, nodes).round(1)


@pytest.mark.parametrize("seed", range(30))
def test_flows_cost_what_the_linear_program_says(seed: int) -> None:
    tail, head, cost, most, supply = random_network(seed)
    above = np.concatenate([[-1], np.arange(len(supply) - 1)]).astype(np.int32)
    tree = planted(tail, head, above)
    arrange(tail, head, cost, tree)
    side(tail, head, cost, tree)
    found = settle(tail, head, cost, most, supply, tree, np.inf)
    rows = np.zeros((len(supply), len(tail)))
    rows[tail, np.arange(len(tail))] += 1
    rows[head, np.arange(len(tail))] -= 1
    form = StandardForm(cost=cost, offset=0.0, matrix=sparse.csr_array(rows[1:]), row_lower=supply[1:],
                        row_upper=supply[1:], lower=np.zeros(len(tail)), upper=most,
                        integer=np.zeros(len(tail), bool), rows={}, columns={})  # fmt: skip
    best = Highs().solve(form, LIMITS)
    if best.x is None:
        assert found == np.inf
        return
    assert found == pytest.approx(best.objective, abs=1e-6)
    balance = np.bincount(tail, tree.flow, len(supply)) - np.bincount(head, tree.flow, len(supply))
    assert balance[1:] == pytest.approx(supply[1:], abs=1e-9)
    assert (tree.flow > -1e-6).all() and (tree.flow < most + 1e-6).all()


def test_a_stock_target_before_any_stock_can_be_there_falls_short_in_full() -> None:
    full = generate(Spec(skus=40, seed=1, weeks=8))
    some = full.only(full["stock_targets"]["sku"].unique()[:3])
    scenario = some.with_tables(**{name: some[name].iloc[:0] for name in ("opening_stock", "in_transit")})
    net, blocks, wholes, found = made(scenario)
    bare = position(net.stock, net.targets, ["location", "sku", "period"]) < 0
    node, sku = nodes_of(net).number["targets"][bare], net.targets["sku"].to_numpy()[bare]
    assert len(node)
    for place, (block, layout) in enumerate(zip(blocks, found, strict=True)):
        assert (layout.head[np.isin(layout.tail, node[sku == place])] == 0).all()
        answer = wholes.answer(place, block, block.cost)
        assert form_of(block, block.cost).violation(answer.x) < 1e-6
