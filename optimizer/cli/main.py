"""The group of commands, and what becomes of errors."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import click

from optimizer import __version__
from optimizer.cli.backtest import backtest
from optimizer.cli.check import check
from optimizer.cli.complete import VARIABLE
from optimizer.cli.completion import completion
from optimizer.cli.describe import describe
from optimizer.cli.diff import diff
from optimizer.cli.explain import explain
from optimizer.cli.export import export
from optimizer.cli.forecast import forecast
from optimizer.cli.generate import generate
from optimizer.cli.log import LOG
from optimizer.cli.new import new
from optimizer.cli.nightly import nightly
from optimizer.cli.output import OutputLost, prepare_streams, print_json, print_problems, printable, show
from optimizer.cli.plan import INTERRUPTED, plan
from optimizer.cli.report import report
from optimizer.cli.runs import runs
from optimizer.cli.verify import verify
from optimizer.cli.what_if import what_if
from optimizer.errors import NoPlan, OptimizerError, PlanBroken, Refused

#: What the client of a cluster logs; what matters of it becomes an error of ours.
CLUSTER_LOGS = ("distributed.client", "distributed.comm.core", "distributed.comm.tcp", "distributed.core")


class InOrder(click.Group):
    """A group that lists its commands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, as they were added."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="optimizer")
def optimizer() -> None:
    """Plan what to buy, ship and serve from where: the least cost of freight, rent, tariff and stockouts.

    \b
    Begin with:
      optimizer new my-shop
      optimizer check my-shop
      optimizer plan my-shop --out my-plan

    \b
    Exit codes:
      0  done                            6  plan made, but somebody must act (--fail-on-alert)
      1  unexpected error                7  another run is at work on the store
      2  wrong use of a command          8  the plan breaks a rule
      3  input refused                   9  disk or database away, read-only or full
      4  no plan                       130  interrupted; the best plan, if any, is kept
      5  plan made, but its gap missed (--strict)
    """


COMMANDS = (
    new, check, forecast, plan, what_if, backtest, report, explain, diff, nightly, runs, verify, describe, generate,
    export, completion,
)  # fmt: skip
for command in COMMANDS:
    optimizer.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    prepare_streams()
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(words: list[str]) -> int:
    """Run the command that the words name, and return its exit code. Every error is told once, and none is raised."""
    options = words[: words.index("--")] if "--" in words else words
    as_json, debug = "--json" in options, "--debug" in options
    _listen_to_warnings(debug)
    try:
        code = _logged(words, options, as_json, debug)
    except OutputLost as error:
        LOG.event("error", str(error), logging.ERROR, exit_code=error.exit_code)
        show(str(error), fg="red")
        code = error.exit_code
    LOG.event("end", f"exit code {code}", exit_code=code)
    LOG.close()
    return code


def _logged(words: list[str], options: list[str], as_json: bool, debug: bool) -> int:
    if VARIABLE in os.environ:  # a shell asks how a word goes on
        return _obeyed(words, as_json, debug)
    try:
        LOG.begin(_command(options), options, "--quiet" in options, debug)
    except OptimizerError as error:
        return _told(error, as_json)
    return _obeyed(words, as_json, debug)


def _command(options: list[str]) -> str:
    """The words that call the command, such as "runs list"."""
    called: click.Command | None = optimizer
    names = []
    for word in options:
        called = called.commands.get(word) if isinstance(called, click.Group) else None
        if called is None:
            break
        names.append(word)
    return " ".join(names)


def _obeyed(words: list[str], as_json: bool, debug: bool) -> int:
    try:
        return int(optimizer.main(args=words, prog_name="optimizer", standalone_mode=False) or 0)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        return _failed(as_json, error.exit_code, error.format_message(), error.show)
    except (KeyboardInterrupt, click.Abort):
        text = "Interrupted: nothing was written."
        return _failed(as_json, INTERRUPTED, text, lambda: show(text))
    except OutputLost:
        raise
    except OptimizerError as error:
        return _told(error, as_json)
    except MemoryError:
        text = "Memory has run out. Take fewer --threads where there are any, fewer SKUs, or a machine with more."
        return _failed(as_json, NoPlan.exit_code, text, lambda: show(text, fg="red"))
    except Exception as error:
        if debug and not LOG.owns_stderr:
            traceback.print_exc()
        text = f"Unexpected error: {type(error).__name__}: {error}"
        return _failed(as_json, 1, text, lambda: _show_defect(text), trace=traceback.format_exc())


def _failed(
    as_json: bool, exit_code: int, text: str, showing: Callable[[], None], trace: str | None = None, **lists: Any
) -> int:
    """Say what went wrong: as the one document on standard output, or by `showing` on standard error; and log it."""
    LOG.event("error", text, logging.ERROR, exit_code=exit_code, traceback=trace)
    if as_json:
        print_json("error", error=text, exit_code=exit_code, **{"problems": [], "violations": [], **lists})
    elif not LOG.owns_stderr:
        showing()
    return exit_code


def _told(error: OptimizerError, as_json: bool) -> int:
    problems = error.problems if isinstance(error, Refused) else ()
    violations = error.violations if isinstance(error, PlanBroken) else ()

    def showing() -> None:
        show(printable(str(error)), fg="red")
        print_problems(problems)
        for violation in violations:
            show(printable(f"  {violation}"))

    for problem in problems:
        LOG.event("problem", str(problem), logging.ERROR, **problem.as_dict())
    for violation in violations:
        LOG.event("violation", violation, logging.ERROR)
    lists: dict[str, Any] = {"problems": [problem.as_dict() for problem in problems], "violations": list(violations)}
    lists |= error.details
    return _failed(as_json, error.exit_code, str(error), showing, **lists)


def _show_defect(text: str) -> None:
    show(printable(text), fg="red")
    show("This is a defect of the program. Run again with --debug and report what it prints.")


def _listen_to_warnings(debug: bool) -> None:
    """What parts of the program log of themselves is for those who look for defects."""
    if debug:
        logging.basicConfig(format="%(name)s: %(message)s")
    elif not logging.getLogger("optimizer").handlers:
        logging.getLogger("optimizer").addHandler(logging.NullHandler())
    for name in CLUSTER_LOGS:
        logging.getLogger(name).disabled = not debug
