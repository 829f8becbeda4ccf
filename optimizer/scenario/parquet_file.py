"""Reading a Parquet file as a raw table."""

from __future__ import annotations

import io

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.cell_text import column_texts
from optimizer.scenario.columns import Table
from optimizer.scenario.headers import check_headers
from optimizer.scenario.raw import RawTable, raw_table
from optimizer.scenario.sizes import MOST_BYTES, UNPACKED, oversize


def read_parquet(table: Table, data: bytes) -> tuple[RawTable | None, list[Problem]]:
    """The cells of a Parquet file as text, and what is wrong with it; no table where it cannot be read at all."""
    try:
        import pyarrow.parquet
    except ImportError:
        return None, [_whole(table.name, "reading Parquet needs the package pyarrow", "Install it, or save as CSV")]
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
        size = sum(file.metadata.row_group(group).total_byte_size for group in range(file.metadata.num_row_groups))
        if size > MOST_BYTES * UNPACKED:
            return None, [oversize(table.name, size, MOST_BYTES * UNPACKED)]
        cells = file.read().to_pandas()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        remedy = "Write it again as Parquet, or as CSV"
        return None, [_whole(table.name, f"the file is not a Parquet table ({error})"[:200], remedy)]
    header = [str(name).strip() for name in cells.columns]
    if problems := check_headers(table, header, [header]):
        return None, problems
    texts = pd.DataFrame({place: column_texts(cells.iloc[:, place]) for place in range(len(header))})
    texts[len(header)] = ""
    return raw_table(table.name, header, texts)


def _whole(name: str, rule: str, remedy: str) -> Problem:
    return Problem(name, 0, "", "", rule, remedy)
