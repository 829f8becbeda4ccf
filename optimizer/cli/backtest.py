"""`optimizer backtest`: what the plan would have saved on the seller's own history, against the rules in use."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from optimizer.cli.log import LOG
from optimizer.cli.options import LANGUAGE, SCENARIO, Place, common, example, solve_setting
from optimizer.cli.output import print_json, printable, say, show, tell
from optimizer.cli.plan import INTERRUPTED
from optimizer.errors import Problem, Refused, UsageError

#: Seconds between two lines of progress.
TOLD_EVERY = 5.0


def number(name: str, least: int, most: int, text: str, default: int | None = None) -> Any:
    """An option for a whole number within limits."""
    return click.option(f"--{name}", type=click.IntRange(least, most), default=default, metavar="N", help=text,
                        show_default=default is not None)  # fmt: skip


@click.command(
    short_help="Replay the history: our plan against the rules in use.",
    epilog=example(
        "optimizer backtest my-shop --weeks 26 --runs 5",
        "optimizer backtest my-shop --policies our-plan,erp-rule --weeks 13 --blocks 4",
    ),
)
@SCENARIO
@number("weeks", 1, 520, "Last weeks of the history to replay.", 26)
@number("runs", 1, 1000, "Draws of delays, each for all policies.", 5)
@number("seed", 0, 2**31, "Seed of the first draw; the others follow it.", 1)
@click.option(
    "--policies",
    metavar="NAMES",
    help="Names with commas; default: our-plan (with several sample paths our-plan-mean too), the rules, clairvoyant.",
)
@click.option("--against", metavar="NAME", help="What the others are compared with; default: erp-rule, or the first.")
@number("blocks", 1, 999, "Parts of the catalogue that are replayed by themselves: more demand to judge by.", 1)
@number("after", 0, 520, "Last weeks of the history that only tell what stock that is left is worth.", 0)
@number("tuning-weeks", 0, 520, "Weeks before the replay on which rules are tuned; default: as --weeks, or what there "
        "is; 0: as they are.")  # fmt: skip
@solve_setting("seconds", "Wall time for each week's plan; default: 20.")
@solve_setting("gap", "Stop a search at this gap, as a share of the mission cost; default: 0.01.")
@solve_setting("paths", "Sample paths of our plan; default: as the scenario says.")
@number("horizon", 1, 104, "Weeks that our plan looks ahead; default: as the scenario says.")
@click.option(
    "--transfers/--no-transfers",
    default=True,
    help="Whether our plan moves goods between overseas warehouses. Default: it does; try without where products sell "
    "nothing in most weeks.",
)
@number("workers", 1, 512, "Runs at the same time; default: one for each core.")
@click.option("--out", type=Place(), help="Folder for results and runs so far; default: backtests/NAME.")
@LANGUAGE
@common
def backtest(
    scenario: str, out: str | None, language: str | None, as_json: bool, quiet: bool, debug: bool, blocks: int,
    workers: int | None, against: str | None, **asked: Any,
) -> None:  # fmt: skip
    """Replay the last weeks of the sales of SCENARIO under several policies, with the same demand and the same delays.

    Each week a policy sees what was known then and decides; then what really was wanted happens. The rules are tuned
    on the weeks before. Each run is kept in --out as it is made: the same command goes on where it was stopped.
    """
    from optimizer.scenario.read import read
    from optimizer.simulation.backtest.backtest import backtest as made_of
    from optimizer.simulation.backtest.backtest import standing
    from optimizer.simulation.backtest.blocks import blocks_of
    from optimizer.simulation.backtest.kept import Kept
    from optimizer.simulation.backtest.request import inputs_of
    from optimizer.simulation.backtest.stretch import oddities

    tables = read(scenario)
    request, against = _request(tables, against, **asked)
    parts = blocks_of(tables, blocks)
    folder = Path(out or Path("backtests", re.sub(r"[^\w.-]+", "-", tables.settings.name).strip(".-") or "scenario"))
    kept, words = Kept(folder, inputs_of(parts, request)), language or tables.settings.language
    crew = workers or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))
    stopped = False
    with _terminations():
        try:
            made = made_of(parts, request, kept, crew, _Line(quiet))
        except KeyboardInterrupt:
            made, stopped = standing(parts, request, kept), True
    odd = oddities(tables, request.weeks, request.after, words)
    _show(made, tables.settings.name, against, odd, folder, words, as_json)
    if stopped:
        raise click.exceptions.Exit(INTERRUPTED)


def _request(tables: Any, against: str | None, *, policies: str | None, tuning_weeks: int | None, seconds: float | None,
             gap: float | None, paths: int | None, horizon: int | None,
             transfers: bool, **numbers: Any) -> tuple[Any, str | None]:  # fmt: skip
    """What is asked for. Raises UsageError for names that there are not, Refused where the tables break a rule."""
    from optimizer.simulation.backtest.policies import POLICIES, usual
    from optimizer.simulation.backtest.request import Request, known_only
    from optimizer.simulation.backtest.stretch import weeks_to_tune
    from optimizer.solve import check

    compared = usual(paths or tables.settings.solve.paths)
    names = known_only(policies.split(",") if policies else compared, list(POLICIES))
    if against is not None:
        (against,) = known_only([against], list(POLICIES))
        if against not in names:
            raise UsageError(f"--against {against}: it is not among --policies {','.join(names)}. Add it there.")
    if problems := check(tables):
        raise Refused(problems)
    if tuning_weeks is None:
        tuning_weeks = weeks_to_tune(tables, numbers["weeks"], numbers["after"])
    ours = {"seconds": seconds, "gap": gap, "paths": paths, "horizon": horizon, "transfers": transfers}
    told: dict[str, Any] = {name: value for name, value in ours.items() if value is not None}
    return Request(names, tuning_weeks=tuning_weeks, **numbers, **told), against


def _show(
    made: Any, name: str, against: str | None, odd: list[Problem], folder: Path, language: str, as_json: bool
) -> None:
    from optimizer.report.backtest.files import write_files
    from optimizer.report.backtest.text import text, written
    from optimizer.simulation.backtest.compare import common_pairs
    from optimizer.simulation.backtest.document import document, run_rows

    if not common_pairs(made.runs, made.request.policies):
        _nothing_yet(made, folder, as_json)
        return
    told = document(made, name, against, odd)
    files = write_files(told, run_rows(made), folder, language)
    LOG.event("result", "The back-test is written.", folder=str(folder), scenario=name)
    if as_json:
        print_json("backtest", folder=str(folder), files=[str(file) for file in files], **told)
    else:
        say(f"{text(told, language)}\n\n{printable(written(folder, files, language))}")


def _nothing_yet(made: Any, folder: Path, as_json: bool) -> None:
    """Stopped before all policies had been through one pair of block and seed."""
    sentence = f"Interrupted: {len(made.runs)} runs are kept in {folder}, none of them for all policies yet. The same "
    sentence += "command goes on with the others."
    if as_json:
        print_json("error", error=sentence, exit_code=INTERRUPTED, problems=[], violations=[])
    else:
        tell(sentence)


class _Line:
    """Tells on standard error how many runs are done."""

    def __init__(self, quiet: bool) -> None:
        self._quiet, self._since, self._last = quiet, time.monotonic(), 0.0

    def __call__(self, done: int, of: int, what: str) -> None:
        elapsed = time.monotonic() - self._since
        if (elapsed - self._last >= TOLD_EVERY or done == of) and not self._quiet:
            self._last = elapsed
            LOG.event("progress", f"{done} of {of} done: {what}")
            show(f"{elapsed:5.0f} s  {done} of {of} done: {what}")


@contextmanager
def _terminations() -> Iterator[None]:
    """SIGTERM does the same as Ctrl-C meanwhile; outside of the main thread nobody can hear it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
