"""`optimizer explain`: why is this line in the plan, why is that one not, and what would a change be worth?"""

from __future__ import annotations

import datetime as dt

import click

from optimizer.cli.log import LOG
from optimizer.cli.options import LANGUAGE, Place, SolveSetting, common, example
from optimizer.cli.output import print_json, printable, say
from optimizer.cli.progress import ProgressLine

#: Seconds that each re-solve of one SKU may take, and of all that are aboard a departure.
SECONDS, SECONDS_ABOARD = 5.0, 10.0


@click.command(
    short_help="Why a line is in a plan or not, in money; what more is worth.",
    epilog=example(
        'optimizer explain plans/temu-migration --sku S0022 --lane "CN-S>US-E air" --date 2026-12-04',
        'optimizer explain my-plan --lane "CN-S>US-E sea" --date 2026-12-03',
        "optimizer explain my-plan --sku S0022 --region US-East-temu",
        "optimizer explain my-plan --sku S0022 --location US-W --json",
    ),
)
@click.argument("plan", type=Place("plan"))
@click.option("--sku", default="", help="The SKU whose line it is; without one a whole departure is explained.")
@click.option("--lane", default="", help="A lane, or a mode of only one lane: a shipment or an order on it.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="A day in the period of the line.")
@click.option("--region", default="", help="A region: what is delivered to it, what it lacks.")
@click.option("--location", default="", help="A location: what is sent to it; with --region what it delivers there.")
@click.option(
    "--seconds",
    type=SolveSetting("seconds"),
    metavar="N",
    help=f"Wall time for each of several re-solves; default: {SECONDS:g}, for a departure {SECONDS_ABOARD:g}.",
)
@LANGUAGE
@common
def explain(
    plan: str,
    sku: str,
    lane: str,
    date: dt.datetime | None,
    region: str,
    location: str,
    seconds: float | None,
    language: str | None,
    as_json: bool,
    quiet: bool,
    debug: bool,
) -> None:
    """Explain a line of the plan folder PLAN, a line that is not there, or a whole departure.

    The SKU is planned again with the line forbidden, forced or moved, while all other SKUs stay as planned; so each
    difference is one between whole plans. Unmet demand is explained by --region, stock beyond limits by --location. A
    departure (--lane and --date without --sku) is explained with all SKUs aboard: what it is charged, and what it
    would cost to send all of it another way, later, or not at all.
    """
    from optimizer.studies.explain.document import document
    from optimizer.studies.explain.explain import explain as explained
    from optimizer.studies.explain.question import Question
    from optimizer.studies.explain.text import text

    question = Question(sku, lane, None if date is None else date.date(), region, location)
    with ProgressLine(quiet) as line:
        told = explained(plan, question, seconds or (SECONDS if sku else SECONDS_ABOARD), line.stage)
    words = language or told.language
    LOG.event("result", "The line is explained.", folder=str(plan), scenario=told.scenario)
    if as_json:
        print_json("explain", plan=str(plan), **document(told, words))
    else:
        for row in text(told, words).split("\n"):
            say(printable(row))
