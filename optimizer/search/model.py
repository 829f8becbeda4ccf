"""The model of a scenario: its network, its program, and the mission cost over its columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from optimizer.algebra.program import Program
from optimizer.algebra.standard_form import StandardForm
from optimizer.formulation.formulate import STRENGTHENING, formulate
from optimizer.formulation.mission import mission_cost, mission_floor
from optimizer.network.network import Network, connect
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Solver

#: Models up to this many columns are relaxed with their strengthening rows.
STRENGTHENED_COLUMNS = 60_000
#: Relaxations over several sample paths with more columns are solved by the interior point method, and a basis is made
#: of what it finds: at 27,000 columns in three fifths of the seconds that simplex takes, at 71,000 in a third. Those of
#: one path are not as degenerate: at 120,000 columns simplex takes three fifths of what the interior point does.
INSIDE_COLUMNS = 25_000


@dataclass(frozen=True)
class Model:
    """A scenario made into a program, with the mission cost as a vector over its columns."""

    net: Network
    program: Program
    form: StandardForm
    mission: np.ndarray
    mission_constant: float
    floor: float

    @cached_property
    def relaxed(self) -> StandardForm:
        """The linear relaxation; of a large model without the rows that only strengthen it, which would triple its
        time.
        """
        return self.form.relaxed if len(self.form.cost) <= STRENGTHENED_COLUMNS else self.lean

    @cached_property
    def lean(self) -> StandardForm:
        """The linear relaxation without the rows that only strengthen it."""
        return self.program.without(STRENGTHENING).standard_form().relaxed

    @property
    def inside(self) -> bool:
        """Whether its relaxations are solved by the interior point method, where the solver is HiGHS."""
        return len(self.net.weights) > 1 and len(self.form.cost) > INSIDE_COLUMNS

    def mission_of(self, x: np.ndarray) -> float:
        """What the gap of an answer `x` (n,) is measured against."""
        return max(float(self.mission @ x) + self.mission_constant, self.floor)


def relaxing(with_solver: Solver, made: Model) -> Solver:
    """The solver, by the method that suits the relaxation of a model. Most of a program whose whole numbers are held is
    gone before simplex begins, so that nothing else suits those.
    """
    if not made.inside or not isinstance(with_solver, Highs):
        return with_solver
    return replace(with_solver, options={"solver": "ipm", **with_solver.options})


def model(scenario: Scenario) -> Model:
    """The model of a checked scenario."""
    return modelled(connect(scenario))


def modelled(net: Network) -> Model:
    """The model of a scenario whose network is made already."""
    program = formulate(net)
    mission, constant = mission_cost(net, program)
    return Model(net, program, program.standard_form(), mission, constant, mission_floor(net))
