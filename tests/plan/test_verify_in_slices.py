"""The verdict on a plan does not depend on how many of its SKUs are looked at at once."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.plan.plan import PLAN_TABLES, Plan
from optimizer.plan.verify import verify
from optimizer.scenario.schema import TABLES
from tests.plan.spoiling import right

COPIES = 7
AMOUNTS = ("units", "cases", "containers", "charged", "volume_m3", "amount")
#: Not in the order of their names, so that this order and that of the catalogue differ.
NAMES = ["B", "F", "A", "G", "C", "E", "D"]


def copied(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of one SKU, once for each name; row by row, so that no SKU's rows stand together."""
    if "sku" not in table.columns:
        return table
    rows = table.loc[np.repeat(table.index, COPIES)].reset_index(drop=True)
    return rows.assign(sku=pd.Series(NAMES * len(table), dtype=table["sku"].dtype))


@lru_cache(maxsize=1)
def many() -> Plan:
    """The right plan of one SKU, for seven SKUs, with seven times the room, containers and money."""
    one = right()
    tables = {table.name: copied(one.scenario[table.name]) for table in TABLES}
    places, lanes, suppliers = (tables[name].copy() for name in ("locations", "lanes", "suppliers"))
    places[["storage_volume_m3", "receiving_m3_per_day"]] *= COPIES
    lanes[["capacity_m3", "capacity_kg", "capacity_units"]] *= COPIES
    rates = tables["freight_rates"].copy()
    fees = (rates["from_quantity"] > 0) | (rates["minimum_charge"] > 0)
    rates[["from_quantity", "minimum_charge"]] *= COPIES
    assert fees.any()
    suppliers["minimum_order_value"] *= COPIES
    tables |= {"locations": places, "lanes": lanes, "suppliers": suppliers, "freight_rates": rates}
    claims = {name: copied(one[name]) for name in PLAN_TABLES}
    for name, columns in (("containers", ["containers"]), ("charged", ["charged", "from_quantity"]),
                          ("overflow", ["volume_m3"]), ("costs", ["amount"])):  # fmt: skip
        claims[name] = claims[name].assign(**{column: claims[name][column] * COPIES for column in columns})
    return replace(one, scenario=one.scenario.with_tables(**tables), tables=claims, bound=one.bound * COPIES)


NUMBER = re.compile(r"-?\d+\.\d+")


def verdict(plan: Plan, slices: tuple[int, ...] = (3,)) -> tuple[str, ...]:
    """What is told of the plan, which is the same in all slices; half a cent may be rounded up or down."""
    whole = verify(plan, at_once=1000)
    for at_once in slices:
        told = verify(plan, at_once=at_once)
        assert [NUMBER.sub("#", sentence) for sentence in told] == [NUMBER.sub("#", sentence) for sentence in whole]
        for one, other in zip(told, whole, strict=True):
            numbers = [[float(number) for number in NUMBER.findall(sentence)] for sentence in (one, other)]
            np.testing.assert_allclose(*numbers, rtol=1e-9, atol=0.0101)
    return whole


def spoilt(name: str, column: str, change) -> Plan:
    table = many()[name].reset_index(drop=True)
    return replace(many(), tables={**many().tables, name: table.assign(**{column: change(table[column])})})


def test_a_right_plan_passes_in_any_slices():
    assert verdict(many(), (1, 3, COPIES)) == ()


@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name, columns in PLAN_TABLES.items() for column in columns if column in AMOUNTS],
)
def test_wrong_amounts_of_all_skus_are_told_alike(name, column):
    told = verdict(spoilt(name, column, lambda amounts: amounts * 1.5 + 1))
    assert told or many()[name].empty


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("deliver", "sku", "Z"),
        ("deliver", "sku", None),
        ("ship", "lane", "no such lane"),
        ("ship", "units", float("nan")),
        ("lost", "period", 99),
        ("charged", "basis", "miles"),
        ("end_cover", "bucket", 7),
    ],
)
def test_rows_that_cannot_be_read_are_told_alike(name, column, value):
    told = verdict(spoilt(name, column, lambda cells: pd.Series([value, *cells[1:-1], value])))
    assert told


def test_rows_that_are_there_twice_are_told_alike():
    twice = pd.concat([many()["ship"], many()["ship"].iloc[3:30]], ignore_index=True)
    told = verdict(replace(many(), tables={**many().tables, "ship": twice}))
    assert len(told) == 11
    assert told[-1] == "no row twice: and 17 more."


def test_a_missing_table_is_told_once_and_alike():
    tables = {name: many()[name] for name in PLAN_TABLES if name != "lost"}
    tables["on_hand"] = tables["on_hand"].drop(columns="units")
    told = verdict(replace(many(), tables=tables))
    assert [sentence.split(",")[0] for sentence in told] == [
        "tables: lost must be there",
        "tables: on_hand must be there",
    ]


def test_what_overloads_a_departure_only_together_is_found():
    lanes = many().scenario["lanes"].copy()
    lanes["capacity_units"] /= COPIES  # enough for any one SKU
    told = verdict(replace(many(), scenario=many().scenario.with_tables(lanes=lanes)))
    assert [sentence.split(":")[0] for sentence in told] == ["lane_capacity", "lane_capacity"]


@given(st.data())
@settings(max_examples=8, deadline=None, derandomize=True)
def test_any_damage_is_told_alike(data):
    tables = dict(many().tables)
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from([name for name in PLAN_TABLES if len(tables[name])]))
        table = tables[name].reset_index(drop=True)
        column = data.draw(st.sampled_from(list(table.columns)))
        rows = data.draw(st.lists(st.integers(0, len(table) - 1), min_size=1, max_size=20))
        others = data.draw(st.lists(st.integers(0, len(table) - 1), min_size=len(rows), max_size=len(rows)))
        cells = table[column].to_numpy(copy=True)
        scale = data.draw(st.sampled_from([0.0, 0.5, 1.0, 3.0])) if column in AMOUNTS else 1
        cells[rows] = cells[others] * scale
        tables[name] = table.assign(**{column: cells})
    verdict(replace(many(), tables=tables))
