"""The starter scenario in files and in memory, and ways to spoil it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from optimizer.errors import Problem, Refused
from optimizer.scenario.check import problems
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.template import starter
from optimizer.scenario.write import write

STARTER = starter()


def starter_folder(folder: Path) -> Path:
    """The starter scenario as CSV files."""
    path = folder / "starter"
    path.mkdir()
    for name, content in _starter_files().items():
        (path / name).write_bytes(content)
    return path


def refused(path: Path, **options: Any) -> list[Problem]:
    """What reading reports."""
    with pytest.raises(Refused) as caught:
        read(path, **options)
    return list(caught.value.problems)


def swap(folder: Path, table: str, old: str, new: str) -> None:
    """Put `new` in the place of the first `old` in the text of a table's file."""
    file = folder / f"{table}.csv"
    text = file.read_text("utf-8-sig")
    assert old in text, f"{old!r} is not in {table}"
    file.write_text(text.replace(old, new, 1), "utf-8")


def with_rows(scenario: Scenario, table: str, *rows: Mapping[str, Any]) -> Scenario:
    """The scenario with more rows in a table; what they leave out has its default or is empty."""
    more = pd.DataFrame({c.name: [_value(table, c.name, row) for row in rows] for c in SCHEMA[table].columns})
    frame = scenario[table]
    columns = {name: pd.concat([frame[name], more[name].astype(frame[name].dtype)]) for name in frame.columns}
    return scenario.with_tables(**{table: pd.DataFrame(columns).reset_index(drop=True)})


def with_cell(scenario: Scenario, table: str, row: int, column: str, value: Any) -> Scenario:
    """The scenario with another value in one cell."""
    frame = scenario[table].copy()
    values = list(frame[column])
    values[row] = pd.Timestamp(value) if SCHEMA[table].by_name[column].kind == "date" else value
    frame[column] = pd.Series(values, index=frame.index).astype(frame[column].dtype)
    return scenario.with_tables(**{table: frame})


def without_rows(scenario: Scenario, table: str, *places: int) -> Scenario:
    """The scenario without some rows of a table (all rows, if none are named)."""
    frame = scenario[table]
    kept = frame.drop(index=list(places)) if places else frame.iloc[:0]
    return scenario.with_tables(**{table: kept.reset_index(drop=True)})


def lines(scenario: Scenario) -> list[str]:
    """What the rules report, as text."""
    return [str(problem) for problem in problems(scenario)]


def same(left: Scenario, right: Scenario, **tolerance: Any) -> None:
    """Fail unless two scenarios are equal."""
    assert left.settings == right.settings
    for name in SCHEMA:
        pd.testing.assert_frame_equal(left[name], right[name], **tolerance)


@cache
def _starter_files() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as room:
        write(STARTER, Path(room) / "starter")
        return {file.name: file.read_bytes() for file in (Path(room) / "starter").iterdir()}


def _value(table: str, name: str, row: Mapping[str, Any]) -> Any:
    column = SCHEMA[table].by_name[name]
    value = row.get(name, column.default)
    if column.kind == "date":
        return pd.NaT if value is None else pd.Timestamp(value)
    if value is None:
        return "" if column.kind in ("key", "text", "choice") else float("nan")
    return value
