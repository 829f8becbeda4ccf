"""A store of plans in a database: what it holds, and how it is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

from optimizer.errors import StoreError
from optimizer.nightly.migrations import STEPS, check_version, migrate, version_of
from optimizer.scenario.database_address import database_address, file_of, is_sqlite, shown
from optimizer.scenario.database_engine import database_engine, reading, told


@dataclass(frozen=True)
class Store:
    """A store that is there and of the version that this program knows. `new`: opening it has made it."""

    address: URL
    engine: Engine
    new: bool = False

    def __str__(self) -> str:
        return shown(self.address)

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """A connection that sees one state of the store. Raises StoreError."""
        with told(self.address, "read"), reading(self.engine) as connection:
            yield connection

    @contextmanager
    def writes(self) -> Iterator[Connection]:
        """One transaction: what is written in it is kept whole or not at all. Raises StoreError."""
        with told(self.address, "written"), self.engine.begin() as connection:
            yield connection


def open_store(text: str, *, make: bool = False) -> Store:
    """The store at an address; one of an older version is brought up to date first, in one transaction.

    With `make` an empty database becomes a store, and a file is made for one in a folder that is there. Raises
    StoreError where there is none, where the database is away or cannot be written although it must be, and for a store
    of a newer version; UsageError for what is no address.
    """
    address = database_address(text)
    store = Store(address, database_engine(address))
    if is_sqlite(address):
        _check_file(store, make)
    with store.reads() as connection:
        version = version_of(connection)
    check_version(version, str(store))
    if version == 0 and not make:
        raise StoreError(f"The database {store} holds no plans: 'optimizer nightly SCENARIO --store URL' writes them.")
    if version < len(STEPS):
        with store.writes() as connection:
            migrate(connection, str(store))
    return replace(store, new=version == 0)


def utc(instant: dt.datetime | None) -> dt.datetime | None:
    """An instant from the store, in UTC: SQLite keeps it without its zone."""
    if instant is None:
        return None
    return instant.replace(tzinfo=dt.UTC) if instant.tzinfo is None else instant.astimezone(dt.UTC)


def _check_file(store: Store, make: bool) -> None:
    """SQLite would make the file of a misspelt path without a word. Its folder is never made: what is not there may
    be a disk that is not mounted, with all the plans on it.
    """
    file = file_of(store.address)
    if file.exists():
        return
    if not make:
        raise StoreError(f"There is no store at {store}.")
    folder = file.absolute().parent
    if not folder.is_dir():
        remedy = "Mount the disk that holds it, or create the folder for a new store"
        raise StoreError(f"The store {store} cannot be made: there is no folder {folder}. {remedy}.")
