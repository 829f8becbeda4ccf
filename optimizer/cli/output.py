"""Prints results: text for people, one JSON document for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click

from optimizer.errors import Problem

#: Version of the JSON documents; it rises when a key is renamed or removed.
SCHEMA_VERSION = 1


def print_json(command: str, **content: Any) -> None:
    """Print the one JSON document of a command."""
    document = {"schema_version": SCHEMA_VERSION, "command": command, **content}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=str))


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems grouped by table, on standard error."""
    by_table: dict[str, list[Problem]] = {}
    for problem in problems:
        by_table.setdefault(problem.table, []).append(problem)
    for table, rows in by_table.items():
        click.secho(f"\n{table} ({len(rows)})", bold=True, err=True)
        for problem in rows:
            click.echo(f"  {_place(problem)}{problem.rule}.\n      {problem.remedy}.", err=True)


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping whose infinite numbers are None, as JSON knows no infinity."""
    return {
        name: None if isinstance(value, float) and value in (float("inf"), float("-inf")) else value
        for name, value in values.items()
    }


def _place(problem: Problem) -> str:
    place = f"row {problem.row} " if problem.row else ""
    column = f"{problem.column} " if problem.column else ""
    value = f"= {problem.value!r}" if problem.value else ""
    return f"{place}{column}{value}".strip() + (": " if place or column or value else "")
