"""Finding tables and columns by the names that people write: English or Chinese, in any case."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from optimizer.scenario.columns import Column, Table
from optimizer.scenario.schema import TABLES

#: Names of the sheet that holds what `scenario.toml` holds in a folder.
SETTINGS_SHEETS = ("settings", "设置")
#: Sheets for people, which are not read.
README_SHEETS = ("readme", "说明")


def plain(text: str) -> str:
    """A name without the differences that do not matter: case, blanks around it, a byte order mark."""
    return text.strip().strip("\ufeff").strip().casefold()


def table_named(text: str) -> Table | None:
    """The table of that English or Chinese name, or None."""
    return _TABLES.get(plain(text))


def column_named(table: Table, text: str) -> Column | None:
    """The column of that English or Chinese name, or None."""
    wanted = plain(text)
    english = {plain(column.name): column for column in table.columns}
    return english.get(wanted) or {plain(column.chinese): column for column in table.columns}.get(wanted)


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """A remedy for an unknown name: the nearest known one, or the first few of all."""
    names = {plain(name): name for name in known if name}
    near = get_close_matches(plain(text), names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {names[near[0]]!r}"
    shown = sorted(names.values())
    more = f" and {len(shown) - 8} more" if len(shown) > 8 else ""
    return f"Known are: {', '.join(shown[:8])}{more}" if shown else "There is none to choose from"


_TABLES = {plain(name): table for table in TABLES for name in (table.chinese, table.name)}
