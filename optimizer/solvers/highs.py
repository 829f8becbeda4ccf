"""Solves standard forms with HiGHS."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import highspy
import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.errors import OptimizerError
from optimizer.solvers.attended_run import Pulse, attended_run
from optimizer.solvers.handover import engine_for, set_options
from optimizer.solvers.polish import FEASIBILITY, acceptable, polished
from optimizer.solvers.solver import Answer, Limits, Watch

_Status = highspy.HighsModelStatus
_STOPPED = {_Status.kTimeLimit, _Status.kInterrupt, _Status.kIterationLimit, _Status.kSolutionLimit, _Status.kMemoryLimit,
            _Status.kUnknown, _Status.kHighsInterrupt}
#: An answer of a mixed-integer program that breaks a row by more than this is solved again with its whole numbers fixed.
_SETTLE_ABOVE = 1e-8
_SETTLE_SECONDS = 20.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Highs:
    """The solver HiGHS, in this process. `options` are further options by their HiGHS names, such as {"solver": "ipm"}.

    Duals of a linear program: `row_duals` y and `reduced_costs` d = cost - y @ matrix, y >= 0 where the row is held at its
    lower bound and <= 0 at its upper; d likewise for columns. The optimum is the sum over rows and columns of each dual
    times the bound that it holds, + offset. "optimal" means: proven within the gaps of the limits.
    """

    name: str = "highs"
    options: Mapping[str, bool | int | float | str] = field(default_factory=dict)

    def solve(self, form: StandardForm, limits: Limits, start: np.ndarray | None = None, watch: Watch | None = None) -> Answer:
        """Solve `form`. A start is completed where it is NaN; linear programs need none and ignore it.

        Ctrl-C stops HiGHS and gives the best answer so far; KeyboardInterrupt is raised only where there is none.
        """
        started = time.monotonic()
        if len(form.cost) == 0:
            return _nothing_to_decide(form)
        start = self._completed(form, limits, start)
        engine = engine_for(form, replace(limits, seconds=max(limits.seconds - (time.monotonic() - started), 0.0)))
        set_options(engine, dict(self.options))
        _give_start(engine, form, start)
        pulse = attended_run(engine, limits.seconds, watch)
        answer = self._answer(engine, form, limits, pulse)
        answer = _not_worse_than_start(form, answer, start)
        if pulse.interrupted and answer.x is None:
            raise KeyboardInterrupt
        return replace(answer, seconds=time.monotonic() - started)

    def _completed(self, form: StandardForm, limits: Limits, start: np.ndarray | None) -> np.ndarray | None:
        """A start with NaN in it, completed with what is known held fixed; None where that fails or there is nothing to start.

        HiGHS would do it itself, but reports the bounds of this smaller program through the same callbacks as if they
        were bounds of the whole.
        """
        if start is None or not form.integer.any():
            return None
        if start.shape != form.cost.shape:
            raise ValueError(f"a start of shape {start.shape} does not fit {len(form.cost)} columns")
        known = form.integer & ~np.isnan(start)
        if not np.isnan(start).any() or not known.any():
            return None if np.isnan(start).any() else start
        whole = np.round(start)
        fixed = replace(form, lower=np.where(known, whole, form.lower), upper=np.where(known, whole, form.upper))
        return self.solve(fixed, replace(limits, seconds=0.2 * limits.seconds, relative_gap=0.01)).x

    def _answer(self, engine: highspy.Highs, form: StandardForm, limits: Limits, pulse: Pulse) -> Answer:
        if not pulse.returned:
            return _found(form, "feasible", pulse.best, pulse.bound)
        status = engine.getModelStatus()
        if status == _Status.kInfeasible:
            return _without("infeasible", np.inf)
        if status in (_Status.kUnbounded, _Status.kUnboundedOrInfeasible):
            return self._unbounded_or_infeasible(form, limits)
        if pulse.status == highspy.HighsStatus.kError or status not in _STOPPED | {_Status.kOptimal}:
            raise OptimizerError(f"HiGHS failed: {engine.modelStatusToString(status)}. Try another solver, such as cbc.")
        return _read(engine, form, "optimal" if status == _Status.kOptimal else "feasible", pulse)

    def _unbounded_or_infeasible(self, form: StandardForm, limits: Limits) -> Answer:
        """HiGHS does not say which; without costs only the second can be true."""
        answer = self.solve(replace(form, cost=np.zeros_like(form.cost)), limits)
        if answer.x is not None:
            return _without("unbounded", -np.inf)
        return answer if answer.status == "infeasible" else _without("none", -np.inf)


def _read(engine: highspy.Highs, form: StandardForm, status: str, pulse: Pulse) -> Answer:
    info, solution = engine.getInfo(), engine.getSolution()
    mixed = bool(form.integer.any())
    feasible = info.primal_solution_status == highspy.kSolutionStatusFeasible
    x = np.array(solution.col_value) if feasible else pulse.best
    if mixed:
        return _found(form, status, x, max(info.mip_dual_bound, pulse.bound))
    answer = _found(form, status, x, -np.inf)
    if status != "optimal" or answer.x is None:
        return answer
    duals = (np.array(solution.row_dual), np.array(solution.col_dual)) if solution.dual_valid else (None, None)
    return replace(answer, bound=answer.objective, row_duals=duals[0], reduced_costs=duals[1])


def _found(form: StandardForm, status: str, x: np.ndarray | None, bound: float) -> Answer:
    """The answer made tidy, its cost added up anew; no answer where `x` breaks the program."""
    if x is None:
        return _without("none", bound)
    tidy = polished(form, x)
    if form.violation(tidy) > _SETTLE_ABOVE and form.integer.any():
        tidy = _settled(form, tidy)
    if not acceptable(form, tidy):
        _log.warning("an answer was dropped: it breaks the program by %.3g", form.violation(tidy))
        return _without("none", bound)
    objective = float(form.cost @ tidy + form.offset)
    return Answer(status, tidy, objective, min(bound, objective), 0.0)


def _settled(form: StandardForm, x: np.ndarray) -> np.ndarray:
    """`x` with its whole numbers kept and all else solved again, more exactly.

    Rounding may have pushed rows past their bounds, and HiGHS spends its tolerance where that lowers the cost.
    """
    whole = form.integer
    fixed = replace(form.relaxed, lower=np.where(whole, np.round(x), form.lower), upper=np.where(whole, np.round(x), form.upper))
    engine = engine_for(fixed, Limits(seconds=_SETTLE_SECONDS, threads=1))
    set_options(engine, {"primal_feasibility_tolerance": 1e-9})
    pulse = attended_run(engine, _SETTLE_SECONDS)
    if not pulse.returned or engine.getModelStatus() != _Status.kOptimal:
        return x
    again = polished(form, np.array(engine.getSolution().col_value))
    return again if form.violation(again) < form.violation(x) else x


def _give_start(engine: highspy.Highs, form: StandardForm, start: np.ndarray | None) -> None:
    if start is None:
        return
    columns = np.arange(len(start), dtype=np.int32)
    if engine.setSolution(len(start), columns, np.ascontiguousarray(polished(form, start))) == highspy.HighsStatus.kError:
        raise ValueError("HiGHS does not take the start")


def _not_worse_than_start(form: StandardForm, answer: Answer, start: np.ndarray | None) -> Answer:
    """The start itself, where it is complete, keeps every rule, and is better than what was found before the limit."""
    if start is None or answer.status not in ("feasible", "none"):
        return answer
    given = _found(form, "feasible", start, answer.bound)
    return given if given.x is not None and given.objective < answer.objective else answer


def _without(status: str, bound: float) -> Answer:
    return Answer(status, None, np.inf, bound, 0.0)


def _nothing_to_decide(form: StandardForm) -> Answer:
    """A program without columns: its rows hold with 0 or not at all."""
    if (form.row_lower > FEASIBILITY).any() or (form.row_upper < -FEASIBILITY).any():
        return _without("infeasible", np.inf)
    return Answer("optimal", np.zeros(0), float(form.offset), float(form.offset), 0.0,
                  np.zeros(len(form.row_lower)), np.zeros(0))
