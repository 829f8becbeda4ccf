"""Typed columns of Parquet files are taken as they are where every cell is in order, and read from their texts else."""

import numpy as np
import pandas as pd
import pytest

from optimizer.errors import Refused
from optimizer.scenario.read import read
from optimizer.scenario.ready_cells import ready
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.write import write
from tests.scenario import starter_files as make

NAN, NAT = float("nan"), pd.NaT


@pytest.fixture
def folder(tmp_path):
    write(make.STARTER, tmp_path / "s", "parquet")
    return tmp_path / "s"


def spoil(folder, table, **columns):
    file = folder / f"{table}.parquet"
    frame = pd.read_parquet(file)
    for name, change in columns.items():
        frame[name] = change(frame[name])
    frame.to_parquet(file, index=False)


def first(value):
    """The column with another value in its first row, of the type that this makes of it."""
    return lambda column: pd.Series([value, *column.iloc[1:]])


@pytest.mark.parametrize(
    ("table", "column", "value", "rule"),
    [
        ("skus", "unit_weight_kg", np.inf, "it is not a finite number"),
        ("skus", "unit_weight_kg", NAN, "it must be filled"),
        ("lanes", "lead_time_days", 1.5, "it is not a whole number"),
        ("lanes", "lead_time_days", 2.0**60, "it is not a whole number"),
        ("demand", "starts_on", pd.Timestamp("2026-08-03 06:30"), "it has a time of day; only whole days count"),
        ("demand", "starts_on", pd.Timestamp("1969-12-31"), "the year is not between 1970 and 2199"),
        ("demand", "starts_on", NAT, "it must be filled"),
        ("skus", "sku", None, "it must be filled"),
        ("skus", "sku", "a\u0000b", "a code with line breaks or letters that cannot be seen"),
    ],
)
def test_a_cell_that_is_not_in_order_is_told(folder, table, column, value, rule):
    spoil(folder, table, **{column: first(value)})
    with pytest.raises(Refused) as caught:
        read(folder)
    told = [problem for problem in caught.value.problems if problem.table == table and problem.column == column]
    assert [(problem.row, problem.rule) for problem in told] == [(2, rule)]


def test_spaces_around_texts_do_not_count(folder):
    spoil(folder, "skus", sku=lambda column: "\u3000" + column + " \t", name=lambda column: column + "\n")
    make.same(read(folder), make.STARTER)


def test_missing_texts_and_numbers_read_as_empty_ones_do(folder):
    spoil(folder, "skus", note=lambda column: pd.Series([None] * len(column), dtype=str), declared_value=lambda c: NAN)
    make.same(read(folder), make.STARTER)


def test_empty_rows_are_left_out_and_the_others_keep_their_row(folder):
    file = folder / "skus.parquet"
    frame = pd.read_parquet(file)
    frame.reindex([-1, *frame.index, -2]).to_parquet(file, index=False)
    make.same(read(folder), make.STARTER)
    spoil(folder, "skus", unit_volume_m3=lambda column: -column)
    with pytest.raises(Refused) as caught:
        read(folder)
    assert [problem.row for problem in caught.value.problems] == [3 + place for place in range(len(frame))]


def test_columns_of_the_right_type_are_not_read_from_texts():
    columns = SCHEMA["demand"].by_name
    assert ready(columns["mean"], pd.Series([1, 2])).tolist() == [1.0, 2.0]
    assert ready(columns["days"], pd.Series([7.0, 14.0])).tolist() == [7.0, 14.0]
    assert ready(columns["sku"], pd.Series([" a", None, "b"], dtype="category")).tolist() == ["a", "", "b"]
    day = pd.Series(np.array(["2026-01-31", "NaT"], dtype="datetime64[us]"))
    assert ready(columns["starts_on"], day).dtype == "datetime64[ns]"


def test_columns_of_another_type_are():
    columns = SCHEMA["demand"].by_name
    assert ready(columns["mean"], pd.Series(["1"], dtype="category")) is None
    assert ready(columns["mean"], pd.Series([1, None], dtype="Int64")) is None
    assert ready(columns["mean"], pd.Series([True])) is None
    assert ready(columns["sku"], pd.Series([1, 2])) is None
    assert ready(columns["sku"], pd.Series([1, 2], dtype="category")) is None
    assert ready(columns["starts_on"], pd.Series([20_000])) is None
