"""Sum entries of one index set into the rows of another that have equal keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

#: Codes that are spread no thinner than this are counted, which is several times faster than searching them.
DENSE = 8


def gather(rows: pd.DataFrame, entries: pd.DataFrame, on: Sequence[str | tuple[str, str]]) -> sparse.csr_array:
    """A matrix (rows x entries) with a 1 where the keys agree.

    `on` names integer key columns >= 0, as a name common to both or as (name in rows, name in entries). It is a join:
    an entry may feed many rows, and one that matches no row feeds none.
    """
    names = [(key, key) if isinstance(key, str) else key for key in on]
    left = [rows[name].to_numpy() for name, _ in names]
    right = [entries[name].to_numpy() for _, name in names]
    row_codes, entry_codes = _codes(left, right)
    order = np.argsort(row_codes, kind="stable")
    first, count = _found(row_codes[order], entry_codes)
    column = np.repeat(np.arange(len(entries)), count)
    step = np.arange(len(column)) - np.repeat(np.cumsum(count) - count, count)
    row = order[np.repeat(first, count) + step]
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape=(len(rows), len(entries)))


def _found(ordered: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each wanted code begins in ordered ones, and how often it stands there."""
    most = max(int(ordered.max(initial=-1)), int(wanted.max(initial=-1))) + 1
    if most > DENSE * (len(ordered) + len(wanted)):
        first = np.searchsorted(ordered, wanted, side="left")
        return first, np.searchsorted(ordered, wanted, side="right") - first
    often = np.bincount(ordered, minlength=most)
    return (np.cumsum(often) - often)[wanted], often[wanted]


def position(rows: pd.DataFrame, entries: pd.DataFrame, on: Sequence[str | tuple[str, str]]) -> np.ndarray:
    """For each entry the position of the row with equal keys, -1 where there is none; keys of rows must be unique."""
    names = [(key, key) if isinstance(key, str) else key for key in on]
    row_codes, entry_codes = _codes(
        [rows[name].to_numpy() for name, _ in names], [entries[name].to_numpy() for _, name in names]
    )
    return pd.Index(row_codes).get_indexer(entry_codes)


def _codes(left: list[np.ndarray], right: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    row_codes, entry_codes = np.zeros(len(left[0]), np.int64), np.zeros(len(right[0]), np.int64)
    for mine, theirs in zip(left, right, strict=True):
        width = max(int(mine.max(initial=0)), int(theirs.max(initial=0))) + 1
        row_codes, entry_codes = row_codes * width + mine, entry_codes * width + theirs
    return row_codes, entry_codes
