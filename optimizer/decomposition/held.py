"""A program with a few of its whole numbers held and the others relaxed, answered again and again from a warm basis."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.solvers.handover import engine_for, set_options
from optimizer.solvers.solver import Limits

_OPTIMAL = highspy.HighsModelStatus.kOptimal


class Held:
    """The relaxation of a program (n columns), in which the columns of `columns` (k,) are held at a state (k,). The
    first answer is found with presolving, all others from the basis of the one before.
    """

    def __init__(self, form: StandardForm, columns: np.ndarray, limits: Limits) -> None:
        self.columns, self.x = columns.astype(np.int32), np.zeros(len(form.cost))
        # HiGHS refuses every later run in this thread that asks for another number of threads: all others ask for one.
        self._engine = engine_for(form.relaxed, replace(limits, threads=1))
        self._state: np.ndarray | None = None
        # One object's seconds add up over its runs: whoever asks looks at the clock between two of them. With perturbed
        # costs a solve goes on past the objective at which it might end.
        set_options(self._engine, {"time_limit": np.inf, "dual_simplex_cost_perturbation_multiplier": 0.0})

    def value(self, state: np.ndarray, below: float = np.inf) -> float:
        """The least cost around a state; inf where there is none, or none below `below`."""
        changed = np.ones(len(state), dtype=bool) if self._state is None else state != self._state
        if changed.any():
            sides = state[changed]
            self._engine.changeColsBounds(len(sides), self.columns[changed], sides, sides)
        self._state = state
        set_options(self._engine, {"objective_bound": below})
        self._engine.run()
        set_options(self._engine, {"presolve": "off"})
        return self._objective if self._engine.getModelStatus() == _OPTIMAL else np.inf

    def keep(self) -> np.ndarray:
        """Read the answer around the state into `x`; returns the reduced costs d of the held columns (k,) there: no
        state costs less than the value + d @ (state - this one), for the value is convex in the state.
        """
        solution = self._engine.getSolution()
        self.x = np.array(solution.col_value)
        return np.array(solution.col_dual)[self.columns]

    @property
    def _objective(self) -> float:
        return float(self._engine.getInfo().objective_function_value)
