"""A register of toys: for each block of the model by how much the optimum moves when the block is taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from optimizer.algebra.program import Program
from optimizer.formulation.formulate import formulate
from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

Change = Callable[[Program], Program]


@dataclass(frozen=True)
class Effect:
    """One toy: the optimum with its block less the optimum without it is `by`.

    `also` names blocks that imply this one and go with it; `relaxed` leaves out integrality; `forced` changes the
    program in both cases.
    """

    block: str
    make: Callable[[], Scenario]
    by: float
    also: tuple[str, ...] = ()
    relaxed: bool = False
    forced: Change = lambda program: program

    def moved(self) -> float:
        """By how much the optimum really moves."""
        program = self.forced(formulate(connect(self.make())))
        return optimum(program, self.relaxed) - optimum(without(program, self.block, *self.also), self.relaxed)


EFFECTS: list[Effect] = []


def moves(block: str, by: float, **options) -> Callable[[Callable[[], Scenario]], Callable[[], Scenario]]:
    """Register the toy that a function makes; its docstring is the work by hand."""

    def register(make: Callable[[], Scenario]) -> Callable[[], Scenario]:
        EFFECTS.append(Effect(block, make, by, **options))
        return make

    return register


def without(program: Program, *blocks: str) -> Program:
    """The program less some bands or cost lines, which must be there."""
    missing = set(blocks) - set(program.bands) - set(program.costs)
    if missing:
        raise KeyError(f"no such blocks: {sorted(missing)}")
    return replace(
        program,
        bands={name: band for name, band in program.bands.items() if name not in blocks},
        costs={name: line for name, line in program.costs.items() if name not in blocks},
    )


def optimum(program: Program, relaxed: bool = False) -> float:
    """The least cost; inf where nothing satisfies the rules."""
    form = program.standard_form()
    answer = Highs().solve(form.relaxed if relaxed else form, Limits(seconds=30, threads=1))
    assert answer.status in ("optimal", "infeasible")
    return answer.objective if answer.x is not None else np.inf
