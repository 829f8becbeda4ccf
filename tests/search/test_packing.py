"""What is packed comes back as it was."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from optimizer.decomposition.part import copied
from optimizer.decomposition.records import records
from optimizer.pricing.rows_flows import Now
from optimizer.search.aside import Laid
from optimizer.search.dealt import shares
from optimizer.search.packing import packed, unpacked
from optimizer.search.shelf import Shelf
from optimizer.search.slices import PACKED_ABOVE, batches, formulated
from tests.decomposition.parts import catalogue


@pytest.fixture(scope="module")
def part():
    share = shares(catalogue(2), 1)[0]
    return formulated(share, next(batches(share.scenario)))


def test_packed_skus_come_back_as_they_were(part):
    blocks, separators, finders = unpacked(packed(part.blocks, part.separators, part.finders))
    assert len(blocks) == len(separators) == len(finders) == len(part.blocks)
    for place, block in enumerate(part.blocks):
        _assert_same(vars(blocks[place]), vars(block))
        _assert_same(vars(separators[place]), vars(part.separators[place]))
        mine, theirs = (all_of[place] for all_of in (finders, part.finders))
        assert mine.place == theirs.place
        _assert_same(mine.wholes._layouts[place], theirs.wholes._layouts[place])


def test_what_is_packed_can_be_written_to_as_before(part):
    blocks, separators, _ = unpacked(packed(part.blocks, part.separators, part.finders))
    blocks[0].upper[0] = 7.0
    separators[0].flows.known[0, 0] = 7.0


def test_a_copy_at_hand_shares_no_memory_with_its_slice(part):
    for block, separator in zip(part.blocks, part.separators, strict=True):
        one = copied(block, separator)
        for mine, slices in ((vars(one.block), vars(block)), (vars(one.separator), vars(separator))):
            theirs = list(_arrays(slices))
            assert theirs and not any(np.shares_memory(array, other) for array in _arrays(mine) for other in theirs)


def test_a_shelf_that_packs_holds_what_an_open_one_holds(part):
    opened, closed = Shelf(len(part.blocks)), Shelf(PACKED_ABOVE + 1)
    for shelf in (opened, closed):
        shelf.put(part)
        shelf.put(part)
    assert len(closed) == len(opened) == 2 * len(part.blocks)
    for mine, theirs in zip(closed.relaxations, opened.relaxations, strict=True):
        _assert_same(vars(mine.block), vars(theirs.block))
    assert isinstance(closed._slices[0], Laid)


def test_a_shelf_that_is_emptied_keeps_what_puts_answers_in_their_place(part):
    for shelf in (Shelf(len(part.blocks)), Shelf(PACKED_ABOVE + 1)):
        shelf.put(part)
        shelf.put(part)
        shelf.keep_backs()
        assert len(list(shelf.slices())) == 0
        for which in (1, 0):
            for back, block in zip(shelf.backs(which), part.blocks, strict=True):
                assert (back != block.back).nnz == 0


def test_packed_skus_take_a_fraction_of_their_room(part):
    plain = len(pickle.dumps((part.blocks, part.separators, part.finders), 5))
    assert len(packed(part.blocks, part.separators, part.finders)) < plain / 3


def test_records_come_back_with_shapes_gaps_and_shared_things():
    shared = np.arange(3)
    one = Now(shared, np.zeros(0), np.ones((2, 3)), np.ones(1), *(np.full((2, 0), 1.0) for _ in range(4)))
    two = one._replace(ends=np.zeros((0, 3)), cases=np.arange(4.0), units=np.zeros(0))
    found = pickle.loads(pickle.dumps(records([None, one, None, two]))).cut()
    assert found[0] is None and found[2] is None
    assert isinstance(found[1], Now) and found[1].moves is found[3].moves
    _assert_same(found[1], one)
    _assert_same(found[3], two)


def test_records_of_nothing_are_nothing():
    assert records([None, None]).cut() == [None, None]
    assert records([]).cut() == []


def _arrays(things):
    """All arrays with something in them, however deep."""
    for thing in things.values() if isinstance(things, dict) else things:
        if isinstance(thing, np.ndarray):
            yield from [thing] if thing.size else []
        elif isinstance(thing, (dict, list, tuple)):
            yield from _arrays(thing)
        elif hasattr(thing, "__dict__"):
            yield from _arrays(vars(thing))


def _assert_same(mine, theirs):
    if isinstance(theirs, dict):
        assert mine.keys() == theirs.keys()
        mine, theirs = tuple(mine.values()), tuple(theirs.values())
    if isinstance(theirs, tuple):
        assert type(mine) is type(theirs) and len(mine) == len(theirs)
        for one, other in zip(mine, theirs, strict=True):
            _assert_same(one, other)
    elif isinstance(theirs, np.ndarray):
        assert mine.dtype == theirs.dtype
        np.testing.assert_array_equal(mine, theirs, strict=True)
    elif hasattr(theirs, "indptr"):
        assert (type(mine), mine.shape) == (type(theirs), theirs.shape)
        _assert_same((mine.indptr, mine.indices, mine.data), (theirs.indptr, theirs.indices, theirs.data))
    elif hasattr(theirs, "matrix"):  # the empty cuts of what finds none
        _assert_same(vars(mine), vars(theirs))
    else:
        assert mine == theirs
