"""The rules that the schema states, on tables made in Python."""

import numpy as np
import pytest

from optimizer.scenario.check import problems
from optimizer.scenario.checks.shape import has_type
from optimizer.scenario.columns import Column
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import TABLES
from tests.formulation.toys import toy
from tests.scenario import starter_files as make


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "expected"),
    [
        ("skus", 0, "unit_volume_m3", 0.0, "skus row 2, unit_volume_m3 = '0': it is not above 0."),
        ("skus", 2, "unit_volume_m3", -0.001, "skus row 4, unit_volume_m3 = '-0.001': it is not above 0."),
        ("skus", 0, "unit_weight_kg", np.nan, "skus row 2, unit_weight_kg: it must be filled."),
        ("skus", 0, "unit_weight_kg", np.inf, "skus row 2, unit_weight_kg = 'inf': it is beyond 1e+12."),
        ("skus", 0, "goodwill", -1.0, "skus row 2, goodwill = '-1': it is negative."),
        ("skus", 0, "case_pack", 0.0, "skus row 2, case_pack = '0': it is below 1."),
        ("regions", 0, "return_rate", 5.0, "regions row 2, return_rate = '5': it is above 1."),
        ("regions", 0, "kind", "custmers", "regions row 2, kind = 'custmers': it is none of customers, clearance"),
        ("locations", 1, "kind", "", "locations row 3, kind: it must be filled."),
        ("demand", 4, "spread", -3.0, "demand row 6, spread = '-3': it is negative."),
        (
            "regions",
            0,
            "settlement_delay_days",
            40.0,
            "regions row 1, settlement_delay_days: the model does not use this",
        ),
        ("sourcing", 0, "sku", "MUG-1", "sourcing row 2, sku = 'MUG-1': the table skus has no such sku. Did you mean"),
        ("skus", 0, "sku", "MUG\n01", "skus row 2, sku = 'MUG\\n01': a code with line breaks"),
        ("skus", 1, "sku", "MUG-01", "skus row 3, sku = 'MUG-01': another row has the same sku: row 2."),
    ],
)
def test_a_cell_outside_the_schema_is_reported(table, row, column, value, expected):
    found = make.lines(make.with_cell(make.STARTER, table, row, column, value))
    assert any(line.startswith(expected) for line in found), found


def test_rows_that_agree_on_the_whole_key_are_duplicates():
    twice = make.with_rows(make.STARTER, "exchange_rates", {"currency": "CNY", "rate": 0.15})
    assert make.lines(twice) == [
        "exchange_rates row 3, currency = 'CNY': another row has the same currency, valid_from: row 2. "
        "Keep one of the rows."
    ]


def test_rows_that_differ_in_a_date_are_not():
    dated = {"currency": "CNY", "rate": 0.15, "valid_from": "2026-02-01"}
    assert make.lines(make.with_rows(make.STARTER, "exchange_rates", dated)) == []


@pytest.mark.parametrize("table", ["skus", "locations", "regions", "prices", "countries", "delivery_lanes"])
def test_a_required_table_without_rows_is_refused(table):
    found = make.lines(make.without_rows(make.STARTER, table))
    assert [line for line in found if line.startswith(f"{table}: the table has no rows")]


def test_a_table_that_is_not_there_is_refused():
    tables = {name: frame for name, frame in make.STARTER.tables.items() if name != "lanes"}
    assert [problem.rule for problem in problems(Scenario(make.STARTER.settings, tables))] == ["the table is missing"]


def test_a_column_of_the_wrong_type_is_refused():
    skus = make.STARTER["skus"]
    found = problems(make.STARTER.with_tables(skus=skus.assign(goodwill=["1", "2", "3"])))
    assert [(problem.table, problem.column) for problem in found] == [("skus", "goodwill")]
    assert "wrong type" in found[0].rule


def test_a_column_that_is_not_there_is_refused():
    found = problems(make.STARTER.with_tables(skus=make.STARTER["skus"].drop(columns="goodwill")))
    assert [problem.rule for problem in found] == ["the column is missing"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_of_the_starter_has_its_type(table):
    for column in table.columns:
        assert has_type(column, make.STARTER[table.name][column.name]), column.name


def test_a_slice_keeps_the_rows_of_the_file():
    scenario = make.with_cell(make.STARTER, "skus", 2, "goodwill", -1.0).only(["BAG-03"])
    assert [line for line in make.lines(scenario) if line.startswith("skus row 4, goodwill")]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_names_within_a_table_are_unambiguous(table):
    names = [name for column in table.columns for name in {column.name.casefold(), column.chinese.casefold()}]
    assert len(names) == len(set(names))
    assert all(isinstance(column, Column) and column.meaning for column in table.columns)


def test_names_of_tables_are_unambiguous():
    names = [name for table in TABLES for name in (table.name, table.chinese)]
    assert len(names) == len(set(names))


def test_rows_of_sales_of_the_same_day_are_to_be_added_up():
    row = {"sku": "A", "region": "W", "date": "2026-05-04", "units": 3}
    (found,) = [one for one in problems(toy(sales=[row, {**row, "units": 4}])) if "another row" in one.rule]
    assert found.remedy == "Add up what they sold in one row"
