"""`optimizer check`: every problem in the tables."""

from __future__ import annotations

import click

from optimizer.cli.options import SCENARIO, common, example
from optimizer.cli.output import print_json


@click.command(epilog=example("optimizer check scenarios/temu-migration"))
@SCENARIO
@common
def check(scenario: str, as_json: bool, quiet: bool, debug: bool) -> None:
    """Read SCENARIO and report every problem in it, with the remedy."""
    from optimizer import solve
    from optimizer.errors import Refused
    from optimizer.scenario.read import read

    tables = read(scenario)
    if problems := solve.check(tables):
        raise Refused(problems)
    sizes = {name: len(table) for name, table in tables.tables.items() if len(table)}
    if as_json:
        print_json("check", scenario=tables.settings.name, problems=[], rows=sizes)
        return
    click.echo(f"No problems: {tables.settings.name} can be planned.")
    click.echo("  " + ", ".join(f"{name} {count:,}" for name, count in sizes.items()))
