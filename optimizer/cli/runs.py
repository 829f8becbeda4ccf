"""`optimizer runs`: what a store of nightly plans holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from optimizer.cli.options import LANGUAGE, Place, common, example
from optimizer.cli.output import print_json, printable, say
from optimizer.cli.stored import STORE, headline, language_of, listing, problems
from optimizer.errors import StoreError, UsageError


@click.group(
    short_help="Look through the plans of nightly runs: list, show, prune, send.",
    epilog=example("optimizer runs list", "optimizer runs show --out tonight", "optimizer runs prune --keep 30"),
)
def runs() -> None:
    """Look through the store of nightly runs."""


@runs.command(name="list", epilog=example("optimizer runs list --store sqlite:///plans.db --last 7"))
@STORE
@click.option("--last", type=click.IntRange(1), default=30, show_default=True, metavar="N", help="So many runs.")
@LANGUAGE
@common
def list_runs(store: str, last: int, language: str | None, as_json: bool, quiet: bool, debug: bool) -> None:
    """List the newest runs, those that failed among them; an arrow marks the plan in force."""
    from optimizer.nightly.record import runs as runs_of
    from optimizer.nightly.standing import as_they_stand
    from optimizer.nightly.store import open_store
    from optimizer.nightly.words import sentence

    there = open_store(store)
    with there.reads() as connection:
        found = runs_of(connection)
    found = as_they_stand(there, found)
    if as_json:
        print_json("runs list", store=str(there), runs=[run.as_dict() for run in found[:last]], count=len(found))
        return
    language = language or language_of(found)
    if not found:
        say(sentence("no_runs", language))
        return
    for line in listing(found[:last], language).splitlines():
        say(printable(line))
    if len(found) > last:
        say(sentence("older", language, count=len(found) - last))


@runs.command(name="show", epilog=example("optimizer runs show", "optimizer runs show 12 --out plans/run-12"))
@click.argument("run", type=click.IntRange(1), required=False)
@STORE
@click.option("--out", type=Place(), help="Folder for the plan, as 'optimizer plan --out' writes it.")
@LANGUAGE
@common
def show_run(
    run: int | None, store: str, out: str | None, language: str | None, as_json: bool, quiet: bool, debug: bool
) -> None:
    """Show RUN, or the run whose plan is in force, and write its plan folder if asked to."""
    from optimizer.nightly.folder import write_out
    from optimizer.nightly.found import alerts_of
    from optimizer.nightly.plan_files import SUMMARY
    from optimizer.nightly.standing import as_they_stand
    from optimizer.nightly.store import open_store
    from optimizer.nightly.words import sentence

    there = open_store(store)
    with there.reads() as connection:
        found = _found(connection, run)
        summary = _file(connection, found, SUMMARY)
        alerts = alerts_of(connection, found.run)
    (found,) = as_they_stand(there, [found])
    if out and summary is None:
        raise UsageError(f"Run {found.run} has made no plan that could be written to {out}: it is {found.state}.")
    if out:
        write_out(there, found.run, out)
    if as_json:
        print_json("runs show", store=str(there), folder=out, **found.as_dict(), alerts=alerts)
        return
    for line in _shown(found, summary, alerts, language or language_of([found])):
        say(line)
    if out:
        say(sentence("written", language or language_of([found]), out=out))


def _shown(run: Any, summary: str | None, alerts: Any, language: str) -> Iterator[str]:
    """A run as it is printed; summary, changes and alerts were written in the language of its night."""
    from optimizer.nightly.message import alert_lines

    yield printable(headline(run, language))
    for text in (*run.details.get("notes", []), *problems(run)):
        yield printable(f"  {text}")
    yield f"\n{summary}" if summary is not None else ""
    if changes := run.details.get("changes_told"):
        yield "\n".join(printable(text) for text in ["", *changes.split("\n"), ""])
    for text in (*alert_lines(run, alerts, run.details.get("language", "en")), *_sent(run, language)):
        yield printable(text)


@runs.command(name="prune", epilog=example("optimizer runs prune --keep 30"))
@STORE
@click.option("--keep", type=click.IntRange(0), required=True, metavar="N", help="Keep the N newest plans.")
@common
def prune_runs(store: str, keep: int, as_json: bool, quiet: bool, debug: bool) -> None:
    """Remove old plans. The plan in force always stays."""
    from optimizer.nightly.prune import prune
    from optimizer.nightly.store import open_store

    there = open_store(store)
    gone = sorted(run.run for run in prune(there, keep))
    if as_json:
        print_json("runs prune", store=str(there), removed=gone)
    else:
        say(f"Removed {len(gone)} run{'s' if len(gone) != 1 else ''}{_listed(gone)}.")


@runs.command(name="send", epilog=example("optimizer runs send --notify notify.toml"))
@click.argument("run", type=click.IntRange(1), required=False)
@STORE
@click.option("--notify", type=Place(), required=True, envvar="OPTIMIZER_NOTIFY", metavar="FILE",
              help="Settings (TOML) of a webhook and of e-mail.")  # fmt: skip
@common
def send_run(run: int | None, store: str, notify: str, as_json: bool, quiet: bool, debug: bool) -> None:
    """Send what RUN has come to, to try the settings, or once more.

    Without RUN: what still waits, since the run was killed before it was sent; where nothing waits, the run whose plan
    is in force.
    """
    from optimizer.nightly.lock import SEND, lock
    from optimizer.nightly.notify_settings import read_notify
    from optimizer.nightly.standing import as_they_stand
    from optimizer.nightly.store import open_store
    from optimizer.nightly.telling import WAIT, send_about, waiting

    there, asked = open_store(store), read_notify(notify)
    with lock(there, WAIT, lambda: f"Another command sends the alerts of the store {there}.", SEND):
        left = waiting(there) if run is None else []
        with there.reads() as connection:
            found = left or [_found(connection, run)]
        found = [_ended(one) for one in as_they_stand(there, found)]
        sent = {one.run: send_about(asked, there, one) for one in found}
    tried = [(run, one) for run, every in sent.items() for one in every]
    if failed := [f"{run} to {one['to']}: {one['error']}" for run, one in tried if not one["sent"]]:
        raise StoreError(f"Not sent: run {'; run '.join(failed)}.")
    if as_json:
        each = [{"run": run, "sent": every} for run, every in sent.items()]
        print_json("runs send", store=str(there), run=found[-1].run, sent=each[-1]["sent"], runs=each)
        return
    for one in found:
        say(printable(f"Run {one.run} was sent: {'; '.join(each['to'] for each in sent[one.run])}."))


def _ended(run: Any) -> Any:
    from optimizer.nightly.record import RUNNING

    if run.state == RUNNING:
        raise UsageError(f"Run {run.run} is still at work: there is nothing to be sent yet.")
    return run


def _sent(run: Any, language: str) -> list[str]:
    from optimizer.nightly.words import sentence

    if run.details.get("to_send") and run.state != "running":
        return [sentence("to_send", language)]
    told = run.details.get("sent", [])
    return [
        sentence("sent", language, to=one["to"]) if one["sent"]
        else sentence("not_sent", language, to=one["to"], error=one["error"])
        for one in told
    ]  # fmt: skip


def _found(connection: Any, number: int | None) -> Any:
    from optimizer.nightly.record import run_in_force, run_of

    found = run_in_force(connection) if number is None else run_of(connection, number)
    if found is None:
        raise UsageError("No plan is in force yet." if number is None else f"The store has no run {number}.")
    return found


def _file(connection: Any, run: Any, name: str) -> str | None:
    from optimizer.nightly.contents import content, digests

    return content(connection, run.run, name).decode("utf-8") if name in digests(connection, run.run) else None


def _listed(numbers: list[int]) -> str:
    return f": {', '.join(map(str, numbers))}" if numbers else ""
