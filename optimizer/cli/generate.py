"""`optimizer generate`: a realistic catalogue from a seed, or a sample scenario."""

from __future__ import annotations

import datetime as dt
import inspect
import typing
from typing import Any

import click

from optimizer.cli.options import Place, common, example
from optimizer.cli.output import print_json, say

TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


@click.command(
    short_help="Write a generated catalogue, or a sample scenario.",
    epilog=example(
        "optimizer generate --skus 1000 --seed 7 --out big-shop",
        "optimizer generate --preset temu-migration --out temu",
        "optimizer generate --skus 50 --set overseas=3 --set weeks=12 --out small-shop",
    ),
)
@click.option("--out", required=True, type=Place(), help="Folder to write, or a workbook that ends in .xlsx.")
@click.option("--skus", type=int, metavar="N", help="How many SKUs. Default: 300, or what the preset has.")
@click.option("--seed", type=int, metavar="N", help="Equal seeds give equal tables. Default: 1.")
@click.option("--preset", metavar="NAME", help="A sample scenario, instead of a catalogue drawn at random.")
@click.option("--data", type=Place(), envvar="OPTIMIZER_DATA", help="Folder of real data that a preset is built from.")
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

    given = {name: value for name, value in (("skus", skus), ("seed", seed)) if value is not None}
    made = _preset(preset, data, given, changes) if preset else _drawn({**given, **dict(map(_change, changes))})
    write(made, out, form, replace=replace)
    if as_json:
        rows = {name: len(table) for name, table in made.tables.items() if len(table)}
        print_json("generate", path=str(out), name=made.settings.name, rows=rows)
    else:
        name = made.settings.name
        say(f"{name}: {len(made['skus']):,} SKUs in {out}. Plan it with: optimizer plan {out} --out plans/{name}")


def _drawn(options: dict[str, Any]) -> Any:
    from optimizer.errors import UsageError
    from optimizer.scenario.generator.generate import generate as draw
    from optimizer.scenario.generator.spec import Spec

    try:
        return draw(Spec(**options))
    except ValueError as error:
        raise UsageError(f"The generator does not take that: {error}.") from error


def _preset(name: str, data: str | None, given: dict[str, Any], changes: tuple[str, ...]) -> Any:
    from optimizer.errors import UsageError
    from optimizer.scenario.generator.samples import presets

    known = presets()
    if name not in known:
        raise UsageError(f"There is no preset {name!r}; there are {', '.join(known)}.")
    if changes:
        raise UsageError("A preset takes no --set: its tables are fixed. Write it out, then change its tables.")
    taken = inspect.signature(known[name]).parameters
    if refused := [option for option in given if option not in taken]:
        raise UsageError(f"The preset {name} takes no --{refused[0]}: its tables are fixed.")
    return known[name](**({"data": data} if data and "data" in taken else {}), **given)


def _change(text: str) -> tuple[str, Any]:
    """Name and value of an option of the generator, the value typed as the option is."""
    from optimizer.scenario.generator.spec import Spec

    name, sign, value = (part.strip() for part in text.partition("="))
    if not sign:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE.", param_hint="--set")
    kinds = typing.get_type_hints(Spec)
    if name not in kinds:
        raise click.BadParameter(f"there is no {name!r}; there are {', '.join(kinds)}.", param_hint="--set")
    try:
        return name, _typed(str(kinds[name]), value)
    except ValueError as error:
        raise click.BadParameter(f"{name} = {value!r}: {error}.", param_hint="--set") from error


def _typed(kind: str, text: str) -> Any:
    if "bool" in kind:
        if text.lower() not in TRUE + FALSE:
            raise ValueError("write true or false")
        return text.lower() in TRUE
    if "tuple" in kind:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if "date" in kind:
        return dt.date.fromisoformat(text)
    return int(text) if "int" in kind else float(text) if "float" in kind else text
