"""`optimizer diff`: tonight's plan against last night's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from optimizer.cli.log import LOG
from optimizer.cli.options import LANGUAGE, Place, common, example
from optimizer.cli.output import print_json, printable, say
from optimizer.cli.put import put
from optimizer.cli.stored import STORE

#: A run of a store in place of a folder: its number, or one counted back from the plan in force.
RUN = re.compile(r"run:(\d+)")


@click.command(
    short_help="What a plan has otherwise than another one, and why.",
    epilog=example(
        "optimizer diff plans/monday plans/tuesday", "optimizer diff run:11 run:12 --store sqlite:///plans.db"
    ),
)
@click.argument("old", type=Place())
@click.argument("new", type=Place())
@STORE
@click.option("--seconds", type=click.FloatRange(0, 86_400), default=60.0, show_default=True, metavar="N",
              help="Time to find reasons, by solving again; 0: none are looked for.")  # fmt: skip
@click.option("--csv", "table", type=Place(), metavar="FILE", help="Write all changed lines as a table.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="So many lines.")
@LANGUAGE
@common
def diff(
    old: str, new: str, store: str, seconds: float, table: str | None, most: int, language: str | None,
    as_json: bool, quiet: bool, debug: bool,
) -> None:  # fmt: skip
    """Compare the plans OLD and NEW, folders or runs of a store (run:12): which shipments are new, gone, more, less,
    earlier, later, or go another way; and which inputs cause it, in money.

    Dates are rolled: what of the old plan was decided before the new one begins is no change.
    """
    from optimizer.report.changes import changes_document, changes_table, changes_text
    from optimizer.studies.diff import diff as compared

    before, after = (_plan(place, store) for place in (old, new))
    told = compared(before, after, seconds, (old, new))
    words = language or after.scenario.settings.language
    if table:
        put(Path(table), changes_table(told, words).to_csv(index=False, lineterminator="\n"), marked=True)
    settings = after.scenario.settings
    LOG.event("result", "The plans are compared.", scenario=settings.name, currency=settings.currency, folder=table,
              changed=len(told.lines), same=told.diff.same)  # fmt: skip
    if as_json:
        print_json("diff", old=old, new=new, csv=table, **changes_document(told))
        return
    for line in changes_text(told, words, most).split("\n"):
        say(printable(line))
    if table:
        say(printable(str(table)))


def _plan(place: str, store: str) -> Any:
    from optimizer.plan.folder import read_plan

    named = RUN.fullmatch(place)
    if not named:
        return read_plan(place)
    from optimizer.nightly.folder import plan_of
    from optimizer.nightly.store import open_store

    return plan_of(open_store(store), int(named[1]))
