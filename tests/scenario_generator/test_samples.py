"""The samples with fixed tables are what their READMEs tell."""

import pytest

from optimizer.plan.measures import measure
from optimizer.scenario.generator.samples import COMMITTED
from optimizer.solve import plan
from optimizer.solvers.solver import Limits


@pytest.fixture(scope="module")
def temu():
    return COMMITTED["temu-migration"]()


@pytest.fixture(scope="module")
def small():
    return COMMITTED["small-seller"]()


@pytest.fixture(scope="module")
def multi():
    return COMMITTED["multi-market"]()


def cases_a_week(scenario):
    """Mean cases a week of each SKU over all regions within the horizon, (skus,)."""
    inside = scenario["demand"][scenario["demand"]["starts_on"] < scenario.calendar.end]
    goods = scenario["skus"].set_index("sku")
    weeks = sum(scenario.settings.periods) / 7
    return inside.groupby("sku")["mean"].sum().reindex(goods.index) / goods["case_pack"] / weeks


def overseas(scenario):
    """Rows of lanes from home to overseas."""
    kind = scenario["locations"].set_index("location")["kind"]
    lanes = scenario["lanes"]
    abroad = lanes["destination"].map(kind).isin(["overseas", "marketplace"])
    return lanes[(lanes["origin"].map(kind) == "domestic") & abroad]


def test_a_third_of_the_forty_skus_that_migrate_sell_under_three_cases_a_week(temu):
    assert len(temu["skus"]) == 40 and 0.28 < (cases_a_week(temu) < 3).mean() < 0.4


def test_every_warehouse_that_they_migrate_to_has_a_container_lane_with_a_fee_of_departure(temu):
    bases = temu["freight_rates"].groupby("lane")["basis"].agg(set)
    boxed = overseas(temu).set_index("lane")["destination"][bases[bases.map(lambda found: "container" in found)].index]
    assert set(boxed) == {"US-W", "US-E"} and all("departure" in bases[lane] for lane in boxed.index)


def test_most_of_what_migrates_stands_at_home_and_little_of_it_overseas(temu):
    stock = temu["opening_stock"]
    goods = len(temu["skus"])
    assert stock.loc[stock["location"] == "CN-S", "sku"].nunique() > 0.8 * goods
    assert stock.loc[stock["location"] != "CN-S", "sku"].nunique() < 0.5 * goods


def test_its_duty_is_paid_on_entry_by_freight_and_parcels(temu):
    assert not overseas(temu)["duty_included"].any()
    parcels = temu["duty_rates"].query("kind == 'parcel' and customs_territory == 'US'")
    assert (parcels["rate"] > 0).all() and (parcels["per_entry"] > 0).all()


def test_a_small_seller_has_twelve_skus_one_warehouse_overseas_and_least_orders(small):
    kinds = small["locations"]["kind"].value_counts()
    assert len(small["skus"]) == 12 and kinds["overseas"] == 1
    assert (small["sourcing"]["moq"] > 0).any() and (small["suppliers"]["minimum_order_value"] > 0).all()


def test_a_small_seller_cannot_fill_a_container_within_a_month(small):
    goods = small["skus"].set_index("sku")
    monthly = 4 * (cases_a_week(small) * goods["case_pack"] * goods["unit_volume_m3"]).sum()
    assert monthly < 0.5 * small["container_types"]["volume_m3"].max()


def test_the_markets_are_four_territories_with_two_warehouses_at_home_and_six_overseas(multi):
    kinds = multi["locations"]["kind"].value_counts()
    assert len(multi["skus"]) == 300 and kinds["domestic"] == 2 and kinds["overseas"] + kinds["marketplace"] == 6
    territory = multi["countries"].set_index("country")["customs_territory"]
    customers = multi["regions"].query("kind == 'customers'")["country"].map(territory)
    assert set(customers) == {"US", "UK", "EU", "JP"}


def test_all_modes_lead_overseas(multi):
    modes = {"sea", "fast-sea", "rail", "air", "express", "fcl", "lcl"}
    assert set(overseas(multi)["mode"]) == modes and {"ltl", "road", "truck"} <= set(multi["lanes"]["mode"])


def test_every_territory_has_duties_by_hs_heading_for_all_that_is_sold(multi):
    headings = set(multi["skus"]["hs_code"].str[:4])
    freight = multi["duty_rates"].query("kind == 'freight' and hs_prefix != ''")
    for _, rows in freight.groupby("customs_territory"):
        assert headings <= set(rows["hs_prefix"]) and rows["rate"].nunique() > 2
    assert set(freight["customs_territory"]) == {"US", "UK", "EU", "JP"}


def test_stock_of_the_markets_stands_where_it_no_longer_sells(multi):
    """A tenth of the SKUs at least have the demand of eight weeks in one warehouse, and nothing in another."""
    places = multi["locations"].query("kind == 'overseas'")["location"]
    stock = multi["opening_stock"][multi["opening_stock"]["location"].isin(places)]
    held = stock.pivot_table(index="sku", columns="location", values="units", aggfunc="sum")
    weekly = cases_a_week(multi) * multi["skus"].set_index("sku")["case_pack"]
    plenty = held.max(axis=1) > 8 * weekly.reindex(held.index)
    assert (plenty & held.isna().any(axis=1)).sum() > 30


@pytest.mark.slow
def test_the_migration_is_planned_within_one_percent_with_full_containers_and_their_fees(temu):
    made = plan(temu, limits=Limits(seconds=480, threads=2))  # half a minute, but not on a machine that others use
    measures = measure(made)
    assert measures.gap_share <= 0.01 and measures.container_fill > 0.9
    assert made.costs["departure_fees"] > 0 and made.costs["duty"] > 0
    lost = made["lost"].groupby("period")["units"].sum().reindex(range(12), fill_value=0.0)
    assert lost[:2].sum() > 0.75 * lost.sum()  # only until what is sent today arrives


@pytest.mark.slow
def test_the_small_sellers_container_leaves_about_half_empty(small):
    made = plan(small)
    assert made["containers"]["containers"].sum() >= 1 and 0.3 < measure(made).container_fill < 0.75
    orders = made["ship"][made["ship"]["lane"].str.startswith("SUP")].merge(small["sourcing"].query("moq > 0"))
    assert (orders["units"] == orders["moq"]).any()  # least orders bind
