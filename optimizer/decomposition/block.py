"""A program that falls apart into blocks but for some linking rows, as one small program for each block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from scipy import sparse

from optimizer.algebra.bound import dual_bound
from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.stack import Stack, narrow, stacked
from optimizer.decomposition.substitution import Substitution, substitution


@dataclass(frozen=True)
class Block:
    """Minimise cost @ x over the block's own rows and bounds; `usage` (links, n) is what x takes of each linking row.

    `back` (columns of the part, n) makes the part's columns from x; gauge @ x is the block's part of what gaps are
    measured against. Every column has finite bounds.
    """

    cost: np.ndarray
    matrix: sparse.csr_array
    row_lower: np.ndarray
    row_upper: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    integer: np.ndarray
    usage: sparse.csr_array
    back: sparse.csc_array
    gauge: np.ndarray

    def priced(self, prices: np.ndarray) -> np.ndarray:
        """The cost of each column (n,) less what it pays for linking rows at `prices` (links,)."""
        return self.cost - self.usage.T @ prices

    def least(self, prices: np.ndarray) -> float:
        """A bound on the priced cost that needs no solver: each column where it costs least."""
        sides = self.row_lower, self.row_upper, self.lower, self.upper
        return dual_bound(self.priced(prices), self.matrix, *sides, np.zeros(len(self.row_lower)))

    def users(self, rows: np.ndarray) -> np.ndarray:
        """Columns (n,) true that use any of the linking rows (links,) true."""
        used = np.zeros(len(self.cost), dtype=bool)
        entries = np.repeat(rows, np.diff(self.usage.indptr)) & (self.usage.data != 0)
        used[self.usage.indices[entries]] = True
        return used


def put(back: sparse.csc_array, x: np.ndarray, whole: np.ndarray) -> None:
    """Write the columns of a part that `x` (n,) of a block, with its `back`, makes among the others of it, `whole`."""
    whole[back.indices] = back.data * np.repeat(x, np.diff(back.indptr))


class Backs:
    """What makes the columns of a part, so many, from those of each of its blocks (`Block.back`)."""

    def __init__(self, width: int, starts: np.ndarray, stack: Stack) -> None:
        """`starts` (blocks + 1,): where the columns of each block start; `stack`: the matrices, transposed."""
        self._width, self._starts, self._stack = width, starts, stack

    def __iter__(self) -> Iterator[sparse.csc_array]:
        return map(self.of, range(len(self._starts) - 1))

    def of(self, place: int) -> sparse.csc_array:
        """That of one block."""
        first, last = self._starts[place : place + 2].tolist()
        return sparse.csc_array(self._stack.at(place), shape=(self._width, last - first))


class Blocks(Sequence[Block]):
    """The blocks of a part. They are cut out of arrays that all of them share, which takes next to no time; so these
    arrays are what is sent and kept.
    """

    def __init__(
        self, shape: tuple[int, int], columns: dict[str, np.ndarray], rows: dict[str, np.ndarray],
        starts: tuple[np.ndarray, np.ndarray], stacks: tuple[Stack, Stack, Stack],
    ) -> None:  # fmt: skip
        """`shape`: linking rows and columns of the part. `columns`, `rows`: vectors of the blocks by name, one block
        after the other, and where those of each block start; `stacks`: their matrix, usage and back, this transposed.
        """
        self._shape, self._columns, self._rows, self._starts, self._stacks = shape, columns, rows, starts, stacks
        self.backs = Backs(shape[1], starts[0], stacks[2])
        self._blocks = [self._cut(code) for code in range(len(starts[0]) - 1)]

    def __reduce__(self) -> tuple[type[Blocks], tuple]:
        return Blocks, (self._shape, self._columns, self._rows, self._starts, self._stacks)

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, place: int) -> Block: ...
    @overload
    def __getitem__(self, place: slice) -> list[Block]: ...
    def __getitem__(self, place: int | slice) -> Block | list[Block]:
        return self._blocks[place]

    def __iter__(self) -> Iterator[Block]:
        return iter(self._blocks)

    def _cut(self, code: int) -> Block:
        links, (first, last) = self._shape[0], self._starts[0][code : code + 2].tolist()
        top, bottom = self._starts[1][code : code + 2].tolist()
        matrix, usage = (stack.at(code) for stack in self._stacks[:2])
        return Block(
            matrix=sparse.csr_array(matrix, shape=(bottom - top, last - first)),
            usage=sparse.csr_array(usage, shape=(links, last - first)),
            back=self.backs.of(code),
            **{name: array[first:last] for name, array in self._columns.items()},
            **{name: array[top:bottom] for name, array in self._rows.items()},
        )


def places(blocks: Sequence[Block], width: int) -> np.ndarray:
    """Where each of so many columns of the part stands in its block, (width,): the column that makes it; -1: none."""
    found = np.full(width, -1)
    for block in blocks:
        made = block.back
        found[made.indices] = np.repeat(np.arange(made.shape[1]), np.diff(made.indptr))
    return found


def split(form: StandardForm, owner: np.ndarray, links: np.ndarray, gauge: np.ndarray | None = None) -> Blocks:
    """The blocks of a part of a program, in the order of their codes.

    `owner` (n,): code of the block of each column, -1 for linking columns, which are left out. `links`: positions of
    the linking rows. All other rows must touch one block at most; those that touch none are left out. `gauge` (n,):
    what gaps are measured against, over the columns (None: nothing). Continuous columns that are a fixed multiple of a
    whole one do not stand in a block.
    """
    height, width = form.matrix.shape
    own = np.ones(height, dtype=bool)
    own[links] = False
    less = substitution(form, own)
    own &= ~less.rows
    count = int(owner.max(initial=-1)) + 1
    order, starts = _sorted(np.where(less.kept, owner, -1), count)
    row = np.repeat(np.arange(height, dtype=np.int32), np.diff(form.matrix.indptr))
    row_order, row_starts = _sorted(_row_owner(form, owner, own, row), count)
    lower, upper = less.bounds(form)
    gauge = np.zeros(width) if gauge is None else gauge
    columns = {
        "cost": less.gathered(form.cost)[order], "lower": lower[order], "upper": upper[order],
        "integer": form.integer[order], "gauge": less.gathered(gauge)[order],
    }  # fmt: skip
    rows = {"row_lower": form.row_lower[row_order], "row_upper": form.row_upper[row_order]}
    stacks = _stacks(form, owner, links, less, (order, starts), (row_order, row_starts))
    return Blocks((len(links), width), columns, rows, (starts, row_starts), stacks)


def _sorted(owner: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """What is owned, in the order of the owners, and where that of each owner starts, (count + 1,)."""
    order = np.argsort(narrow(owner, count), kind="stable")  # the order of short numbers is found faster
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner[owner >= 0], minlength=count))])
    return order[len(order) - starts[-1] :], starts


def _row_owner(form: StandardForm, owner: np.ndarray, own: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Owner of each row: that of its columns; -1 of linking rows and of those without."""
    found = np.full(len(own), -1)
    found[row] = owner[form.matrix.indices]
    return np.where(own, found, -1)


def _stacks(
    form: StandardForm, owner: np.ndarray, links: np.ndarray, less: Substitution,
    columns: tuple[np.ndarray, np.ndarray], rows: tuple[np.ndarray, np.ndarray],
) -> tuple[Stack, Stack, Stack]:  # fmt: skip
    """Matrix, usage and back of each block; `columns` and `rows`: which they have, and where each block's start."""
    (order, starts), (row_order, row_starts), width = columns, rows, len(owner)
    local = np.full(width, -1, np.int32)
    local[order] = np.arange(len(order), dtype=np.int32) - np.repeat(starts[:-1], np.diff(starts)).astype(np.int32)
    local = local[less.stays]
    return (
        stacked(_own(form, row_order, local, less.times), row_starts),
        stacked(_usage(form, links, owner, local, less.times), np.arange(len(starts)) * len(links)),
        stacked(_back(owner, local, less.times, starts), starts),
    )


def _own(form: StandardForm, rows: np.ndarray, local: np.ndarray, times: np.ndarray) -> sparse.csr_array:
    picked = form.matrix[rows]
    widest = int(local.max(initial=-1)) + 1
    return sparse.csr_array(
        (picked.data * times[picked.indices], local[picked.indices], picked.indptr), shape=(len(rows), widest)
    )


def _usage(
    form: StandardForm, links: np.ndarray, owner: np.ndarray, local: np.ndarray, times: np.ndarray
) -> sparse.csr_array:
    """Linking rows of each block, one block's below the other's."""
    picked = form.matrix[links]
    theirs = owner[picked.indices]
    row = np.repeat(np.arange(len(links)), np.diff(picked.indptr)) + theirs * len(links)
    here = theirs >= 0
    entries = (picked.data * times[picked.indices])[here], (row[here], local[picked.indices][here])
    shape = (int(owner.max(initial=-1)) + 1) * len(links), int(local.max(initial=-1)) + 1
    return sparse.csr_array(sparse.coo_array(entries, shape=shape))


def _back(owner: np.ndarray, local: np.ndarray, times: np.ndarray, starts: np.ndarray) -> sparse.csr_array:
    """What each column of the blocks makes, a row each."""
    made = np.flatnonzero(owner >= 0)
    row = starts[owner[made]] + local[made]
    return sparse.csr_array((times[made], (row, made)), shape=(starts[-1], len(owner)))
