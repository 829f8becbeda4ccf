"""Limits on the size of input files, looked at before anything is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from optimizer.errors import Problem
from optimizer.scenario.columns import Table

#: All files of a scenario together.
MOST_BYTES = 200_000_000
#: A table that does not grow with the number of SKUs.
MOST_BYTES_SMALL = 20_000_000
#: What a compressed file may hold when it is unpacked, as a multiple of the limit above.
UNPACKED = 8


def too_large(files: Mapping[Path, Table], most_bytes: int) -> Iterator[Problem]:
    """A problem for each table file above its limit, and one where all together are above theirs."""
    sizes = {file: file.stat().st_size for file in files}
    for file, table in files.items():
        limit = most_bytes if "sku" in table.by_name else min(most_bytes, MOST_BYTES_SMALL)
        if sizes[file] > limit:
            yield oversize(file.name, sizes[file], limit)
    if sum(sizes.values()) > most_bytes and all(size <= most_bytes for size in sizes.values()):
        yield oversize("all tables together", sum(sizes.values()), most_bytes)


def oversize(name: str, size: float, limit: float) -> Problem:
    """The problem of one file of `size` bytes where at most `limit` are read."""
    rule = f"the file has {size / 1e6:,.0f} MB; at most {limit / 1e6:,.0f} MB are read"
    return Problem(name, 0, "", "", rule, "Look whether it is the right file; large tables are read as Parquet")
