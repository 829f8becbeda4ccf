"""How a run is kept: begun in one short transaction, ended in another, its plan whole within that one."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from optimizer.errors import Held
from optimizer.nightly.contents import add_files
from optimizer.nightly.night import MADE
from optimizer.nightly.record import COMPLETE, DIED, RUNNING, run_of
from optimizer.nightly.rows import add_rows
from optimizer.nightly.store import Store, utc
from optimizer.nightly.tables import RUNS, STORE
from optimizer.nightly.words import sentence

#: What is said of a run that has died.
DEATH = sentence("died", "en")


def begin(
    store: Store, night: dt.date, source: str, details: Mapping[str, Any], moment: dt.datetime | None = None
) -> int:
    """Note that a run is at work since a moment (default: this one), which it alone is from now on; returns its number.
    The lock must be held.
    """
    values = {"night": night, "state": RUNNING, "source": source, "began_at": moment or now(),
              "host": socket.gethostname(), "process": os.getpid(), "details": dict(details)}  # fmt: skip
    with store.writes() as connection:
        number = int(connection.execute(insert(RUNS).values(**values).returning(RUNS.c.run)).scalar_one())
        connection.execute(update(STORE).values(holder=number))
    return number


def bury(store: Store) -> list[int]:
    """Note that runs that are said to be at work have died, since their lock is ours; returns their numbers.

    A server may still be keeping the plan of a run that was killed a moment ago: then this waits until it has, and that
    run has not died.
    """
    with store.reads() as connection:
        if connection.execute(select(RUNS.c.run).where(RUNS.c.state == RUNNING)).first() is None:
            return []
    with store.writes() as connection:
        gone = update(RUNS).where(RUNS.c.state == RUNNING).values(state=DIED, ended_at=now(), message=DEATH)
        dead = sorted(connection.execute(gone.returning(RUNS.c.run)).scalars())
        connection.execute(update(STORE).values(holder=None))
    return dead


def end(store: Store, number: int, state: str, message: str, moment: dt.datetime, **details: Any) -> None:
    """Note how and when a run ended that has made no plan; the plan in force stays."""
    with store.writes() as connection:
        known = run_of(connection, number)
        told = {**(known.details if known else {}), **details}
        values = {"state": state, "message": message, "ended_at": moment, "details": told}
        at_work = update(RUNS).where(RUNS.c.run == number, RUNS.c.state == RUNNING)
        connection.execute(at_work.values(**values))
        connection.execute(update(STORE).where(STORE.c.holder == number).values(holder=None))


def forget(store: Store, number: int) -> None:
    """Take back that a run has begun: it found nothing to do."""
    with store.writes() as connection:
        connection.execute(RUNS.delete().where(RUNS.c.run == number))
        connection.execute(update(STORE).where(STORE.c.holder == number).values(holder=None))


def complete(
    store: Store, number: int, folder: Path, tables: Mapping[str, pd.DataFrame], values: Mapping[str, Any]
) -> None:
    """Keep the plan of a run (its folder, the rows of its tables, its figures) and put it in force: one transaction.

    Raises Held where another run has taken over meanwhile, StoreError where it cannot be written; then nothing is kept.
    """
    with store.writes() as connection:
        if _is_complete(connection, number):  # the word that it was kept has been lost on the way
            return
        _still_ours(connection, number)
        add_rows(connection, number, tables)
        add_files(connection, number, folder)
        ended = {"ended_at": now(), **values, "state": COMPLETE}
        connection.execute(update(RUNS).where(RUNS.c.run == number).values(**ended))
        connection.execute(update(STORE).values(in_force=number, holder=None, scenario=values["scenario"]))


def add_details(store: Store, number: int, **details: Any) -> None:
    """Note more of a run that has ended. Raises StoreError."""
    with store.writes() as connection:
        if (known := run_of(connection, number)) is not None:
            told = {**known.details, **details}
            connection.execute(update(RUNS).where(RUNS.c.run == number).values(details=told))


def latest_moment(store: Store) -> dt.datetime | None:
    """The latest moment of the last run whose clock was possible, in UTC. What runs before it have seen says nothing: a
    clock that was years ahead once would be in the right for ever.
    """
    made = dt.datetime.combine(MADE, dt.time(), dt.UTC)
    with store.reads() as connection:
        possible = select(RUNS.c.began_at, RUNS.c.ended_at).where(RUNS.c.began_at >= made)
        last = possible.order_by(RUNS.c.run.desc()).limit(1)
        moments: Iterable = connection.execute(last).first() or ()
    return max((moment for moment in map(utc, moments) if moment is not None), default=None)


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def _is_complete(connection: Connection, number: int) -> bool:
    run = run_of(connection, number)
    return run is not None and run.state == COMPLETE


def _still_ours(connection: Connection, number: int) -> None:
    """The row is locked by this until the transaction ends, so that nobody can take over in between."""
    held = update(STORE).where(STORE.c.holder == number).values(holder=number)
    if connection.execute(held).rowcount != 1:
        raise Held(f"Run {number} has lost the store to another run while it planned: its plan was not kept.")
