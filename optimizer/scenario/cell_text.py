"""A typed cell of a workbook or Parquet file as the text that a CSV file would hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd


def cell_text(value: object) -> str:
    """The text of a cell: no ".0" after whole numbers, every digit of the others, dates as 2026-01-31."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, float | np.floating):
        return _number(float(value))
    if isinstance(value, dt.datetime | np.datetime64):
        return "" if pd.isna(value) else str(pd.Timestamp(value)).removesuffix(" 00:00:00")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def column_texts(values: pd.Series) -> pd.Series:
    """Values of any type as the texts that a CSV file would hold."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "fiuMb":
        return mapped(values.to_numpy(), cell_text)
    if pd.api.types.infer_dtype(values, skipna=True) in ("string", "empty"):
        return values.fillna("").astype(str).reset_index(drop=True)
    return pd.Series([cell_text(value) for value in values], dtype=object).astype(str)


def mapped(values: np.ndarray, text_of: Callable[[Any], str]) -> pd.Series:
    """The text of each value, asked for once per distinct value."""
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    texts = np.array([text_of(value) for value in distinct], dtype=object)
    return pd.Series(texts[codes] if len(texts) else texts, dtype=object).astype(str)


def _number(value: float) -> str:
    if np.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
