"""The gap by speed of mover adds up to the whole gap, and each SKU counts in its class."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.scenarios import catalogue
from benchmarks.speeds import VALUES, by_speed, class_names, movers, speeds_of
from optimizer.scenario.write import write

MOVING = pd.DataFrame(
    {"sku": ["A", "B", "C", "D", "E"], "cases_a_week": [0.49, 0.5, 1.5, 6.0, 60.0],
     "demand_value": [10.0, 20.0, 30.0, 100.0, 40.0]}
)  # fmt: skip
VALUED = pd.DataFrame(
    {"sku": ["E", "D", "C", "B", "A"], "value": [100.0, 90.0, 50.0, 30.0, 7.0], "bound": [99.0, 88.0, 45.0, 29.5, 4.0]}
)


def test_each_sku_counts_in_the_class_that_its_cases_a_week_begin() -> None:
    found = by_speed(MOVING, VALUED)
    assert [one["cases_a_week"] for one in found] == ["under 0.5", "0.5 to 1.5", "1.5 to 6", "6 or more"]
    assert [one["skus"] for one in found] == [1, 1, 1, 2]
    # Values 10, 20, 30 and 140 of 200; gaps A 3, B 0.5, C 5, D 2 and E 1.
    assert [one["demand_share"] for one in found] == pytest.approx([0.05, 0.1, 0.15, 0.7])
    assert [one["gap"] for one in found] == pytest.approx([3.0, 0.5, 5.0, 3.0])


def test_a_sku_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="some SKUs have no value and bound"):
        by_speed(MOVING, VALUED.iloc[1:])


def test_cases_a_week_and_value_of_demand_follow_the_tables() -> None:
    scenario = catalogue(2)
    name = scenario["skus"]["sku"].iloc[0]
    before = movers(scenario).set_index("sku")
    skus = scenario["skus"].assign(case_pack=scenario["skus"]["case_pack"] * 2)
    prices = scenario["prices"].assign(price=scenario["prices"]["price"] * 3)
    after = movers(scenario.with_tables(skus=skus, prices=prices)).set_index("sku")
    assert before.loc[name, "cases_a_week"] > 0
    assert after["cases_a_week"].tolist() == pytest.approx((before["cases_a_week"] / 2).tolist())
    assert after["demand_value"].tolist() == pytest.approx((before["demand_value"] * 3).tolist())


def test_demand_is_worked_out_by_hand_for_one_sku() -> None:
    # 14 units in each of 16 weeks at one region, in cases of 7: 2 cases a week; at 5 euros of 1.16: 16 * 14 * 5.8.
    scenario = catalogue(1)
    demand, prices = scenario["demand"], scenario["prices"]
    region = demand["region"].iloc[0]
    demand = demand[(demand["region"] == region)].assign(mean=lambda table: table["days"] * 2.0)
    prices = prices.assign(price=5.0, currency="EUR")
    rates = pd.DataFrame({"currency": ["EUR"], "valid_from": [pd.NaT], "rate": [1.16], "note": [""]})
    rates["valid_from"] = rates["valid_from"].astype("datetime64[ns]")
    made = replace(scenario, tables={**scenario.tables, "demand": demand, "prices": prices, "exchange_rates": rates,
                                     "skus": scenario["skus"].assign(case_pack=7)})  # fmt: skip
    (row,) = movers(made).to_dict("records")
    assert row["cases_a_week"] == pytest.approx(2.0)
    assert row["demand_value"] == pytest.approx(16 * 14 * 5.8)


def test_a_plan_folder_that_tells_nothing_of_single_skus_has_no_classes(tmp_path: Path) -> None:
    write(catalogue(3), tmp_path / "tables", "parquet")
    assert speeds_of(tmp_path / "tables", tmp_path) is None
    names = catalogue(3)["skus"]["sku"]
    pd.DataFrame({"sku": names, "value": 5.0, "bound": 4.0}).to_csv(tmp_path / VALUES, index=False)
    found = speeds_of(tmp_path / "tables", tmp_path)
    assert found is not None and sum(one["gap"] for one in found) == pytest.approx(3.0)
    assert sum(one["demand_share"] for one in found) == pytest.approx(1.0)
    assert [one["cases_a_week"] for one in found] == class_names()
