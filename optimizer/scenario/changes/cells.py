"""New values of cells: set, added to, multiplied."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.cells import typed_column
from optimizer.scenario.changes.change import Change
from optimizer.scenario.changes.grammar import Unreadable
from optimizer.scenario.columns import Column
from optimizer.scenario.names import did_you_mean

NUMBERS = ("number", "whole")
#: What a number may be off a whole one and still be meant as that.
ROUNDING = 1e-9
#: The type of what is added to a cell or multiplied with it: any number, or whole days.
FACTOR = Column("number", "number", "any number", "数", optional=True)
DAYS = Column("days", "whole", "days", "天数", optional=True)


def changed(change: Change, column: Column, values: pd.Series) -> pd.Series:
    """The values of a column in the rows that are selected, as they are after the change; empty cells stay empty where
    they are added to or multiplied. Raises Unreadable.
    """
    if change.operation == "=":
        return _set(change, column, values)
    if column.kind == "date" and change.operation == "+=":
        return values + pd.Timedelta(days=int(_operand(change, DAYS)))
    if column.kind not in NUMBERS:
        remedy = "Write = and the new value" + (", or += and a number of days" if column.kind == "date" else "")
        raise wrong(change, f"{column.name} is a {column.kind}, which is not reckoned with", remedy)
    if values.isna().all():
        raise wrong(change, f"{column.name} is empty in all rows that it selects", "Write = and a value")
    number = _operand(change, FACTOR)
    numbers = values.to_numpy(dtype=np.float64)
    result = numbers + number if change.operation == "+=" else numbers * number
    return _of_kind(change, column, values, result)


def wrong(change: Change, rule: str, remedy: str) -> Unreadable:
    """What is wrong with a change."""
    return Unreadable(Problem(change.place.name, change.place.line, "", change.text[:120], rule, remedy))


def _of_kind(change: Change, column: Column, values: pd.Series, result: np.ndarray) -> pd.Series:
    if column.kind == "whole":
        whole = np.round(result)
        broken = np.abs(result - whole) > ROUNDING * np.maximum(np.abs(result), 1.0)
        if broken.any():
            place = int(np.argmax(broken))
            told = f"{column.name} is whole, and {values.iloc[place]:g} would become {result[place]:g}"
            raise wrong(change, told, "Set whole numbers with =, or add them with +=")
        result = whole
    return pd.Series(result, index=values.index).astype(values.dtype)


def _set(change: Change, column: Column, values: pd.Series) -> pd.Series:
    text = change.word.text
    if not text and column.required:
        raise wrong(change, f"{column.name} must be filled", f"Write {column.meaning}")
    if column.choices and text and text not in column.choices:
        raise wrong(change, f"{text!r} is none of {', '.join(column.choices)}", did_you_mean(text, column.choices))
    parsed = typed_column(column, pd.Series([text], dtype=str))
    if parsed.bad[0]:
        raise wrong(change, *parsed.why(text))
    new = pd.Series([parsed.values.iloc[0]] * len(values), index=values.index)
    return new.astype(str if column.kind in ("key", "text", "choice") else values.dtype)


def _operand(change: Change, column: Column) -> float:
    parsed = typed_column(column, pd.Series([change.word.text], dtype=str))
    if parsed.bad[0] or not change.word.text:
        raise wrong(change, *parsed.why(change.word.text))
    return float(parsed.values.iloc[0])
