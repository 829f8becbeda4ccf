"""The generator: pinned demand, honest references, same seed same tables."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from optimizer.rates.missing import missing_rates
from optimizer.scenario.check import problems
from optimizer.scenario.generator import Spec, generate
from optimizer.scenario.schema import SCHEMA

KINDS = {"number": "float64", "date": "datetime64[ns]", "flag": "bool"}


@pytest.fixture(scope="module")
def scenario():
    return generate(Spec(skus=400, seed=7, overseas=8, domestic=2, modes=6, returns=True))


def weekly_cases(scenario):
    """Mean cases a week of each SKU over all regions within the horizon, (skus,)."""
    inside = scenario["demand"][scenario["demand"]["starts_on"] < scenario.calendar.end]
    goods = scenario["skus"].set_index("sku")
    return inside.groupby("sku")["mean"].sum().reindex(goods.index) / goods["case_pack"] / (len(scenario.calendar))


def test_every_table_has_the_columns_and_types_of_the_schema(scenario):
    assert set(scenario.tables) == set(SCHEMA)
    for name, table in scenario.tables.items():
        assert list(table.columns) == list(SCHEMA[name].by_name)
        for column in SCHEMA[name].columns:
            kind = str(table[column.name].dtype)
            if column.kind in KINDS:
                assert kind == KINDS[column.kind], (name, column.name)
            elif column.kind == "whole":
                assert kind == ("float64" if column.optional else "int64"), (name, column.name)
            else:
                assert all(isinstance(value, str) for value in table[column.name]), (name, column.name)


def test_every_rule_of_the_schema_holds(scenario):
    for name, table in scenario.tables.items():
        assert not table.duplicated(list(SCHEMA[name].key)).any(), name
        for column in SCHEMA[name].columns:
            values = table[column.name]
            empty = values.isna() | (values.astype(str) == "")
            assert column.required <= (not empty.any()), (name, column.name)
            assert column.used or empty.all(), (name, column.name)
            filled = values[~empty]
            if column.references:
                known = scenario[column.references][SCHEMA[column.references].key[0]]
                assert filled.isin(set(known)).all(), (name, column.name)
            if column.choices:
                assert filled.isin(column.choices).all(), (name, column.name)
            for limit, holds in (("least", "ge"), ("most", "le"), ("above", "gt")):
                bound = getattr(column, limit)
                assert bound is None or getattr(filled, holds)(bound).all(), (name, column.name)


def test_the_same_seed_gives_the_same_tables_and_another_one_others(scenario):
    again = generate(Spec(skus=400, seed=7, overseas=8, domestic=2, modes=6, returns=True))
    for name, table in scenario.tables.items():
        pd.testing.assert_frame_equal(table, again[name])
    other = generate(Spec(skus=400, seed=8, overseas=8, domestic=2, modes=6, returns=True))
    assert not other["demand"].equals(scenario["demand"])


def test_demand_of_a_sku_is_lognormal_with_a_median_of_one_and_a_half_cases_and_sigma_1_3():
    cases = weekly_cases(generate(Spec(skus=6000, seed=3, demand_days=28)))
    assert np.median(cases) == pytest.approx(1.5, rel=0.08)
    upper = np.log(np.quantile(cases, [0.5, 0.8413, 0.9772]))  # rounding to whole units blurs the slow half
    assert np.diff(upper) == pytest.approx([1.3, 1.3], rel=0.12)


def test_demand_is_in_whole_units_and_reaches_thirteen_weeks_beyond_the_horizon(scenario):
    demand = scenario["demand"]
    assert (demand["mean"] % 1 == 0).all()
    reaches = (
        (demand["starts_on"] + pd.to_timedelta(demand["days"], unit="D"))
        .groupby([demand["sku"], demand["region"]])
        .max()
    )
    assert (reaches >= pd.Timestamp(scenario.calendar.end) + pd.Timedelta(weeks=13)).all()


def test_slow_movers_are_intermittent(scenario):
    demand = scenario["demand"][scenario["demand"]["starts_on"] < scenario.calendar.end]
    by_pair = demand.groupby(["sku", "region"])["mean"].agg(["sum", lambda units: (units == 0).mean()])
    slow = by_pair["sum"] < 8
    assert slow.any() and by_pair.loc[slow, "<lambda_0>"].mean() > 0.5


def test_gifts_sell_most_before_christmas():
    yearly = generate(Spec(skus=300, starts_on=dt.date(2026, 1, 5), weeks=52))
    toys = yearly["skus"].loc[yearly["skus"]["category"] == "toys", "sku"]
    inside = yearly["demand"][yearly["demand"]["sku"].isin(toys) & (yearly["demand"]["days"] == 7)]
    by_sku = inside.pivot_table(index="sku", columns="starts_on", values="mean", aggfunc="sum")
    weekly = by_sku.div(by_sku.mean(axis=1), axis=0).mean().to_numpy()
    assert 44 <= int(weekly.argmax()) <= 51
    assert weekly[44:51].mean() > 1.5 * weekly[8:20].mean()


def test_price_cost_weight_and_volume_go_together(scenario):
    goods = scenario["skus"].set_index("sku")
    price = scenario["prices"][scenario["prices"]["region"] == "US-West-temu"].set_index("sku")["price"]
    cost = scenario["sourcing"].query("currency == 'CNY'").groupby("sku")["unit_cost"].min()
    both = pd.concat(
        [np.log(price), np.log(cost), np.log(goods["unit_weight_kg"]), np.log(goods["unit_volume_m3"])], axis=1
    )
    assert (both.dropna().corr().iloc[0, 1:] > 0.4).all()
    assert goods["case_pack"].between(6, 48).all()


def test_opening_stock_is_mismatched(scenario):
    stock = scenario["opening_stock"].merge(scenario["locations"][["location", "kind"]], on="location")
    home = set(stock.loc[stock["kind"] == "domestic", "sku"])
    overseas = set(stock.loc[stock["kind"] != "domestic", "sku"])
    assert len(overseas - home) > 0.2 * len(scenario["skus"])
    assert (stock["received_on"] < pd.Timestamp(scenario.settings.starts_on) - pd.Timedelta(days=90)).sum() > 20


def test_every_rate_that_a_plan_needs_is_there(scenario):
    assert list(missing_rates(scenario)) == []


def test_the_us_duty_on_chinese_goods_changes_within_the_horizon(scenario):
    duty = scenario["duty_rates"].query("customs_territory == 'US' and origin_country == 'CN' and kind == 'freight'")
    dated = duty.dropna(subset=["valid_from"])
    assert len(dated) and (dated["valid_from"] < pd.Timestamp(scenario.calendar.end)).all()


def test_most_goods_come_from_china_and_some_from_vietnam(scenario):
    made = scenario["skus"]["origin_country"].value_counts(normalize=True)
    assert made["CN"] > 0.6 and made["VN"] > 0.02


def test_no_price_is_below_what_serving_from_the_nearest_warehouse_costs():
    """Customers across the continent from the only warehouse: the usual price of cheap goods would not pay the way."""
    made = generate(Spec(skus=300, seed=7, overseas=1))
    prices = made["prices"].query("region == 'US-East-temu'").set_index("sku")["price"]
    lane = made["delivery_lanes"].query("location == 'US-W' and region == 'US-East-temu'").iloc[0]
    goods, dollars = made["skus"].set_index("sku").loc[prices.index], made["exchange_rates"].set_index("currency")
    source = made["sourcing"].drop_duplicates("sku").set_index("sku").loc[prices.index]
    cost = source["unit_cost"] * source["currency"].map({"CNY": dollars.loc["CNY", "rate"].iloc[0], "USD": 1.0})
    freight = 1.5 * np.maximum(goods["unit_weight_kg"], goods["unit_volume_m3"] * 1e6 / 6000)
    last_mile = lane["per_order"] / goods["units_per_order"] + lane["per_kg"] * goods["unit_weight_kg"]
    assert (prices * (1 - 0.08 - 0.04) > 1.3 * cost + freight + last_mile).all()


def test_parcels_to_the_us_pay_the_duty_of_freight_and_a_fee_for_their_entry(scenario):
    duty = scenario["duty_rates"].query("customs_territory == 'US' and hs_prefix != ''")
    by_kind = duty.pivot_table(
        index=["origin_country", "hs_prefix", "valid_from"], columns="kind", values=["rate", "per_entry"], dropna=False
    ).dropna()
    assert len(by_kind) and (by_kind["rate"]["freight"] == by_kind["rate"]["parcel"]).all()
    assert (by_kind["per_entry"]["freight"] == 0).all() and (by_kind["per_entry"]["parcel"] == 2.4).all()


def test_a_catalogue_may_name_its_warehouses():
    named = generate(Spec(skus=20, warehouses=("DE", "UK"), channels=("web shop",)))
    places = named["locations"]
    assert list(places.loc[places["kind"] == "overseas", "location"]) == ["UK", "DE"]
    assert list(problems(named)) == [] and list(missing_rates(named)) == []


def test_regions_without_a_warehouse_anywhere_get_parcels_from_abroad_alone():
    lanes = generate(Spec(skus=20, warehouses=("DE", "UK"), channels=("web shop",)))["delivery_lanes"]
    assert set(lanes.loc[lanes["region"] == "World-web", "kind"]) == {"cross_border"}
    assert set(lanes.loc[lanes["region"] == "World-web", "location"]) == {"CN-S", "UK"}


def test_stock_overseas_of_goods_that_sell_lasts_as_long_as_the_spec_says():
    spec = Spec(skus=200, seed=2, overseas=1, cover_weeks=(6.0, 6.0), channels=("temu-semi",))
    made = generate(spec)
    first = made["demand"][made["demand"]["starts_on"] < pd.Timestamp(spec.starts_on) + pd.Timedelta(days=28)]
    weekly = first.groupby("sku")["mean"].sum() / 4
    stock = made["opening_stock"].query("location == 'US-W'").groupby("sku")["units"].sum()
    weeks = (stock / weekly.reindex(stock.index))[weekly.reindex(stock.index) > 20]
    assert weeks.median() == pytest.approx(6.0, rel=0.05)


@pytest.mark.parametrize(
    "options",
    [
        {"skus": 0},
        {"overseas": 0},
        {"overseas": 9},
        {"domestic": 3},
        {"modes": 0},
        {"modes": 6, "containers": False},
        {"weeks": 0},
        {"sigma": -1},
        {"sigma": float("nan")},
        {"storage_tightness": -0.1},
        {"median_cases_per_week": 0},
        {"daily": 3},
        {"suppliers": 0},
        {"name": " "},
        {"seed": -1},
        {"demand_days": 0},
        {"channels": ()},
        {"channels": ("fax",)},
        {"warehouses": ("US-W", "Mars")},
        {"cover_weeks": (5.0, 2.0)},
        {"cover_weeks": (-1.0, 2.0)},
    ],
)
def test_nonsense_is_refused(options):
    with pytest.raises(ValueError):
        Spec(**options)


def test_options_switch_their_tables_off():
    bare = generate(
        Spec(skus=30, containers=False, whole_cases=False, moq=False, storage_tightness=0, overseas=2, modes=2)
    )
    assert bare["skus"]["case_pack"].isna().all()
    assert (bare["sourcing"]["moq"] == 0).all() and (bare["suppliers"]["minimum_order_value"] == 0).all()
    assert len(bare["container_types"]) == 0 and bare["locations"]["storage_volume_m3"].isna().all()
    assert set(bare["freight_rates"]["basis"]) == {"kg", "m3"}


def test_days_come_first_where_wanted():
    assert generate(Spec(skus=5, weeks=3, daily=7)).settings.periods == (1,) * 7 + (7, 7)


def test_one_sku_is_a_catalogue():
    assert len(generate(Spec(skus=1, suppliers=1, overseas=1))["skus"]) == 1
