"""The rows of plan tables in a store, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Integer
from sqlalchemy.exc import DBAPIError

from optimizer.nightly.tables import BY_PATH, FOUND, PLAN

#: Rows handed over at once.
BATCH = 10_000


def add_rows(connection: Connection, run: int, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write the rows of a run's plan tables and views, and of what was found in its plan, in the transaction of the
    connection.
    """
    add = _copy if connection.dialect.name == "postgresql" else _insert
    known = {**PLAN, **FOUND, **BY_PATH}
    for name, given in tables.items():
        table = known[name]
        columns = [column.name for column in table.columns if column.name != "run"]
        rows = given[columns]
        # What a ledger has computed may be whole numbers in a column of floats, as which a server does not take them.
        whole = {column.name: "Int64" for column in table.columns if isinstance(column.type, Integer)}
        rows = rows.astype({column: kind for column, kind in whole.items() if column in columns})
        try:
            add(connection, table.name, ["run", *columns], run, rows)
        except connection.dialect.loaded_dbapi.Error as error:  # what is said to the driver itself
            raise DBAPIError(f"rows of {table.name}", None, error) from error


def _insert(connection: Connection, name: str, columns: list[str], run: int, frame: pd.DataFrame) -> None:
    places = ", ".join("?" * len(columns))
    rows = _rows(run, frame)
    while batch := list(islice(rows, BATCH)):
        connection.exec_driver_sql(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", batch)


def _copy(connection: Connection, name: str, columns: list[str], run: int, frame: pd.DataFrame) -> None:
    """PostgreSQL takes rows several times faster as one stream."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as stream:
        for row in _rows(run, frame):
            stream.write_row(row)


def _rows(run: int, frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    columns = [_plain(frame[name]) for name in frame.columns]
    return ((run, *row) for row in zip(*columns, strict=True))


def _plain(values: pd.Series) -> list[Any]:
    """A column as a driver takes it: dates as texts such as 2026-01-31, None where there is nothing."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind == "M":
        texts = values.to_numpy().astype("datetime64[D]").astype(str)
        return [None if text == "NaT" else text for text in texts.tolist()]
    if isinstance(values.dtype, np.dtype) and values.dtype.kind == "f":
        return [None if number != number else number for number in values.tolist()]
    return [None if value is pd.NA else value for value in values.tolist()]
