"""Makes an answer of what a solver returned: tidied, checked against the program, its cost added up anew."""

from __future__ import annotations

import logging

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.solvers.polish import FEASIBILITY, acceptable, polished
from optimizer.solvers.settle import settled
from optimizer.solvers.solver import Answer, Limits

#: An answer of a mixed-integer program that breaks a row by more than this is solved again with its whole numbers
#: fixed; one of a linear program only beyond the usual tolerance (CBC writes eight digits of each number).
_SETTLE_ABOVE = 1e-8
_log = logging.getLogger(__name__)


def found(form: StandardForm, limits: Limits, status: str, x: np.ndarray | None, bound: float) -> Answer:
    """The answer `x` (n,), "optimal" or "feasible"; "none" where there is no `x`, or where it breaks the program."""
    if x is None:
        return without("none", bound)
    tidy = polished(form, x)
    if form.integer.any():
        worth = form.violation(tidy) > _SETTLE_ABOVE
    else:
        worth = form.violation(tidy) > FEASIBILITY and acceptable(form, tidy)
    if worth:
        tidy = settled(form, tidy, min(20.0, 1.0 + 0.1 * limits.seconds))
    if not acceptable(form, tidy):
        _log.warning("an answer of the solver was dropped: it breaks the program by %.3g", form.violation(tidy))
        return without("none", bound)
    objective = float(form.cost @ tidy + form.offset)
    return Answer(status, tidy, objective, _plausible(bound, objective), 0.0)


def _plausible(bound: float, objective: float) -> float:
    """`bound`, never above `objective`; -inf where it lies so far above that it cannot have been one."""
    if bound > objective + 1e-6 * (1.0 + abs(objective)):
        _log.warning("the bound %.12g of the solver is void: an answer of %.12g is below it", bound, objective)
        return -np.inf
    return min(bound, objective)


def without(status: str, bound: float) -> Answer:
    """The answer that there is no answer, and why: "infeasible", "unbounded" or "none"."""
    return Answer(status, None, np.inf, bound, 0.0)


def at_a_glance(form: StandardForm) -> Answer | None:
    """The answer where no solver is needed: bounds that cross, empty rows that cannot hold, no columns; else None."""
    empty = np.diff(form.matrix.indptr) == 0
    broken = (form.row_lower > form.row_upper + FEASIBILITY).any() or (form.lower > form.upper + FEASIBILITY).any()
    if broken or (form.row_lower[empty] > FEASIBILITY).any() or (form.row_upper[empty] < -FEASIBILITY).any():
        return without("infeasible", np.inf)
    if len(form.cost) == 0:
        rows, offset = len(form.row_lower), float(form.offset)
        return Answer("optimal", np.zeros(0), offset, offset, 0.0, np.zeros(rows), np.zeros(0))
    return None


def not_worse_than_start(form: StandardForm, limits: Limits, answer: Answer, start: np.ndarray | None) -> Answer:
    """The start itself, where it is complete, keeps every rule and beats what was found, if anything was."""
    if start is None or np.isnan(start).any() or answer.status not in ("feasible", "none", "infeasible"):
        return answer
    given = found(form, limits, "feasible", start, answer.bound)
    return given if given.x is not None and given.objective < answer.objective else answer
