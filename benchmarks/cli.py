"""The command line: run, smoke, tables, list."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from benchmarks import readme, registry
from benchmarks.run import Outcome
from benchmarks.run import run as run_chosen
from benchmarks.scenarios import ROOT
from optimizer.errors import OptimizerError

RESULTS = ROOT / "benchmarks" / "results"
README = ROOT / "benchmarks" / "README.md"
ONLY = click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="A suite (build) or one spec of it (build/skus); may be given more than once. `list` shows the names.",
)
SIZE = click.option(
    "--size",
    "sizes",
    multiple=True,
    metavar="SIZE",
    help="Only cases of this size (50, 100000, cap41); may be given more than once.",
)
METHOD = click.option(
    "--method",
    "methods",
    multiple=True,
    metavar="NAME",
    help="Only this method of each case (our-plan, '8 paths'); may be given more than once. A table shows the newest "
    "run of a spec alone: methods that are left out are not in it.",
)
INTO = click.option(
    "--results",
    type=click.Path(file_okay=False, path_type=Path),
    default=RESULTS,
    help="Folder of the JSON lines; default: benchmarks/results.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def benchmarks() -> None:
    """Measure how fast models are built and how good plans are, and compare with solvers alone and with what is known.

    Run it from the folder that holds `benchmarks`, on a machine that does nothing else.

    \b
    Begin with:
      python -m benchmarks list
      python -m benchmarks smoke
      python -m benchmarks run --only build

    \b
    Exit codes: 0 done; 1 a measurement failed, or results contradict each other; 2 usage; 9 results cannot be read
    or written; 130 interrupted (lines made so far are kept).
    """


@benchmarks.command()
@click.option("--full", is_flag=True, help="All sizes and limits: takes a day rather than some hours.")
@ONLY
@SIZE
@METHOD
@INTO
def run(full: bool, only: tuple[str, ...], sizes: tuple[str, ...], methods: tuple[str, ...], results: Path) -> None:
    """Measure, add the lines to the results, and make the tables in benchmarks/README.md anew.

    Takes some hours without --full. Each measurement runs in a process of its own and is kept as soon as it is
    made. With another --results folder README.md is left alone, and the tables are only shown.
    """
    outcome = _run("full" if full else "run", only, results, sizes, methods)
    if results == RESULTS:
        _write_readme(results)
    _show(outcome, only)
    _leave(outcome)


@benchmarks.command()
@ONLY
def smoke(only: tuple[str, ...]) -> None:
    """Run every spec at its smallest size, in a few minutes: does it all still work? Nothing is kept."""
    outcome = _run("smoke", only, None)
    _show(outcome, only)
    _leave(outcome)


@benchmarks.command()
@INTO
@click.option("--check", is_flag=True, help="Write nothing; leave with code 1 where README.md is not up to date.")
def tables(results: Path, check: bool) -> None:
    """Make the tables in benchmarks/README.md from the newest lines of the results."""
    if not check:
        _write_readme(results)
    elif readme.filled(_readme(), results) != _readme():
        raise OptimizerError("benchmarks/README.md is not up to date: run `python -m benchmarks tables`.")


@benchmarks.command(name="list")
def list_specs() -> None:
    """Show every suite and spec, and why it is measured."""
    for suite in registry.SUITES:
        click.echo(f"{suite.name}: {suite.question}")
        for spec in suite.specs:
            click.echo(f"  {suite.name}/{spec.name}: {spec.why}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    try:
        sys.exit(benchmarks.main(args=arguments, prog_name="python -m benchmarks", standalone_mode=False) or 0)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted; the lines made so far are kept.", err=True)
        sys.exit(130)
    except OptimizerError as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(error.exit_code)


def _run(
    level, only: tuple[str, ...], results: Path | None, sizes: tuple[str, ...] = (), methods: tuple[str, ...] = ()
) -> Outcome:  # fmt: skip
    words = [level if level == "smoke" else "run", *(["--full"] if level == "full" else [])]
    named = [("--only", only), ("--size", sizes), ("--method", methods)]
    words += [f"{option} {name!r}" if " " in name else f"{option} {name}" for option, names in named for name in names]
    command = " ".join(["python -m benchmarks", *words])
    say = partial(click.echo, err=True)
    return run_chosen(registry.chosen(only), level, command, say, results, sizes, methods)


def _show(outcome: Outcome, only: tuple[str, ...]) -> None:
    for suite in dict(registry.chosen(only)):
        mine = [made for made in outcome.lines if made["suite"] == suite.name]
        click.echo(f"\n{suite.question}\n\n{readme.section(suite, mine)}")


def _leave(outcome: Outcome) -> None:
    for text in outcome.wrong:
        click.secho(text, fg="red", err=True)
    if outcome.wrong:
        raise click.exceptions.Exit(1)


def _readme() -> str:
    return README.read_text(encoding="utf-8")


def _write_readme(results: Path) -> None:
    README.write_text(readme.filled(_readme(), results), encoding="utf-8")
