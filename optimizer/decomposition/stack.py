"""Many small sparse matrices in three arrays, one after the other, out of which each is cut without a copy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse


@dataclass(frozen=True)
class Stack:
    """Matrix k has entries `starts[k]` to `starts[k + 1]` of `indices` and `data`, and pointers `lines[k] + k` to
    `lines[k + 1] + k`, both included, of `pointers`, which count from 0 in each.
    """

    starts: np.ndarray
    lines: np.ndarray
    pointers: np.ndarray
    indices: np.ndarray
    data: np.ndarray

    def at(self, place: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Data, indices and pointers of one of the matrices."""
        first, last = self.starts[place : place + 2].tolist()
        top, bottom = self.lines[place : place + 2].tolist()
        return self.data[first:last], self.indices[first:last], self.pointers[top + place : bottom + place + 1]


def stacked(matrix: sparse.csr_array, lines: np.ndarray) -> Stack:
    """Matrices that stand one below the other; `lines` (count + 1,): the rows at which each of them starts."""
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    starts, count = matrix.indptr[lines], len(lines) - 1
    above = np.repeat(np.arange(count), np.diff(lines))
    pointers = np.empty(len(above) + count, np.int32)
    pointers[np.arange(len(above)) + above] = matrix.indptr[:-1] - starts[:-1][above]
    pointers[lines[1:] + np.arange(count)] = np.diff(starts)
    return Stack(starts, lines, pointers, matrix.indices.astype(np.int32, copy=False), matrix.data)


def narrow(codes: np.ndarray, most: int) -> np.ndarray:
    """Whole numbers from -1 to `most`, in the shortest type that holds them."""
    return codes.astype(np.int16 if most < 2**15 else np.int32, copy=False)
