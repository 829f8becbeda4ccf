"""How runs stand that the store calls at work: whether somebody is at work still, found out without writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optimizer.nightly.keep import DEATH
from optimizer.nightly.lock import is_held
from optimizer.nightly.record import DIED, RUNNING, Run, run_of
from optimizer.nightly.store import Store


def as_they_stand(store: Store, found: Sequence[Run]) -> list[Run]:
    """The runs; one that the store calls at work, although nobody holds its lock, has died, as the next night will
    note. Raises StoreError.
    """
    if all(run.state != RUNNING for run in found) or is_held(store):
        return list(found)
    with store.reads() as connection:  # a run that was about to end has said so before it let the lock go
        again = [run_of(connection, run.run) or run if run.state == RUNNING else run for run in found]
    return [replace(run, state=DIED, message=DEATH) if run.state == RUNNING else run for run in again]
