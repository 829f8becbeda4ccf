"""Connections to a database, and what its errors mean for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from optimizer.errors import StoreError
from optimizer.scenario.database_address import file_of, is_sqlite, shown

#: Seconds to wait for another writer of the same file, and for a server that does not answer.
BUSY_SECONDS, CONNECT_SECONDS = 30, 10
#: A dead network is noticed within a minute or two, on both sides, however long a search lasts.
KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 6}
SERVER_OPTIONS = (
    f"-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=6 -c lock_timeout={BUSY_SECONDS}s"
)
#: How databases say that they are read-only.
READ_ONLY = re.compile(r"read-?only", re.IGNORECASE)


def database_engine(address: URL) -> Engine:
    """An engine without a pool. On SQLite a transaction begins where it is said to, for reading if the connection has
    the option `reads`, else for writing, and lasts until it is safe on disk.
    """
    if not is_sqlite(address):
        return create_engine(_with_options(address), poolclass=NullPool, connect_args=_arguments(address))
    file = address.set(database=str(file_of(address)))
    engine = create_engine(file, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def told(address: URL, doing: str) -> Iterator[None]:
    """Errors of the database become a StoreError that says what could not be done, in one line, without a password."""
    try:
        yield
    except SQLAlchemyError as error:
        remedy = _let_write(address) if READ_ONLY.search(why := reason(error)) else ""
        raise StoreError(f"The database {shown(address)} cannot be {doing}: {why}.{remedy}") from error


def _let_write(address: URL) -> str:
    what = "the file and its folder" if is_sqlite(address) else "the database"
    return f" It is read-only: let the user of this run write to {what}, or name another one."


def reason(error: SQLAlchemyError) -> str:
    """What a database says is wrong, in one line."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    return (lines[0] if lines else type(cause).__name__).rstrip(".")[:300]


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads all see the same state, and which changes nothing."""
    with engine.connect() as connection:
        snapshot: dict[str, Any] = {"reads": True}
        if engine.dialect.name == "postgresql":
            snapshot |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        connection = connection.execution_options(**snapshot)
        with connection.begin():
            yield connection


def _set_up(connection: Any, record: Any) -> None:
    """Python's driver shall begin no transaction by itself; rows that belong together are kept together."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _with_options(address: URL) -> URL:
    given = address.query.get("options", "")
    options = " ".join([given] if isinstance(given, str) else given)
    return address.update_query_dict({"options": f"{options} {SERVER_OPTIONS}".strip()})


def _arguments(address: URL) -> dict[str, Any]:
    asked = {"connect_timeout": CONNECT_SECONDS, "application_name": "optimizer", **KEEPALIVE}
    return {name: value for name, value in asked.items() if name not in address.query}
