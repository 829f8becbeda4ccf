"""What a what-if is made of: changes of cells, rows that are added, rows that are removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: What may be done to a cell, and how a filter may compare.
OPERATIONS, COMPARISONS = ("=", "+=", "*="), ("=", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Place:
    """Where a text was written, for reports: the file or option, and the line of a file (0: none)."""

    name: str
    line: int = 0


@dataclass(frozen=True)
class Word:
    """A value as it was written. Where it was `quoted`, a * in it is a star; elsewhere it stands for any letters."""

    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Filter:
    """Rows whose column compares so with one of the words (with "!=": with none). `path`: a column of the table, or a
    column that names a row of another table, then a column of that table: lane.destination.country.
    """

    path: tuple[str, ...]
    comparison: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Selector:
    """Rows of a table that pass all filters."""

    table: str
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Change:
    """Cells of a column, in the rows that are selected, that are set, added to or multiplied; `text` is what was
    written. A setting has the table "settings", and its key as the column.
    """

    selector: Selector
    column: str
    operation: str
    word: Word
    text: str
    place: Place


@dataclass(frozen=True)
class Removal:
    """Rows that are taken out."""

    selector: Selector
    text: str
    place: Place


@dataclass(frozen=True)
class Addition:
    """Rows that are added to a table: one, or one for each row that `each` selects, or `like` each row of this table
    that `like` selects, with other `values`. In a value {column} stands for what the selected row holds there.
    """

    table: str
    values: Mapping[str, Any]
    place: Place
    each: Selector | None = None
    like: Selector | None = None


@dataclass(frozen=True)
class WhatIf:
    """One question: rows are removed, then cells changed, then rows added, in the order in which they are written.

    `sweep`: the target of the sweep that it is a step of, and `at` the value there.
    """

    name: str
    changes: tuple[Change, ...] = ()
    removals: tuple[Removal, ...] = ()
    additions: tuple[Addition, ...] = ()
    description: str = ""
    description_zh: str = ""
    name_zh: str = ""
    sweep: str = ""
    at: float | None = None

    def named(self, language: str) -> str:
        """Its name in a language."""
        return self.name_zh if language == "zh" and self.name_zh else self.name

    def told(self, language: str) -> str:
        """Its description in a language, as far as there is one."""
        return self.description_zh if language == "zh" and self.description_zh else self.description
