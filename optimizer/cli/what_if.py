"""`optimizer what-if`: what would it cost, if?"""

from __future__ import annotations

import time
from pathlib import Path

import click

from optimizer.cli.complete import solvers, tables
from optimizer.cli.log import LOG
from optimizer.cli.options import LANGUAGE, Place, common, example, solve_setting
from optimizer.cli.output import print_json, say, tell
from optimizer.cli.plan import INTERRUPTED
from optimizer.errors import NoPlan

SECONDS = 180.0


@click.command(
    "what-if",
    short_help="What changes of a scenario would cost, side by side.",
    epilog=example(
        "optimizer what-if scenarios/temu-migration --set 'lanes[mode=sea].lead_time_days += 14'",
        "optimizer what-if scenarios/what-if/tariff-145.toml scenarios/what-if/fuel.toml --out monday",
        "optimizer what-if plans/temu-migration --sweep 'duty_rates[kind=freight].rate *=' 0:2:0.25",
    ),
)
@click.argument("places", nargs=-1, required=True, type=Place())
@click.option("--set", "sets", multiple=True, metavar="CHANGES", shell_complete=tables,
              help="One what-if: a change, or several with ; between them. May be given several times.")  # fmt: skip
@click.option("--sweep", "sweeps", nargs=2, multiple=True, metavar="TARGET VALUES", shell_complete=tables,
              help="A what-if for each value: from:to:step, or a list. The target may end in *= or +=.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(min=0, max=604_800), default=SECONDS, show_default=True, metavar="N",
              help="Wall time of all together; the plan of the base has two shares, each what-if one.")  # fmt: skip
@solve_setting("gap", "Stop each search at this gap, as a share of the mission cost.")
@solve_setting("threads", "Threads of the solver.")
@solve_setting("seed", "Seed of the search.")
@click.option("--solver", default="highs", envvar="OPTIMIZER_SOLVER", show_default=True, metavar="NAME",
              shell_complete=solvers, help="highs, or any solver that PuLP knows.")  # fmt: skip
@click.option("--method", type=click.Choice(["auto", "whole", "prices"]), default="auto", envvar="OPTIMIZER_METHOD",
              show_default=True, help="Search in the whole program, or SKU by SKU at prices.")  # fmt: skip
@click.option("--cold", is_flag=True, help="Let no what-if begin with the plan of the base.")
@click.option("--out", type=Place(), help="Folder for all: a plan folder for each, comparison as HTML, CSV, text.")
@click.option("--csv", "csv", type=Place(), metavar="FILE", help="Write all figures as a CSV table.")
@click.option("--chart", type=Place(), metavar="FILE", help="Write charts and tables as one HTML file.")
@click.option("--save", type=Place(), metavar="FILE", help="Write what is asked as a what-if file, for others to run.")
@LANGUAGE
@common
def what_if(
    places: tuple[str, ...], sets: tuple[str, ...], sweeps: tuple[tuple[str, str], ...], seconds: float, solver: str,
    method: str, cold: bool, out: str | None, csv: str | None, chart: str | None, save: str | None,
    language: str | None, as_json: bool, quiet: bool, debug: bool, **settings: float | None,
) -> None:  # fmt: skip
    """Plan a scenario as it is and as it would be, and print what each change costs.

    PLACES: what-if files (.toml), and a scenario or the folder of a plan. Without a scenario that of the files' base is
    taken; the plan of a plan folder is not made again. A change is

    \b
      table[column=value,...].column = number     or += or *=
      lanes[mode=sea,fcl,origin=CN-S].lead_time_days += 14
      freight_rates[lane.destination.country=US].rate *= 1.3
      settings.capital_rate = 0.2

    Filters are "and", values "or". Every what-if begins with the plan of the base. Ctrl-C keeps what is done.
    """
    since = time.monotonic()
    from optimizer.cli.interrupt import interrupts
    from optimizer.cli.progress import ProgressLine
    from optimizer.cli.what_if_asked import asked_for
    from optimizer.cli.what_if_run import Run, Targets
    from optimizer.report.what_if.document import document

    targets, line = Targets(out, csv, chart), ProgressLine(quiet)
    with interrupts(line) as heard:
        asked = asked_for(places, sets, sweeps, settings, line)
        if save:
            asked.save(Path(save))
        run = Run(asked, targets, language or asked.scenario.settings.language, line, heard)
        try:
            run.plan(seconds, since, solver, method, not cold)
        except KeyboardInterrupt:
            if not run.kept:
                raise
            tell(f"Interrupted: the plans that were done stand in {out}.")
            raise click.exceptions.Exit(INTERRUPTED) from None
        written = run.write()
    found = run.comparison
    LOG.event("result", "The what-ifs are planned.", scenario=found.scenario, currency=found.currency, folder=out,
              asked=found.asked, planned=len(found.planned))  # fmt: skip
    if as_json:
        print_json("what-if", files=written, folders=run.kept, **document(found))
    else:
        say(run.text(written))
    if heard.times:
        raise click.exceptions.Exit(INTERRUPTED)
    if len(found.planned) < len(found.answers):
        raise click.exceptions.Exit(NoPlan.exit_code)
