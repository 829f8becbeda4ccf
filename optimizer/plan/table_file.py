"""A plan table as a file: CSV for people and spreadsheets, Parquet for tables that no spreadsheet opens."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from optimizer.plan.plan import Plan
from optimizer.scenario.cell_text import mapped

#: Columns of plan tables that hold whole numbers, and those that hold any.
WHOLE = ("path", "period", "bucket", "from_age_days")
NUMBERS = ("units", "cases", "containers", "charged", "from_quantity", "volume_m3", "amount")

#: A text that a spreadsheet would run, and how it is kept from that.
FORMULA, SHIELDED = r"^('*[=+@-])", r"^'('*[=+@-])"

#: Rows that all tables of a plan and its inputs have together at most if they are written as CSV: about what a
#: spreadsheet opens. Beyond, CSV takes ten times the time and room, and might be too large to be read as an input.
MOST_CSV_ROWS = 1_000_000


def suffix_of(plan: Plan) -> str:
    """How the tables of a plan and its inputs are written: `.csv`, or `.parquet` above `MOST_CSV_ROWS` rows.

    Without the package pyarrow it is CSV whatever the size.
    """
    rows = sum(len(table) for tables in (plan.tables, plan.scenario.tables) for table in tables.values())
    return ".parquet" if rows > MOST_CSV_ROWS and find_spec("pyarrow") else ".csv"


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table in the format that the name says."""
    if path.suffix == ".parquet":
        table.to_parquet(path, index=False)
        return
    texts = {name: _shielded(table[name]) for name in table.columns if _is_text(table[name])}
    table.assign(**texts).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n", date_format="%Y-%m-%d")


def read_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """The table of a file. Raises ValueError where it has other columns or holds what they do not, OSError."""
    if path.suffix == ".parquet":
        table = pd.read_parquet(path)
    else:
        table = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    if tuple(table.columns) != columns:
        raise ValueError(f"the columns must be {', '.join(columns)}")
    typed = _as_written if path.suffix == ".parquet" else _from_texts
    return pd.DataFrame({name: typed(name, table[name]) for name in columns}, copy=False)


def _is_text(values: pd.Series) -> bool:
    return not (is_numeric_dtype(values) or is_datetime64_any_dtype(values))


def _shielded(texts: pd.Series) -> pd.Series:
    """The texts with an apostrophe that keeps spreadsheets from running one as a formula; reading drops it."""
    distinct = pd.Series(texts.astype(str).unique(), dtype=str)
    safe = dict(zip(distinct, distinct.str.replace(FORMULA, r"'\1", regex=True), strict=True))
    return mapped(texts.astype(str).to_numpy(dtype=object), safe.__getitem__).set_axis(texts.index)


def _from_texts(name: str, texts: pd.Series) -> pd.Series:
    """A column from its texts; numbers are read by Python, which gives back exactly what was written."""
    if name not in WHOLE and name not in NUMBERS:
        return texts.str.replace(SHIELDED, r"\1", regex=True)
    return _as_written(name, pd.Series(texts.replace("", "nan").to_numpy(dtype=object).astype(float)))


def _as_written(name: str, values: pd.Series) -> pd.Series:
    """A column of a typed file. Raises ValueError for numbers that are not of the kind that the column holds."""
    if name not in WHOLE and name not in NUMBERS:
        return values.astype(str)
    numbers = values.to_numpy(dtype=float)
    if name not in WHOLE:
        return pd.Series(numbers)
    if not ((np.abs(numbers) < 2**53) & (numbers % 1 == 0)).all():
        raise ValueError(f"{name} must hold whole numbers")
    return pd.Series(numbers.astype(np.int64))
