"""Making a typed table of a raw one, column by column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.cells import empty_column, typed_column
from optimizer.scenario.columns import Column, Table
from optimizer.scenario.names import column_named
from optimizer.scenario.raw import RawTable, is_empty
from optimizer.scenario.rows import in_rows


@dataclass(frozen=True)
class TypedTable:
    """A table typed as a Scenario wants it; `bad` tells by column which cells could not be read."""

    frame: pd.DataFrame
    bad: dict[str, np.ndarray]
    problems: list[Problem]


def typed_table(table: Table, raw: RawTable | None) -> TypedTable:
    """The typed table; without a raw one an empty table with all its columns."""
    count = 0 if raw is None else len(raw.rows)
    given = {} if raw is None else _by_name(table, raw)
    frame: dict[str, pd.Series] = {}
    bad: dict[str, np.ndarray] = {}
    problems: list[Problem] = []
    for column in table.columns:
        if column.name not in given:
            frame[column.name] = empty_column(column, count)
            if raw is not None and column.required:
                bad[column.name] = np.ones(count, dtype=bool)
                problems.append(_missing_column(table, column))
        else:
            frame[column.name], bad[column.name], found = _typed(table, column, given[column.name])
            problems += found
    return TypedTable(pd.DataFrame(frame, index=pd.RangeIndex(count), copy=False), bad, problems)


def _by_name(table: Table, raw: RawTable) -> dict[str, pd.Series]:
    found: dict[str, pd.Series] = {}
    for header, texts in zip(raw.headers, raw.columns, strict=True):
        column = column_named(table, header)
        if column is not None:
            found.setdefault(column.name, texts)
    return found


def _typed(table: Table, column: Column, texts: pd.Series) -> tuple[pd.Series, np.ndarray, list[Problem]]:
    parsed = typed_column(column, texts)
    written = pd.DataFrame({column.name: texts}, copy=False)
    problems = list(
        in_rows(
            table.name,
            written,
            parsed.bad,
            column.name,
            lambda place: parsed.why(texts.iloc[place])[0],
            lambda place: parsed.why(texts.iloc[place])[1],
        )
    )
    if column.kind not in ("key", "text", "choice"):
        empty = is_empty(texts) if column.required else np.zeros(len(texts), dtype=bool)
        problems += in_rows(table.name, written, empty, column.name, "it must be filled", f"Write {column.meaning}")
        return parsed.values, parsed.bad | empty, problems
    return parsed.values, parsed.bad, problems


def _missing_column(table: Table, column: Column) -> Problem:
    remedy = f"Add it: {column.meaning}" + (f" ({column.unit})" if column.unit else "")
    return Problem(table.name, 1, column.name, "", "the column is missing", remedy)
