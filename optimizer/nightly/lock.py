"""One run at a time: a lock that ends with its holder, however that ends."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from optimizer.errors import Held, StoreError
from optimizer.nightly.store import Store
from optimizer.scenario.database_address import file_of, is_sqlite
from optimizer.scenario.database_engine import told

#: Seconds between two tries.
TRY_EVERY = 0.25
#: What is held alone: the plans of a store, or the sending of its alerts. On SQLite the end of the name of a file
#: beside the store; on PostgreSQL the number of a lock, together with one made of the schema in which the store is.
PLANS, SEND = ("lock", 0x0A110C), ("send.lock", 0x0A110D)


@contextmanager
def lock(store: Store, wait: float, holder: Callable[[], str], what: tuple[str, int] = PLANS) -> Iterator[None]:
    """Hold the store (`what`: its plans, or the sending of its alerts) alone, after at most `wait` seconds.

    No lock is left behind by a holder that was killed: on SQLite the operating system holds it for the process (a file
    beside the store, which stays and means nothing by itself), on PostgreSQL the server for a connection, and both
    look whether the other end is still there. Raises Held with what `holder` says of the other run, StoreError.
    """
    held = _file_lock if is_sqlite(store.address) else _server_lock
    until = time.monotonic() + wait
    while True:
        with held(store, what) as mine:
            if mine:
                yield
                return
        if time.monotonic() >= until:
            raise Held(holder())
        time.sleep(TRY_EVERY)


def is_held(store: Store, what: tuple[str, int] = PLANS) -> bool:
    """Whether somebody holds the store at this moment. Nothing is written, nobody kept waiting. Raises StoreError."""
    return (_file_is_held if is_sqlite(store.address) else _server_is_held)(store, what)


def _beside(store: Store, what: tuple[str, int]) -> Path:
    return Path(f"{file_of(store.address).resolve()}.{what[0]}")


def _file_is_held(store: Store, what: tuple[str, int]) -> bool:
    """Nobody can read what another one holds alone; a file that is not there is held by nobody."""
    beside = _beside(store, what)
    if not beside.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{beside.as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        if _is_busy(error):
            return True
        raise StoreError(f"The lock {beside} of the store cannot be read: {error}.") from error
    return False


def _is_busy(error: sqlite3.Error) -> bool:
    return isinstance(error, sqlite3.OperationalError) and ("locked" in str(error) or "busy" in str(error))


def _server_is_held(store: Store, what: tuple[str, int]) -> bool:
    """The server's list of locks tells those of other sessions too; the second number stands in it without a sign."""
    ask = text(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
        "AND classid = :number AND objid::bigint = (hashtext(current_schema())::bigint & 4294967295))"
    )
    with store.reads() as connection:
        return bool(connection.execute(ask, {"number": what[1]}).scalar_one())


@contextmanager
def _file_lock(store: Store, what: tuple[str, int]) -> Iterator[bool]:
    """SQLite's own lock on a second, empty database: it knows how each operating system does it."""
    beside = _beside(store, what)
    try:
        connection = sqlite3.connect(beside, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(_why_not(store, beside, "made", error)) from error
    try:
        yield _begun(connection, store, beside)
    finally:
        connection.close()


def _begun(connection: sqlite3.Connection, store: Store, beside: Path) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if _is_busy(error):
            return False
        raise StoreError(_why_not(store, beside, "taken", error)) from error
    return True


def _why_not(store: Store, beside: Path, doing: str, error: sqlite3.Error) -> str:
    """Why a lock cannot be had, in plain words where it is for want of rights."""
    shut = next((place for place in (beside.parent, beside) if place.exists() and not os.access(place, os.W_OK)), None)
    if shut is None:
        return f"The lock {beside} of the store cannot be {doing}: {error}."
    what = f"the {'folder' if shut.is_dir() else 'file'} {shut}"
    return (
        f"The store {store} is read-only: nothing can be written to {what}. Let the user of this run write there, or "
        "look whether its disk is mounted read-only, or name another store."
    )


@contextmanager
def _server_lock(store: Store, what: tuple[str, int]) -> Iterator[bool]:
    """An advisory lock of a connection that is kept open meanwhile. Should the network lose it during a long search,
    another run may begin; the plan of this one is then not taken (`keep.complete`).
    """
    ask = f"SELECT pg_try_advisory_lock({what[1]}, hashtext(current_schema()))"
    with told(store.address, "locked"):
        connection = store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with told(store.address, "locked"):
            mine = bool(connection.execute(text(ask)).scalar_one())
        yield mine
    finally:
        with suppress(SQLAlchemyError):
            connection.close()
