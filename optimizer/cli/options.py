"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

SCENARIO = click.argument("scenario", type=click.Path())
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")
LANGUAGE = click.option(
    "--language",
    type=click.Choice(["en", "zh"]),
    envvar="OPTIMIZER_LANGUAGE",
    help="Language of the output; default: as the scenario says.",
)


def common(command: Command) -> Command:
    """Add --json, --quiet and --debug."""
    for option in (
        click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error."),
        click.option("--quiet", is_flag=True, help="No progress on standard error."),
        JSON,
    ):
        command = option(command)
    return command


def example(text: str) -> str:
    """An example for the end of a command's help, kept line by line."""
    return "\b\nExample:\n  " + text
