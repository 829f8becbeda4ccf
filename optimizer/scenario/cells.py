"""Making typed columns of the texts in a file: numbers, dates, flags."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.scenario.columns import Column
from optimizer.scenario.raw import is_ready

TRUE = ("true", "1", "yes", "y", "是", "真")
FALSE = ("false", "0", "no", "n", "否", "假")
DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
FIRST, LAST = np.datetime64("1970-01-01"), np.datetime64("2200-01-01")

Why = Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class Parsed:
    """A typed column, which cells could not be read, and a function that says why (rule, remedy)."""

    values: pd.Series
    bad: np.ndarray
    why: Why


def typed_column(column: Column, texts: pd.Series) -> Parsed:
    """The column of the right type, defaults filled in; a cell that cannot be read counts as empty.

    `texts`: a column of a raw table, so it may hold numbers, dates or flags that are in order already.
    """
    if is_ready(texts):
        return Parsed(_filled(column, texts), np.zeros(len(texts), dtype=bool), _never)
    if column.kind in ("key", "text", "choice"):
        filled = texts.where(texts != "", column.default) if isinstance(column.default, str) else texts
        return Parsed(filled.astype(str), np.zeros(len(texts), dtype=bool), _never)
    codes, distinct = pd.factorize(texts)
    parse = {"number": _numbers, "whole": _wholes, "date": _dates, "flag": _flags}[column.kind]
    values, why = parse(np.asarray(distinct, dtype=object))
    bad = np.array([text != "" for text in distinct], dtype=bool) & pd.isna(values)
    return Parsed(_filled(column, pd.Series(values[codes])), bad[codes], why)


def empty_column(column: Column, count: int) -> pd.Series:
    """A column that the file does not have: its default, or empty, in every row."""
    one = typed_column(column, pd.Series([""], dtype=str)).values
    return one.iloc[np.zeros(count, dtype=np.int64)].reset_index(drop=True)


def _filled(column: Column, values: pd.Series) -> pd.Series:
    if column.default is not None:
        values = values.fillna(float(column.default))
    if column.kind == "date":
        return values.astype("datetime64[ns]")
    if column.kind == "flag":
        return values.fillna(0.0).astype(bool)
    whole = column.kind == "whole" and not column.optional
    return values.astype("float64").fillna(0).astype("int64") if whole else values.astype("float64")


def _numbers(texts: np.ndarray) -> tuple[np.ndarray, Why]:
    numbers = np.array([float(text) if NUMBER.fullmatch(text) else np.nan for text in texts], dtype=np.float64)
    return np.where(np.isfinite(numbers), numbers, np.nan), _why_no_number


def _wholes(texts: np.ndarray) -> tuple[np.ndarray, Why]:
    numbers = _numbers(texts)[0]
    whole = np.isfinite(numbers) & (np.mod(numbers, 1, where=np.isfinite(numbers), out=np.ones(len(texts))) == 0)
    return np.where(whole & (np.abs(numbers) < 2**53), numbers, np.nan), _why_not_whole


def _dates(texts: np.ndarray) -> tuple[np.ndarray, Why]:
    parts = (DATE.fullmatch(text) for text in texts)
    iso = pd.Series([f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}" if m else "" for m in parts], dtype=object)
    days = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").to_numpy().astype("datetime64[D]")
    inside = (days >= FIRST) & (days < LAST)
    return np.where(inside, days, np.datetime64("NaT")).astype("datetime64[ns]"), _why_no_date


def _flags(texts: np.ndarray) -> tuple[np.ndarray, Why]:
    meaning = {**dict.fromkeys(TRUE, 1.0), **dict.fromkeys(FALSE, 0.0)}
    return np.array([meaning.get(text.casefold(), np.nan) for text in texts], dtype=np.float64), _why_no_flag


def _never(text: str) -> tuple[str, str]:
    raise AssertionError(f"any text is a text: {text!r}")


def _why_no_number(text: str) -> tuple[str, str]:
    if NUMBER.fullmatch(text):
        return "it is not a finite number", "Write a smaller number"
    if re.fullmatch(r"[-+]?\d{1,3}([,' ，]\d{3})+(\.\d+)?", text):
        return "it is not a number: it has thousands separators", f"Write {re.sub(r'[^-+.0-9]', '', text)}"
    if re.fullmatch(r"[-+]?\d+,\d+", text):
        return "it is not a number: it has a decimal comma", f"Write {text.replace(',', '.')}"
    if text.casefold().strip("+-#") in (
        "nan",
        "inf",
        "infinity",
        "n/a",
        "na",
        "null",
        "none",
        "div/0!",
        "value!",
        "ref!",
    ):
        return "it is not a finite number", "Write a number, or leave the cell empty where the column may be empty"
    if re.fullmatch(r"[-+]?\d+(\.\d+)?\s*%", text):
        return "it is not a number: a share is written between 0 and 1", f"Write {float(text.rstrip('% ')) / 100:g}"
    return "it is not a number", "Write digits, with a point before the decimals and no unit"


def _why_not_whole(text: str) -> tuple[str, str]:
    if NUMBER.fullmatch(text) and np.isfinite(float(text)):
        return "it is not a whole number", "Write a whole number"
    return _why_no_number(text)


def _why_no_date(text: str) -> tuple[str, str]:
    if match := DATE.fullmatch(text):
        inside = 1970 <= int(match[1]) < 2200
        return (
            "no such date exists" if inside else "the year is not between 1970 and 2199",
            "Write a date of the calendar",
        )
    if re.fullmatch(r"[2-7]\d{4}(\.0+)?", text):
        day = np.datetime64("1899-12-30") + np.timedelta64(int(float(text)), "D")
        return "it is a number, not a date", f"Format the cell as a date; as Excel counts days it is {day}"
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text) or re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text):
        meant = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
        return "it is not a date", f"Write {meant}, with dashes"
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        one, two = int(match[1]), int(match[2])
        month, in_month = (two, one) if one > 12 else (one, two)
        clear = f"Write {match[3]}-{month:02d}-{in_month:02d}"
        return "it is not a date", clear if in_month > 12 >= month else "Write year, month and day as 2026-01-31"
    if re.fullmatch(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T].*", text):
        return "it has a time of day; only whole days count", f"Write {re.split('[ T]', text)[0]}"
    return "it is not a date", "Write year, month and day as 2026-01-31"


def _why_no_flag(text: str) -> tuple[str, str]:
    return "it is neither true nor false", "Write true or false"
