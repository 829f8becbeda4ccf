"""Tables on a page of fixed-width letters; Chinese letters take two places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pandas as pd

from optimizer.report.values import kind_of, shown
from optimizer.report.words import Words

#: Widest cell of a text; a longer one is cut.
WIDEST = 28


def table(frame: pd.DataFrame, words: Words, last: pd.Series | None = None) -> list[str]:
    """Lines of a table: headings, rows, and a last row of totals if one is given. Numbers stand at the right."""
    kinds = [kind_of(column) for column in frame.columns]
    heads = [words.column(column) for column in frame.columns]
    rows = [_cells(row, kinds) for row in frame.itertuples(index=False)]
    if last is not None:
        rows.append(_cells(tuple(last.get(column) for column in frame.columns), kinds))
    return aligned([heads, *rows], [kind not in ("text", "date") for kind in kinds])


def aligned(rows: list[list[str]], right: list[bool]) -> list[str]:
    """Rows as lines with their columns under each other, two places in."""
    widths = [max(width(row[place]) for row in rows) for place in range(len(right))]
    return [
        ("  " + "  ".join(_set(text, wide, side) for text, wide, side in zip(row, widths, right, strict=True))).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """Places that a text takes on a terminal."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def cut(text: str, widest: int = WIDEST) -> str:
    """The text, or its beginning where it is too wide; line breaks and other control characters become spaces."""
    text = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
    if width(text) <= widest:
        return text
    while width(text) > widest - 1:
        text = text[:-1]
    return text + "…"


def _cells(row: Iterable, kinds: list[str]) -> list[str]:
    return [cut(shown(value, kind)) for value, kind in zip(row, kinds, strict=True)]


def _set(text: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space
