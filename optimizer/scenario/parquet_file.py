"""Reading a Parquet file as a raw table: typed columns stay as they are where every cell is in order."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.cell_text import column_texts
from optimizer.scenario.columns import Table
from optimizer.scenario.headers import check_headers
from optimizer.scenario.names import column_named
from optimizer.scenario.raw import RawTable, is_empty, raw_table
from optimizer.scenario.ready_cells import ready
from optimizer.scenario.sizes import MOST_BYTES, UNPACKED, oversize


def read_parquet(table: Table, data: bytes) -> tuple[RawTable | None, list[Problem]]:
    """The cells of a Parquet file, and what is wrong with it; no table where it cannot be read at all."""
    try:
        import pyarrow.parquet
    except ImportError:
        return None, [_whole(table.name, "reading Parquet needs the package pyarrow", "Install it, or save as CSV")]
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
        size = sum(file.metadata.row_group(group).total_byte_size for group in range(file.metadata.num_row_groups))
        if size > MOST_BYTES * UNPACKED:
            return None, [oversize(table.name, size, MOST_BYTES * UNPACKED)]
        # Texts come as categories, each once: a million rows of demand have few SKUs.
        texts = [field.name for field in file.schema_arrow if pyarrow.types.is_string(field.type)]
        kept = pyarrow.parquet.ParquetFile(io.BytesIO(data), read_dictionary=texts)
        cells = kept.read().unify_dictionaries().to_pandas(split_blocks=True)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        remedy = "Write it again as Parquet, or as CSV"
        return None, [_whole(table.name, f"the file is not a Parquet table ({error})"[:200], remedy)]
    header = [str(name).strip() for name in cells.columns]
    if problems := check_headers(table, header, [header]):
        return None, problems
    if not all(header):
        texts = pd.DataFrame({place: column_texts(cells.iloc[:, place]) for place in range(len(header))})
        return raw_table(table.name, header, texts.assign(beyond=""))
    return _raw(table, header, cells), []


def _raw(table: Table, header: list[str], cells: pd.DataFrame) -> RawTable:
    """The raw table without empty rows; columns whose cells are all in order stay as they are typed."""
    columns, empty = [], np.ones(len(cells), dtype=bool)
    for place, name in enumerate(header):
        values = cells.iloc[:, place].reset_index(drop=True)
        column = column_named(table, name)
        found = None if column is None else ready(column, values)
        columns.append(column_texts(values).str.strip() if found is None else found)
        if empty.any():
            empty &= is_empty(columns[-1])
    rows = np.flatnonzero(~empty)
    if len(rows) < len(cells):
        columns = [values.iloc[rows].reset_index(drop=True) for values in columns]
    return RawTable(tuple(header), tuple(columns), rows + 2)


def _whole(name: str, rule: str, remedy: str) -> Problem:
    return Problem(name, 0, "", "", rule, remedy)
