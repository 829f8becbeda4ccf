"""A table as it stands in a file: text under headers, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from optimizer.errors import Problem


@dataclass(frozen=True)
class RawTable:
    """Texts under the headers as written, stripped; "" where empty.

    `columns`: one Series of strings per column, by position; of a file with types also one of numbers, dates or flags
    as a scenario has them, if all can be read. `rows`: the line or sheet row of each row, for reports.
    """

    headers: tuple[str, ...]
    columns: tuple[pd.Series, ...]
    rows: np.ndarray


@dataclass(frozen=True)
class Source:
    """Everything that was found in a folder or workbook: raw tables by name, settings as nested values, problems.

    `spoilt` names the tables that are there but cannot be read.
    """

    tables: dict[str, RawTable] = field(default_factory=dict)
    settings: dict[str, Any] | None = None
    settings_name: str = "scenario.toml"
    spoilt: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def is_ready(values: pd.Series) -> bool:
    """Whether a column of a raw table holds values rather than texts."""
    return isinstance(values.dtype, np.dtype) and values.dtype.kind in "fMb"


def is_empty(values: pd.Series) -> np.ndarray:
    """Which cells of a column of a raw table are empty."""
    return (values.isna() if is_ready(values) else values == "").to_numpy(dtype=bool)


def raw_table(name: str, headers: list[str], cells: pd.DataFrame, first_row: int = 2) -> tuple[RawTable, list[Problem]]:
    """The raw table of cells that stand under headers (the header is row 1), without empty rows and columns, and
    without rows that hold something under no header.

    `cells` has a column of strings for each header, and one more for what stands to the right of the last header.
    """
    cells = cells.fillna("").astype(str)
    for column in cells.columns:
        cells[column] = cells[column].str.strip()
    filled = (cells != "").to_numpy()
    rows = np.arange(len(cells)) + first_row
    problems = []
    nameless = [place for place in range(cells.shape[1]) if place >= len(headers) or not headers[place]]
    for place in nameless:
        lines = np.flatnonzero(filled[:, place])
        if len(lines):
            problems.append(
                Problem(
                    name,
                    int(rows[lines[0]]),
                    "",
                    str(cells.iloc[lines[0], place])[:80],
                    f"a value stands in column {place + 1}, which has no header",
                    "Remove it, give the column a header, or quote a text that holds the separator",
                )
            )
    named = [place for place in range(len(headers)) if headers[place]]
    # A row that reaches beyond the header is told once; its other cells stand in wrong columns.
    some = filled[:, named].any(axis=1) & ~filled[:, nameless].any(axis=1)
    cells, rows = cells[some].reset_index(drop=True), rows[some]
    table = RawTable(tuple(headers[place] for place in named), tuple(cells.iloc[:, place] for place in named), rows)
    return table, problems
