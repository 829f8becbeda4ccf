"""Gathering is a join: entries into the rows with equal keys."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimizer.network.gather import gather, position


def test_entries_are_summed_into_the_rows_with_equal_keys():
    rows = pd.DataFrame({"location": [0, 0, 1], "period": [0, 1, 0]})
    entries = pd.DataFrame({"location": [1, 0, 0, 0], "period": [0, 1, 1, 0]})
    assert gather(rows, entries, ["location", "period"]).toarray().tolist() == [
        [0, 0, 0, 1],
        [0, 1, 1, 0],
        [1, 0, 0, 0],
    ]


def test_an_entry_feeds_every_row_with_its_key():
    rows, entries = pd.DataFrame({"sku": [4, 4, 5]}), pd.DataFrame({"sku": [4, 5]})
    assert gather(rows, entries, ["sku"]).toarray().tolist() == [[1, 0], [1, 0], [0, 1]]


def test_an_entry_without_a_row_feeds_none():
    rows, entries = pd.DataFrame({"sku": [4]}), pd.DataFrame({"sku": [9, 4, 3]})
    assert gather(rows, entries, ["sku"]).toarray().tolist() == [[0, 1, 0]]


def test_keys_may_have_other_names_in_rows_and_entries():
    rows = pd.DataFrame({"location": [0, 1], "period": [2, 2]})
    entries = pd.DataFrame({"destination": [1], "arrival": [2]})
    gathered = gather(rows, entries, [("location", "destination"), ("period", "arrival")])
    assert gathered.toarray().tolist() == [[0], [1]]


def test_wide_keys_do_not_collide():
    rows = pd.DataFrame({"first": [0, 1], "second": [11, 0]})
    entries = pd.DataFrame({"first": [1, 0], "second": [0, 11]})
    assert gather(rows, entries, ["first", "second"]).toarray().tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize(("rows", "entries"), [(0, 3), (3, 0), (0, 0)])
def test_nothing_gathers_nothing(rows, entries):
    gathered = gather(pd.DataFrame({"sku": np.arange(rows)}), pd.DataFrame({"sku": np.arange(entries)}), ["sku"])
    assert (gathered.shape, gathered.nnz) == ((rows, entries), 0)


def test_gathering_equals_the_join_that_pandas_makes():
    random = np.random.default_rng(3)
    rows = pd.DataFrame({"a": random.integers(0, 5, 40), "b": random.integers(0, 4, 40), "row": np.arange(40)})
    entries = pd.DataFrame({"a": random.integers(0, 6, 60), "b": random.integers(0, 4, 60), "entry": np.arange(60)})
    expected = np.zeros((40, 60))
    joined = rows.merge(entries, on=["a", "b"])
    expected[joined["row"], joined["entry"]] = 1
    assert (gather(rows, entries, ["a", "b"]).toarray() == expected).all()


def test_a_position_is_that_of_the_row_with_equal_keys_or_minus_one():
    rows = pd.DataFrame({"a": [3, 1, 2], "b": [0, 0, 1]})
    entries = pd.DataFrame({"a": [1, 2, 2], "b": [0, 1, 0]})
    assert position(rows, entries, ["a", "b"]).tolist() == [1, 2, -1]


@pytest.mark.parametrize("spread", [3, 10**6])
def test_close_and_scattered_keys_are_gathered_alike(spread):
    random = np.random.default_rng(spread)
    rows, entries = (pd.DataFrame({"key": random.integers(0, 40, many) * spread}) for many in (60, 200))
    found = gather(rows, entries, ["key"]).toarray()
    np.testing.assert_array_equal(found, rows["key"].to_numpy()[:, None] == entries["key"].to_numpy()[None, :])
