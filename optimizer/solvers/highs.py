"""Solves standard forms with HiGHS."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import highspy
import numpy as np

from optimizer.algebra.bound import dual_bound, margin
from optimizer.algebra.standard_form import StandardForm
from optimizer.errors import OptimizerError
from optimizer.solvers.answers import at_a_glance, found, not_worse_than_start, without
from optimizer.solvers.attended_run import Pulse, attended_run
from optimizer.solvers.handover import engine_for, set_options
from optimizer.solvers.polish import polished
from optimizer.solvers.solver import Answer, Limits, Watch

_Status = highspy.HighsModelStatus
#: Ends by name, since versions differ in which they have.
_STOPPED = {
    "kTimeLimit",
    "kInterrupt",
    "kHighsInterrupt",
    "kIterationLimit",
    "kSolutionLimit",
    "kMemoryLimit",
    "kUnknown",
}


#: Reduced costs of the wrong sign that HiGHS takes for none, with room for its scaling.
_WRONG_SIGN = 1e-6
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Highs:
    """The solver HiGHS, in this process. `options` are further options by their HiGHS names, such as {"solver": "ipm"}.

    Within the time limit HiGHS finishes the first LP of a mixed-integer program whatever its clock says. So it is left
    behind some seconds after the limit, and the process cannot end before that LP does.

    Duals of a linear program: `row_duals` y and `reduced_costs` d = cost - y @ matrix, y >= 0 where the row is held at
    its lower bound and <= 0 at its upper; d likewise for columns. The optimum is the sum over rows and columns of each
    dual times the bound that it holds, + offset. "optimal" means: proven within the gaps of the limits.
    """

    name: str = "highs"
    options: Mapping[str, bool | int | float | str] = field(default_factory=dict)

    def solve(
        self, form: StandardForm, limits: Limits, start: np.ndarray | None = None, watch: Watch | None = None
    ) -> Answer:
        """Solve `form`. A start is completed where it is NaN; linear programs need none and ignore it.

        Ctrl-C stops HiGHS and gives the best answer so far; KeyboardInterrupt is raised only where there is none.
        """
        started = time.monotonic()
        known = at_a_glance(form)
        if known is not None:
            return known
        start = self._completed(form, limits, start)
        left = max(limits.seconds - (time.monotonic() - started), 0.0)
        engine = engine_for(form, replace(limits, seconds=left))
        set_options(engine, self.options)
        _give_start(engine, form, start)
        ran, clock = time.monotonic(), time.time()
        pulse = attended_run(engine, left, watch)
        if _hurried(engine, pulse, time.time() - clock - (time.monotonic() - ran)):
            left = max(limits.seconds - (time.monotonic() - started), 0.0)
            return self.solve(form, replace(limits, seconds=left), start if pulse.best is None else pulse.best, watch)
        answer = self._answer(engine, form, limits, pulse)
        if start is not None and _claims_too_much(answer, limits):
            answer = self._without_start(form, limits, answer, started, watch)
        answer = not_worse_than_start(form, limits, answer, start)
        if pulse.interrupted and answer.x is None:
            raise KeyboardInterrupt
        return replace(answer, seconds=time.monotonic() - started)

    def _without_start(
        self, form: StandardForm, limits: Limits, answer: Answer, started: float, watch: Watch | None
    ) -> Answer:
        """An answer of a search that trusts no start, or the one that is known if that is better."""
        _log.warning(
            "HiGHS called %.12g optimal beside a bound of %.12g: again without a start", answer.objective, answer.bound
        )
        left = max(limits.seconds - (time.monotonic() - started), 0.0)
        again = self.solve(form, replace(limits, seconds=left), None, watch)
        if again.x is not None and again.objective <= answer.objective:
            return again
        return replace(answer, status="feasible", bound=min(again.bound, answer.objective))

    def _completed(self, form: StandardForm, limits: Limits, start: np.ndarray | None) -> np.ndarray | None:
        """A start with NaN in it, completed with what is known held fixed; None where that fails or nothing is known.

        HiGHS would do it itself, but reports the bounds of this smaller program through the same callbacks as if they
        were bounds of the whole.
        """
        if start is None or not form.integer.any():
            return None
        if start.shape != form.cost.shape:
            raise ValueError(f"a start of shape {start.shape} does not fit {len(form.cost)} columns")
        known = form.integer & ~np.isnan(start)
        if not np.isnan(start).any():
            return start
        if not known.any():
            return None
        whole = np.round(start)
        fixed = replace(form, lower=np.where(known, whole, form.lower), upper=np.where(known, whole, form.upper))
        return self.solve(fixed, replace(limits, seconds=0.2 * limits.seconds, relative_gap=0.01)).x

    def _answer(self, engine: highspy.Highs, form: StandardForm, limits: Limits, pulse: Pulse) -> Answer:
        if not pulse.returned:
            return found(form, limits, "feasible", pulse.best, pulse.bound)
        status = engine.getModelStatus()
        if status == _Status.kInfeasible:
            return without("infeasible", np.inf)
        if status in (_Status.kUnbounded, _Status.kUnboundedOrInfeasible):
            return self._unbounded_or_infeasible(form, limits)
        if pulse.status == highspy.HighsStatus.kError or status.name not in _STOPPED | {"kOptimal"}:
            said = engine.modelStatusToString(status)
            raise OptimizerError(f"HiGHS failed: {said}. Try another solver, such as cbc.")
        return _read(engine, form, limits, "optimal" if status == _Status.kOptimal else "feasible", pulse)

    def _unbounded_or_infeasible(self, form: StandardForm, limits: Limits) -> Answer:
        """HiGHS does not say which; without costs only the second can be true."""
        answer = self.solve(replace(form, cost=np.zeros_like(form.cost)), limits)
        if answer.x is not None:
            return without("unbounded", -np.inf)
        return answer if answer.status == "infeasible" else without("none", -np.inf)


def _read(engine: highspy.Highs, form: StandardForm, limits: Limits, status: str, pulse: Pulse) -> Answer:
    info, solution = engine.getInfo(), engine.getSolution()
    mixed = bool(form.integer.any())
    feasible = info.primal_solution_status == highspy.kSolutionStatusFeasible
    x = np.array(solution.col_value) if feasible else pulse.best
    if mixed:
        return found(form, limits, status, x, max(info.mip_dual_bound, pulse.bound))
    answer = found(form, limits, status, x, -np.inf)
    if status != "optimal" or answer.x is None:
        return answer
    if not solution.dual_valid:
        return answer
    duals, reduced = np.array(solution.row_dual), np.array(solution.col_dual)
    return replace(answer, bound=_proven(form, answer.x, duals), row_duals=duals, reduced_costs=reduced)


def _proven(form: StandardForm, x: np.ndarray, duals: np.ndarray) -> float:
    """What the multipliers of a linear program prove: that `x` is its optimum, or less, where they fall short of that
    by more than tolerances do.
    """
    sides = form.matrix, form.row_lower, form.row_upper, form.lower, form.upper
    cost, told = float(form.cost @ x), dual_bound(form.cost, *sides, duals, forgiven=_WRONG_SIGN)
    return form.offset + (told if told < cost - margin(form.cost, x) - _WRONG_SIGN else cost)


def _hurried(engine: highspy.Highs, pulse: Pulse, ahead: float) -> bool:
    """Whether HiGHS thinks that its time is over because the clock of the machine was set ahead: it knows no other.
    (One that is set back does no harm: `attended_run` counts by itself.)
    """
    return ahead > 1.0 and pulse.returned and not pulse.stop and engine.getModelStatus() == _Status.kTimeLimit


def _claims_too_much(answer: Answer, limits: Limits) -> bool:
    """Whether an answer is called optimal though its own bound does not say so: HiGHS 1.16.0 cuts better answers off
    where presolve leaves a constant and a start is given.
    """
    near = max(limits.relative_gap, 1e-6) * abs(answer.objective) + max(limits.absolute_gap, 1e-6)
    return answer.status == "optimal" and answer.objective - answer.bound > 1.01 * near


def _give_start(engine: highspy.Highs, form: StandardForm, start: np.ndarray | None) -> None:
    if start is None:
        return
    columns, values = np.arange(len(start), dtype=np.int32), polished(form, start)
    if engine.setSolution(len(start), columns, values) == highspy.HighsStatus.kError:
        raise ValueError("HiGHS does not take the start")
