"""A slice of the SKUs is a part of the whole: linking sets are equal, all else is shared out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.formulation.formulate import LINKING, STRENGTHENING, formulate
from optimizer.network.alike import Common
from optimizer.network.horizon import horizon
from optimizer.network.network import connect
from optimizer.search.dealt import shares
from optimizer.search.slices import stated
from tests.decomposition.parts import catalogue
from tests.formulation.golden_toy import golden_toy
from tests.formulation.printer import band_text, keys_of

LINKING_SETS = ("loads", "scales", "brackets", "fees", "capacities", "supplier_orders", "rooms", "docks", "sailings")
#: Families of columns that belong to no SKU.
LINKING_FAMILIES = ("containers", "charged", "brackets", "departures", "supplier_orders", "storage_overflow",
                    "receiving_overflow")  # fmt: skip
#: Bands of one SKU alone, whatever the others do.
OWN = (
    "stock_balance",
    "demand_met_or_lost",
    "slow_delivery_share",
    "whole_cases",
    "minimum_order",
    "minimum_order_placed",
    "cumulative_receipts",
    "aged_stock",
    "stock_target",
    "end_cover_stock",
    "end_cover_demand",
)


@pytest.fixture(scope="module")
def whole():
    return connect(golden_toy())


@pytest.fixture(scope="module")
def slices():
    return [connect(golden_toy(), np.array([sku], dtype=object)) for sku in "AB"]


@pytest.mark.parametrize("name", LINKING_SETS)
def test_linking_sets_are_equal_in_every_slice(whole, slices, name):
    assert len(getattr(whole, name))
    for part in slices:
        pd.testing.assert_frame_equal(getattr(part, name), getattr(whole, name))


def test_the_buckets_after_the_horizon_are_those_of_the_whole(whole, slices):
    for part in slices:
        assert part.ground.bucket_ends.tolist() == whole.ground.bucket_ends.tolist()


@pytest.mark.parametrize("family", ["ship", "cases", "on_hand", "received", "aged", "deliver", "lost", "end_cover"])
def test_keys_of_goods_are_shared_out_among_slices(whole, slices, family):
    parts = [key for part in slices for key in keys_of(part, family)]
    assert sorted(parts) == sorted(keys_of(whole, family))


@pytest.mark.parametrize("band", OWN)
def test_rows_of_goods_are_the_same_in_a_slice(whole, slices, band):
    rows = [
        line
        for part in slices
        if len(formulate(part).bands[band])
        for line in band_text(part, formulate(part), band).splitlines()
    ]
    assert sorted(rows) == sorted(band_text(whole, formulate(whole), band).splitlines())


def test_linking_rows_of_slices_add_up_to_those_of_the_whole(whole, slices):
    def goods_part(net, band):
        form = formulate(net).standard_form()
        return form.matrix[form.rows[band]][:, form.columns["ship"]].sum(axis=1)

    for band in ("container_volume", "lane_capacity", "supplier_minimum", "receiving_capacity", "departure_used"):
        total = sum(np.asarray(goods_part(part, band)).ravel() for part in slices)
        assert total == pytest.approx(np.asarray(goods_part(whole, band)).ravel())


def test_a_slice_sees_no_other_demand_than_its_own(whole, slices):
    demand = np.concatenate([part.ground.demand for part in slices], axis=1)
    assert demand == pytest.approx(whole.ground.demand)


def test_a_slice_without_skus_and_the_totals_of_the_slices_make_the_linking_part_of_the_whole(whole, slices):
    nobody = replace(connect(golden_toy(), np.array([], dtype=object)), whole=slices[0].totals + slices[1].totals)
    shared = [family for family in formulate(whole).variables if family.name in LINKING_FAMILIES]
    alone = {family.name: family for family in formulate(nobody).variables}
    for family in shared:
        np.testing.assert_allclose(alone[family.name].upper, family.upper)
    whole_form, part = formulate(whole), formulate(nobody)
    for band in LINKING - STRENGTHENING:
        columns = [(whole_form.columns[family.name], part.columns[family.name]) for family in shared]
        dense, thin = whole_form.standard_form().matrix.toarray(), part.standard_form().matrix.toarray()
        for theirs, mine in columns:
            np.testing.assert_allclose(thin[part.rows[band], mine], dense[whole_form.rows[band], theirs])


@pytest.mark.parametrize("scenario", [golden_toy(), catalogue(1), catalogue(2)], ids=["toy", "1", "2"])
def test_slices_that_share_what_they_have_in_common_are_as_if_connected_alone(scenario):
    names, shared = scenario["skus"]["sku"].to_numpy(dtype=object), Common(scenario)
    for some in (names[:1], names[1:], names[:0]):
        alone = formulate(connect(scenario, some, horizon(scenario))).standard_form()
        found = formulate(connect(scenario, some, horizon(scenario), shared)).standard_form()
        for name in ("cost", "lower", "upper", "row_lower", "row_upper", "integer"):
            np.testing.assert_array_equal(getattr(found, name), getattr(alone, name), name)
        assert (found.matrix != alone.matrix).nnz == 0 and found.offset == alone.offset


def test_rates_and_departures_are_worked_out_for_the_first_slice_alone():
    share = shares(catalogue(1), 1)[0]
    names = share.scenario["skus"]["sku"].to_numpy(dtype=object)
    one, other = (stated(share, some)[0] for some in (names[:1], names[1:]))
    for name in ("sailings", "loads", "fees", "rooms"):
        assert getattr(one, name) is getattr(other, name)
    assert one.ground.freight is other.ground.freight
