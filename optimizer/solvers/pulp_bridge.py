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
from optimizer.solvers.pulp_engine import WITH_AN_ANSWER, pulp_arguments, pulp_engine, run_pulp
from optimizer.solvers.pulp_problem import pulp_problem
from optimizer.solvers.solver import Answer, Limits, Watch

_CBC = ("PULP_CBC_CMD", "COIN_CMD")
_RELAXATION_SHARE, _RELAXATION_SECONDS = 0.25, 60.0


@dataclass(frozen=True)
class PulpSolver:
    """A solver behind PuLP, by the name that PuLP gives it, such as "PULP_CBC_CMD".

    It cannot be watched. A first Ctrl-C waits for the best answer of a solver that heeds it (CBC does), a second one does
    not wait. Partial starts are left out, complete ones go to solvers that take them. Duals follow the convention of `Highs`, and are given only where they prove the optimum.
    """

    name: str

    def solve(self, form: StandardForm, limits: Limits, start: np.ndarray | None = None, watch: Watch | None = None) -> Answer:
        """Solve `form`. A stopped solver's bound is read from CBC's log; of others the bound is that of the LP relaxation."""
        started = time.monotonic()
        refuse_missing_numbers(form)
        known = at_a_glance(form)
        if known is not None:
            return known
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
            engine = pulp_engine(self.name, pulp_arguments(limits, log, warm))
            engine.tmpDir = folder
            run_pulp(engine, problem)
            said = log.read_text(errors="replace") if log.exists() else ""
        return self._answer(form, limits, problem, variables, constraints, said)

    def _answer(self, form: StandardForm, limits: Limits, problem: pulp.LpProblem, variables: list[pulp.LpVariable],
                constraints: list[list[pulp.LpConstraint]], said: str) -> Answer:
        if problem.status in (pulp.LpStatusInfeasible, pulp.LpStatusUnbounded) or problem.status == pulp.LpStatusUndefined:
            return _unbounded_or_infeasible(form, limits, problem.status)
        if problem.sol_status not in WITH_AN_ANSWER:
            return without("none", _stopped_bound(form, limits, said, self.name))
        # PuLP calls a stopped solver's answer "Optimal"; only `sol_status` tells.
        optimal = problem.sol_status == pulp.LpSolutionOptimal
        x = np.array([np.nan if variable.varValue is None else variable.varValue for variable in variables], dtype=np.float64)
        x = np.where(np.isnan(x), np.clip(0.0, form.lower, form.upper), x)
        if not optimal:
            return found(form, limits, "feasible", x, _stopped_bound(form, limits, said, self.name))
        if _may_be_unbounded(form) and Highs().solve(form.relaxed, limits).status == "unbounded":
            return without("unbounded", -np.inf)  # CBC stops at some large number there and calls it optimal
        answer = found(form, limits, "optimal", x, -np.inf)
        if answer.x is None:
            return answer
        answer = replace(answer, bound=answer.objective - _allowed_gap(form, limits, answer.objective))
        return answer if form.integer.any() else _with_duals(form, answer, constraints)


def _allowed_gap(form: StandardForm, limits: Limits, objective: float) -> float:
    """How far below `objective` the optimum may lie although the solver says that it is proven."""
    return max(limits.absolute_gap, limits.relative_gap * abs(objective - form.offset)) if form.integer.any() else 0.0


def _stopped_bound(form: StandardForm, limits: Limits, said: str, name: str) -> float:
    """A proven bound on what a stopped solver was looking for."""
    told = re.findall(r"^Lower bound:\s+(\S+)", said, re.MULTILINE) if name in _CBC else []
    if told:
        return float(told[-1]) + form.offset
    seconds = min(_RELAXATION_SHARE * limits.seconds, _RELAXATION_SECONDS)
    return Highs().solve(form.relaxed, replace(limits, seconds=seconds)).bound if form.integer.any() else -np.inf


def _unbounded_or_infeasible(form: StandardForm, limits: Limits, status: int) -> Answer:
    """Solvers confuse the two, and PuLP's readers confuse them once more; HiGHS settles which it is."""
    answer = Highs().solve(form, limits)
    if answer.status in ("infeasible", "unbounded"):
        return answer
    return without("none", answer.bound) if status != pulp.LpStatusUndefined else answer


def _may_be_unbounded(form: StandardForm) -> bool:
    """Whether an integer column can lower the cost without a bound of its own."""
    towards = np.where(form.cost < 0, form.upper, np.where(form.cost > 0, form.lower, 0.0))
    return bool(np.isinf(towards[form.integer]).any())


def _with_duals(form: StandardForm, answer: Answer, constraints: list[list[pulp.LpConstraint]]) -> Answer:
    duals = np.array([sum(constraint.pi or 0.0 for constraint in made) for made in constraints], dtype=np.float64)
    reduced = form.cost - duals @ form.matrix
    held = _held(duals, form.row_lower, form.row_upper) + _held(reduced, form.lower, form.upper) + form.offset
    if not abs(held - answer.objective) <= 1e-6 * (1.0 + abs(answer.objective)):
        return answer
    return replace(answer, row_duals=duals, reduced_costs=reduced)


def _held(duals: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> float:
    """Sum of each dual times the bound that it holds: the lower where it is positive, the upper where it is negative."""
    strong = np.abs(duals) > 1e-9
    return float(duals[strong] @ np.where(duals > 0, lower, upper)[strong])
