"""Changes of a program: what is forbidden, forced, let go or given in addition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm


def at_most(form: StandardForm, columns: np.ndarray, most: np.ndarray | float) -> StandardForm:
    """The form with columns at most so large; a lower bound above that, as a lock sets it, makes it infeasible."""
    upper = form.upper.copy()
    upper[columns] = np.minimum(upper[columns], most)
    return replace(form, upper=upper)


def at_least(form: StandardForm, columns: np.ndarray, least: float) -> StandardForm:
    """The form with columns that are at least so large together: one more row."""
    return each_at_least(form, [(columns, least)])


def each_at_least(form: StandardForm, groups: Sequence[tuple[np.ndarray, float]]) -> StandardForm:
    """The form with groups of columns each at least so large together: one more row for each."""
    least = np.array([low for _, low in groups], dtype=np.float64)
    ones = [(columns, np.ones(len(columns))) for columns, _ in groups]
    return _with_rows(form, ones, least, np.full(len(groups), np.inf))


def together_at_most(form: StandardForm, columns: np.ndarray, values: np.ndarray, most: float) -> StandardForm:
    """The form with columns that are at most so large together, each as many times as `values` says: one more row."""
    return _with_rows(form, [(columns, values)], np.array([-np.inf]), np.array([most]))


def without_rows(form: StandardForm, names: Sequence[str]) -> StandardForm:
    """The form with some bands that say nothing any more."""
    row_lower, row_upper = form.row_lower.copy(), form.row_upper.copy()
    for name in names:
        row_lower[form.rows[name]], row_upper[form.rows[name]] = -np.inf, np.inf
    return replace(form, row_lower=row_lower, row_upper=row_upper)


def raised(form: StandardForm, rows: np.ndarray, more: float) -> StandardForm:
    """The form with the right-hand sides of rows raised, both sides where there are two."""
    row_lower, row_upper = form.row_lower.copy(), form.row_upper.copy()
    row_lower[rows] += more
    row_upper[rows] += more
    return replace(form, row_lower=row_lower, row_upper=row_upper)


def _with_rows(
    form: StandardForm, entries: Sequence[tuple[np.ndarray, np.ndarray]], least: np.ndarray, most: np.ndarray
) -> StandardForm:
    row = np.repeat(np.arange(len(entries)), [len(columns) for columns, _ in entries])
    column, value = (np.concatenate([part[side] for part in entries]) for side in (0, 1))
    more = sparse.csr_array((value, (row, column)), shape=(len(entries), form.matrix.shape[1]))
    return replace(
        form,
        matrix=sparse.csr_array(sparse.vstack([form.matrix, more])),
        row_lower=np.append(form.row_lower, least),
        row_upper=np.append(form.row_upper, most),
    )
