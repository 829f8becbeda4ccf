"""Results as JSON lines: one file for each suite, one line for each measurement, new lines at the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.spec import Case, Line, Suite
from optimizer.errors import StoreError

#: It rises when a key is renamed or removed; lines of other versions are not read.
SCHEMA_VERSION = 1


def line(case: Case, circumstances: Mapping[str, Any], outcome: Mapping[str, Any]) -> dict[str, Any]:
    """The line of a measured case."""
    return {"schema_version": SCHEMA_VERSION, **asdict(case), **circumstances, **outcome}


def append(folder: Path, made: Line) -> None:
    """Add a line to the file of its suite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{made['suite']}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(made, ensure_ascii=False, allow_nan=False) + "\n")
    except OSError as error:
        raise StoreError(f"The results cannot be written to {folder}: {error.strerror or error}.") from error


def read_lines(folder: Path, suite: str) -> list[Line]:
    """All lines of a suite, oldest first; none where there is no file. Raises StoreError for a line that is broken."""
    file, found = folder / f"{suite}.jsonl", []
    if not file.exists():
        return []
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            made = json.loads(text)
            if made["schema_version"] == SCHEMA_VERSION:
                found.append(made)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{file}, line {number} is no line of results ({error}). Remove it.") from error
    return found


def newest(suite: Suite, lines: Iterable[Line]) -> list[Line]:
    """For each spec, size and limit the lines of the newest run that has them, in the order of the registry.

    Methods that stand side by side in a table are so of one run. Specs that are no more are left out.
    """
    groups: dict[tuple, list[Line]] = {}
    for made in lines:
        group = groups.setdefault((made["spec"], made["size"], made["seconds"]), [])
        if group and made["run"] > group[0]["run"]:
            group.clear()
        if not group or made["run"] == group[0]["run"]:
            group.append(made)
    order = [spec.name for spec in suite.specs]
    kept = [key for key in groups if key[0] in order]
    return [made for key in sorted(kept, key=lambda key: _place(suite, order, key)) for made in groups[key]]


def _place(suite: Suite, order: Sequence[str], key: tuple) -> tuple:
    spec, size, seconds = key
    known = suite.spec(spec)
    sizes = list(dict.fromkeys(step.size for step in (*known.full, *known.run, *known.smoke)))
    place = sizes.index(size) if size in sizes else len(sizes)
    return order.index(spec), place, str(size), seconds or 0.0
