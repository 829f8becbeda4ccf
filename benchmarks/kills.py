"""Is a store whole after a nightly run was killed at any moment? `python -m benchmarks.kills --kills 200`

Runs are killed by SIGKILL, in turn at a random moment of the whole run and at one of the moments in which it writes the
plan and the store. After each kill the store is looked at, row by row and file by file, and the next run must complete.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import click
from sqlalchemy import text

from optimizer.nightly.contents import digests
from optimizer.nightly.folder import write_out
from optimizer.nightly.record import COMPLETE, Run, runs
from optimizer.nightly.store import Store, open_store
from optimizer.nightly.tables import FILES, FOUND, PLAN
from optimizer.plan.folder import read_plan
from optimizer.plan.plan import PLAN_TABLES
from optimizer.plan.verify import verify

#: Small enough that a run takes seconds, and large enough that it writes more than a thousand rows.
SCENARIO = Path(__file__).parents[1] / "scenarios" / "small-seller"
OPTIONS = ("--again", "--when-stale", "warn", "--threads", "1", "--wait", "30")
#: What a run may take before it counts as hung, in seconds.
HUNG = 600.0
#: From when kills are timed: the beginning of the run, and of these stages.
SINCE = ("", "write ...", "store ...")
ENDED, AT_THE_END = "nothing, it had ended", "the end"


@dataclass
class Tally:
    """What came of the kills: how many runs were killed in each stage, whose plan was in force afterwards, and every
    way in which the store was not whole.
    """

    kills: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    kept_old: int = 0
    kept_new: int = 0
    completed: int = 0
    wrong: list[str] = field(default_factory=list)

    def told(self, name: str) -> str:
        """The figures in a line."""
        stages = ", ".join(f"{count} in {stage}" for stage, count in self.stages.most_common())
        return (
            f"{name}: {self.kills} kills ({stages}); in force afterwards: last night's plan {self.kept_old} times, "
            f"tonight's {self.kept_new} times; half or lost plans {len(self.wrong)}; next runs that completed "
            f"{self.completed} of {self.kills}"
        )


def kill_runs(
    address: str, kills: int, seed: int, folder: Path, scenario: Path = SCENARIO, seconds: float = 2.0, say=print
) -> Tally:
    """Kill so many nightly runs that write to the store at `address`, and look at it after each.

    In turn they are killed within the whole run, from when the plan's folder is written, and from when the store is;
    a run that has ended before its time does not count.
    """
    moments, tally = random.Random(seed), Tally()
    runner = _Runner(address, scenario, seconds, folder)
    runner.complete(tally)  # the first one imports, and makes the store
    lasts = runner.complete(tally)
    while tally.kills < kills:
        before = _in_force(address)
        since = SINCE[tally.kills % len(SINCE)]
        delay = moments.uniform(0.0, lasts[since])
        stage, lasted = runner.killed(delay, since)
        when = f"kill {tally.kills + 1}, {delay:.2f} s after {since or 'the beginning'}, in {stage}"
        if stage == ENDED:
            lasts[since] = lasted
            continue
        tally.kills += 1
        tally.stages[stage] += 1
        _look(address, before, folder / "out", tally, when)
        between = _in_force(address)
        lasts = {name: 0.8 * lasts[name] + 0.2 * last for name, last in runner.complete(tally).items()}
        tally.completed += _in_force(address) not in (before, between)
        say(f"{when}: run {between} in force, {len(tally.wrong)} wrong so far")
    _look(address, _in_force(address), folder / "out", tally, AT_THE_END)
    return tally


class _Runner:
    """Nightly runs in processes of their own, which have imported everything before they start."""

    def __init__(self, address: str, scenario: Path, seconds: float, folder: Path) -> None:
        self._words = ["nightly", str(scenario), "--store", address, "--seconds", str(seconds), *OPTIONS]
        self._folder = folder
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload(["optimizer.cli.main", "optimizer.nightly.nightly", "sqlalchemy"])

    def complete(self, tally: Tally) -> dict[str, float]:
        """Let a run end; returns how long it lasted since each of `SINCE`."""
        process, log = self._started()
        began = {since: self._until(process, log, since) for since in SINCE}
        process.join(HUNG)
        if process.exitcode != 0:
            tally.wrong.append(f"a run that nobody killed ended with {process.exitcode}: {log.read_text()}")
        return {since: time.monotonic() - moment for since, moment in began.items()}

    def killed(self, delay: float, since: str) -> tuple[str, float]:
        """Kill a run some seconds after one of `SINCE`; returns the stage in which it was, and how long it lasted."""
        process, log = self._started()
        began = self._until(process, log, since)
        process.join(delay)
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        if process.exitcode == 0:
            return ENDED, time.monotonic() - began
        lines = [line.split(" s  ")[-1].split(" ")[0] for line in log.read_text().splitlines() if " s  " in line]
        return lines[-1] if lines else "its beginning", time.monotonic() - began

    def _started(self) -> tuple[BaseProcess, Path]:
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".log")
        os.close(handle)
        process = self._processes.Process(target=_run, args=(self._words, name))
        process.start()
        return process, Path(name)

    def _until(self, process: BaseProcess, log: Path, since: str) -> float:
        """The moment when a stage begins."""
        until = time.monotonic() + HUNG
        while process.is_alive() and time.monotonic() < until and since not in log.read_text():
            time.sleep(0.002)
        return time.monotonic()


def _run(words: list[str], log: str) -> None:
    """The command in a process of its own; what it says goes into a file."""
    from optimizer.cli.main import run

    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(handle, stream)
    os._exit(run(words))


def _in_force(address: str) -> int | None:
    with open_store(address).reads() as connection:
        return next((run.run for run in runs(connection) if run.in_force), None)


def _look(address: str, before: int | None, out: Path, tally: Tally, when: str) -> None:
    """Look whether the store is whole, and whose plan is in force."""
    store = open_store(address)
    with store.reads() as connection:
        every = runs(connection)
    force = [run for run in every if run.in_force]
    if len(force) != 1 or force[0].state != COMPLETE:
        tally.wrong.append(f"{when}: no complete plan is in force ({[(run.run, run.state) for run in every[:3]]})")
        return
    old = force[0].run == before
    tally.kept_old += old and when != AT_THE_END
    tally.kept_new += not old
    tally.wrong += [f"{when}: {wrong}" for wrong in (*_halves(store, every), *_damage(store, force[0], out))]


def _halves(store: Store, every: list[Run]) -> Iterator[str]:
    """Rows and files of runs that are not complete."""
    complete = {run.run for run in every if run.state == COMPLETE}
    with store.reads() as connection:
        for table in (FILES, *PLAN.values(), *FOUND.values()):
            owners = set(connection.execute(text(f"SELECT DISTINCT run FROM {table.name}")).scalars())
            if owners - complete:
                yield f"{table.name} has rows of {sorted(owners - complete)}"
        if store.engine.dialect.name == "sqlite":
            sound = connection.execute(text("PRAGMA integrity_check")).scalar_one()
            if sound != "ok":
                yield f"SQLite says {sound}"


def _damage(store: Store, run: Run, out: Path) -> Iterator[str]:
    """What is wrong with the plan of a run: its folder is read, verified, and held against the rows."""
    plan = read_plan(write_out(store, run.run, out))
    yield from verify(plan)
    if abs(plan.total_cost - (run.total_cost or 0.0)) > 1e-6:
        yield f"the store says it costs {run.total_cost}, the plan {plan.total_cost}"
    with store.reads() as connection:
        for name in PLAN_TABLES:
            count = text(f"SELECT count(*) FROM plan_{name} WHERE run = {run.run}")
            if (found := connection.execute(count).scalar_one()) != len(plan[name]):
                yield f"plan_{name} has {found} rows of {len(plan[name])}"
        named = set(json.loads((out / "manifest.json").read_text("utf-8"))["files"]) | {"manifest.json"}
        if set(digests(connection, run.run)) != named:
            yield "the files are not those that the manifest names"


@click.command()
@click.option("--kills", type=click.IntRange(1), default=200, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--scenario", type=click.Path(exists=True, path_type=Path), default=SCENARIO, show_default=True)
@click.option("--only", type=click.Choice(["sqlite", "postgresql"]), help="Default: both.")
def main(kills: int, seed: int, scenario: Path, only: str | None) -> None:
    """Kill nightly runs on SQLite and on a private PostgreSQL server, and tell what the stores hold."""
    from tests.postgres_server import started

    wrong = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="optimizer-kills-")))
        addresses = {"sqlite": lambda: f"sqlite:///{folder / 'plans.db'}"}
        addresses["postgresql"] = lambda: stack.enter_context(started()).database()
        for name in [only] if only else list(addresses):
            tally = kill_runs(
                addresses[name](), kills, seed, folder, scenario, say=lambda line: click.echo(line, err=True)
            )
            click.echo(tally.told(name))
            wrong += [f"{name}: {what}" for what in tally.wrong]
    for what in wrong:
        click.secho(what, fg="red", err=True)
    if wrong:
        raise click.exceptions.Exit(1)


if __name__ == "__main__":
    main()
