"""The group of commands, and what becomes of errors."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from optimizer import __version__
from optimizer.cli.check import check
from optimizer.cli.describe import describe
from optimizer.cli.export import export
from optimizer.cli.generate import generate
from optimizer.cli.new import new
from optimizer.cli.output import print_json, print_problems
from optimizer.cli.plan import plan
from optimizer.cli.verify import verify
from optimizer.errors import OptimizerError, PlanBroken, Refused

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="optimizer")
def optimizer() -> None:
    """Plan what to buy, ship and serve from where: the least cost of freight, rent, tariff and stockouts.

    \b
    Begin with:
      optimizer new my-shop
      optimizer check my-shop
      optimizer plan my-shop --out my-plan

    \b
    Exit codes: 0 done; 1 unexpected error; 2 usage; 3 input refused; 4 no plan; 5 gap missed (--strict);
    8 the plan breaks a rule; 9 disk or store away, read-only or full; 130 interrupted.
    """


for command in (new, check, plan, verify, describe, generate, export):
    optimizer.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    as_json, debug = "--json" in words, "--debug" in words
    try:
        return int(optimizer.main(args=words, prog_name="optimizer", standalone_mode=False) or 0)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted before there was a plan; nothing was written.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; keep Python from complaining about it when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OptimizerError as error:
        return _told(error, as_json)
    except Exception as error:
        return _unexpected(error, as_json, debug)


def _told(error: OptimizerError, as_json: bool) -> int:
    problems = [problem.as_dict() for problem in error.problems] if isinstance(error, Refused) else []
    violations = list(error.violations) if isinstance(error, PlanBroken) else []
    if as_json:
        print_json("error", error=str(error), exit_code=error.exit_code, problems=problems, violations=violations)
        return error.exit_code
    click.secho(str(error), fg="red", err=True)
    if isinstance(error, Refused):
        print_problems(error.problems)
    for violation in violations:
        click.echo(f"  {violation}", err=True)
    return error.exit_code


def _unexpected(error: Exception, as_json: bool, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    text = f"Unexpected error: {type(error).__name__}: {error}"
    if as_json:
        print_json("error", error=text, exit_code=1, problems=[], violations=[])
    else:
        click.secho(text, fg="red", err=True)
        click.echo("This is a defect of the program. Run again with --debug and report what it prints.", err=True)
    return 1
