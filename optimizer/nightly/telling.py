"""Telling others how a night ended, by the settings of a file; whatever fails is noted, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from optimizer.errors import OptimizerError, Refused, StoreError
from optimizer.nightly.found import alerts_of
from optimizer.nightly.keep import add_details
from optimizer.nightly.message import Message, message
from optimizer.nightly.notify_settings import read_notify
from optimizer.nightly.record import Run, run_in_force, run_of
from optimizer.nightly.send import send, wanted
from optimizer.nightly.store import Store

__all__ = ["message_of", "send", "tell_others"]


def tell_others(settings: str, store: Store, number: int, language: str | None = None) -> Iterator[str]:
    """Send what a run that has ended has come to, keep with it what was sent, and tell what could not be."""
    try:
        asked = read_notify(settings)
        with store.reads() as connection:
            run = run_of(connection, number)
        if run is None or not wanted(asked, run):
            return
        told = message_of(store, run, language)
    except OptimizerError as error:
        problems = error.problems if isinstance(error, Refused) else ()
        yield " ".join(["Alerts were not sent:", str(error), *map(str, problems)])
        return
    sent = list(send(asked, told))
    with suppress(StoreError):
        add_details(store, number, sent=sent)
    for one in sent:
        if not one["sent"]:
            yield f"Alerts were not sent, {one['to']}: {one['error']} (tries: {one['tries']})."


def message_of(store: Store, run: Run, language: str | None = None) -> Message:
    """What there is to say of a run. Raises StoreError."""
    with store.reads() as connection:
        force, alerts = run_in_force(connection), alerts_of(connection, run.run)
    return message(run, force, alerts, str(store), language or run.details.get("language", "en"))
