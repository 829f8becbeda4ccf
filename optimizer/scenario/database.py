"""Reading a scenario from a database: tables of the same names, and the settings as rows of key and value."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import numpy as np
import pandas as pd
from sqlalchemy import Connection, CursorResult, inspect

from optimizer.errors import Problem, StoreError
from optimizer.scenario.cell_text import cell_text, column_texts
from optimizer.scenario.columns import Table
from optimizer.scenario.database_address import database_address, file_of, is_sqlite, shown
from optimizer.scenario.database_engine import database_engine, reading, told
from optimizer.scenario.headers import check_headers
from optimizer.scenario.names import SETTINGS_SHEETS, column_named, plain, table_named
from optimizer.scenario.raw import RawTable, Source, is_empty
from optimizer.scenario.ready_cells import ready
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings_sheet import settings_of

#: Rows of one table at most: about what fits in memory.
MOST_ROWS = 20_000_000


def read_database(text: str) -> Source:
    """Every table of a database that has the English or Chinese name of one of ours, in one transaction, so that what
    another program is about to write is seen whole or not at all.

    A database has tables of other programs too: those are left alone, but one whose name is nearly one of ours is
    refused. Rows are told by their place in the order of the table's key: row 2 is the first. Raises StoreError where
    the database is away, UsageError for an address that is none.
    """
    address = database_address(text)
    if is_sqlite(address) and not file_of(address).is_file():
        raise StoreError(f"There is no database at {shown(address)}.")
    with told(address, "read"), reading(database_engine(address)) as connection:
        return _read(connection, shown(address))


def _read(connection: Connection, place: str) -> Source:
    source = Source()
    found = inspect(connection)
    names = sorted({*found.get_table_names(), *found.get_view_names()})
    settings = next((name for name in names if plain(name) in SETTINGS_SHEETS), None)
    for name in names:
        if name == settings:
            continue
        if (table := table_named(name)) is None:
            source.problems.extend(_nearly(name))
        elif table.name in source.tables or table.name in source.spoilt:
            rule = f"the table {table.name} is there twice"
            source.problems.append(Problem(name, 0, "", "", rule, "Keep one of them"))
        else:
            _add(source, table, connection, name)
    if settings is None:
        rule, remedy = f"the table is missing in {place}", "Add it with the text columns key and value, a row for each"
        source.problems.append(Problem("settings", 0, "", "", rule, f"{remedy} of name, currency, starts_on, periods"))
        return source
    values, trouble = _settings(connection, settings)
    source.problems.extend(trouble)
    return Source(source.tables, values, "settings", source.spoilt, source.problems)


def _selected(connection: Connection, name: str, what: str = "*") -> CursorResult:
    """Rows as the driver gives them: a text in a column of dates is for our own checks to find."""
    quoted = connection.dialect.identifier_preparer.quote_identifier(name)
    return connection.exec_driver_sql(f"SELECT {what} FROM {quoted}".replace("%", "%%"))


def _add(source: Source, table: Table, connection: Connection, name: str) -> None:
    raw, problems = _raw(table, connection, name)
    source.problems.extend(problems)
    if problems:
        source.spoilt.add(table.name)
    if raw is not None:
        source.tables[table.name] = raw


def _raw(table: Table, connection: Connection, name: str) -> tuple[RawTable | None, list[Problem]]:
    count = _selected(connection, name, "count(*)").scalar_one()
    if count > MOST_ROWS:
        rule = f"the table has {count:,} rows; at most {MOST_ROWS:,} are read"
        return None, [Problem(table.name, 0, "", "", rule, "Look whether it is the right table")]
    found = _selected(connection, name)
    names = found.keys()
    header = [column.strip() for column in names]
    if problems := check_headers(table, header, [header]):
        return None, problems
    columns = list(zip(*found.fetchall(), strict=True)) or [()] * len(header)
    cells = [_cells(table, column, values) for column, values in zip(header, columns, strict=True)]
    order = _by_key(table, header, cells)
    filled = ~np.logical_and.reduce([is_empty(values) for values in cells])[order]
    taken = tuple(values.iloc[order[filled]].reset_index(drop=True) for values in cells)
    return RawTable(tuple(header), taken, np.flatnonzero(filled) + 2), []


def _cells(table: Table, name: str, values: tuple) -> pd.Series:
    """A column as a raw table has it: numbers and dates as they are where all are in order, else texts."""
    column = column_named(table, name)
    given = pd.Series(list(values), dtype=None if len(values) else object)
    found = None if column is None else ready(column, given)
    return column_texts(given).str.strip() if found is None else found


def _by_key(table: Table, header: list[str], cells: list[pd.Series]) -> np.ndarray:
    """Places of the rows in the order of the table's key: a database gives them in any."""
    keys = {}
    for name, values in zip(header, cells, strict=True):
        column = column_named(table, name)
        if column is not None and column.name in table.key:
            keys[column.name] = values if values.dtype.kind == "f" else column_texts(values)
    if not keys:
        return np.arange(len(cells[0]))
    order = pd.DataFrame(keys).sort_values([name for name in table.key if name in keys], kind="stable")
    return order.index.to_numpy()


def _settings(connection: Connection, name: str) -> tuple[dict, list[Problem]]:
    found = _selected(connection, name)
    header = list(found.keys())
    return settings_of([header, *sorted([cell_text(value).strip() for value in row] for row in found)])


def _nearly(name: str) -> Iterator[Problem]:
    near = get_close_matches(plain(name), [*SCHEMA, SETTINGS_SHEETS[0]], n=1, cutoff=0.85)
    if near:
        rule = "no table has that name, though it is nearly one"
        yield Problem(name, 0, "", "", rule, f"Name it {near[0]!r} if it is meant, or give it another name")
