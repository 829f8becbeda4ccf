"""Finding the rows that a selector means."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.cells import empty_column, typed_column
from optimizer.scenario.changes.change import Filter, Place, Selector, Word
from optimizer.scenario.changes.grammar import Unreadable
from optimizer.scenario.columns import Column
from optimizer.scenario.names import did_you_mean
from optimizer.scenario.rows import shown
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA

TEXTS = ("key", "text", "choice")
#: How near two numbers are that count as equal, as a share of them: those in the files have fewer digits.
NEAR = 1e-9
#: Says what is wrong with the selector: rule, remedy.
Wrong = Callable[[str, str], Unreadable]


def rows_of(selector: Selector, scenario: Scenario, text: str, place: Place) -> np.ndarray:
    """Which rows of its table pass all filters. Raises Unreadable where none does, or where a value of a filter is in
    no row, which is a slip.
    """
    table = scenario[selector.table]

    def wrong(rule: str, remedy: str) -> Unreadable:
        return Unreadable(Problem(place.name, place.line, "", text[:120], rule, remedy))

    if not len(table):
        raise wrong(f"it selects nothing: the table {selector.table} has no rows", "Add rows, or name another table")
    found = [_passing(each, scenario, selector.table, wrong) for each in selector.filters]
    rows = reduce(np.logical_and, found, np.ones(len(table), dtype=bool))
    if not rows.any():
        passed = zip(selector.filters, found, strict=True)
        told = ", ".join(f"{'.'.join(each.path)}: {int(there.sum())}" for each, there in passed)
        raise wrong("it selects nothing: no row passes all filters", f"Rows that pass each of them: {told}")
    return rows


def _passing(each: Filter, scenario: Scenario, table: str, wrong: Wrong) -> np.ndarray:
    column, values = _values(each.path, scenario, table)
    if each.comparison not in ("=", "!="):
        return _ordered(each, column, values, wrong)
    equal = np.zeros(len(values), dtype=bool)
    for word in each.words:
        same = _equal(column, values, word, wrong)
        if not same.any():
            known = list(dict.fromkeys(shown(value) for value in values.unique()))
            rule = f"no row of {table} has {'.'.join(each.path)} = {word.text!r}"
            raise wrong(f"it selects nothing there: {rule}", did_you_mean(word.text, known))
        equal |= same
    return equal if each.comparison == "=" else ~equal


def _values(path: tuple[str, ...], scenario: Scenario, table: str) -> tuple[Column, pd.Series]:
    """The column at the end of a path, and its value for each row of the table."""
    column = SCHEMA[table].by_name[path[0]]
    values = scenario[table][path[0]]
    for name in path[1:]:
        there = scenario[column.references]
        place = pd.Index(there[SCHEMA[column.references].key[0]]).get_indexer_for(values)
        column = SCHEMA[column.references].by_name[name]
        # The last row stands for what is not found: an empty cell.
        ends = pd.concat([there[name], empty_column(column, 1)], ignore_index=True)
        values = ends.iloc[place].set_axis(values.index)
    return column, values


def _equal(column: Column, values: pd.Series, word: Word, wrong: Wrong) -> np.ndarray:
    if not word.text:
        return (values == "").to_numpy() if column.kind in TEXTS else values.isna().to_numpy()
    if column.kind in TEXTS:
        if "*" in word.text and not word.quoted:
            pattern = re.compile(".*".join(map(re.escape, word.text.split("*"))), re.DOTALL)
            return np.fromiter((pattern.fullmatch(str(value)) is not None for value in values), bool, len(values))
        return (values == word.text).to_numpy()
    value = _typed(column, word, wrong)
    if column.kind in ("number", "whole"):
        return np.isclose(values.to_numpy(dtype=np.float64), float(value), rtol=NEAR, atol=0.0)
    return (values == value).to_numpy()


def _ordered(each: Filter, column: Column, values: pd.Series, wrong: Wrong) -> np.ndarray:
    name = ".".join(each.path)
    if column.kind not in ("number", "whole", "date"):
        raise wrong(f"{name} is a {column.kind}, which is neither more nor less", "Compare it by = or !=")
    if len(each.words) > 1 or not each.words[0].text:
        raise wrong(f"{name} {each.comparison} is compared with one number or date", "Write one value")
    value = _typed(column, each.words[0], wrong)
    compare = {"<": values.lt, "<=": values.le, ">": values.gt, ">=": values.ge}[each.comparison]
    return compare(value).to_numpy()


def _typed(column: Column, word: Word, wrong: Wrong) -> Any:
    parsed = typed_column(column, pd.Series([word.text], dtype=str))
    if parsed.bad[0]:
        rule, remedy = parsed.why(word.text)
        raise wrong(f"{column.name} = {word.text!r}: {rule}", remedy)
    return parsed.values.iloc[0]
