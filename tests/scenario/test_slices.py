"""A slice of a scenario holds the rows of its SKUs, as if the tables had been filtered."""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.scenario.by_sku import BySku
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec

SKUS = st.lists(st.sampled_from(["a", "b", "c", "d", "商品"]), max_size=12)


@pytest.fixture(scope="module")
def catalogue():
    return generate(Spec(skus=6, seed=3))


@given(SKUS, SKUS)
@settings(max_examples=200, deadline=None)
def test_the_rows_of_skus_are_found_in_the_order_of_the_table(column, wanted):
    table = pd.DataFrame({"sku": pd.Series(column, dtype=str)})
    assert BySku(table).rows(wanted).tolist() == np.flatnonzero(table["sku"].isin(wanted)).tolist()


def test_a_slice_is_what_a_filter_leaves(catalogue):
    shuffled = catalogue.with_tables(demand=catalogue["demand"].sample(frac=1.0, random_state=1))
    names = [*catalogue["skus"]["sku"].iloc[[4, 1]], "no such SKU"]
    for scenario in (catalogue, shuffled):
        for name, table in scenario.only(names).tables.items():
            whole = scenario[name]
            expected = whole[whole["sku"].isin(names)] if "sku" in whole.columns else whole
            pd.testing.assert_frame_equal(table, expected)


def test_a_slice_of_nothing_has_no_rows_but_all_columns(catalogue):
    demand = catalogue.only([])["demand"]
    assert len(demand) == 0
    assert list(demand.columns) == list(catalogue["demand"].columns)


def test_a_scenario_travels_without_its_index(catalogue):
    fresh = len(pickle.dumps(generate(Spec(skus=6, seed=3))))
    catalogue.only(["S0001"])
    travelled = pickle.dumps(catalogue)
    assert len(travelled) == fresh
    pd.testing.assert_frame_equal(
        pickle.loads(travelled).only(["S0001"])["demand"], catalogue.only(["S0001"])["demand"]
    )
