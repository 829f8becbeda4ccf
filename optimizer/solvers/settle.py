"""Solves the continuous part of an answer again, more exactly, with its whole numbers kept."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.solvers.attended_run import attended_run
from optimizer.solvers.handover import engine_for, set_options
from optimizer.solvers.polish import polished
from optimizer.solvers.solver import Limits


def settled(form: StandardForm, x: np.ndarray, seconds: float) -> np.ndarray:
    """`x` (n,) with its integer columns rounded and fixed and all else optimised to 1e-9; `x` itself where that fails.

    Rounding may have pushed rows past their bounds, and solvers spend their tolerance where that lowers the cost.
    """
    fixed = np.where(form.integer, np.round(x), np.nan)
    lower, upper = (np.where(form.integer, fixed, side) for side in (form.lower, form.upper))
    program = replace(form.relaxed, lower=lower, upper=upper)
    engine = engine_for(program, Limits(seconds=seconds, threads=1))
    set_options(engine, {"primal_feasibility_tolerance": 1e-9})
    pulse = attended_run(engine, seconds)
    if not pulse.returned or engine.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return x
    again = polished(form, np.array(engine.getSolution().col_value))
    return again if form.violation(again) < form.violation(x) else x
