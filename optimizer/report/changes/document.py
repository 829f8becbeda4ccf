"""The comparison of two plans as plain values for JSON."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from optimizer.report.changes.changes import Changes
from optimizer.scenario.edits import Edit

#: Changes of one group of inputs that are listed; how many there are is said.
MOST_EDITS = 20


def changes_document(told: Changes, most: int | None = None) -> dict[str, Any]:
    """The changes as plain values for JSON, at most so many lines of them."""
    rows = told.lines if most is None else told.lines.head(most)
    return {
        "currency": told.new.scenario.settings.currency,
        "old_starts_on": f"{told.old.scenario.settings.starts_on}",
        "new_starts_on": f"{told.new.scenario.settings.starts_on}",
        "total_before": told.old.total_cost,
        "total_after": told.new.total_cost,
        "reasons": None if told.parts is None else _records(told.parts),
        "inputs": [
            {"input": group, "changed": len(edits), "largest": [_edit(edit) for edit in edits[:MOST_EDITS]]}
            for group, edits in told.why.inputs.items()
        ],
        "costs": _records(told.diff.costs),
        "counts": told.diff.counts,
        "same": told.diff.same,
        "decided_since_units": told.diff.done,
        "beyond_units": told.diff.beyond,
        "left_out": len(told.lines) - len(rows),
        "lines": _records(rows.drop(columns=["period_before", "period"])),
        "lost": _records(told.lost),
    }


def _edit(edit: Edit) -> dict[str, Any]:
    """An edit; what it does not have is left out."""
    values = {"table": edit.table, "kind": edit.kind, "column": edit.column, "before": edit.before,
              "after": edit.after, "units": edit.units, "days_late": edit.days_late}  # fmt: skip
    found = {name: _plain(value) for name, value in values.items() if _plain(value) is not None}
    return {**found, "row": {name: _plain(value) for name, value in edit.row.items()}}


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items() if _plain(value) is not None}
            for row in rows.to_dict("records")]  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, np.datetime64):
        return str(value)
    if value is pd.NaT or (isinstance(value, str) and not value):
        return None
    return (round(value, 4) if math.isfinite(value) else None) if isinstance(value, float) else value
