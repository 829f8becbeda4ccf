"""What the program says: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, TextIO

import click

from optimizer.cli.log import LOG
from optimizer.errors import Problem, StoreError

#: Version of the JSON documents; it rises when a key is renamed or removed.
SCHEMA_VERSION = 1

#: Rows that are named where many have the same problem.
MOST_ROWS = 8

#: How the rows beyond those that are listed are told (`scenario.rows`).
THE_SAME = re.compile(r"the same in (\d+) more rows: (.*)", re.DOTALL)


class OutputLost(StoreError):
    """Standard output cannot be written, so what is wrong can only be told on standard error."""


def prepare_streams() -> None:
    """Let no letter that a stream's encoding lacks end the program: such a letter becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """Print a result on standard output.

    A reader who has gone away is no failure. Raises OutputLost where the output cannot be written: a full disk.
    """
    try:
        click.echo(text, color=_colour())
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise OutputLost(f"The result cannot be written to standard output: {error.strerror or error}.") from error


def tell(text: str, **style: Any) -> None:
    """Print a message on standard error, and log it; nothing depends on whether anybody reads it."""
    LOG.event("message", text.strip(), logging.WARNING)
    show(text, **style)


def show(text: str, **style: Any) -> None:
    """Print a message on standard error, of which the log knows otherwise; nothing where standard error is the log."""
    if LOG.owns_stderr:
        return
    try:
        click.secho(text, err=True, color=_colour(), **style)
    except OSError:
        _discard(sys.stderr)


def print_json(command: str, **content: Any) -> None:
    """Print the one JSON document of a command, in ASCII where standard output knows no more."""
    document = {"schema_version": SCHEMA_VERSION, "command": command, **content}
    ascii_only = not (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    say(json.dumps(document, ensure_ascii=ascii_only, indent=2, allow_nan=False, default=str))


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems grouped by table, on standard error; rows with the same problem are named together."""
    by_table: dict[str, list[Problem]] = {}
    for problem in problems:
        by_table.setdefault(problem.table, []).append(problem)
    for table, rows in by_table.items():
        show(f"\n{printable(table)} ({len(rows)})", bold=True)
        for alike, more in _alike(rows):
            show(printable(f"  {_place(alike, more)}{alike[0].rule}."))
            show(printable(f"      {alike[0].remedy}."))


def printable(text: str) -> str:
    """The text with control characters spelt out, which a terminal might obey."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def _alike(problems: Iterable[Problem]) -> Iterator[tuple[list[Problem], int]]:
    """Problems of a table that differ in row and value only, together, and how many more there are than are listed."""
    found: dict[tuple[str, str, str], list[Problem]] = {}
    more: dict[tuple[str, str, str], int] = {}
    for problem in problems:
        counted = THE_SAME.fullmatch(problem.rule)
        key = (problem.column, counted[2] if counted else problem.rule, problem.remedy)
        if counted and key in found:
            more[key] = more.get(key, 0) + int(counted[1])
        else:
            found.setdefault((problem.column, problem.rule, problem.remedy), []).append(problem)
    for key, alike in found.items():
        yield alike, more.get(key, 0)


def _place(alike: list[Problem], more: int) -> str:
    first = alike[0]
    row = f"row {first.row}" if first.row else ""
    value = f"= {first.value!r}" if first.value else ""
    place = " ".join(part for part in (row, first.column, value) if part)
    if others := [str(problem.row) for problem in alike[1:] if problem.row]:
        rest = len(others) - MOST_ROWS + more
        ending = f" and {rest} more" if rest > 0 else ""
        place += f" (also row{'s' if len(others) > 1 else ''} {', '.join(others[:MOST_ROWS])}{ending})"
    return place + (": " if place else "")


def _colour() -> bool | None:
    """No colour where the environment variable NO_COLOR is set; otherwise on terminals only."""
    return False if os.environ.get("NO_COLOR") else None


def _discard(stream: TextIO | None) -> None:
    """Send what the stream still holds nowhere, or Python would complain when it closes it."""
    with suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]
