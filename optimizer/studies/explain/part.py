"""The part of the program that belongs to some SKUs, with all other SKUs held as the plan has them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.formulation.formulate import formulate
from optimizer.formulation.mission import mission_cost, mission_floor
from optimizer.network.horizon import Horizon
from optimizer.network.network import Network, connect
from optimizer.plan.plan import Plan
from optimizer.scenario.scenario import Scenario
from optimizer.search.model import Model
from optimizer.studies.explain.others import Others
from optimizer.studies.explain.planned import planned


@dataclass(frozen=True)
class Part:
    """The program of some SKUs and of whatever they share with others: containers, charged quantities, fees, orders,
    overflow. What the others load, hold, land and order stands in the bounds of the linking rows, so every answer is a
    plan of the whole catalogue, and two answers differ by what the whole plans differ.

    `x` (n,) is the plan itself.
    """

    model: Model
    x: np.ndarray

    @property
    def net(self) -> Network:
        return self.model.net

    @property
    def form(self) -> StandardForm:
        return self.model.form

    def columns(self, family: str) -> np.ndarray:
        """Positions of the columns of a family."""
        where = self.model.program.columns[family]
        return np.arange(where.start, where.stop)

    def lines(self, x: np.ndarray) -> dict[str, float]:
        """Amount of each cost line; those of the other SKUs are left out, those that are shared are whole."""
        return self.model.program.amounts(x)

    def cost(self, x: np.ndarray) -> float:
        """The sum of all cost lines."""
        return float(self.form.cost @ x + self.form.offset)


def part(plan: Plan, skus: np.ndarray, beyond: Horizon, held: Others) -> Part:
    """The part of some SKUs (names) of a plan; `held`: what the others do."""
    made = beside(plan.scenario.only(skus), skus, beyond, held)
    x = planned(made.net, made.program, plan, held.loads(made.net))
    return Part(made, np.clip(x, made.form.lower, made.form.upper))


def beside(scenario: Scenario, skus: np.ndarray, beyond: Horizon, held: Others) -> Model:
    """The model of some SKUs of a scenario beside what others do."""
    net = connect(scenario, skus, beyond)
    net = replace(net, whole=held.totals(net))
    program = formulate(net)
    mission, constant = mission_cost(net, program)
    form = _shifted(program.standard_form(), held.loads(net))
    return Model(net, program, form, mission, constant, mission_floor(net))


def _shifted(form: StandardForm, loads: dict[str, np.ndarray]) -> StandardForm:
    """The form with what others take of linking rows off their bounds, and what they have booked booked."""
    row_lower, row_upper, lower = form.row_lower.copy(), form.row_upper.copy(), form.lower.copy()
    for name, load in loads.items():
        row_lower[form.rows[name]] -= load
        row_upper[form.rows[name]] -= load
    # The rows say the same, but a little load over a large bound is less than what a solver takes for nothing.
    for family, name in (("departures", "departure_used"), ("supplier_orders", "supplier_minimum_placed")):
        lower[form.columns[family]] = loads[name] > 0
    return replace(form, row_lower=row_lower, row_upper=row_upper, lower=lower)
