"""Bringing a store to the version of its tables that this program knows, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, inspect, text

from optimizer.errors import StoreError
from optimizer.nightly.tables import BY_PATH, FOUND, METADATA, STORE, VERSION_1


def tables_of_version_1(connection: Connection) -> None:
    """An empty database gets its tables."""
    METADATA.create_all(connection, tables=VERSION_1)
    connection.execute(STORE.insert().values(id=1, schema_version=1))


def found_in_version_2(connection: Connection) -> None:
    """What was found in a plan is kept with its run: alerts, and changes; earlier runs have none."""
    METADATA.create_all(connection, tables=[FOUND["alerts"], FOUND["changes"]])


def paths_in_version_3(connection: Connection) -> None:
    """What a plan does on each sample path is kept with its run; earlier runs have it in their folders alone."""
    METADATA.create_all(connection, tables=[BY_PATH[name] for name in ("path_ship", "path_deliver", "path_end_cover")])


#: Step n leads from version n to n + 1; version 0 is an empty database. A step is never changed once it was released.
STEPS: tuple[Callable[[Connection], None], ...] = (
    tables_of_version_1,
    found_in_version_2,
    paths_in_version_3,
)


def version_of(connection: Connection) -> int:
    """The version of a store's tables; 0 where there are none."""
    if not inspect(connection).has_table(STORE.name):
        return 0
    return int(connection.execute(text(f"SELECT schema_version FROM {STORE.name}")).scalar_one())


def check_version(version: int, place: str) -> None:
    """Raises StoreError for a store that a newer program has written."""
    if version > len(STEPS):
        raise StoreError(
            f"The store {place} is of version {version}, and this program knows versions up to {len(STEPS)}: "
            "a newer program has written it. Nothing was changed. Install that version, or name another store."
        )


def migrate(connection: Connection, place: str) -> int:
    """Take the steps that are missing, in the transaction of the connection; returns the version before.

    Raises StoreError for a store of a newer version.
    """
    if connection.dialect.name == "postgresql":  # two programs may find the same database empty
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('optimizer_store'))"))
    before = version_of(connection)
    check_version(before, place)
    for step in STEPS[before:]:
        step(connection)
    if before < len(STEPS):
        connection.execute(text(f"UPDATE {STORE.name} SET schema_version = {len(STEPS)}"))
    return before
