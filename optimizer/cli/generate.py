"""`optimizer generate`: a realistic catalogue from a seed, or a sample scenario."""

from __future__ import annotations

import ast
from typing import Any

import click

from optimizer.cli.options import common, example
from optimizer.cli.output import print_json


@click.command(
    epilog=example(
        "optimizer generate --skus 1000 --seed 7 --out big-shop\n"
        "  optimizer generate --preset temu-migration --out temu"
    )
)
@click.option("--out", required=True, type=click.Path(), help="Folder to write, or a workbook that ends in .xlsx.")
@click.option("--skus", type=int, help="How many SKUs. Default: 300; of online-retail 500.")
@click.option("--seed", type=int, help="Equal seeds give equal tables. Default: 1.")
@click.option("--preset", help="A sample scenario by its name, instead of a catalogue drawn at random.")
@click.option(
    "--data", type=click.Path(), envvar="OPTIMIZER_DATA", help="Folder of real data that a preset is built from."
)
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another option of the generator, such as overseas=3 or weeks=12.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Files of a folder.",
)
@click.option("--replace", is_flag=True, help="Replace a scenario that stands there already.")
@common
def generate(
    out: str,
    skus: int | None,
    seed: int | None,
    preset: str | None,
    data: str | None,
    changes: tuple[str, ...],
    form: str,
    replace: bool,
    as_json: bool,
    quiet: bool,
    debug: bool,
) -> None:
    """Write a generated scenario. Its figures are illustrative, modelled on price lists of 2025 and 2026."""
    from optimizer.scenario.write import write

    options = {name: value for name, value in (("skus", skus), ("seed", seed)) if value is not None}
    made = _preset(preset, data, options, changes) if preset else _drawn({**options, **dict(map(_change, changes))})
    write(made, out, form, replace=replace)
    if as_json:
        print_json(
            "generate",
            path=str(out),
            name=made.settings.name,
            rows={name: len(table) for name, table in made.tables.items() if len(table)},
        )
    else:
        click.echo(
            f"{made.settings.name}: {len(made['skus']):,} SKUs in {out}. "
            f"Plan it with: optimizer plan {out} --out plans/{made.settings.name}"
        )


def _drawn(options: dict[str, Any]) -> Any:
    from optimizer.errors import UsageError
    from optimizer.scenario.generator.generate import generate as draw
    from optimizer.scenario.generator.spec import Spec

    try:
        return draw(Spec(**options))
    except (TypeError, ValueError) as error:
        known = ", ".join(Spec.__dataclass_fields__)
        raise UsageError(f"The generator does not take that: {error}. Its options are {known}.") from error


def _preset(name: str, data: str | None, options: dict[str, Any], changes: tuple[str, ...]) -> Any:
    from optimizer.errors import UsageError
    from optimizer.scenario.generator.samples import presets

    known = presets()
    if name not in known:
        raise UsageError(f"There is no preset {name!r}; there are {', '.join(known)}.")
    if changes:
        raise UsageError("A preset takes no --set: its tables are fixed. Write it out, then change its tables.")
    return known[name](**({"data": data} if data else {}), **options)


def _change(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--set")
    try:
        return name.strip(), ast.literal_eval(value.strip())
    except (ValueError, SyntaxError):
        return name.strip(), value.strip()
