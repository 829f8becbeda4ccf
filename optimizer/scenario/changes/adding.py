"""Rows that a what-if adds to a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.cell_text import cell_text, column_texts
from optimizer.scenario.changes.change import Addition, Selector
from optimizer.scenario.changes.grammar import Unreadable
from optimizer.scenario.changes.selecting import rows_of
from optimizer.scenario.columns import Table
from optimizer.scenario.names import column_named, did_you_mean
from optimizer.scenario.raw import RawTable
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.typed_tables import typed_table

#: A column of the selected row, in a value.
BLANK = re.compile(r"\{([^{}]*)\}")


def rows_added(addition: Addition, scenario: Scenario) -> pd.DataFrame:
    """The rows, typed as the table wants them. Raises Unreadable."""
    table = SCHEMA[addition.table]
    values = _named(addition, table)
    chosen = addition.like or addition.each
    if chosen is None:
        texts = [{name: _text(addition, value) for name, value in values.items()}]
    else:
        texts = [_filled(addition, values, row) for row in _selected(addition, chosen, scenario)]
    columns = list(dict.fromkeys(name for row in texts for name in row))
    raw = RawTable(
        tuple(columns),
        tuple(pd.Series([row.get(name, "") for row in texts], dtype=str) for name in columns),
        np.arange(len(texts)),
    )
    typed = typed_table(table, raw)
    if typed.problems:
        first = typed.problems[0]
        cell = f"{first.column} = {first.value!r}" if first.value else first.column
        raise wrong(addition, f"{cell}: {first.rule}", first.remedy)
    return typed.frame


def wrong(addition: Addition, rule: str, remedy: str) -> Unreadable:
    """What is wrong with rows that are added."""
    return Unreadable(Problem(addition.place.name, addition.place.line, "", f"add.{addition.table}", rule, remedy))


def _named(addition: Addition, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in addition.values.items():
        column = column_named(table, name)
        if column is None:
            known = ["like", "for_each", *(column.name for column in table.columns)]
            raise wrong(addition, f"the table {table.name} has no column {name!r}", did_you_mean(name, known))
        found[column.name] = value
    return found


def _selected(addition: Addition, chosen: Selector, scenario: Scenario) -> list[dict[str, str]]:
    """The selected rows as texts."""
    rows = rows_of(chosen, scenario, f"add.{addition.table}", addition.place)
    frame = scenario[chosen.table][rows]
    texts = pd.DataFrame({name: column_texts(frame[name]).to_numpy() for name in frame.columns})
    return [{str(name): str(text) for name, text in row.items()} for row in texts.to_dict("records")]


def _filled(addition: Addition, values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, str]:
    def cell(found: re.Match[str]) -> str:
        if found[1] not in row:
            raise wrong(addition, f"the selected rows have no column {found[1]!r}", did_you_mean(found[1], row))
        return row[found[1]]

    own = {name: BLANK.sub(cell, _text(addition, value)) for name, value in values.items()}
    return {**row, **own} if addition.like else own


def _text(addition: Addition, value: Any) -> str:
    if isinstance(value, list | dict):
        raise wrong(addition, f"{value!r} is no cell", "Write one text, number, date, true or false")
    return cell_text(value).strip()
