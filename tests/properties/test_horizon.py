"""The end of the horizon must not show in what is done this week."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.algebra.program import Program
from optimizer.formulation.formulate import formulate
from optimizer.network.network import Network, connect
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.scenario import Scenario
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.formulation.constraint_toys import FACTORY, at, two_warehouses_and_one_region
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import BASE, toy

LIMITS = Limits(seconds=60, threads=1)
SHAPES = {
    "steady": [10.0] * 40,
    "growing": [6.0 + 0.5 * week for week in range(40)],
    "seasonal": [round(10 + 6 * np.sin(week / 3), 3) for week in range(40)],
}


def trade(weeks: int, shape: str) -> Scenario:
    """Two warehouses three and four weeks from home, one of which also has an air lane; stock for some weeks."""
    want = SHAPES[shape]
    return toy(
        (7,) * weeks,
        {"A": want, "A E": [units / 2 for units in want]},
        end_stock="matched",
        capital_rate=0.2,
        locations=[*FACTORY, {"location": "east", "kind": "overseas", "country": "US"}],
        regions=[{"region": "W", "country": "US"}, {"region": "E", "country": "US"}],
        prices=[{"sku": "A", "region": region, "price": 30} for region in "WE"],
        lanes=[
            {"lane": "buy", "origin": "factory", "destination": "home", "lead_time_days": 0},
            {**BASE["lanes"][0], "lane": "sea", "lead_time_days": 21},
            {**BASE["lanes"][0], "lane": "rail", "destination": "east", "lead_time_days": 28},
            {**BASE["lanes"][0], "lane": "air", "lead_time_days": 5},
        ],
        freight_rates=[rate("kg", 0.1, "buy"), rate("kg", 1), rate("kg", 1.2, "rail"), rate("kg", 5, "air")],
        storage_rates=[{"location": place, "from_age_days": 0, "per_m3_day": 0.5} for place in ("west", "east")],
        delivery_lanes=[
            {"location": "west", "region": "W", "delivery_days": 3, "per_order": 2},
            {"location": "west", "region": "E", "delivery_days": 5, "per_order": 4},
            {"location": "east", "region": "E", "delivery_days": 3, "per_order": 2},
        ],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 6}],
        opening_stock=[at("home", 20), at("west", 25), at("east", 15)],
    )


def relaxed(scenario: Scenario) -> tuple[Network, Program, np.ndarray]:
    net = connect(scenario)
    program = formulate(net)
    return net, program, Highs().solve(program.standard_form().relaxed, LIMITS).x


def this_week(scenario: Scenario) -> pd.Series:
    """Units that leave in the first period by lane."""
    net, program, x = relaxed(scenario)
    table = net.shipments.assign(units=x[program.columns["ship"]])
    return table[table["period"] == 0].groupby("lane")["units"].sum()


@pytest.mark.parametrize("shape", SHAPES)
def test_four_more_weeks_hardly_move_what_leaves_this_week(shape):
    short, long = this_week(trade(8, shape)), this_week(trade(12, shape))
    assert long.sum() > 4
    assert (short - long).abs().sum() < 0.05 * long.sum()


@pytest.mark.parametrize("seed", [1, 2])
def test_what_a_shorter_horizon_does_this_week_is_as_good_in_a_longer_one(seed):
    # Units may move among departures that cost the same; money tells whether the end of the horizon shows.
    spec = Spec(skus=6, seed=seed, overseas=2, modes=3, weeks=20, containers=False, moq=False)
    whole = generate(spec)
    short, long = (replace(whole, settings=replace(whole.settings, periods=(7,) * weeks)) for weeks in (12, 16))
    net, program, x = relaxed(long)
    cost, freight = program.standard_form().cost @ x, program.amounts(x)["first_leg_freight"]
    forced = _with_this_week_of(net, program, *relaxed(short))
    again = Highs().solve(forced.standard_form().relaxed, LIMITS)
    assert again.objective - program.standard_form().offset - cost < 0.005 * freight


def _with_this_week_of(net: Network, program: Program, other: Network, known: Program, x: np.ndarray) -> Program:
    """The program with the shipments of the first period held at those of another one."""
    key = ["lane", "sku", "period"]
    held = other.shipments[key].assign(units=x[known.columns["ship"]])
    units = net.shipments[key].merge(held[held["period"] == 0], on=key, how="left")["units"].to_numpy()
    ship = next(family for family in program.variables if family.name == "ship")
    fixed = ~np.isnan(units)
    lower = np.where(fixed, np.maximum(units - 1e-6, 0.0), ship.lower)
    upper = np.where(fixed, units + 1e-6, ship.upper)
    families = tuple(
        replace(ship, lower=lower, upper=upper) if family is ship else family for family in program.variables
    )
    return replace(program, variables=families)


def test_two_warehouses_that_serve_one_region_leave_one_cover():
    # 15 units are left in each of them, 20 will be wanted there; each is worth 5.
    found = plan(two_warehouses_and_one_region(), gap=0.0)
    assert found["end_cover"]["units"].sum() == pytest.approx(20)
    assert found.costs["end_stock"] == pytest.approx(-100)
