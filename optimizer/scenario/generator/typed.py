"""Tables of the schema, typed as a Scenario wants them, from the columns that a generator fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from optimizer.scenario.columns import Column
from optimizer.scenario.schema import SCHEMA

TEXTS = ("key", "text", "choice")


def typed(table: str, columns: Mapping[str, object]) -> pd.DataFrame:
    """The table with all its columns in the order of the schema; scalars are repeated, what is not given is the default
    or empty.

    Raises KeyError for a column that the schema does not know, and ValueError for a missing one that must be filled.
    """
    known = SCHEMA[table].by_name
    if unknown := sorted(set(columns) - set(known)):
        raise KeyError(f"{table} has no column {', '.join(unknown)}")
    rows = _rows(columns)
    return pd.DataFrame({column.name: _column(table, column, columns, rows) for column in known.values()}, index=rows)


def from_records(table: str, names: Sequence[str], records: Sequence[Sequence[object]]) -> pd.DataFrame:
    """The table from short rows whose values stand under `names`."""
    return typed(table, {name: [record[place] for record in records] for place, name in enumerate(names)})


def joined(table: str, *frames: pd.DataFrame) -> pd.DataFrame:
    """Typed frames of one table, one below the other; none at all gives the empty table."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else typed(table, {})


def _rows(columns: Mapping[str, object]) -> pd.RangeIndex:
    lengths = {len(value) for value in columns.values() if not _scalar(value)}  # type: ignore[arg-type]
    if len(lengths) > 1:
        raise ValueError(f"columns of different lengths: {sorted(lengths)}")
    return pd.RangeIndex(lengths.pop() if lengths else 0)


def _column(table: str, column: Column, columns: Mapping[str, object], rows: pd.RangeIndex) -> pd.Series:
    value = columns.get(column.name, column.default)
    if value is None and column.required and len(rows):
        raise ValueError(f"{table}.{column.name} must be filled")
    if value is not None and not _scalar(value):
        value = list(value) if isinstance(value, tuple) else value
    if column.kind in TEXTS:
        return pd.Series("" if value is None else value, index=rows, dtype=object).fillna("").astype(str)
    if column.kind == "date":
        return pd.Series(pd.NaT if value is None else value, index=rows).astype("datetime64[ns]")
    if column.kind == "flag":
        return pd.Series(value, index=rows).astype(bool)
    whole = column.kind == "whole" and not column.optional
    return pd.Series(float("nan") if value is None else value, index=rows).astype("int64" if whole else "float64")


def _scalar(value: object) -> bool:
    return isinstance(value, str) or not hasattr(value, "__len__")
