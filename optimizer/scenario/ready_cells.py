"""Columns of a file with types that need no reading: every cell is what a scenario wants already."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.cells import FIRST, LAST
from optimizer.scenario.columns import Column

#: Whole numbers beyond this are not exact.
EXACT = 2**53


def ready(column: Column, values: pd.Series) -> pd.Series | None:
    """The column as a raw table has it (texts without spaces around them, numbers, dates, flags), or None where a cell
    needs a closer look: then what it means must be read from its text.

    Texts stand in a categorical column: each is looked at once, however many rows have it.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        return _texts(column, values)
    if not isinstance(values.dtype, np.dtype):
        return None
    return {"number": _numbers, "whole": _wholes, "date": _dates, "flag": _flags}.get(column.kind, _none)(values)


def _texts(column: Column, values: pd.Series) -> pd.Series | None:
    known = values.cat.categories
    if column.kind not in ("key", "text", "choice") or not all(isinstance(text, str) for text in known):
        return None
    stripped = np.array([*(text.strip() for text in known), ""], dtype=object)
    texts = pd.Series(stripped, dtype=str).array
    return pd.Series(texts.take(values.cat.codes.to_numpy()))  # code -1, an empty cell, takes the last text: ""


def _numbers(values: pd.Series) -> pd.Series | None:
    if values.dtype.kind not in "fiu":
        return None
    numbers = values.astype(np.float64)
    return None if np.isinf(numbers.to_numpy()).any() else numbers


def _wholes(values: pd.Series) -> pd.Series | None:
    if (numbers := _numbers(values)) is None:
        return None
    found = numbers.to_numpy()
    whole = np.isnan(found) | ((np.abs(found) < EXACT) & (np.floor(found) == found))
    return numbers if whole.all() else None


def _dates(values: pd.Series) -> pd.Series | None:
    if values.dtype.kind != "M":
        return None
    instants = values.to_numpy()
    days = instants.astype("datetime64[D]")
    plain = np.isnat(instants) | ((days == instants) & (days >= FIRST) & (days < LAST))
    return pd.Series(days.astype("datetime64[ns]")) if plain.all() else None


def _flags(values: pd.Series) -> pd.Series | None:
    return values if values.dtype.kind == "b" else None


def _none(values: pd.Series) -> None:
    return None
