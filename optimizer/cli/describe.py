"""`optimizer describe`: the model as a picture of its blocks."""

from __future__ import annotations

import click

from optimizer.cli.options import SCENARIO, common, example
from optimizer.cli.output import print_json, say


@click.command(
    short_help="Show the model: its blocks, its size, its equations.",
    epilog=example("optimizer describe scenarios/temu-migration --equations"),
)
@SCENARIO
@click.option("--equations", is_flag=True, help="Also say what each constraint and cost line states.")
@common
def describe(scenario: str, equations: bool, as_json: bool, quiet: bool, debug: bool) -> None:
    """Show the program of SCENARIO: its blocks, its size, and on request its equations in words."""
    from optimizer import solve
    from optimizer.algebra.picture import picture
    from optimizer.errors import Refused
    from optimizer.formulation.formulate import CONSTRAINTS, COSTS
    from optimizer.scenario.read import read

    tables = read(scenario)
    if problems := solve.check(tables, sound=True):
        raise Refused(problems)
    made = solve.model(tables)
    words = {part.__name__: " ".join((part.__doc__ or "").split("\n\n")[0].split()) for part in (*CONSTRAINTS, *COSTS)}
    if as_json:
        rows, columns = made.form.matrix.shape
        print_json(
            "describe",
            rows=rows,
            columns=columns,
            whole=int(made.form.integer.sum()),
            nonzeros=int(made.form.matrix.nnz),
            bands={name: len(band) for name, band in made.program.bands.items()},
            equations=words if equations else None,
        )
        return
    say(picture(made.program))
    if equations:
        say("\n" + "\n".join(f"{name}: {text}" for name, text in words.items()))
