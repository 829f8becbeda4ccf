"""The tables in README.md: made from the newest lines, put between their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.lines import newest, read_lines
from benchmarks.markdown import origin
from benchmarks.registry import SUITES
from benchmarks.spec import Line, Suite
from optimizer.errors import StoreError

EMPTY = "No results yet."


def section(suite: Suite, lines: Sequence[Line]) -> str:
    """The table of a suite with the commands that made it."""
    shown = newest(suite, lines)
    if not shown:
        return EMPTY
    return f"{suite.table(shown)}\n\n{origin(shown)}"


def filled(text: str, results: Path) -> str:
    """README text with the tables of all suites anew; raises StoreError where a mark is missing."""
    for suite in SUITES:
        begin, end = f"<!-- table of {suite.name} -->", f"<!-- end of {suite.name} -->"
        marked = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        place = marked.search(text)
        if place is None:
            raise StoreError(f"README.md has no place for the table of {suite.name}: {begin} ... {end}")
        made = f"{begin}\n\n{section(suite, read_lines(results, suite.name))}\n\n{end}"
        text = text[: place.start()] + made + text[place.end() :]
    return text
