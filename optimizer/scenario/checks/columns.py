"""Rules of single tables that the schema states: filled, within limits, known, not twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.columns import Column, Table
from optimizer.scenario.names import did_you_mean
from optimizer.scenario.rows import in_rows
from optimizer.scenario.schema import SCHEMA

#: Beyond this a number is a slip of the keyboard, and solvers take some of them for infinity.
LARGEST = 1e12
#: Required tables that may have no rows.
MAY_BE_EMPTY = ("lanes", "freight_rates")


@dataclass(frozen=True)
class Checked:
    """A table under check: `known` gives for a table the values of its key, or None where that cannot be trusted.

    `bad` tells by column which cells could not be read (absent: none); `readable` is False where the table is
    missing or could not be read at all.
    """

    table: Table
    frame: pd.DataFrame
    bad: Mapping[str, np.ndarray]
    known: Mapping[str, pd.Series | None]
    readable: bool = True

    def good(self, column: str) -> np.ndarray:
        """Rows whose cell could be read."""
        bad = self.bad.get(column)
        return np.ones(len(self.frame), dtype=bool) if bad is None else ~bad

    def empty(self, column: Column) -> np.ndarray:
        """Rows whose cell is empty."""
        values = self.frame[column.name]
        text = column.kind in ("key", "text", "choice")
        return ((values == "") if text else values.isna()).to_numpy()

    def report(self, wrong: np.ndarray, column: Column, rule: str, remedy: str) -> Iterator[Problem]:
        """A problem for each of the wrong rows."""
        return in_rows(self.table.name, self.frame, wrong & self.good(column.name), column.name, rule, remedy)


def check_rows(checked: Checked) -> Iterator[Problem]:
    """A required table has rows; without lanes nothing is shipped, which may be meant (all is sold by direct mail)."""
    table = checked.table
    if table.required and checked.readable and not len(checked.frame) and table.name not in MAY_BE_EMPTY:
        yield Problem(table.name, 0, "", "", "the table has no rows", f"Fill it: {table.meaning}")


def check_filled(checked: Checked) -> Iterator[Problem]:
    """A required column is filled in every row."""
    for column in checked.table.columns:
        if column.required:
            yield from checked.report(checked.empty(column), column, "it must be filled", f"Write {_what(column)}")


def check_choices(checked: Checked) -> Iterator[Problem]:
    """A choice is one of those that there are."""
    for column in checked.table.columns:
        if column.kind == "choice":
            values = checked.frame[column.name]
            wrong = ~values.isin(column.choices).to_numpy() & ~checked.empty(column) & checked.good(column.name)
            yield from in_rows(
                checked.table.name,
                checked.frame,
                wrong,
                column.name,
                f"it is none of {', '.join(column.choices)}",
                _nearest(values, column.choices),
            )


def check_plain_keys(checked: Checked) -> Iterator[Problem]:
    """A code has no line breaks or other control characters."""
    for column in checked.table.columns:
        if column.kind == "key":
            wrong = _odd_letters(checked.frame[column.name])
            rule = "a code with line breaks or letters that cannot be seen"
            yield from checked.report(wrong, column, rule, "Write it anew")


def check_duplicates(checked: Checked) -> Iterator[Problem]:
    """No two rows agree on all key columns."""
    table, frame = checked.table, checked.frame
    key = list(table.key)
    good = np.logical_and.reduce([checked.good(name) for name in key])
    twice = frame.loc[good, key].duplicated(keep="first").reindex(frame.index, fill_value=False).to_numpy()
    if not twice.any():
        return
    firsts = frame.loc[good, key].drop_duplicates().reset_index(names="row_of_first")
    found = frame.loc[twice, key].reset_index(names="label").merge(firsts, on=key, how="left")
    first = dict(zip(found["label"], found["row_of_first"], strict=True))
    yield from in_rows(
        table.name,
        frame,
        twice,
        key[0],
        lambda place: f"another row has the same {', '.join(key)}: row {first[frame.index[place]] + 2}",
        "Add up what they sold in one row" if table.name == "sales" else "Keep one of the rows",
    )


def check_references(checked: Checked) -> Iterator[Problem]:
    """A key that names a thing of another table is found there."""
    for column in checked.table.columns:
        known = checked.known.get(column.references) if column.references else None
        if known is None:
            continue
        values = checked.frame[column.name]
        wrong = ~values.isin(known).to_numpy() & ~checked.empty(column) & checked.good(column.name)
        wrong &= ~_odd_letters(values)
        yield from in_rows(
            checked.table.name,
            checked.frame,
            wrong,
            column.name,
            f"the table {column.references} has no such {SCHEMA[column.references].key[0]}",
            _nearest(values, known),
        )


def check_limits(checked: Checked) -> Iterator[Problem]:
    """Numbers lie within the limits of their column."""
    for column in checked.table.columns:
        if column.kind not in ("number", "whole"):
            continue
        values = checked.frame[column.name].to_numpy(dtype=np.float64)
        remedy = f"Write {_what(column)}"
        if column.least is not None:
            rule = "it is negative" if column.least == 0 else f"it is below {column.least:g}"
            yield from checked.report(values < column.least, column, rule, remedy)
        if column.above is not None:
            yield from checked.report(values <= column.above, column, f"it is not above {column.above:g}", remedy)
        if column.most is not None:
            yield from checked.report(values > column.most, column, f"it is above {column.most:g}", remedy)
        yield from checked.report(np.abs(values) > LARGEST, column, f"it is beyond {LARGEST:g}", remedy)


def check_unused(checked: Checked) -> Iterator[Problem]:
    """A column that the model does not use yet is empty."""
    for column in checked.table.columns:
        if not column.used and (filled := ~checked.empty(column)).any():
            rule = f"the model does not use this column yet ({int(filled.sum())} rows are filled)"
            yield Problem(checked.table.name, 1, column.name, "", rule, "Leave it empty, or remove the column")
    if not checked.table.used and len(checked.frame):
        yield Problem(checked.table.name, 0, "", "", "the model does not use this table yet", "Remove it")


def _odd_letters(values: pd.Series) -> np.ndarray:
    """Rows whose text holds letters that do not print."""
    distinct = pd.Series(values.unique(), dtype=object)
    odd = distinct[[not str(text).isprintable() for text in distinct]]
    return values.isin(odd).to_numpy() if len(odd) else np.zeros(len(values), dtype=bool)


def _nearest(values: pd.Series, known: Iterable[str]) -> Callable[[int], str]:
    """Tells for the value at a place which known one may be meant."""
    return lambda place: did_you_mean(values.iloc[place], known)


def _what(column: Column) -> str:
    return column.meaning + (f" ({column.unit})" if column.unit else "")


#: Where one of these is broken, rules between tables would stumble over the same mistake.
IDENTITY = (check_filled, check_choices, check_plain_keys, check_duplicates, check_references)
#: These leave the rows usable for other rules.
VALUES = (check_limits, check_unused)
