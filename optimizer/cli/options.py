"""Options that several commands share."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from optimizer.cli.complete import Kind, places
from optimizer.decomposition.cluster_link import ADDRESS
from optimizer.scenario.languages import LANGUAGES
from optimizer.scenario.settings_schema import SOLVE

Command = TypeVar("Command", bound=Callable[..., Any])


class Place(click.Path):
    """A path; an empty one, as an empty variable of a shell leaves it, is refused. Shells complete it to scenarios or
    plans where it has to lead to one.
    """

    def __init__(self, holds: Kind | None = None) -> None:
        super().__init__()
        self._holds = holds

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What a half-written path may become."""
        return places(incomplete, self._holds) if self._holds else super().shell_complete(ctx, param, incomplete)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path as it was given."""
        if not str(value).strip():
            self.fail("the path is empty", param, ctx)
        if "\0" in str(value):
            self.fail("the path holds a NUL", param, ctx)
        return super().convert(value, param, ctx)


class SolveSetting(click.ParamType):
    """A setting of the section [solve] of scenario.toml, within the limits that it has there."""

    def __init__(self, setting: str) -> None:
        self._column = next(column for column in SOLVE if column.name == setting)
        self.name = "integer" if self._column.kind == "whole" else "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float | int:
        """The number that a text says."""
        column = self._column
        try:
            number = int(value) if column.kind == "whole" else float(value)
        except ValueError:
            self.fail(f"{value!r} is not {'a whole' if column.kind == 'whole' else 'a'} number", param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number", param, ctx)
        for wrong, limit in (
            (column.least is not None and number < column.least, f"below {column.least}"),
            (column.above is not None and number <= column.above, f"not above {column.above}"),
            (column.most is not None and number > column.most, f"above {column.most}"),
        ):
            if wrong:
                self.fail(f"{value} is {limit}", param, ctx)
        return number


class Address(click.ParamType):
    """The address of a cluster's scheduler."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address as it was given."""
        if not ADDRESS.fullmatch(str(value)):
            self.fail(f"{value!r} is no address: write tcp://HOST:PORT, as `dask scheduler` prints it", param, ctx)
        return str(value)


SCENARIO = click.argument("scenario", type=Place("scenario"))
LANGUAGE = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar="OPTIMIZER_LANGUAGE",
    help="Language of the output; default: as the scenario says.",
)


def solve_setting(setting: str, text: str) -> Callable[[Command], Command]:
    """An option for a setting of the section [solve], which an environment variable may give too."""
    return click.option(
        f"--{setting}", type=SolveSetting(setting), metavar="N", envvar=f"OPTIMIZER_{setting.upper()}", help=text
    )


def common(command: Command) -> Command:
    """Add --json, --quiet and --debug, and the options of the log, which `optimizer.cli.log` reads itself."""
    for option in (
        click.option("--log-file", type=Place(), envvar="OPTIMIZER_LOG_FILE", expose_value=False,
                     help="Append the log to this file, and keep standard error for people."),
        click.option("--log-format", type=click.Choice(["text", "json"]), envvar="OPTIMIZER_LOG_FORMAT",
                     expose_value=False, help="Log as text or as JSON, one object a line. Default: text."),
        click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error."),
        click.option("--quiet", is_flag=True, help="No progress on standard error."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text."),
    ):  # fmt: skip
        command = option(command)
    return command


def example(*lines: str) -> str:
    """Examples for the end of a command's help, line by line."""
    return "\n".join(["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)])
