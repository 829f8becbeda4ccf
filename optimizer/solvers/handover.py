"""Hands a standard form over to HiGHS, all arrays at once."""

from __future__ import annotations

from collections.abc import Mapping

import highspy
import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.errors import OptimizerError
from optimizer.solvers.quiet import quiet
from optimizer.solvers.solver import Limits

_ROWWISE, _MINIMISE = 2, 1


def engine_for(form: StandardForm, limits: Limits) -> highspy.Highs:
    """A silent HiGHS object that holds `form`, with options from `limits`; raises ValueError if a number is missing."""
    with quiet():  # the first object of a process prints a banner before it can be told to be silent
        engine = highspy.Highs()
    set_options(
        engine,
        {
            "output_flag": False,
            "threads": limits.threads,
            "random_seed": limits.seed,
            "time_limit": float(limits.seconds),
            "mip_rel_gap": float(limits.relative_gap),
            "mip_abs_gap": float(limits.absolute_gap),
        },
    )
    hand_over(engine, form)
    return engine


def set_options(engine: highspy.Highs, options: Mapping[str, bool | int | float | str]) -> None:
    """Set options by their HiGHS names; raises ValueError for one that HiGHS does not take."""
    for name, value in options.items():
        if engine.setOptionValue(name, value) == highspy.HighsStatus.kError:
            raise ValueError(f"HiGHS does not take the option {name} = {value!r}")


def hand_over(engine: highspy.Highs, form: StandardForm) -> None:
    """Make `form` the model of `engine`. Coefficients below HiGHS's `small_matrix_value` (1e-9) count as zero there."""
    refuse_missing_numbers(form)
    matrix = form.matrix
    if not matrix.has_canonical_format:
        matrix = matrix.copy()
        matrix.sum_duplicates()
    rows, columns = matrix.shape
    cost, lower, upper, row_lower, row_upper = (
        np.ascontiguousarray(vector, dtype=np.float64)
        for vector in (form.cost, form.lower, form.upper, form.row_lower, form.row_upper)
    )
    status = engine.passModel(
        columns,
        rows,
        matrix.nnz,
        _ROWWISE,
        _MINIMISE,
        float(form.offset),
        cost,
        lower,
        upper,
        row_lower,
        row_upper,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float64, copy=False),
        form.integer.astype(np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise OptimizerError(
            "HiGHS refused the program: coefficients must be below 1e15, costs below 1e20 in size. "
            "Check the units of the input."
        )


def refuse_missing_numbers(form: StandardForm) -> None:
    """Raise ValueError where the program holds NaN, or infinity that is not a bound."""
    # HiGHS takes NaN without a word and calls the outcome optimal.
    finite = {"cost": form.cost, "matrix": form.matrix.data, "offset": np.array([form.offset])}
    bad = [name for name, values in finite.items() if not np.isfinite(values).all()]
    bounds = {"lower": form.lower, "upper": form.upper, "row_lower": form.row_lower, "row_upper": form.row_upper}
    bad += [name for name, values in bounds.items() if np.isnan(values).any()]
    if bad:
        raise ValueError(f"the program holds numbers that are missing or infinite, in: {', '.join(bad)}")
