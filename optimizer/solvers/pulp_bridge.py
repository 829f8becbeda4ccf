"""Solves standard forms with any solver that PuLP knows by name; CBC comes with PuLP."""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pulp

from optimizer.algebra.standard_form import StandardForm
from optimizer.solvers.answers import at_a_glance, found, not_worse_than_start, without
from optimizer.solvers.handover import refuse_missing_numbers
from optimizer.solvers.highs import Highs
from optimizer.solvers.pulp_engine import CBC, WITH_AN_ANSWER, pulp_arguments, pulp_engine, run_pulp
from optimizer.solvers.pulp_problem import pulp_problem
from optimizer.solvers.solver import Answer, Limits, Watch

_SCIP_INFINITY = 1e20
_RELAXATION_SHARE, _RELAXATION_SECONDS = 0.25, 60.0


@dataclass(frozen=True)
class PulpSolver:
    """A solver behind PuLP, by the name that PuLP gives it, such as "PULP_CBC_CMD".

    `options` are more of its own options. CBC's preprocessing is off unless they say "preprocess on", since with it the
    CBC of PuLP 3 calls answers optimal that are not (30 of 8,579 small random programs with it, 1 without).

    It cannot be watched. A first Ctrl-C waits for the best answer of a solver that heeds it (CBC does), a second one
    does not wait. Partial starts are left out, complete ones go to solvers that take them. Duals follow the convention
    of `Highs`, and are given only where they prove the optimum.
    """

    name: str
    options: tuple[str, ...] = ()

    def solve(
        self, form: StandardForm, limits: Limits, start: np.ndarray | None = None, watch: Watch | None = None
    ) -> Answer:
        """Solve `form`. The bound of a stopped solver is its own for CBC and SCIP, else that of the LP relaxation."""
        started = time.monotonic()
        refuse_missing_numbers(form)
        known = at_a_glance(form)
        if known is not None:
            return known
        if _may_be_unbounded(form) and Highs().solve(form.relaxed, limits).status == "unbounded":
            # CBC crashes there, or stops at some number and calls it optimal.
            return _unbounded_or_infeasible(form, limits)
        answer = not_worse_than_start(form, limits, self._solve(form, limits, start), start)
        return replace(answer, seconds=time.monotonic() - started)

    def _solve(self, form: StandardForm, limits: Limits, start: np.ndarray | None) -> Answer:
        problem, variables, constraints = pulp_problem(form)
        warm = start is not None and not np.isnan(start).any()
        if warm:
            for variable, value in zip(variables, start.tolist(), strict=True):  # type: ignore[union-attr]
                variable.setInitialValue(value, check=False)
        with tempfile.TemporaryDirectory(prefix="solve-") as folder:
            log = Path(folder) / "log"
            engine = pulp_engine(self.name, pulp_arguments(self.name, limits, log, warm, self.options))
            engine.tmpDir = folder
            run_pulp(engine, problem)
            said = log.read_text(errors="replace") if log.exists() else ""
        return self._answer(form, limits, problem, variables, constraints, said)

    def _answer(
        self,
        form: StandardForm,
        limits: Limits,
        problem: pulp.LpProblem,
        variables: list[pulp.LpVariable],
        constraints: list[list[pulp.LpConstraint]],
        said: str,
    ) -> Answer:
        if problem.status in (pulp.LpStatusInfeasible, pulp.LpStatusUnbounded, pulp.LpStatusUndefined):
            return _unbounded_or_infeasible(form, limits)
        if problem.sol_status not in WITH_AN_ANSWER:
            return without("none", _stopped_bound(form, limits, problem, said, self.name))
        # PuLP calls a stopped solver's answer "Optimal"; only `sol_status` tells.
        optimal = problem.sol_status == pulp.LpSolutionOptimal
        x = np.array([variable.varValue for variable in variables], dtype=np.float64)  # None becomes NaN
        x = np.where(np.isnan(x), np.clip(0.0, form.lower, form.upper), x)
        if not optimal:
            return found(form, limits, "feasible", x, _stopped_bound(form, limits, problem, said, self.name))
        answer = found(form, limits, "optimal", x, -np.inf)
        if answer.x is None:
            return answer
        answer = replace(answer, bound=answer.objective - _allowed_gap(form, limits, answer.objective))
        return answer if form.integer.any() else _with_duals(form, answer, constraints)


def _allowed_gap(form: StandardForm, limits: Limits, objective: float) -> float:
    """How far below `objective` the optimum may lie although the solver says that it is proven."""
    if not form.integer.any():
        return 0.0
    # Some measure the gap by the objective, some by the bound; neither knows of the offset.
    share = min(limits.relative_gap, 0.99)
    return max(limits.absolute_gap, share / (1.0 - share) * abs(objective - form.offset))


def _stopped_bound(form: StandardForm, limits: Limits, problem: pulp.LpProblem, said: str, name: str) -> float:
    """A proven bound on what a stopped solver was looking for; -inf where even the LP relaxation takes too long."""
    told = re.findall(r"^Lower bound:\s+(-?\d+)(?:\.(\d*))?\s*$", said, re.MULTILINE) if name in CBC else []
    if told:
        whole, digits = told[-1]
        # The log rounds, and a bound must not be rounded up: one unit of the last digit less.
        return float(f"{whole}.{digits}") - 10.0 ** -len(digits) + form.offset
    if name == "SCIP_PY":
        bound = float(problem.solverModel.getDualbound())
        return bound + form.offset if abs(bound) < _SCIP_INFINITY else -np.inf
    seconds = min(_RELAXATION_SHARE * limits.seconds, _RELAXATION_SECONDS)
    return Highs().solve(form.relaxed, replace(limits, seconds=seconds)).bound if form.integer.any() else -np.inf


def _unbounded_or_infeasible(form: StandardForm, limits: Limits) -> Answer:
    """Solvers confuse the two, PuLP's readers once more, and CBC may call infeasible what is not; HiGHS settles it."""
    answer = Highs().solve(form, limits)
    return answer if answer.status in ("infeasible", "unbounded") else without("none", answer.bound)


def _may_be_unbounded(form: StandardForm) -> bool:
    """Whether a column can lower the cost without a bound of its own."""
    towards = np.where(form.cost < 0, form.upper, np.where(form.cost > 0, form.lower, 0.0))
    return bool(np.isinf(towards).any())


def _with_duals(form: StandardForm, answer: Answer, constraints: list[list[pulp.LpConstraint]]) -> Answer:
    duals = np.array([sum(constraint.pi or 0.0 for constraint in made) for made in constraints], dtype=np.float64)
    reduced = form.cost - duals @ form.matrix
    scale = 1.0 + float(np.abs(form.cost).max()) + float(np.abs(duals).max(initial=0.0))
    held = _held(duals, form.row_lower, form.row_upper, scale) + _held(reduced, form.lower, form.upper, scale)
    if not abs(held + form.offset - answer.objective) <= 1e-6 * (1.0 + abs(answer.objective)):
        return answer
    return replace(answer, row_duals=duals, reduced_costs=reduced)


def _held(duals: np.ndarray, lower: np.ndarray, upper: np.ndarray, scale: float) -> float:
    """Sum of each dual times the bound that it holds: the lower where it is positive, the upper where it is negative.

    Solvers write their duals with few digits, so a dual next to zero holds nothing where there is no bound.
    """
    side = np.where(duals > 0, lower, upper)
    counts = np.isfinite(side) | (np.abs(duals) > 1e-6 * scale)
    return float(duals[counts] @ side[counts])
