"""A page of fixed-width letters: tables, lists and sentences; Chinese letters take two places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from optimizer.report.values import kind_of, shown
from optimizer.report.words import Words

#: Places across.
ACROSS = 100

#: Widest cell of a text; a longer one is cut. Where a table does not fit, its texts are cut down to the narrowest.
WIDEST, NARROWEST = 28, 8

#: What a line may be broken at: blanks, and before most Chinese letters, but not before their full stops.
PIECES = re.compile(r"\s+|[\u2e80-\uffef][，。；：）”、]*|[^\s\u2e80-\uffef]+[，。；：）”、]*")


def table(frame: pd.DataFrame, words: Words, last: Mapping[str, Any] | None = None) -> list[str]:
    """Lines of a table: headings, rows, and a last row of totals if one is given. Numbers stand at the right."""
    kinds = [kind_of(column) for column in frame.columns]
    heads = [words.column(column) for column in frame.columns]
    rows = [_cells(row, kinds) for row in frame.itertuples(index=False)]
    if last is not None:
        rows.append(_cells(tuple(last.get(column) for column in frame.columns), kinds))
    texts = [place for place, kind in enumerate(kinds) if kind == "text"]
    return aligned(_fitted([heads, *rows], texts), [kind not in ("text", "date") for kind in kinds])


def aligned(rows: list[list[str]], right: list[bool]) -> list[str]:
    """Rows as lines with their columns under each other, two places in."""
    widths = [max(width(row[place]) for row in rows) for place in range(len(right))]
    return [
        ("  " + "  ".join(_set(text, wide, side) for text, wide, side in zip(row, widths, right, strict=True))).rstrip()
        for row in rows
    ]


def wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    """A sentence as lines that begin with `first`, then with `later`, and end within the page."""
    lines, line = [], first
    for piece in PIECES.findall(text):
        if width(line + piece.rstrip()) > ACROSS and line.strip() and line not in (first, later):
            lines.append(line.rstrip())
            line = later + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def width(text: str) -> int:
    """Places that a text takes on a terminal."""
    return sum(map(_width_of, text))


def cut(text: str, widest: int = WIDEST) -> str:
    """The text, or its beginning and its end where it is too wide: what tells names apart often stands at their end.
    Line breaks and other control characters become spaces.
    """
    start = _within(text, widest)
    if len(start) == len(text):
        return start
    end = _within(reversed(text), widest // 2)[::-1]
    return f"{_within(text, widest - 1 - width(end))}…{end}"


def _within(letters: Iterable[str], places: int) -> str:
    """As many of the first letters as so many places take."""
    kept, taken = [], 0
    for letter in letters:
        letter = " " if unicodedata.category(letter).startswith("C") else letter
        taken += _width_of(letter)
        if taken > places:
            break
        kept.append(letter)
    return "".join(kept)


def _width_of(letter: str) -> int:
    return 0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")


def _fitted(rows: list[list[str]], texts: list[int]) -> list[list[str]]:
    """Rows whose widest texts are cut until the table fits on the page, if it can."""
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    while sum(widths) + 2 * len(widths) > ACROSS and texts:
        widest = max(texts, key=lambda place: widths[place])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return [[cut(text, widths[place]) if place in texts else text for place, text in enumerate(row)] for row in rows]


def _cells(row: Iterable, kinds: list[str]) -> list[str]:
    return [cut(shown(value, kind)) for value, kind in zip(row, kinds, strict=True)]


def _set(text: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space
