"""`optimizer new`: a starter scenario."""

from __future__ import annotations

import click

from optimizer.cli.options import Place, common, example
from optimizer.cli.output import print_json, say
from optimizer.scenario.languages import LANGUAGES


@click.command(
    short_help="Write a starter scenario to put your own tables into.",
    epilog=example("optimizer new my-shop", "optimizer new my-shop.xlsx --language zh"),
)
@click.argument("path", type=Place())
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of names and notes."
)
@common
def new(path: str, language: str, as_json: bool, quiet: bool, debug: bool) -> None:
    """Write a small, commented scenario at PATH: a folder, or a workbook where PATH ends in .xlsx."""
    from optimizer.scenario.template import write_starter

    write_starter(path, language)
    if as_json:
        print_json("new", path=str(path))
    else:
        say(f"A starter scenario stands in {path}. Put your own rows into its tables, then: optimizer check {path}")
