"""Telling others how nights ended, by the settings of a file; whatever fails is noted, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from optimizer.errors import OptimizerError, Refused, StoreError
from optimizer.nightly.found import alerts_of
from optimizer.nightly.keep import add_details
from optimizer.nightly.lock import SEND, lock
from optimizer.nightly.message import Message, failure, message
from optimizer.nightly.notify_settings import Notify, read_notify
from optimizer.nightly.record import COMPLETE, DIED, RUNNING, Run, run_in_force, runs
from optimizer.nightly.request import Request
from optimizer.nightly.send import send, wanted
from optimizer.nightly.store import Store
from optimizer.nightly.words import sentence

#: Seconds to wait for another command that sends the alerts of the same store.
WAIT = 60.0


def tell_others(
    asked: Request, store: Store | None, number: int | None, error: Exception | None, language: str = "en"
) -> Iterator[str]:
    """Send what waits in the store, that of this run (`number`) among it, and tell what could not be sent, in a
    language.

    What ended a run without a plan (`error`) is sent as it is where the store does not hold it: it is away, or was
    before the run had begun (`number` or `store` None).
    """
    try:
        where = read_notify(asked.notify or "")
    except OptimizerError as wrong:
        yield sentence("alerts_settings", language, reason=_said(wrong))
        return
    held = number is not None
    if store is not None:
        try:
            yield from send_waiting(where, store, asked.language)
        except OptimizerError as away:
            held = held and not isinstance(away, StoreError)
            if error is None or held:
                yield sentence("alerts_wait", language, reason=_said(away))
    if error is not None and not held:
        yield from _failures(send(where, failure(asked, error, *_force(store))), language)


def _force(store: Store | None) -> tuple[Run | None, str]:
    """The run whose plan is in force, and the store that says so; nothing where it cannot be read."""
    if store is not None:
        with suppress(StoreError), store.reads() as connection:
            return run_in_force(connection), str(store)
    return None, ""


def send_waiting(where: Notify, store: Store, language: str | None = None) -> Iterator[str]:
    """Send what was to be sent of runs that have ended, the oldest first and each once, and tell what could not be.

    One command does so at a time. Raises Held where another one does not come to an end, StoreError.
    """
    if not waiting(store):
        return
    with lock(store, WAIT, lambda: f"Another command sends the alerts of the store {store}.", SEND):
        for run in waiting(store):
            # A store that does not take the mark now would not take it afterwards: the same again every night.
            add_details(store, run.run, to_send=True)
            if wanted(where, run):
                yield from _failures(send_about(where, store, run, language), language or "en")
            else:
                add_details(store, run.run, to_send=False)


def send_about(where: Notify, store: Store, run: Run, language: str | None = None) -> list[dict[str, Any]]:
    """Send what a run has come to, and keep with it to which places; the lock `SEND` must be held. Raises StoreError.

    Returns for each place: to, sent (true or false), tries, error (text).
    """
    sent = list(send(where, message_of(store, run, language)))
    add_details(store, run.run, sent=sent, to_send=False)
    return sent


def waiting(store: Store) -> list[Run]:
    """Runs that have ended and of which what was to be sent was not: they were killed before. The oldest first.

    A run that died says nothing any more where its night has a plan since. Raises StoreError.
    """
    with store.reads() as connection:
        every = runs(connection)
    planned = {run.night for run in every if run.state == COMPLETE}
    return [
        run
        for run in reversed(every)
        if run.details.get("to_send") and run.state != RUNNING and not (run.state == DIED and run.night in planned)
    ]


def message_of(store: Store, run: Run, language: str | None = None) -> Message:
    """What there is to say of a run. Raises StoreError."""
    with store.reads() as connection:
        force, alerts = run_in_force(connection), alerts_of(connection, run.run)
    return message(run, force, alerts, str(store), language or run.details.get("language", "en"))


def _failures(sent: Any, language: str) -> Iterator[str]:
    for one in sent:
        if not one["sent"]:
            yield sentence("alerts_failed", language, to=one["to"], reason=one["error"], tries=one["tries"])


def _said(error: OptimizerError) -> str:
    problems = error.problems if isinstance(error, Refused) else ()
    return " ".join([str(error), *map(str, problems)])
