"""The part of the program that belongs to some SKUs, with all other SKUs held as the plan has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.formulation.expected import chances
from optimizer.formulation.formulate import formulate
from optimizer.formulation.mission import mission_cost, mission_floor
from optimizer.network.horizon import Horizon
from optimizer.network.network import Network, connect
from optimizer.network.sailings import sailings
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

    @cached_property
    def likely(self) -> np.ndarray:
        """How likely each column is to matter, (n,): the weight of its sample path, 1 where it is one on all."""
        known = chances(self.net)
        families = self.model.program.variables
        return np.concatenate([known.get(family.name, np.ones(len(family))) for family in families])

    def units(self, x: np.ndarray, columns: np.ndarray) -> float:
        """What is expected of some columns together."""
        return float(self.likely[columns] @ x[columns])

    def by_path(self, *groups: np.ndarray) -> Iterator[tuple[float, list[np.ndarray]]]:
        """Groups of columns as they count on each sample path, with its weight; all at once where none of them differs
        by path.
        """
        of = [self._path[columns] for columns in groups]
        if all((path < 0).all() for path in of):
            yield 1.0, list(groups)
            return
        for number, weight in enumerate(self.net.weights):
            mine = [columns[(path < 0) | (path == number)] for columns, path in zip(groups, of, strict=True)]
            yield float(weight), mine

    @cached_property
    def planned_arrivals(self) -> np.ndarray:
        """The day on which each departure is there if it is not late, (sailings,), datetime64[D]."""
        ground, trips = self.net.ground, self.net.sailings
        if len(self.net.weights) > 1:  # those of the network are of one path
            trips = sailings(ground.scenario, ground.locations, ground.lanes)
        return trips["arrives_on"].to_numpy().astype("datetime64[D]")

    @cached_property
    def _path(self) -> np.ndarray:
        """The path of each shipment and delivery, -1 where it is the same on all, (n,)."""
        found, net = np.full(len(self.form.cost), -1), self.net
        if len(net.weights) > 1:
            later = (net.shipments["committed"] == 0).to_numpy()
            found[self.columns("ship")] = np.where(later, net.shipments["path"].to_numpy(), -1)
            found[self.columns("deliver")] = net.deliveries["path"].to_numpy()
        return found

    def lines(self, x: np.ndarray) -> dict[str, float]:
        """Amount of each cost line; those of the other SKUs are left out, those that are shared are whole."""
        return self.model.program.amounts(x)

    def cost(self, x: np.ndarray) -> float:
        """The sum of all cost lines."""
        return float(self.form.cost @ x + self.form.offset)


def part(plan: Plan, skus: np.ndarray, beyond: Horizon, held: Others) -> Part:
    """The part of some SKUs (names) of a plan; `held`: what the others do."""
    made = beside(plan.scenario.only(skus), skus, beyond, held)
    x = planned(made, plan, held.loads(made.net))
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
