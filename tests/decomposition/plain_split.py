"""Blocks cut out of a program one by one with scipy alone: slow, and short enough to be seen to be right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.block import Block


def substituted(form: StandardForm) -> tuple[StandardForm, sparse.csr_array]:
    """The program without the continuous columns that are a fixed multiple of a whole one, and the matrix that makes
    its columns (n,) from those left (n',).

    Such columns stand in an equality of two entries with right-hand side 0. Bounds of the column that goes tighten
    those of the one that stays.
    """
    matrix = form.matrix
    entries = np.diff(matrix.indptr)
    rows = np.flatnonzero((entries == 2) & (form.row_lower == 0) & (form.row_upper == 0))
    first = matrix.indptr[rows]
    pair, value = (np.stack([array[first], array[first + 1]], axis=1) for array in (matrix.indices, matrix.data))
    whole = form.integer[pair]
    rows, pair, value, whole = (array[whole.sum(axis=1) == 1] for array in (rows, pair, value, whole))
    stays, goes = pair[whole], pair[~whole]
    alone = ~np.isin(goes, goes[_repeated(goes)])
    rows, stays, goes = rows[alone], stays[alone], goes[alone]
    times = -value[whole][alone] / value[~whole][alone]
    kept = np.ones(len(form.cost), dtype=bool)
    kept[goes] = False
    return _without(form, rows, kept, stays, goes, times)


def _repeated(codes: np.ndarray) -> np.ndarray:
    found, count = np.unique(codes, return_counts=True)
    return np.isin(codes, found[count > 1])


def _without(
    form: StandardForm, rows: np.ndarray, kept: np.ndarray, stays: np.ndarray, goes: np.ndarray, times: np.ndarray
) -> tuple[StandardForm, sparse.csr_array]:
    new = np.cumsum(kept) - 1
    left = np.flatnonzero(kept)
    row, column = np.concatenate([left, goes]), np.concatenate([new[left], new[stays]])
    data = np.concatenate([np.ones(len(left)), times])
    back = sparse.csr_array((data, (row, column)), shape=(len(kept), len(left)))
    lower, upper = form.lower.copy(), form.upper.copy()
    low, high = form.lower[goes] / times, form.upper[goes] / times
    np.maximum.at(lower, stays, np.minimum(low, high))
    np.minimum.at(upper, stays, np.maximum(low, high))
    remain = np.ones(form.matrix.shape[0], dtype=bool)
    remain[rows] = False
    lower, upper = lower[left], np.maximum(upper[left], lower[left])
    small = replace(
        form, cost=back.T @ form.cost, matrix=sparse.csr_array(form.matrix[remain] @ back),
        row_lower=form.row_lower[remain], row_upper=form.row_upper[remain], lower=lower, upper=upper,
        integer=form.integer[left], rows={}, columns={},
    )  # fmt: skip
    return small, back


def plain_split(
    form: StandardForm, owner: np.ndarray, links: np.ndarray, gauge: np.ndarray | None = None
) -> list[Block]:
    """What `decomposition.block.split` returns."""
    is_link = np.zeros(form.matrix.shape[0], dtype=bool)
    is_link[links] = True
    usage = sparse.csc_array(form.matrix[links])
    own = replace(form, matrix=sparse.csr_array(form.matrix[~is_link]), row_lower=form.row_lower[~is_link],
                  row_upper=form.row_upper[~is_link])  # fmt: skip
    small, back = substituted(own)
    usage, owner = sparse.csc_array(usage @ back), _owner_of(owner, back)
    columns, rows = sparse.csc_array(small.matrix), small.matrix
    order = np.argsort(owner, kind="stable")
    count = int(owner.max(initial=-1)) + 1
    starts = np.searchsorted(owner[order], np.arange(count + 1))
    row_owner = _row_owner(rows, owner)
    row_order = np.argsort(row_owner, kind="stable")
    row_starts = np.searchsorted(row_owner[row_order], np.arange(count + 1))
    gauge = np.zeros(len(form.cost)) if gauge is None else gauge
    gauge, back = back.T @ gauge, sparse.csc_array(back)
    return [
        _block(small, columns, usage, back, gauge, order[starts[code] : starts[code + 1]],
               row_order[row_starts[code] : row_starts[code + 1]])
        for code in range(count)
    ]  # fmt: skip


def _owner_of(owner: np.ndarray, back: sparse.csr_array) -> np.ndarray:
    """Owner of each column that is left: that of the columns that it makes."""
    made = sparse.coo_array(back)
    found = np.full(back.shape[1], -1)
    found[made.col] = owner[made.row]
    return found


def _row_owner(rows: sparse.csr_array, owner: np.ndarray) -> np.ndarray:
    found = np.full(rows.shape[0], -1)
    entries = sparse.coo_array(rows)
    found[entries.row] = owner[entries.col]
    return found


def _block(
    form: StandardForm, columns: sparse.csc_array, usage: sparse.csc_array, back: sparse.csc_array,
    gauge: np.ndarray, mine: np.ndarray, rows: np.ndarray,
) -> Block:  # fmt: skip
    picked = sparse.csr_array(columns[:, mine])[rows]
    return Block(
        cost=form.cost[mine], matrix=sparse.csr_array(picked),
        row_lower=form.row_lower[rows], row_upper=form.row_upper[rows],
        lower=form.lower[mine], upper=form.upper[mine], integer=form.integer[mine],
        usage=sparse.csr_array(usage[:, mine]), back=sparse.csc_array(back[:, mine]),
        gauge=gauge[mine],
    )  # fmt: skip
