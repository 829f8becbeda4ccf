"""Reading changes from text: `table[column=value,...].column OP number`.

    change  = target operation value          operation = "=" | "+=" | "*="
    target  = table [ "[" filters "]" ] "." column  |  "settings." key
    filters = filter { "," filter }           all of them hold
    filter  = column comparison value { "," value }   one of the values; with "!=" none of them

Between brackets a piece after a comma begins a new filter where it holds "=" or where a column of the table stands
before its "<" or ">"; elsewhere it is one more value of the filter before. So `lanes[mode=sea,fcl,origin=CN-S]` means
(mode is sea or fcl) and origin is CN-S. Values that hold a comma, a bracket or "=" stand in quotes, single or double.
`*` stands for any letters, outside of quotes. An empty value is an empty cell. A column that names a row of another
table may be followed by a column of that table: `freight_rates[lane.mode=sea]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.scenario.changes.change import OPERATIONS, Change, Filter, Place, Selector, Word
from optimizer.scenario.columns import Table
from optimizer.scenario.names import SETTINGS_SHEETS, column_named, did_you_mean, plain, table_named
from optimizer.scenario.schema import SCHEMA

EXAMPLE = "Write it as in: lanes[mode=sea].lead_time_days += 14"
SETTINGS = "settings"
#: Table, filters between brackets (which may hold quoted brackets), rest.
HEAD = re.compile(r"""\s*([^\[\].=+*/<>!"'\s]+)\s*(?:\[((?:"[^"]*"|'[^']*'|[^\]"'])*)\]\s*)?""")
TAIL = re.compile(r"\.\s*([^=+*/\-<>!\[\]]+?)\s*([-+*/]=|==?)\s*(.*)", re.DOTALL)
FILTER = re.compile(r"""\s*([^"'<>=!]*?)\s*(!=|<=|>=|==|=|<|>)\s*(.*)""", re.DOTALL)
#: A comma outside of quotes.
COMMA = re.compile(r"""\s*,(?=(?:[^"']|"[^"]*"|'[^']*')*$)\s*""")


class Unreadable(Exception):
    """A text that is no change; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def change_of(text: str, place: Place) -> Change:
    """The change that a text says. Raises Unreadable."""
    selector, rest = _selected(text, place)
    tail = TAIL.fullmatch(rest)
    if tail is None:
        said = "no column" if not rest.startswith(".") else "no operation"
        raise _unreadable(text, place, f"it has {said} to change", EXAMPLE)
    column, operation, value = tail.groups()
    if operation not in OPERATIONS:
        raise _unreadable(text, place, f"there is no operation {operation}", _instead(operation))
    word = _word(value)
    if not word.text and not word.quoted:
        raise _unreadable(text, place, "no value follows the operation", 'Write one; "" empties a cell')
    column = _known(selector.table, column, text, place)
    return Change(selector, column, operation, word, " ".join(text.split()), place)


def target_of(text: str, place: Place) -> str:
    """The target of a sweep with its operation, `=` where none is written: what stands before each of its values.

    Raises Unreadable.
    """
    written = text.strip()
    written = written if written.endswith("=") else f"{written} ="
    probe = change_of(f"{written} 1", place)
    return f"{written[: -len(probe.operation)].rstrip()} {probe.operation}"


def selector_of(text: str, place: Place) -> Selector:
    """The rows that a text selects: table[filters]. Raises Unreadable."""
    selector, rest = _selected(text, place)
    if rest.strip():
        raise _unreadable(text, place, f"{rest.strip()!r} follows the rows", "Write it as in: lanes[mode=sea]")
    if selector.table == SETTINGS:
        raise _unreadable(text, place, "settings have no rows", "Name a table")
    return selector


def _selected(text: str, place: Place) -> tuple[Selector, str]:
    head = HEAD.match(text)
    if head is None:
        raise _unreadable(text, place, "it cannot be read as a change", EXAMPLE)
    name, inside, rest = head[1], head[2], text[head.end() :]
    if rest.startswith("["):
        raise _unreadable(text, place, "a bracket or a quote is not closed", EXAMPLE)
    if plain(name) in SETTINGS_SHEETS or plain(name) == "scenario":
        if inside is not None:
            remedy = "Write it as in: settings.capital_rate = 0.2"
            raise _unreadable(text, place, "settings have no rows to choose from", remedy)
        return Selector(SETTINGS), rest
    table = table_named(name)
    if table is None:
        raise _unreadable(text, place, f"there is no table {name!r}", did_you_mean(name, [*SCHEMA, SETTINGS]))
    return Selector(table.name, tuple(_filters(table, inside, text, place)) if inside is not None else ()), rest


def _filters(table: Table, inside: str, text: str, place: Place) -> Iterator[Filter]:
    path: tuple[str, ...] = ()
    comparison, words = "", list[Word]()
    for piece in COMMA.split(inside):
        if not piece.strip():
            raise _unreadable(text, place, "a value is missing between the brackets", 'Write "" for an empty cell')
        found = FILTER.fullmatch(piece)
        if found is None or not ("=" in found[2] or column_named(table, found[1].split(".")[0])):
            if not path:
                raise _unreadable(text, place, f"{piece.strip()!r} is no filter", "Write column=value in the brackets")
            words.append(_word(piece))
            continue
        if path:
            yield Filter(path, comparison, tuple(words))
        path, comparison = _path(table, found[1], text, place), "=" if found[2] == "==" else found[2]
        words = [_word(found[3])]
    yield Filter(path, comparison, tuple(words))


def _path(table: Table, written: str, text: str, place: Place) -> tuple[str, ...]:
    """Names of the columns that lead from a row of the table to a value."""
    path: list[str] = []
    for step, name in enumerate(parts := written.split(".")):
        column = column_named(table, name)
        if column is None:
            remedy = did_you_mean(name, [column.name for column in table.columns])
            hint = "" if not path and step == 0 and name.strip() and "Did" in remedy else "; quote a value that holds ="
            raise _unreadable(text, place, f"the table {table.name} has no column {name.strip()!r}", remedy + hint)
        path.append(column.name)
        if step < len(parts) - 1:
            if not column.references:
                rule = f"{column.name} names no row of another table"
                raise _unreadable(text, place, rule, f"Write {column.name} alone")
            table = SCHEMA[column.references]
    return tuple(path)


def _known(table: str, column: str, text: str, place: Place) -> str:
    if table == SETTINGS:
        return column.strip()
    found = column_named(SCHEMA[table], column)
    if found is None:
        names = [column.name for column in SCHEMA[table].columns]
        raise _unreadable(text, place, f"the table {table} has no column {column!r}", did_you_mean(column, names))
    return found.name


def _word(written: str) -> Word:
    written = written.strip()
    if len(written) >= 2 and written[0] == written[-1] and written[0] in "\"'":
        return Word(written[1:-1], True)
    return Word(written)


def _instead(operation: str) -> str:
    ways = {"-=": "Write += with a negative number", "/=": "Write *= with one over the number", "==": "Write ="}
    return ways.get(operation, "Known are =, += and *=")


def _unreadable(text: str, place: Place, rule: str, remedy: str) -> Unreadable:
    return Unreadable(Problem(place.name, place.line, "", text.strip()[:120], rule, remedy))
