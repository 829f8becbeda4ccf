"""Making room in a store: the newest plans and the one in force are kept."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from optimizer.nightly.contents import drop_unused
from optimizer.nightly.lock import lock
from optimizer.nightly.record import COMPLETE, Run, runs
from optimizer.nightly.store import Store
from optimizer.nightly.tables import BY_PATH, FILES, FOUND, PLAN, RUNS


def prune(store: Store, keep: int, wait: float = 5.0) -> list[Run]:
    """Remove all but the `keep` newest plans, and the runs before them; returns what was removed.

    The plan in force always stays, and so does every run since the oldest plan that is kept. Raises Held while a run is
    at work, StoreError.
    """
    with lock(store, wait, lambda: f"A run is at work on the store {store}: nothing was removed. Try again later."):
        with store.writes() as connection:
            every = runs(connection)
            gone = _too_old(every, keep)
            numbers = [run.run for run in gone]
            for table in (FILES, *PLAN.values(), *FOUND.values(), *BY_PATH.values(), RUNS):
                connection.execute(delete(table).where(table.c.run.in_(numbers)))
            drop_unused(connection)
        if gone:
            _give_back(store)
    return gone


def _too_old(every: list[Run], keep: int) -> list[Run]:
    complete = [run.run for run in every if run.state == COMPLETE]
    oldest = complete[:keep][-1] if complete[:keep] else None
    return [run for run in every if not run.in_force and (oldest is None or run.run < oldest)]


def _give_back(store: Store) -> None:
    """SQLite keeps its file as large as it ever was unless it is told; without room for a copy it stays so."""
    if store.engine.dialect.name == "sqlite":
        with suppress(SQLAlchemyError, sqlite3.Error), store.engine.connect() as connection:
            connection.connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]
