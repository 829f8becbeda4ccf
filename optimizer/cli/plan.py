"""`optimizer plan`: the plan of a scenario."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from optimizer.cli.options import LANGUAGE, SCENARIO, Place, common, example, solve_setting
from optimizer.cli.output import print_json, say

GAP_MISSED, INTERRUPTED = 5, 130


@click.command(
    short_help="Plan a scenario: tables, workbook, summary, proven gap.",
    epilog=example("optimizer plan scenarios/temu-migration --out plans/temu --seconds 60"),
)
@SCENARIO
@click.option(
    "--out",
    type=Place(),
    help="Folder for the plan: tables, inputs, workbook, manifest. Without it the plan is only shown.",
)
@solve_setting("seconds", "Wall time to search; default: as the scenario says.")
@solve_setting("gap", "Stop at this gap, as a share of the mission cost (0.01 is 1 %).")
@solve_setting("threads", "Threads of the solver.")
@solve_setting("seed", "Seed of the search.")
@click.option(
    "--solver",
    default="highs",
    envvar="OPTIMIZER_SOLVER",
    show_default=True,
    metavar="NAME",
    help="highs, or any solver that PuLP knows: cbc, scip, gurobi, ...",
)
@click.option(
    "--method",
    type=click.Choice(["auto", "whole", "prices"]),
    default="auto",
    envvar="OPTIMIZER_METHOD",
    show_default=True,
    help="Search in the whole program, or SKU by SKU at prices; auto takes prices for large catalogues.",
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
    method: str,
    strict: bool,
    language: str | None,
    as_json: bool,
    quiet: bool,
    debug: bool,
) -> None:
    """Plan SCENARIO (a folder of tables or a workbook) and print what a planner needs to know.

    Options come before environment variables (OPTIMIZER_SECONDS, OPTIMIZER_GAP, ...), these before scenario.toml, that
    before the defaults. Ctrl-C ends the search and keeps the best plan so far; pressed twice it keeps nothing.
    """
    from optimizer import solve
    from optimizer.cli.interrupt import interrupts
    from optimizer.cli.progress import ProgressLine
    from optimizer.plan.folder import place_of
    from optimizer.report.briefing import brief
    from optimizer.scenario.read import read

    if out:
        place_of(out)
    line = ProgressLine(quiet)
    with interrupts(line) as heard:
        with line:
            line.stage("read")
            tables = _with(read(scenario), seconds=seconds, gap=gap, threads=threads, seed=seed)
            made = solve.plan(tables, solver=solver, method=method, watch=line.watch, stage=line.stage)
            line.has_plan = True
        heard.obey()
        told, words = brief(_stopped(made) if heard.times else made), language or tables.settings.language
        if out:
            _write(told, Path(out), words)
        _show(told, out, words, as_json)
    if heard.times:
        raise click.exceptions.Exit(INTERRUPTED)
    if strict and not told.within_gap:
        raise click.exceptions.Exit(GAP_MISSED)


def _with(tables: Any, **changes: Any) -> Any:
    """The scenario with the solve settings that were asked for."""
    asked = {name: value for name, value in changes.items() if value is not None}
    return replace(tables, settings=replace(tables.settings, solve=replace(tables.settings.solve, **asked)))


def _stopped(made: Any) -> Any:
    """A plan whose search was stopped by hand, unless it had reached its gap by then."""
    return made if made.status == "optimal" else replace(made, status="interrupted")


def _write(told: Any, folder: Path, language: str) -> None:
    from optimizer.plan.folder import write_plan
    from optimizer.report.summary import summary
    from optimizer.report.workbook import write_workbook

    def workbook(file: Path) -> None:
        write_workbook(told, file, language)

    def text(file: Path) -> None:
        file.write_text(summary(told, language) + "\n", encoding="utf-8")

    write_plan(told.plan, folder, {"plan.xlsx": workbook, "summary.txt": text}, told.ledger)


def _show(told: Any, out: str | None, language: str, as_json: bool) -> None:
    from optimizer.report.document import document
    from optimizer.report.summary import summary, written

    if as_json:
        print_json("plan", folder=out, **document(told, language))
    else:
        say(summary(told, language) + (f"\n\n{written(out, language)}" if out else ""))
