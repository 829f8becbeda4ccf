"""`optimizer plan`: the plan of a scenario."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from optimizer.cli.complete import solvers
from optimizer.cli.log import LOG
from optimizer.cli.options import LANGUAGE, SCENARIO, Address, Place, common, example, solve_setting
from optimizer.cli.output import print_json, say
from optimizer.errors import UsageError

GAP_MISSED, ALERTS, INTERRUPTED = 5, 6, 130


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
@solve_setting("threads", "Threads of the solver, or processes among which SKUs are dealt out.")
@solve_setting("seed", "Seed of the search, and of the sample paths.")
@solve_setting("paths", "Plan for so many sample paths of demand and lead times; 1: for what is expected.")
@click.option(
    "--solver",
    default="highs",
    envvar="OPTIMIZER_SOLVER",
    show_default=True,
    metavar="NAME",
    shell_complete=solvers,
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
@click.option(
    "--cluster",
    type=Address(),
    metavar="ADDRESS",
    envvar="OPTIMIZER_CLUSTER",
    help="Search at prices, the SKUs shared among the workers of a Dask cluster, such as tcp://host:8786.",
)
@click.option(
    "--start-from",
    type=Place("plan"),
    metavar="PLAN",
    help="Begin with the prices and shipments of this plan folder, such as last night's, whatever its tables were.",
)
@click.option(
    "--last-plan",
    type=Place("plan"),
    metavar="PLAN",
    help="Plan after this plan folder: what it ships within frozen_days is held, changes cost change_rate; the search "
    "begins with it, too.",
)
@click.option("--strict", is_flag=True, help="Leave with exit code 5 where the gap asked for was missed.")
@click.option(
    "--fail-on-alert", is_flag=True, help="Leave with exit code 6 where somebody must act before the next plan."
)
@LANGUAGE
@common
def plan(
    scenario: str,
    out: str | None,
    solver: str,
    method: str,
    cluster: str | None,
    start_from: str | None,
    last_plan: str | None,
    strict: bool,
    fail_on_alert: bool,
    language: str | None,
    as_json: bool,
    quiet: bool,
    debug: bool,
    **settings: float | None,
) -> None:
    """Plan SCENARIO (a folder of tables, a workbook or a database URL) and print what a planner needs to know.

    Options come before environment variables (OPTIMIZER_SECONDS, OPTIMIZER_GAP, ...), these before scenario.toml, that
    before the defaults. Ctrl-C ends the search and keeps the best plan so far; pressed twice it keeps nothing.
    """
    from optimizer.cli.interrupt import interrupts
    from optimizer.cli.progress import ProgressLine
    from optimizer.nightly.plan_files import write_plan_files
    from optimizer.plan.folder import place_of
    from optimizer.report.briefing import brief
    from optimizer.scenario.read import read

    if out:
        place_of(out)
    kept: dict[str, Any] = {}
    means = _means(cluster, method, start_from, kept)
    line = ProgressLine(quiet)
    with interrupts(line) as heard:
        with line:
            line.stage("read")
            tables = _with(read(scenario), **settings)
            options = {"solver": solver, "method": method, "means": replace(means, note=line.note)}
            made = _made(tables, last_plan, line, **options)
            line.has_plan = True
        heard.obey()
        words = language or tables.settings.language
        told = brief(_stopped(made) if heard.times else made, words)
        if out:
            write_plan_files(told, Path(out), words, kept)
        _show(told, out, words, as_json)
    if heard.times:
        raise click.exceptions.Exit(INTERRUPTED)
    _judge(told, strict, fail_on_alert)


def _made(tables: Any, last_plan: str | None, line: Any, means: Any, **options: Any) -> Any:
    """The plan, after the last one if there is one."""
    from optimizer import solve

    options |= {"watch": line.watch, "stage": line.stage}
    if not last_plan:
        return solve.plan(tables, means=means, sound=True, **options)
    from optimizer.nightly.after import plan_after, read_last

    last = read_last(last_plan, tables)
    if len(tables["last_plan"]):
        line.note(f"The table last_plan of the scenario is not used: the plan in {last_plan} takes its place.")
        tables = tables.with_tables(last_plan=tables["last_plan"][:0])
    return plan_after(tables, last, line.note, means=replace(means, start=means.start or last), **options)


def _judge(told: Any, strict: bool, fail_on_alert: bool) -> None:
    """Leave with the exit code of what was asked not to be."""
    from optimizer.plan.alerts import urgent

    if strict and not told.within_gap:
        raise click.exceptions.Exit(GAP_MISSED)
    if fail_on_alert and len(urgent(told.alerts, told.until)):
        raise click.exceptions.Exit(ALERTS)


def _means(cluster: str | None, method: str, start_from: str | None, kept: dict[str, Any]) -> Any:
    """What the search may use; the prices and bounds of SKUs that it leaves are `kept`."""
    from optimizer.search.means import Means
    from optimizer.search.stored_folder import read_start

    if cluster and method == "whole":
        raise UsageError("A cluster can only share a search at prices: leave out --cluster, or --method whole.")
    start = read_start(start_from) if start_from else None
    return Means(cluster, start, *(partial(kept.__setitem__, name) for name in ("prices", "skus")))


def _with(tables: Any, **changes: Any) -> Any:
    """The scenario with the solve settings that were asked for."""
    from optimizer.forecast.paths.sample import without_paths

    asked = {name: value for name, value in changes.items() if value is not None}
    if asked.get("paths", len(tables["paths"])) != len(tables["paths"]):
        tables = without_paths(tables)  # other ones are drawn
    return replace(tables, settings=replace(tables.settings, solve=replace(tables.settings.solve, **asked)))


def _fields(told: Any) -> dict[str, Any]:
    """The figures of a plan for the log."""
    from optimizer.plan.alerts import urgent

    plan, measures = told.plan, told.measures
    figures = {name: getattr(measures, name) for name in ("total_cost", "mission_cost", "bound", "gap", "gap_share")}
    alerts = {"alerts": len(told.alerts), "urgent": len(urgent(told.alerts, told.until))}
    settings = plan.scenario.settings
    return {"scenario": settings.name, "currency": settings.currency, "status": plan.status, **figures, **alerts}


def _stopped(made: Any) -> Any:
    """A plan whose search was stopped by hand, unless it had reached its gap by then."""
    return made if made.status == "optimal" else replace(made, status="interrupted")


def _show(told: Any, out: str | None, language: str, as_json: bool) -> None:
    from optimizer.report.document import document
    from optimizer.report.summary import summary, written

    LOG.event("result", "The plan is made.", folder=out, **_fields(told))
    if as_json:
        print_json("plan", folder=out, **document(told, language))
    else:
        say(summary(told, language) + (f"\n\n{written(out, language)}" if out else ""))
