"""What a store knows of one run, and how that is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from optimizer.nightly.store import utc
from optimizer.nightly.tables import RUNS, STORE

#: How a run stands: at work; its plan was kept; its input was refused; it ended without a plan; it was killed.
RUNNING, COMPLETE, REFUSED, FAILED, DIED = "running", "complete", "refused", "failed", "died"


@dataclass(frozen=True)
class Run:
    """A run: instants in UTC, money in `currency`, None where a run has no plan or the figure does not exist.

    `in_force`: whether its plan is the one to act on. `details`: options, versions, seconds, measures, problems, notes.
    """

    run: int
    night: dt.date
    state: str
    scenario: str | None
    input: str | None
    source: str
    began_at: dt.datetime
    ended_at: dt.datetime | None
    host: str
    process: int
    started_from: int | None
    starts_on: dt.date | None
    currency: str | None
    status: str | None
    total_cost: float | None
    mission_cost: float | None
    bound: float | None
    gap: float | None
    gap_share: float | None
    message: str | None
    details: dict[str, Any]
    in_force: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The run as plain values, for JSON."""
        values = {name: plain(value) for name, value in vars(self).items() if name != "details"}
        return {**values, **self.details}

    @property
    def named(self) -> str:
        """The run as messages call it."""
        return f"run {self.run} (night of {self.night})"


def runs(connection: Connection) -> list[Run]:
    """All runs, the newest first."""
    force = in_force(connection)
    return [_run(row, force) for row in connection.execute(select(RUNS).order_by(RUNS.c.run.desc()))]


def run_of(connection: Connection, number: int) -> Run | None:
    """The run of a number, if there is one."""
    row = connection.execute(select(RUNS).where(RUNS.c.run == number)).first()
    return None if row is None else _run(row, in_force(connection))


def in_force(connection: Connection) -> int | None:
    """The number of the run whose plan is in force, if there is one."""
    return connection.execute(select(STORE.c.in_force)).scalar_one()


def run_in_force(connection: Connection) -> Run | None:
    """The run whose plan is in force, if there is one."""
    number = in_force(connection)
    return None if number is None else run_of(connection, number)


def _run(row: Row, force: int | None) -> Run:
    values = dict(row._mapping)
    moments = {name: utc(values[name]) for name in ("began_at", "ended_at")}
    return Run(**{**values, **moments}, in_force=row.run == force)


def plain(value: Any) -> Any:
    """A value as JSON takes it."""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, dt.date) else value
