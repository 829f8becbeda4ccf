"""The generator: pinned demand, honest references, same seed same tables."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from optimizer.rates.missing import missing_rates
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
