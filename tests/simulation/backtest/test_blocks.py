"""A catalogue dealt out to blocks: every SKU once, and shared limits in proportion."""

import numpy as np
import pandas as pd
import pytest

from optimizer.errors import UsageError
from optimizer.simulation.backtest.blocks import blocks_of, side_by_side
from optimizer.simulation.backtest.stretch import stretch
from tests.simulation.backtest.shops import shop

BEST, OTHERS = np.array(["B", "D"], dtype=object), np.array(["A", "C"], dtype=object)
FIVE_WEEKS = pd.Timedelta(weeks=5)


@pytest.fixture
def catalogue():
    """Four SKUs that sell alike, but D three times as much, and a home of 100 m3."""
    made = shop(skus="ABCD")
    sales = made["sales"]
    sales = sales.assign(units=sales["units"].where(sales["sku"] != "D", sales["units"] * 3))
    places = made["locations"]
    return made.with_tables(sales=sales, locations=places.assign(storage_volume_m3=100.0))


def test_skus_are_dealt_out_in_turn_the_best_sellers_first(catalogue):
    made = blocks_of(catalogue, 2)
    assert [block["skus"]["sku"].tolist() for block in made] == [["B", "D"], ["A", "C"]]
    assert [sorted(set(block["sales"]["sku"])) for block in made] == [["B", "D"], ["A", "C"]]


def test_limits_that_skus_share_are_shared_by_the_volume_sold(catalogue):
    """D and B sell 4 of 6 parts of the volume."""
    rooms = [block["locations"]["storage_volume_m3"].iloc[0] for block in blocks_of(catalogue, 2)]
    assert rooms == pytest.approx([100 * 4 / 6, 100 * 2 / 6])


def test_all_blocks_replay_the_same_weeks(catalogue):
    """A and C sell nothing in the first three and the last five of thirty weeks."""
    sales = catalogue["sales"]
    inside = sales["date"].between(sales["date"].min() + pd.Timedelta(weeks=3), sales["date"].max() - FIVE_WEEKS)
    sold = catalogue.with_tables(sales=sales[inside | sales["sku"].isin(["B", "D"])])
    found = [stretch(block, 6) for block in side_by_side([sold.only(BEST), sold.only(OTHERS)])]
    assert len({one.scenario.settings.starts_on for one in found}) == 1
    assert sorted(set(found[1].demand["week"])) == [0]  # of the six weeks it sells in the first alone
    assert found[1].demand["units"].sum() == pytest.approx(sales.loc[sales["sku"] == "A", "units"].iloc[24] * 2)


def test_a_block_that_never_sold_waits_through_the_weeks_of_the_others(catalogue):
    sales = catalogue["sales"]
    sold = catalogue.with_tables(sales=sales[sales["sku"].isin(["B", "D"])])
    found = [stretch(block, 6) for block in side_by_side([sold.only(BEST), sold.only(OTHERS)])]
    assert len({one.scenario.settings.starts_on for one in found}) == 1 and found[1].demand.empty


def test_one_block_is_the_catalogue_itself(catalogue):
    assert blocks_of(catalogue, 1) == [catalogue]


def test_more_blocks_than_skus_are_refused(catalogue):
    with pytest.raises(UsageError, match="there are 4 SKUs"):
        blocks_of(catalogue, 5)
