"""Blocks and the linking part are the whole program, said in pieces."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from optimizer.decomposition.block import split
from optimizer.formulation.blocks import blocks as owners
from optimizer.formulation.formulate import STRENGTHENING, formulate
from optimizer.network.network import connect
from optimizer.search.slices import linking_rows
from optimizer.solvers.highs import Highs
from tests.decomposition.parts import LIMITS, catalogue, relaxed_optimum, whole_form
from tests.decomposition.plain_split import plain_split
from tests.solvers.conftest import program


def test_a_continuous_column_that_is_a_multiple_of_a_whole_one_is_replaced_by_it():
    # ship = 6 cases, ship <= 20: the cases pay for the ship, and are at most 20 / 6.
    form = program([2, 1, 5], [[1, -6, 0], [1, 0, 1]], [0, 3], [0, 30], [0, 0, 0], [20, 9, 9], [False, True, False])
    (block,) = split(form, np.zeros(3, np.int64), np.zeros(0, np.int64))
    assert block.cost.tolist() == [13, 5]
    assert block.matrix.toarray().tolist() == [[6, 1]]
    assert block.upper.tolist() == [pytest.approx(20 / 6), 9]
    assert (block.back @ np.array([2.0, 1.0])).tolist() == [12, 2, 1]


def test_columns_that_stand_in_two_such_rows_stay():
    form = program([1, 1, 1], [[1, -6, 0], [1, 0, -4]], [0, 0], [0, 0], [0, 0, 0], [24, 9, 9], [False, True, True])
    (block,) = split(form, np.zeros(3, np.int64), np.zeros(0, np.int64))
    assert len(block.cost) == 3


@pytest.mark.parametrize("seed", [1, 2])
def test_the_blocks_stacked_again_have_the_optimum_of_the_whole(seed):
    net = connect(catalogue(seed))
    whole = formulate(net).without(STRENGTHENING)
    form, owner, links = whole.standard_form(), owners(net, whole), linking_rows(whole)
    blocks = split(form, owner, links)
    assert len(blocks) == len(net.ground.skus)
    again = Highs().solve(_stacked(form, owner, links, blocks).relaxed, LIMITS)
    assert again.objective == pytest.approx(relaxed_optimum(seed), rel=1e-7)


def _stacked(form, owner, links, blocks):
    alone = np.flatnonzero(owner == -1)
    linking = form.matrix[:, alone]
    others = np.setdiff1d(np.flatnonzero(np.diff(sparse.csr_array(linking).indptr)), links)
    rows = [[linking[links], *(block.usage for block in blocks)]]
    rows += [[linking[others]] + [None] * len(blocks)]
    rows += [[None] * (place + 1) + [block.matrix] + [None] * (len(blocks) - place - 1)
             for place, block in enumerate(blocks)]  # fmt: skip

    def joined(name, first):
        return np.concatenate([first, *(getattr(block, name) for block in blocks)])

    return replace(
        form, matrix=sparse.csr_array(sparse.block_array(rows, format="csr")), cost=joined("cost", form.cost[alone]),
        row_lower=joined("row_lower", form.row_lower[np.concatenate([links, others])]),
        row_upper=joined("row_upper", form.row_upper[np.concatenate([links, others])]),
        lower=joined("lower", form.lower[alone]), upper=joined("upper", form.upper[alone]),
        integer=joined("integer", form.integer[alone]), rows={}, columns={},
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_columns_of_the_program_are_made_back_from_those_of_the_blocks(seed):
    net = connect(catalogue(seed))
    whole = formulate(net).without(STRENGTHENING)
    form, owner = whole.standard_form(), owners(net, whole)
    blocks, near = split(form, owner, linking_rows(whole)), replace(LIMITS, relative_gap=0.1)  # any answer will do
    made = sum(block.back @ Highs().solve(_alone(block), near).x for block in blocks)
    own = owner >= 0
    rows = np.setdiff1d(np.arange(form.matrix.shape[0]), linking_rows(whole))
    activity = form.matrix[rows][:, own] @ made[own]
    free = np.asarray(abs(form.matrix[rows][:, ~own]).sum(axis=1)).ravel() > 0
    assert (activity >= form.row_lower[rows] - 1e-6)[~free].all()
    assert (activity <= form.row_upper[rows] + 1e-6)[~free].all()
    assert (made >= form.lower - 1e-6)[own].all() and (made <= form.upper + 1e-6)[own].all()


def _alone(block):
    return replace(whole_form(1), cost=block.cost, offset=0.0, matrix=block.matrix, row_lower=block.row_lower,
                   row_upper=block.row_upper, lower=block.lower, upper=block.upper, integer=block.integer,
                   rows={}, columns={})  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_blocks_cut_from_shared_arrays_are_those_cut_one_by_one(seed):
    net = connect(catalogue(seed))
    whole = formulate(net).without(STRENGTHENING)
    form, gauge = whole.standard_form(), np.random.default_rng(seed).random(len(whole.standard_form().cost))
    _assert_alike(form, owners(net, whole), linking_rows(whole), gauge)


@pytest.mark.parametrize("seed", range(40))
def test_random_programs_fall_into_the_blocks_that_are_cut_one_by_one(seed):
    _assert_alike(*_scattered(np.random.default_rng(seed)))


def _assert_alike(form, owner, links, gauge):
    plain, found = plain_split(form, owner, links, gauge), split(form, owner, links, gauge)
    again = pickle.loads(pickle.dumps(found))
    assert len(found) == len(again) == len(plain)
    for one, *others in zip(plain, found, again, strict=True):
        for other in others:
            for name in ("cost", "row_lower", "row_upper", "lower", "upper", "integer", "gauge"):
                np.testing.assert_array_equal(getattr(other, name), getattr(one, name), name)
            for name in ("matrix", "usage", "back"):
                mine, plainly = getattr(other, name), getattr(one, name)
                assert (mine.format, mine.shape) == (plainly.format, plainly.shape)
                for part in ("indptr", "indices", "data"):
                    np.testing.assert_array_equal(getattr(mine, part), getattr(plainly, part), f"{name} {part}")


def _scattered(random):
    """A program whose blocks' columns and rows stand in no order, with columns in whole steps, linking columns, and
    rows that are empty.
    """
    blocks, width, links = 4, 30, 3
    owner = random.integers(-1, blocks, width)
    owner[:blocks] = np.arange(blocks)
    integer, rows = random.random(width) < 0.4, []
    for _ in range(25):
        mine = np.flatnonzero(owner == random.integers(-1, blocks))
        row, picked = np.zeros(width), random.choice(mine, min(len(mine), random.integers(1, 5)), replace=False)
        row[picked] = random.choice([-2.0, 1.0, 3.0], len(picked))
        rows.append(row)
    for code in range(blocks):
        whole, loose = (np.flatnonzero((owner == code) & side) for side in (integer, ~integer))
        for pair in zip(whole, loose, strict=False):
            row = np.zeros(width)
            row[list(pair)] = [random.choice([-6.0, 4.0]), 1.0]
            rows.append(row)
    rows += [np.zeros(width), *(random.random((links, width)) < 0.5) * random.integers(1, 4, (links, width))]
    place = random.permutation(len(rows))
    matrix, equal = np.array(rows)[place], random.random(len(rows)) < 0.8
    form = program(random.random(width), matrix, np.zeros(len(rows)), np.where(equal, 0.0, 9.0), np.zeros(width),
                   random.integers(1, 20, width).astype(float), integer)  # fmt: skip
    return form, owner, np.flatnonzero(place >= len(rows) - links), random.random(width)
