"""Dives and searches give whole answers that keep every row of their block, and get better."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.decomposition.fleet import Answers
from optimizer.decomposition.lagrangian import first_prices
from optimizer.decomposition.part import Part
from optimizer.search.slices import batches, formulated, shares
from optimizer.solvers.highs import Highs
from tests.decomposition.parts import LIMITS, catalogue, crew_of


def answers_at_first_prices(seed: int, skus: int = 5) -> tuple[Answers, Part, np.ndarray]:
    scenario = catalogue(seed, skus)
    share = shares(scenario, 1)[0]
    parts = [formulated(share, names) for names in batches(share.scenario)]
    part = Part([b for p in parts for b in p.blocks], [f for p in parts for f in p.finders], 4)
    _, linking, fullest = crew_of(scenario, 1)
    return Answers(part.relaxations, len(linking.links)), part, first_prices(linking, fullest, Highs(), LIMITS)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_dive_is_whole_keeps_every_row_and_is_not_below_the_bound(seed):
    answers, part, prices = answers_at_first_prices(seed)
    bound = answers.strengthen(prices, 6).bound
    fleet = answers.dive(prices, 0)
    assert fleet.missing == 0
    value = 0.0
    for relaxation, whole in zip(part.relaxations, answers.wholes, strict=True):
        block, x = relaxation.block, whole.x
        assert np.array_equal(x[block.integer], np.round(x[block.integer]))
        assert (block.matrix @ x >= block.row_lower - 1e-6).all() and (block.matrix @ x <= block.row_upper + 1e-6).all()
        assert (x >= block.lower - 1e-6).all() and (x <= block.upper + 1e-6).all()
        value += float(block.priced(prices) @ x)
    assert value >= bound - 1e-6 * abs(bound)


def test_more_time_brings_answers_and_bounds_together():
    answers, part, prices = answers_at_first_prices(1, 3)
    before = answers.strengthen(prices, 6).bound
    answers.dive(prices, 0)

    def value() -> float:
        return sum(
            float(relaxation.block.priced(prices) @ whole.x)
            for relaxation, whole in zip(part.relaxations, answers.wholes, strict=True)
        )

    first = value()
    after = answers.improve(prices, prices, 20.0)
    assert value() <= first + 1e-6
    assert after.bound >= before - 1e-6
    assert value() - after.bound < 0.5 * (first - before) + 1e-3 * abs(first)


def test_closed_rows_are_not_used():
    answers, part, prices = answers_at_first_prices(1)
    answers.strengthen(prices, 2)
    used = answers.dive(prices, 0).usage
    rows = np.flatnonzero(used > 0)[:5]
    answers.close(rows)
    assert (answers.dive(prices, 2).usage[rows] <= 1e-9).all()
