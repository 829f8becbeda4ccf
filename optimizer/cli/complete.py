"""What a half-written word may become: scenarios, plans, solvers, tables. Quick, since a person waits for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click
from click.shell_completion import CompletionItem

#: The variable by which the script of a shell asks for completions.
VARIABLE = "_OPTIMIZER_COMPLETE"
#: What a path may have to lead to.
Kind = Literal["scenario", "plan"]
#: Files that make a folder a scenario or a plan.
MARKS: dict[str, str] = {"scenario": "scenario.toml", "plan": "manifest.json"}
WORKBOOK = ".xlsx"
#: How deep folders are searched, and how many entries are looked at.
DEPTH, MOST = 3, 5_000
NEVER = {"node_modules", "site-packages", "__pycache__"}
#: Letters that bash would need quoted, which its protocol cannot tell.
QUOTED = set(" \t\"'\\$&|;<>()`*?[]!{}")


def places(incomplete: str, kind: Kind) -> list[CompletionItem]:
    """Scenarios or plans whose path begins as `incomplete` does; where there are none, whatever the shell finds."""
    found = sorted(_found(incomplete, kind))
    in_bash = os.environ.get(VARIABLE, "").startswith("bash")
    if not found or (in_bash and any(QUOTED & set(path) for path in found)):
        return [CompletionItem(incomplete, type="file")]
    return [CompletionItem(path) for path in found]


def tables(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Tables of a scenario, and after a dot the columns of one."""
    from optimizer.scenario.schema import SCHEMA

    name, dot, _ = incomplete.partition(".")
    if dot:
        columns = SCHEMA[name].columns if name in SCHEMA else ()
        words = [(f"{name}.{column.name}", column.meaning) for column in columns]
    else:
        words = [(table.name, table.meaning) for table in SCHEMA.values()]
    return [CompletionItem(word, help=meaning) for word, meaning in words if word.startswith(incomplete)]


def solvers(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of solvers, whether or not they are installed here."""
    from optimizer.solvers.registry import KNOWN

    return [CompletionItem(name) for name in KNOWN if name.startswith(incomplete)]


def _found(incomplete: str, kind: Kind) -> Iterator[str]:
    """Paths of such places, written as the person has begun them."""
    before, _, begun = incomplete.rpartition("/")
    shown = f"{before}/" if "/" in incomplete else ""
    left = [MOST]
    for path in _entries(Path(shown or ".").expanduser(), left):
        if path.name.startswith(begun) and (begun or not path.name.startswith(".")):
            yield from (shown + inside for inside in _inside(path, path.name, kind, DEPTH, left))


def _inside(path: Path, name: str, kind: Kind, depth: int, left: list[int]) -> Iterator[str]:
    if kind == "scenario" and path.suffix == WORKBOOK and not path.name.startswith("~$"):
        yield name
    if not path.is_dir() or path.name in NEVER:
        return
    if (path / MARKS[kind]).is_file():
        yield name
        return  # what lies in a plan, such as its inputs, is its own affair
    if depth > 1:
        for part in _entries(path, left):
            if not part.name.startswith("."):
                yield from _inside(part, f"{name}/{part.name}", kind, depth - 1, left)


def _entries(folder: Path, left: list[int]) -> Iterator[Path]:
    """What is in a folder, as long as some are left to be looked at."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                left[0] -= 1
                if left[0] < 0:
                    return
                yield Path(entry.path)
    except OSError:
        return
