"""What a table and a column of the schema are; `schema.py` lists them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["key", "text", "number", "whole", "date", "flag", "choice"]


@dataclass(frozen=True)
class Column:
    """One column: its type, unit, limits, default and meaning, the single source of checks, docs and templates.

    `kind`: `key` (text that names a thing), `text`, `number` (float), `whole` (integer), `date`, `flag` (true or
    false), `choice` (one of `choices`). A column without a `default` that is not `optional` must be filled in every
    row. An optional column that is empty reads as "" (text, key, choice), NaN (number, whole) or NaT (date).
    `references` names the table whose key the value must be found in. `used` is False for a column that is known
    but that the model does not use yet: it is refused by name when filled.
    """

    name: str
    kind: Kind
    meaning: str
    chinese: str
    unit: str = ""
    default: str | float | bool | None = None
    optional: bool = False
    choices: tuple[str, ...] = ()
    least: float | None = None
    above: float | None = None
    most: float | None = None
    references: str = ""
    used: bool = True

    @property
    def required(self) -> bool:
        """Whether the table must have this column, filled in every row."""
        return not self.optional and self.default is None


@dataclass(frozen=True)
class Table:
    """One table: its key columns (no two rows may agree on all of them), its columns and its meaning."""

    name: str
    key: tuple[str, ...]
    meaning: str
    chinese: str
    columns: tuple[Column, ...]
    required: bool = False
    used: bool = True
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
