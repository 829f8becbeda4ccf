"""Rules of a scenario made in Python rather than read: every table, every column, the right types."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.columns import Column
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import TABLES


def check_shape(scenario: Scenario) -> Iterator[Problem]:
    """Every table is there with every column, typed as `Scenario` says."""
    for table in TABLES:
        if table.name not in scenario.tables:
            yield Problem(table.name, 0, "", "", "the table is missing", "Give an empty frame with all its columns")
            continue
        frame = scenario[table.name]
        for column in table.columns:
            if column.name not in frame.columns:
                yield Problem(table.name, 0, column.name, "", "the column is missing", "Give it, empty where allowed")
            elif not has_type(column, frame[column.name]):
                found = str(frame[column.name].dtype)
                remedy = f"Convert it: {column.kind} columns are typed as the docstring of Scenario says"
                yield Problem(table.name, 0, column.name, found, "the column has the wrong type", remedy)


def has_type(column: Column, values: pd.Series) -> bool:
    """Whether a column is typed as a scenario wants it."""
    if column.kind in ("key", "text", "choice"):
        return not len(values) or bool(pd.api.types.infer_dtype(values, skipna=False) in ("string", "empty"))
    wanted = {"number": "float64", "date": "datetime64[ns]", "flag": "bool"}.get(column.kind)
    if wanted is None:
        wanted = "float64" if column.optional else "int64"
    return values.dtype == np.dtype(wanted)
