"""`optimizer export`: the program as a file for other solvers."""

from __future__ import annotations

import click

from optimizer.cli.options import SCENARIO, Place, common, example
from optimizer.cli.output import print_json, say


@click.command(
    short_help="Write the program as an MPS or LP file.",
    epilog=example("optimizer export scenarios/small-seller small-seller.mps"),
)
@SCENARIO
@click.argument("file", type=Place())
@common
def export(scenario: str, file: str, as_json: bool, quiet: bool, debug: bool) -> None:
    """Write the program of SCENARIO to FILE (.mps or .lp)."""
    from optimizer import solve
    from optimizer.errors import Refused, UsageError
    from optimizer.scenario.read import read
    from optimizer.solvers.export import export as write_program

    if not file.lower().endswith((".mps", ".lp")):
        raise UsageError(f"{file}: a program is written as .mps or .lp. Give the file one of these endings.")
    tables = read(scenario)
    if problems := solve.check(tables, sound=True):
        raise Refused(problems)
    form = solve.model(tables).form
    write_program(form, file)
    rows, columns = form.matrix.shape
    if as_json:
        print_json("export", file=str(file), rows=rows, columns=columns)
    else:
        say(f"{file}: {rows:,} rows, {columns:,} columns ({int(form.integer.sum()):,} whole).")
