"""`optimizer nightly`: tonight's plan, kept in a store; made for cron, systemd and Airflow."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from optimizer.cli.complete import solvers
from optimizer.cli.log import LOG
from optimizer.cli.options import LANGUAGE, SCENARIO, Address, Place, common, example, solve_setting
from optimizer.cli.output import print_json, say
from optimizer.cli.plan import ALERTS, INTERRUPTED
from optimizer.cli.progress import ProgressLine
from optimizer.cli.stored import STORE, figures, language_of
from optimizer.errors import UsageError


@click.command(
    short_help="Plan for tonight and keep the plan in a store.",
    epilog=example(
        "optimizer nightly scenarios/temu-migration --night 2026-11-30 --store sqlite:///plans.db",
        "optimizer nightly postgresql+psycopg://erp@db/shop --store postgresql+psycopg://erp@db/plans",
    ),
)
@SCENARIO
@STORE
@click.option(
    "--night",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    envvar="OPTIMIZER_NIGHT",
    help="The night, named by the morning in which it ends; default: by the clock, from noon to noon.",
)
@click.option("--again", is_flag=True, help="Plan anew although this night has a plan of the same input.")
@click.option(
    "--wait",
    type=click.FloatRange(0, 86_400),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another run to end.",
)
@click.option("--stock-days", type=click.IntRange(0, 36_500), metavar="N", help="Most days that stock may be old.")
@click.option("--sales-days", type=click.IntRange(0, 36_500), metavar="N", help="Most days that sales may be old.")
@click.option("--when-stale", type=click.Choice(["refuse", "warn"]), help="What becomes of older tables.")
@solve_setting("seconds", "Wall time to search; then the best plan is taken. Default: as the scenario says.")
@solve_setting("gap", "Stop at this gap, as a share of the mission cost (0.01 is 1 %).")
@solve_setting("threads", "Threads of the solver.")
@solve_setting("seed", "Seed of the search, and of the sample paths.")
@solve_setting("paths", "Plan for so many sample paths of demand and lead times; 1: for what is expected.")
@click.option("--solver", default="highs", envvar="OPTIMIZER_SOLVER", show_default=True, metavar="NAME",
              shell_complete=solvers, help="highs, or any solver that PuLP knows.")  # fmt: skip
@click.option("--method", type=click.Choice(["auto", "whole", "prices"]), default="auto", envvar="OPTIMIZER_METHOD",
              show_default=True, help="As in 'optimizer plan'.")  # fmt: skip
@click.option("--cluster", type=Address(), metavar="ADDRESS", envvar="OPTIMIZER_CLUSTER",
              help="Search at prices on a Dask cluster.")  # fmt: skip
@click.option("--notify", type=Place(), envvar="OPTIMIZER_NOTIFY", metavar="FILE",
              help="Settings (TOML) of a webhook and of e-mail to which alerts are sent.")  # fmt: skip
@click.option("--reasons", type=click.FloatRange(0, 3_600), default=30.0, show_default=True, metavar="SECONDS",
              help="Time to find out, once the plan is kept, why it differs from the last one; 0: do not.")  # fmt: skip
@click.option("--fail-on-alert", is_flag=True,
              help="Leave with exit code 6 where somebody must act before the next plan.")  # fmt: skip
@LANGUAGE
@common
def nightly(
    scenario: str, store: str, fail_on_alert: bool, as_json: bool, quiet: bool, debug: bool, **asked: Any
) -> None:
    """Plan SCENARIO (a folder of tables, a workbook or the address of a database) for tonight, and keep the plan.

    Stock and sales must be fresh; the search begins at last night's prices; the verified plan, its figures and its
    inputs are written in one transaction. Whatever fails, last night's plan stays in force. The same night and input
    are planned once. One run works on a store at a time (exit code 7).
    """
    from optimizer.cli.interrupt import interrupts
    from optimizer.nightly.nightly import nightly as run_nightly

    line = ProgressLine(quiet)
    line.head = "说明：" if asked["language"] == "zh" else line.head
    with interrupts(line) as heard:
        with line:
            outcome = run_nightly(_request(scenario, store, **asked), line)
        heard.obey()
        LOG.event("result", f"The plan of {outcome.run.named} is in force.", **_fields(outcome))
        if as_json:
            print_json("nightly", made=outcome.made, store=_shown(store), **outcome.run.as_dict())
        else:
            say(_told(outcome, store, asked["language"] or language_of([outcome.run])))
    if heard.times:
        raise click.exceptions.Exit(INTERRUPTED)
    if fail_on_alert and outcome.run.details.get("urgent"):
        raise click.exceptions.Exit(ALERTS)


def _request(scenario: str, store: str, night: dt.datetime | None, **asked: Any) -> Any:
    from optimizer.nightly.request import Request

    if asked["cluster"] and asked["method"] == "whole":
        raise UsageError("A cluster can only share a search at prices: leave out --cluster, or --method whole.")
    fresh = {"stock_days_old": asked.pop("stock_days"), "sales_days_old": asked.pop("sales_days"),
             "when_stale": asked.pop("when_stale")}  # fmt: skip
    solve = {name: asked.pop(name) for name in ("seconds", "gap", "threads", "seed", "paths")}
    return Request(scenario, store, night.date() if night else None, solve=_given(solve), fresh=_given(fresh), **asked)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _told(outcome: Any, store: str, language: str) -> str:
    from optimizer.nightly.words import run_named, sentence

    run = outcome.run
    named, costs = run_named(run, language), figures(run, language)
    if not outcome.made:
        return f"{sentence('nothing_to_do', language, run=named, scenario=run.scenario)}\n{costs}"
    warm = sentence("warm", language, run=run.started_from) if run.started_from else ""
    changes = f"\n\n{run.details['changes_told']}" if run.details.get("changes_told") else ""
    planned = sentence("planned", language, run=named, warm=warm)
    return f"{planned}\n{costs}\n{sentence('in_store', language, store=_shown(store))}{changes}"


def _fields(outcome: Any) -> dict[str, Any]:
    run = outcome.run
    names = ("run", "scenario", "currency", "status", "total_cost", "mission_cost", "bound", "gap", "gap_share")
    return {"made": outcome.made, "night": str(run.night), **{name: getattr(run, name) for name in names}}


def _shown(store: str) -> str:
    from optimizer.scenario.database_address import database_address, shown

    return shown(database_address(store))
