"""Makes answers tidy: whole numbers whole, bounds kept to the digit."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm

#: How far from whole a solver may leave an integer column.
INTEGRALITY = 1e-5
#: How far an answer may break a row, and still count as an answer.
FEASIBILITY = 1e-6
#: Amounts that a solver leaves where it means none.
_NOISE = 1e-6


def polished(form: StandardForm, x: np.ndarray) -> np.ndarray:
    """`x` (n,) with nearly whole integer columns rounded and every column within its bounds."""
    whole = np.round(x)
    near = form.integer & (np.abs(x - whole) <= INTEGRALITY)
    # Adding zero turns -0.0 into 0.0.
    return np.clip(np.where(near, whole, x), form.lower, form.upper) + 0.0


def acceptable(form: StandardForm, x: np.ndarray) -> bool:
    """Whether `x` keeps every row, measured against the size of its own terms, and every bound and whole number."""
    if form.violation(x) <= FEASIBILITY:
        return True
    if np.abs(x - np.round(x))[form.integer].max(initial=0.0) > INTEGRALITY:
        return False
    activity = form.matrix @ x
    size = 1.0 + abs(form.matrix) @ np.abs(x)
    off = np.maximum(np.maximum(form.row_lower - activity, activity - form.row_upper), 0.0) / size
    outside = np.maximum(np.maximum(form.lower - x, x - form.upper), 0.0) / (1.0 + np.abs(x))
    return bool(max(off.max(initial=0.0), outside.max(initial=0.0)) <= FEASIBILITY)


def trimmed(form: StandardForm, x: np.ndarray) -> np.ndarray:
    """`x` (n,) with integer columns that cost money lowered, one after the other, as far as every row allows.

    A search that is stopped leaves fees paid and containers booked for nothing. A plan knows no such fee.
    """
    spare = np.flatnonzero(form.integer & (form.cost > 0) & (x > form.lower + 0.5))
    if not len(spare):
        return x
    x, activity, columns = x.copy(), form.matrix @ x, sparse.csc_array(form.matrix[:, spare])
    for place in np.argsort(-form.cost[spare], kind="stable"):
        entries = slice(columns.indptr[place], columns.indptr[place + 1])
        rows, values = columns.indices[entries], columns.data[entries]
        room = np.where(values > 0, activity[rows] - form.row_lower[rows], form.row_upper[rows] - activity[rows])
        least = float(((room + _NOISE) / np.abs(values)).min(initial=np.inf))
        steps = np.floor(min(least, x[spare[place]] - form.lower[spare[place]]))
        if steps > 0:
            x[spare[place]] -= steps
            activity[rows] -= steps * values
    return x
