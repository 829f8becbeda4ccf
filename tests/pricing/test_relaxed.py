"""Compiled answers of relaxed blocks: exact as HiGHS is, proven, and silent where they do not hold."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from optimizer.algebra.bound import held
from optimizer.algebra.program import Program
from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.block import Block, split
from optimizer.formulation.blocks import blocks as owners
from optimizer.formulation.formulate import CONSTRAINTS, PRICED, STRENGTHENING, formulate
from optimizer.network.network import Network, connect
from optimizer.pricing.relaxed import Relaxed
from optimizer.pricing.relaxed_links import link_matrix
from optimizer.pricing.whole import Wholes
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

LIMITS = Limits(seconds=30, threads=1)
NAMES = [constraint.__name__ for constraint in CONSTRAINTS if constraint.__name__ in PRICED]

#: Catalogues that differ in what their networks have.
SPECS = {
    "default": Spec(skus=24, seed=11),
    "another": Spec(skus=24, seed=12, storage_tightness=3.0),
    "returns": Spec(skus=16, seed=13, returns=True, domestic=2, overseas=4, modes=5),
    "days": Spec(skus=12, seed=14, weeks=6, daily=14, overseas=3, modes=6),
    "loose": Spec(skus=16, seed=15, containers=False, whole_cases=False, moq=False, cover_weeks=(4.0, 30.0)),
    "far": Spec(skus=16, seed=16, overseas=8, channels=("temu-semi", "web shop", "own shop")),
    "old": Spec(skus=16, seed=17, cover_weeks=(10.0, 40.0), median_cases_per_week=0.4),
    "market": Spec(skus=16, seed=18, warehouses=("US-FBA", "US-W", "JP"), channels=("amazon",), weeks=10),
}  # fmt: skip


@dataclass(frozen=True)
class Slice:
    """A network, its program and blocks, and the same SKUs compiled."""

    net: Network
    program: Program
    form: StandardForm
    links: np.ndarray
    blocks: list[Block]
    relaxed: Relaxed

    def cleared(self, prices: np.ndarray) -> np.ndarray:
        """The prices without those of the wrong sign."""
        return held(prices, self.form.row_lower[self.links], self.form.row_upper[self.links])


def sliced(scenario: Scenario) -> Slice:
    net = connect(scenario)
    program = formulate(net).without(STRENGTHENING)
    form = program.standard_form()
    links = np.concatenate([np.arange(rows.start, rows.stop) for name, rows in program.rows.items() if name in PRICED])
    blocks = split(form, owners(net, program), links)
    return Slice(net, program, form, links, blocks, Relaxed(net, link_matrix(net, NAMES)))


@cache
def drawn(name: str) -> Slice:
    return sliced(generate(SPECS[name]))


def targeted(name: str, kind: str) -> Slice:
    """The same catalogue with a dear stock target for every SKU at places of a kind."""
    scenario = generate(SPECS[name])
    skus = scenario["skus"]["sku"].to_numpy()
    places = scenario["locations"]["location"][scenario["locations"]["kind"] == kind]
    table = pd.MultiIndex.from_product([places, skus], names=["location", "sku"]).to_frame(index=False)
    rows = table.assign(least_units=5.0, cover_days=10.0, price_per_unit_day=0.02, currency="USD", note="")
    return sliced(replace(scenario, tables={**scenario.tables, "stock_targets": rows}))


def prices_of(part: Slice, seed: int) -> np.ndarray:
    """Prices of either sign on some of the rows, in the sense in which rows pay; up to some money for a m3 or kg."""
    random = np.random.default_rng(seed)
    prices = random.normal(size=len(part.links)) * random.choice([0.0, 0.02, 2.0, 40.0], size=len(part.links))
    subsidised = _of_family(part, "supplier_minimum")
    return part.cleared(np.where(subsidised, prices * 1e-4, prices))


def _of_family(part: Slice, name: str) -> np.ndarray:
    """Which linking rows belong to a family (links,)."""
    return np.concatenate([np.full(link_matrix(part.net, [other]).shape[0], other == name) for other in NAMES])


def optimum(block: Block, prices: np.ndarray) -> float:
    sides = {name: getattr(block, name) for name in ("matrix", "row_lower", "row_upper", "lower", "upper")}
    whole = np.zeros(len(block.cost), dtype=bool)
    form = StandardForm(cost=block.priced(prices), offset=0.0, integer=whole, rows={}, columns={}, **sides)
    answer = Highs().solve(form, LIMITS)
    return float(form.cost @ answer.x)


def agrees(part: Slice, prices: np.ndarray) -> int:
    """Compare every SKU that has a compiled answer with HiGHS; how many that are."""
    count = len(part.blocks)
    answers = part.relaxed.answer(prices, np.arange(count))
    priced = answers.cost - answers.usage @ prices
    for sku in np.flatnonzero(answers.held):
        best = optimum(part.blocks[sku], prices)
        assert priced[sku] == pytest.approx(best, rel=1e-9, abs=1e-6), part.net.ground.skus[sku]
        assert answers.bound[sku] == pytest.approx(best, rel=1e-9, abs=1e-6), part.net.ground.skus[sku]
    return int(answers.held.sum())


@pytest.mark.parametrize("name", SPECS)
def test_answers_without_prices_are_those_of_highs(name: str) -> None:
    part = drawn(name)
    assert agrees(part, np.zeros(len(part.links))) >= 0.8 * len(part.blocks)


@pytest.mark.parametrize("name", SPECS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_answers_at_prices_are_those_of_highs(name: str, seed: int) -> None:
    part = drawn(name)
    assert agrees(part, prices_of(part, seed)) >= 0.6 * len(part.blocks)


@pytest.mark.parametrize("name", ["market", "another", "old"])
def test_stock_targets_are_kept_where_they_pay(name: str) -> None:
    part = targeted(name, "marketplace")
    aimed = part.relaxed.supported & (np.bincount(part.net.targets["sku"], minlength=len(part.blocks)) > 0)
    assert aimed.sum() >= 4
    assert agrees(part, np.zeros(len(part.links))) >= aimed.sum()
    agrees(part, prices_of(part, 4))


@pytest.mark.parametrize("name", SPECS)
def test_the_point_keeps_every_row_and_costs_and_uses_what_is_said(name: str) -> None:
    part, seen = drawn(name), 0
    prices, wholes = prices_of(part, 5), Wholes(part.net, part.program, part.blocks)
    wholes = pickle.loads(pickle.dumps(wholes))  # as it comes out of a packed slice
    answers = part.relaxed.answer(prices, np.arange(len(part.blocks)))
    asked, loose = part.relaxed.asked(prices), part.net.shipments["multiple"].isna()
    for sku, block in enumerate(part.blocks):
        bound, point = asked.at(sku)
        assert (point is not None) == answers.held[sku] and bound == answers.bound[sku]
        x = None if point is None else wholes.spelled(sku, block, point)
        if x is None:
            assert point is None or (loose & (part.net.shipments["sku"] == sku)).any()
            continue
        activity = block.matrix @ x
        slack = 1e-7 * (1 + np.abs(block.matrix) @ np.abs(x))
        assert np.all(activity >= block.row_lower - slack) and np.all(activity <= block.row_upper + slack)
        assert np.all(x >= block.lower - 1e-7) and np.all(x <= block.upper * (1 + 1e-7) + 1e-7)
        assert block.cost @ x == pytest.approx(answers.cost[sku], rel=1e-9, abs=1e-7)
        np.testing.assert_allclose(block.usage @ x, answers.usage[sku], rtol=1e-9, atol=1e-7)
        seen += 1
    assert seen or name == "loose"


def test_uses_are_added_up_in_groups() -> None:
    part = drawn("default")
    prices, count = prices_of(part, 6), len(part.blocks)
    alone = part.relaxed.answer(prices, np.arange(count))
    grouped = part.relaxed.answer(prices, np.arange(count) // 5)
    sums = np.add.reduceat(alone.usage, np.arange(0, count, 5), axis=0)
    np.testing.assert_allclose(grouped.usage, sums, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(grouped.cost, alone.cost)


def test_a_bound_stands_where_subsidies_break_the_bounds_of_columns() -> None:
    part = drawn("default")
    prices = np.where(_of_family(part, "supplier_minimum"), 3.0, 0.0)
    answers = part.relaxed.answer(prices, np.arange(len(part.blocks)))
    broken = np.flatnonzero(part.relaxed.supported & ~answers.held)
    assert len(broken)
    for sku in broken:
        assert answers.bound[sku] <= optimum(part.blocks[sku], prices) + 1e-7
        assert answers.cost[sku] == 0 and not answers.usage[sku].any()


def test_a_forced_shipment_is_left_to_a_solver() -> None:
    scenario = generate(SPECS["market"])
    net = connect(scenario)
    row = net.shipments.iloc[-1]
    day = pd.Timestamp(net.sailings["departs_on"].iloc[int(row["sailing"])])
    lock = pd.DataFrame({"lane": [net.ground.lanes[int(row["lane"])]], "sku": [net.ground.skus[int(row["sku"])]],
                         "date": [day], "least": [1.0], "most": [np.inf], "note": [""]})  # fmt: skip
    part = sliced(replace(scenario, tables={**scenario.tables, "locks": lock}))
    assert np.flatnonzero(~part.relaxed.supported & drawn("market").relaxed.supported).tolist() == [int(row["sku"])]


def test_a_target_where_rent_grows_with_age_is_left_to_a_solver() -> None:
    part = targeted("default", "overseas")
    assert not part.relaxed.supported.any()
