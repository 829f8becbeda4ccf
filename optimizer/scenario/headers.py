"""Checks of a table's header row: every name known and there once, nothing above it."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.errors import Problem
from optimizer.scenario.columns import Table
from optimizer.scenario.names import column_named, did_you_mean


def check_headers(table: Table, header: Sequence[str], first_rows: Sequence[Sequence[str]]) -> list[Problem]:
    """What is wrong with the header; `first_rows` are the first rows of the file, the header among them."""
    below = _header_further_down(table, header, first_rows)
    if below:
        rule = f"the header stands in row {below}, not in row 1"
        remedy = "Delete the row above the header" if below == 2 else f"Delete the {below - 1} rows above the header"
        return [Problem(table.name, 1, "", _shown(header), rule, remedy)]
    unknown = [name for name in header if name and column_named(table, name) is None]
    if len(unknown) == len([name for name in header if name]):
        rule = "none of the names in the first row is a column of this table"
        return [Problem(table.name, 1, "", _shown(header), rule, f"Write the header first: {_wanted(table)}")]
    problems = [
        Problem(
            table.name,
            1,
            name,
            "",
            "the table has no such column",
            did_you_mean(name, [column.name for column in table.columns]),
        )
        for name in unknown
    ]
    return problems + _twice(table, header)


def _twice(table: Table, header: Sequence[str]) -> list[Problem]:
    found = [column.name for name in header if name and (column := column_named(table, name)) is not None]
    return [
        Problem(table.name, 1, name, "", "the column is there more than once", "Keep one of them")
        for name in dict.fromkeys(found)
        if found.count(name) > 1
    ]


def _header_further_down(table: Table, header: Sequence[str], first_rows: Sequence[Sequence[str]]) -> int:
    """The row (from 1) that looks like the header although row 1 does not; 0 if there is none."""
    known = [sum(column_named(table, cell) is not None for cell in row) for row in (header, *first_rows[1:])]
    best = max(range(len(known)), key=lambda place: known[place])
    needed = min(2, len(table.columns))
    return best + 1 if best and known[0] == 0 and known[best] >= needed else 0


def _wanted(table: Table) -> str:
    return ", ".join(column.name for column in table.columns if column.required)


def _shown(header: Sequence[str]) -> str:
    return ", ".join(name for name in header if name)[:80]
