"""The sample that is built from a real web shop: on a few invoice lines, and on the real file where it is there."""

import sys

import numpy as np
import pandas as pd
import pytest

from optimizer.errors import Refused, StoreError, UsageError
from optimizer.forecast.weeks import weeks
from optimizer.scenario.generator.samples.online_retail import market
from optimizer.scenario.generator.samples.online_retail.goods import best_sellers
from optimizer.scenario.generator.samples.online_retail.history import history
from optimizer.scenario.generator.samples.online_retail.online_retail import CUT_OFF, around, online_retail
from optimizer.scenario.generator.samples.online_retail.transactions import FILE, read_transactions
from optimizer.scenario.generator.spec import Spec
from optimizer.solve import check, plan
from optimizer.solvers.solver import Limits
from tests.scenario_generator.invoices import lines

#: Four whole weeks before the cut-off of a shop with three products; the first and last lines mark the file's ends.
SHOP = lines(
    ("0", "99999", 1, "2011-08-08 08:00"),
    ("1", "20001", 40, "2011-08-09", 2.0, 1.0),
    ("2", "20001", 20, "2011-08-30", 3.0, 2.0, "Germany"),
    ("3", "20002", 30, "2011-08-30", 5.0, 2.0, "EIRE"),
    ("4", "20002", 12, "2011-08-31", 5.0, 3.0, "Japan"),
    ("5", "20003", 6, "2011-08-16", 1.0, 4.0, "France"),
    ("6", "20001", 777, "2011-09-06", 2.0, 1.0),
    ("9", "99999", 1, "2011-12-09 12:00"),
)


@pytest.fixture
def shop():
    return around(history(SHOP, pd.Timestamp(CUT_OFF)), skus=3, seed=1)


def test_it_can_be_planned(shop):
    assert check(shop) == []


def test_the_sales_are_those_before_the_cut_off_by_region_and_week(shop):
    sales = shop["sales"].sort_values(["sku", "date"])
    assert sales[["sku", "region", "units", "days"]].values.tolist() == [
        ["20001", "UK-web", 40, 7],
        ["20001", "DE-web", 20, 7],
        ["20002", "IE-web", 30, 7],
        ["20002", "World-web", 12, 7],
        ["20003", "FR-web", 6, 7],
    ]
    assert (sales["date"] < pd.Timestamp(CUT_OFF)).all() and len(shop["demand"]) == 0


def test_the_forecast_reads_a_week_without_sales_as_none(shop):
    """40 units in the first of four weeks, none in the others."""
    made = weeks(shop)
    pair = list(zip(made.sku, made.region, strict=True)).index(("20001", "UK-web"))
    assert made.sold[pair].tolist() == [40, 0, 0, 0]
    assert made.known[pair].tolist() == [1, 1, 1, 1]


def test_stock_is_drawn_for_the_mean_since_the_first_sale():
    wanted = market.wanted(_spec(), _weekly(), np.array(["20001", "20002", "20003"], dtype=object))
    codes = ["UK-web", "IE-web", "DE-web", "FR-web", "ES-web", "World-web"]
    skus = ["20001", "20002", "20003"]
    found = {(skus[sku], codes[region]): units for sku, region, units in
             zip(wanted.sku, wanted.region, wanted.weekly, strict=True)}  # fmt: skip
    assert found["20001", "UK-web"] == pytest.approx(40 / 4)
    assert found["20003", "FR-web"] == pytest.approx(6 / 3)


def test_a_product_fades_that_has_not_sold_of_late():
    rows = [(str(day), "20001", 10, f"2011-05-{day:02d}") for day in range(2, 30)]
    rows += [("n", "20002", 10, "2011-05-02"), ("m", "20002", 10, "2011-08-30")]
    sold = history(lines(*rows, ("9", "99999", 1, "2011-12-09")), pd.Timestamp(CUT_OFF))
    found = market.wanted(_spec(), market.by_region(sold), np.array(["20001", "20002"], dtype=object))
    assert found.fading.tolist() == [True, False]


def test_prices_are_what_a_unit_sold_for_in_each_region(shop):
    priced = shop["prices"].set_index(["sku", "region"])
    assert priced.loc[("20001", "UK-web"), ["price", "currency"]].tolist() == [2.0, "GBP"]
    assert priced.loc[("20001", "DE-web"), "price"] == 3.0


def test_all_products_of_an_order_share_its_parcels():
    """Ten units of an order of forty take a quarter of its parcel; of an order of 200 a tenth of one of its two."""
    small = ("1", "20001", 10, "2011-08-09"), ("1", "20002", 30, "2011-08-09")
    large = ("2", "20001", 10, "2011-08-10"), ("2", "20002", 190, "2011-08-10")
    sold = history(lines(("0", "99999", 1, "2011-08-08"), *small, *large, ("9", "99999", 1, "2011-08-28")))
    products = best_sellers(sold, 2).set_index("sku")
    assert products.loc["20001", "units_per_order"] == pytest.approx(20 / (10 / 40 + 10 / 100), abs=0.05)


def test_the_products_with_the_most_revenue_are_chosen():
    assert best_sellers(history(SHOP, pd.Timestamp(CUT_OFF)), 2)["sku"].tolist() == ["20001", "20002"]


def test_the_same_seed_draws_the_same_goods_and_another_one_others():
    sold = history(SHOP, pd.Timestamp(CUT_OFF))
    first, again, other = (around(sold, 3, seed) for seed in (1, 1, 2))
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, again[name])
    assert not first["skus"]["unit_weight_kg"].equals(other["skus"]["unit_weight_kg"])
    pd.testing.assert_frame_equal(first["sales"], other["sales"])


def test_without_a_folder_of_data_the_option_is_named():
    with pytest.raises(UsageError, match="--data"):
        online_retail()


def test_a_folder_without_the_file_cannot_be_read(tmp_path):
    with pytest.raises(StoreError, match="transactions.parquet: there is no such file"):
        online_retail(tmp_path)


def test_a_file_of_something_else_is_refused(tmp_path):
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    pd.DataFrame({"sku": ["A"]}).to_parquet(file)
    with pytest.raises(Refused) as found:
        online_retail(tmp_path)
    assert "InvoiceNo" in found.value.problems[0].remedy
    file.write_bytes(b"no table at all")
    with pytest.raises(Refused):
        online_retail(tmp_path)


def test_without_pyarrow_the_error_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"\[parquet\]"):
        online_retail(tmp_path)


def test_at_least_one_product_is_asked_for(tmp_path):
    with pytest.raises(UsageError, match="skus = 0"):
        online_retail(tmp_path, skus=0)


def test_the_real_shop_is_cleaned_as_its_readme_prescribes(data):
    """The order of 74,215 cancelled within minutes is gone, codes are in capitals, the first week is a whole one."""
    sold = history(read_transactions(data), pd.Timestamp(CUT_OFF))
    assert sold["week"].min() == pd.Timestamp("2010-12-06") and sold["week"].max() == pd.Timestamp("2011-08-29")
    assert sold.loc[sold["sku"] == "23166", "units"].max() < 74_215
    assert not sold["sku"].str.contains("[a-z]").any() and sold["sku"].nunique() > 3_000
    by_region = market.by_region(sold).groupby("region")["units"].sum()
    assert 0.8 < by_region["UK-web"] / by_region.sum() < 0.87


def test_the_whole_year_of_the_real_shop_has_52_whole_weeks(data):
    sold = history(read_transactions(data))
    assert (sold["week"].max() - sold["week"].min()).days == 51 * 7
    assert sold.loc[sold["sku"] == "23843", "units"].sum() < 80_995


def test_a_few_products_of_the_real_shop_are_planned(data):
    made = plan(online_retail(data, skus=4), limits=Limits(seconds=20.0), gap=0.05)
    assert len(made["deliver"]) and made.bound <= made.total_cost


def _spec():
    return Spec(skus=3, warehouses=("UK", "DE"), channels=("web shop",), starts_on=CUT_OFF)


def _weekly():
    sold = history(SHOP, pd.Timestamp(CUT_OFF))
    return market.by_region(sold[sold["sku"] != "99999"])
