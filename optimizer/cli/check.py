"""`optimizer check`: every problem in the tables."""

from __future__ import annotations

import textwrap

import click

from optimizer.cli.options import SCENARIO, common, example
from optimizer.cli.output import print_json, printable, say


@click.command(
    short_help="Report every problem in the tables, with the remedy.",
    epilog=example(
        "optimizer check scenarios/temu-migration",
        "optimizer check my-shop.xlsx --json",
        "optimizer check postgresql+psycopg://erp@db/shop",
    ),
)
@SCENARIO
@common
def check(scenario: str, as_json: bool, quiet: bool, debug: bool) -> None:
    """Read SCENARIO and report every problem in it, with the remedy.

    Then come doubts: what is allowed, but looks like a slip, and what is odd in sales and told demand.
    """
    from optimizer import solve
    from optimizer.errors import Refused
    from optimizer.forecast.remarks import remarks
    from optimizer.scenario.doubts import doubts
    from optimizer.scenario.read import read

    tables = read(scenario)
    if problems := solve.check(tables, sound=True):
        raise Refused(problems)
    sizes = {name: len(table) for name, table in tables.tables.items() if len(table)}
    odd = [*doubts(tables), *remarks(tables)]
    if as_json:
        told = [doubt.as_dict() for doubt in odd]
        print_json("check", scenario=tables.settings.name, problems=[], doubts=told, rows=sizes)
        return
    say(f"No problems: {printable(tables.settings.name)} can be planned.")
    rows = ", ".join(f"{name}\N{NO-BREAK SPACE}{count:,}" for name, count in sizes.items())
    say(
        textwrap.fill(f"Rows: {rows}.", 100, initial_indent="  ", subsequent_indent="  ").replace(
            "\N{NO-BREAK SPACE}", " "
        )
    )
    if odd:
        say("\nWorth a look, though it may be meant:")
        for doubt in odd:
            say(textwrap.fill(printable(str(doubt)), 100, initial_indent="  ", subsequent_indent="      "))
