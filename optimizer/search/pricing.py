"""The search by prices: bounds and shipments of a catalogue whose program is too large to be solved as one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.decomposition.crew import Alone, Crew, Processes
from optimizer.decomposition.fleet import Fleet
from optimizer.decomposition.lagrangian import first_prices, linking_bound
from optimizer.decomposition.master import Linking
from optimizer.decomposition.rounds import Round, rounds
from optimizer.formulation.first_structure import booked_containers, booked_orders
from optimizer.network.network import Network
from optimizer.scenario.scenario import Scenario
from optimizer.search.slices import Facts, Worker, linking_part, shares
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

#: Most rounds of prices for the relaxation, and then for what is booked; share of the mission cost that is near enough.
ROUNDS, BOOKED_ROUNDS, NEAR = 12, 8, 3e-4
#: Rounds of cuts that strengthen the bound, and share of the time that all rounds of prices may take.
CUTS, SHARE = 8, 0.35


@dataclass(frozen=True)
class Booked:
    """The linking part with whole containers and orders fixed, prices for what is then left to decide, and the most
    containers that a plan may take of each departure and type: where some are booked, one more, for shipments at prices
    do not fit to the last m3.
    """

    linking: Linking
    prices: np.ndarray
    containers: np.ndarray


class Pricing:
    """A catalogue dealt out to workers that answer prices; use as a context manager."""

    def __init__(self, scenario: Scenario, limits: Limits, stop: Callable[[], bool]) -> None:
        self._limits, self._stop = limits, stop
        self._ends = time.monotonic() + limits.seconds
        dealt = shares(scenario, limits.threads)
        self._crew: Crew = Processes(Worker, dealt) if len(dealt) > 1 else Alone(Worker, dealt)
        facts: Facts = reduce(add, self._crew.call("facts"))
        self.net, self.program, self._linking = linking_part(scenario, facts)
        self._fullest, self._solver = facts.fullest, Highs()
        self._bound_prices = np.zeros(len(self._linking.links))

    def __enter__(self) -> Pricing:
        return self

    def __exit__(self, *error: Any) -> None:
        self._crew.close()

    def bound(self, mission: float) -> tuple[float, Round]:
        """A bound from every SKU's relaxation with lot-sizing rows, and the last round; `mission`: scale of gaps."""
        start = first_prices(self._linking, self._fullest, self._solver, self._within())
        offset, begun = self._linking.form.offset, time.monotonic()

        def enough(now: Round) -> bool:
            near = now.mix.lacking < NEAR * mission and now.mix.cost + offset - now.bound < NEAR * mission
            late = time.monotonic() - begun > SHARE * self._limits.seconds
            return near or late or now.number >= ROUNDS or self._stop()

        last = rounds(self._linking, self._crew, self._solver, self._within(), start, 0, enough)
        self._bound_prices = last.prices
        stronger = self._fleet("strengthen", last.prices, CUTS)
        return max(last.bound, self._bound_of(stronger)), last

    def book(self, last: Round) -> Booked:
        """Containers and orders made whole around the last round's mix, and prices for what is then left to decide."""
        used = last.master.used(last.mix)
        linking, closed = _booked(self.net, self.program, self._linking, last.mix.columns, used)
        self._crew.call("whole", "close", closed)
        begun = time.monotonic()

        def enough(now: Round) -> bool:
            late = time.monotonic() - begun > SHARE * self._limits.seconds
            return late or now.number >= BOOKED_ROUNDS or self._stop()

        found = rounds(linking, self._crew, self._solver, self._within(), last.prices, 0, enough)
        boxes = linking.form.lower[self.program.columns["containers"]]
        return Booked(linking, found.prices, np.where(boxes > 0, boxes + 1, 0.0))

    def dive(self, booked: Booked) -> Fleet:
        """Whole shipments of every SKU at the prices of what is booked."""
        return self._fleet("dive", booked.prices, 0)

    def improve(self, booked: Booked, seconds: float) -> float:
        """Better shipments and a better bound, for some seconds; the bound."""
        return self._bound_of(self._fleet("improve", booked.prices, self._bound_prices, seconds))

    def shipped(self) -> pd.DataFrame:
        """Units of each shipment as the SKUs plan them now: lane (code), sku (name), period, units > 0."""
        return pd.concat(self._crew.call("shipped"), ignore_index=True)

    def _fleet(self, method: str, *arguments: Any) -> Fleet:
        return reduce(add, self._crew.call("whole", method, *arguments))

    def _bound_of(self, fleet: Fleet) -> float:
        return fleet.bound + linking_bound(self._linking, self._bound_prices, self._solver, self._within())

    def _within(self) -> Limits:
        return replace(self._limits, seconds=max(self._ends - time.monotonic(), 1.0), threads=1)


def _booked(
    net: Network, program: Program, linking: Linking, columns: np.ndarray, used: np.ndarray
) -> tuple[Linking, np.ndarray]:
    """The linking part with whole containers and supplier orders, and the rows that nobody can use any more."""
    place = np.full(linking.form.matrix.shape[0], -1)
    place[linking.links] = np.arange(len(linking.links))
    rows = {name: place[found.start : found.stop] for name, found in program.rows.items()}
    whole = {
        "containers": booked_containers(net, columns[program.columns["containers"]]),
        "supplier_orders": booked_orders(net, used[rows["supplier_minimum"]]),
    }
    lower, upper = linking.form.lower.copy(), linking.form.upper.copy()
    for name, values in whole.items():
        lower[program.columns[name]] = upper[program.columns[name]] = values
    boxed = net.loads["sailing"].drop_duplicates().to_numpy()
    boxes = np.bincount(net.loads["sailing"], whole["containers"], minlength=len(net.sailings))[boxed]
    closed = [rows["container_volume"][boxes == 0], rows["supplier_minimum_placed"][whole["supplier_orders"] == 0]]
    return replace(linking, form=replace(linking.form, lower=lower, upper=upper)), np.concatenate(closed)
