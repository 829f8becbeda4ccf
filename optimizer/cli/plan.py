"""`optimizer plan`: the plan of a scenario."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from optimizer.cli.options import LANGUAGE, SCENARIO, common, example
from optimizer.cli.output import print_json

GAP_MISSED, INTERRUPTED = 5, 130


@click.command(epilog=example("optimizer plan scenarios/temu-migration --out plans/temu --seconds 60"))
@SCENARIO
@click.option(
    "--out",
    type=click.Path(),
    help="Folder for the plan: tables, inputs, workbook, manifest. Without it the plan is only shown.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    envvar="OPTIMIZER_SECONDS",
    help="Wall time to search; default: as the scenario says.",
)
@click.option(
    "--gap",
    type=click.FloatRange(min=0),
    envvar="OPTIMIZER_GAP",
    help="Stop at this gap, as a share of the mission cost (0.01 is 1 %).",
)
@click.option("--threads", type=click.IntRange(min=1), envvar="OPTIMIZER_THREADS", help="Threads of the solver.")
@click.option("--seed", type=click.IntRange(min=0), envvar="OPTIMIZER_SEED", help="Seed of the search.")
@click.option(
    "--solver",
    default="highs",
    envvar="OPTIMIZER_SOLVER",
    show_default=True,
    help="highs, or any solver that PuLP knows: cbc, scip, gurobi, ...",
)
@click.option("--strict", is_flag=True, help="Leave with exit code 5 where the gap asked for was missed.")
@LANGUAGE
@common
def plan(
    scenario: str,
    out: str | None,
    seconds: float | None,
    gap: float | None,
    threads: int | None,
    seed: int | None,
    solver: str,
    strict: bool,
    language: str | None,
    as_json: bool,
    quiet: bool,
    debug: bool,
) -> None:
    """Plan SCENARIO (a folder of tables or a workbook) and print what a planner needs to know.

    Options come before environment variables (OPTIMIZER_SECONDS, ...), these before scenario.toml, that before the
    defaults.
    """
    from optimizer import solve
    from optimizer.cli.progress import ProgressLine
    from optimizer.report.briefing import brief
    from optimizer.scenario.read import read

    with ProgressLine(quiet) as line, _stopping(line):
        line.stage("read")
        tables = _with(read(scenario), seconds=seconds, gap=gap, threads=threads, seed=seed)
        made = solve.plan(tables, solver=solver, watch=line.watch, stage=line.stage)
    made = replace(made, status="interrupted") if line.stop else made
    told, words = brief(made), language or tables.settings.language
    if out:
        _write(told, Path(out), words)
    _show(told, out, words, as_json)
    if line.stop:
        raise click.exceptions.Exit(INTERRUPTED)
    if strict and made.status != "optimal":
        raise click.exceptions.Exit(GAP_MISSED)


def _with(tables: Any, **changes: Any) -> Any:
    """The scenario with the solve settings that were asked for."""
    asked = {name: value for name, value in changes.items() if value is not None}
    return replace(tables, settings=replace(tables.settings, solve=replace(tables.settings.solve, **asked)))


def _write(told: Any, folder: Path, language: str) -> None:
    from optimizer.plan.folder import write_plan
    from optimizer.report.summary import summary
    from optimizer.report.workbook import write_workbook

    def workbook(file: Path) -> None:
        write_workbook(told, file, language)

    def text(file: Path) -> None:
        file.write_text(summary(told, language) + "\n", encoding="utf-8")

    write_plan(told.plan, folder, {"plan.xlsx": workbook, "summary.txt": text})


def _show(told: Any, out: str | None, language: str, as_json: bool) -> None:
    from optimizer.report.summary import summary

    made = told.plan
    if as_json:
        print_json(
            "plan",
            scenario=made.scenario.settings.name,
            currency=made.scenario.settings.currency,
            status=made.status,
            solver=made.solver,
            folder=out,
            seconds=dict(made.seconds),
            **told.measures.as_dict(),
            **told.as_dict(),
        )
        return
    click.echo(summary(told, language))
    if out:
        click.echo(f"\n{out}")


@contextmanager
def _stopping(line: Any):  # type: ignore[no-untyped-def]
    """Ctrl-C ends the search, and the best plan so far is kept; a second one ends all."""

    def stop(number: int, frame: Any) -> None:
        if line.stop:
            raise KeyboardInterrupt
        line.stop = True
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
