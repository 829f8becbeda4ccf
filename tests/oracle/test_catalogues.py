"""The reference net on generated catalogues, where large features meet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pulp
import pytest

from optimizer.formulation.interpret import interpret
from optimizer.plan.plan import Plan
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.scenario import Scenario
from optimizer.solve import model
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.oracle.decisions import Family
from tests.oracle.oracle import oracle_with_lines
from tests.oracle.solving import TOLERANCE, cbc, highs, of_a_form, of_the_oracle, of_the_program, same, solved, valued

#: One home and two warehouses by sea and by air; small enough to be proven whole.
SMALL = Spec(skus=1, seed=3, overseas=2, modes=2, weeks=5)
#: Days, then weeks; two homes; containers and returns.
BUSY = Spec(skus=2, seed=3, overseas=2, domestic=2, modes=3, weeks=5, daily=7, returns=True)
#: Enough volume for containers; fees, entries, tight rooms.
LARGE = Spec(
    skus=4,
    seed=2,
    overseas=4,
    domestic=2,
    modes=3,
    weeks=6,
    daily=7,
    returns=True,
    median_cases_per_week=150.0,
    whole_cases=False,
)
EVERYTHING = Spec(skus=3, seed=3, overseas=3, domestic=2, modes=6, weeks=8, daily=14, returns=True)


def test_a_small_catalogue_has_one_optimum():
    scenario = generate(SMALL)
    assert of_the_oracle(scenario) == same(of_the_program(scenario))


@pytest.mark.parametrize(
    "spec", [BUSY, pytest.param(EVERYTHING, marks=pytest.mark.slow)], ids=lambda spec: f"{spec.modes} modes"
)
def test_a_catalogue_in_broken_cases_and_containers_has_one_optimum(spec: Spec):
    # Switches stay whole, since relaxations differ by their large numbers.
    scenario = generate(spec)
    problem, _, x = oracle_with_lines(scenario)
    for variable in (*x.cases.values(), *x.containers.values()):
        variable.cat = pulp.LpContinuous
    form = model(scenario).form
    whole = form.integer.copy()
    for family in ("cases", "containers"):
        whole[form.columns[family]] = False
    assert solved(problem, highs()) == same(of_a_form(replace(form, integer=whole)))


@pytest.mark.parametrize("spec", [LARGE, pytest.param(EVERYTHING, marks=pytest.mark.slow)], ids=["large", "everything"])
def test_a_plan_of_a_catalogue_costs_the_same_in_every_line(spec: Spec):
    scenario = generate(spec)
    made = model(scenario)
    answer = Highs().solve(made.form, Limits(seconds=60, threads=1, relative_gap=0.02))
    # Within the gap a dearer bracket may be paid for than what is shipped asks for, which a replay would not pay.
    lower, upper = made.form.lower.copy(), made.form.upper.copy()
    for family in ("cases", "containers"):
        place = made.form.columns[family]
        lower[place] = upper[place] = np.round(answer.x[place])
    held = replace(made.form, lower=lower, upper=upper)
    x = Highs().solve(held, Limits(seconds=60, threads=1, relative_gap=1e-9), start=answer.x).x
    found = Plan(scenario, interpret(made.net, made.program, x), answer.bound, answer.status, "highs", {})
    off = TOLERANCE * abs(found.total_cost)
    assert replayed(scenario, found) == {line: pytest.approx(cost, abs=off) for line, cost in found.costs.items()}


def replayed(scenario: Scenario, plan: Plan) -> dict[str, float]:
    """What a plan's shipments, containers and deliveries cost in each line of the oracle."""
    problem, lines, x = oracle_with_lines(scenario)
    _hold(x.ship, plan, "ship", "units", "lane", "sku", "period")
    _hold(x.containers, plan, "containers", "containers", "lane", "container_type", "period")
    _hold(x.deliver, plan, "deliver", "units", "location", "region", "sku", "period")
    assert solved(problem, cbc()) is not None
    return {name: valued(line) for name, line in lines.items()}


def _hold(family: Family, plan: Plan, table: str, column: str, *key: str) -> None:
    rows = plan[table]
    amounts = dict(zip(zip(*(rows[name] for name in key), strict=True), rows[column], strict=True))
    assert not set(amounts) - set(family)
    for name, variable in family.items():
        variable.lowBound = variable.upBound = amounts.get(name, 0.0)
