"""`optimizer report`: a plan as a page, a workbook and a list of alerts."""

from __future__ import annotations

from pathlib import Path

import click

from optimizer.cli.log import LOG
from optimizer.cli.options import LANGUAGE, Place, common, example
from optimizer.cli.output import print_json, printable, say
from optimizer.cli.progress import ProgressLine

#: Places that the amount takes before the sentences of an alert.
AMOUNT = 16


@click.command(
    short_help="A plan as an HTML page, a workbook and alerts.",
    epilog=example("optimizer report plans/temu-migration", "optimizer report my-plan --out report --language zh"),
)
@click.argument("plan", type=Place("plan"))
@click.option("--out", type=Place(), help="Folder for the files; default: the folder `report` in that of the plan.")
@click.option(
    "--against", type=Place(), metavar="PLAN", help="An earlier plan, to show what has changed since and why."
)
@click.option("--seconds", type=click.FloatRange(0, 86_400), default=60.0, show_default=True, metavar="N",
              help="Time to find reasons of changes; 0: none are looked for.")  # fmt: skip
@LANGUAGE
@common
def report(
    plan: str, out: str | None, against: str | None, seconds: float, language: str | None, as_json: bool, quiet: bool,
    debug: bool,
) -> None:  # fmt: skip
    """Write the report of the plan folder PLAN, and print its alerts.

    report.html opens in any browser, offline: what to ship and buy, what goes wrong and what it costs, stock against
    demand, flows, costs. plan.xlsx is for warehouse, forwarder and buyer. alerts.json is for programs.
    """
    from optimizer.plan.alerts import as_text, urgent
    from optimizer.plan.folder import read_plan
    from optimizer.report.briefing import brief
    from optimizer.report.files import write_files
    from optimizer.studies.diff import diff

    folder = out or Path(plan) / "report"
    with ProgressLine(quiet) as progress:
        progress.stage("read")
        told = brief(read_plan(plan), language)
        settings = told.plan.scenario.settings
        words = language or settings.language
        changes = None
        if against:
            progress.stage("compare")
            changes = diff(read_plan(against), told.plan, seconds, (against, plan))
        progress.stage("write")
        files = write_files(told, folder, words, changes)
    pressing = len(urgent(told.alerts, told.until))
    LOG.event("result", "The report is written.", folder=str(folder), alerts=len(told.alerts), urgent=pressing,
              scenario=settings.name)  # fmt: skip
    if as_json:
        counts = {str(kind): int(count) for kind, count in told.alerts["kind"].value_counts().items()}
        sizes = {str(file): file.stat().st_size for file in files}
        print_json("report", plan=str(plan), files=sizes, alerts=counts, urgent=pressing)
        return
    for line in as_text(told.alerts, settings.currency, words).split("\n"):
        say("\n".join(_broken(printable(line))))
    say("\n" + "\n".join(printable(str(file)) for file in files))


def _broken(line: str) -> list[str]:
    """A line of alerts within the width of a page: the sentences below each other, beside the amount."""
    from optimizer.report.page import wrapped

    return wrapped(line[AMOUNT:], line[:AMOUNT], " " * AMOUNT) if line.startswith("  ") else [line]
