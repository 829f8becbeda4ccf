"""What is written is read back, in every format and language; what cannot be read is refused, never a crash."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from optimizer.errors import Refused
from optimizer.scenario.csv_file import read_csv
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA, TABLES
from optimizer.scenario.template import starter
from optimizer.scenario.typed_tables import typed_table
from optimizer.scenario.workbook import read_workbook
from optimizer.scenario.write import write, write_folder
from tests.scenario import starter_files as make

FORMATS = [("s", "csv"), ("s", "parquet"), ("s.xlsx", "csv")]
#: A sheet holds 16 digits of a number.
SIXTEEN_DIGITS = {"check_exact": False, "rtol": 1e-15, "atol": 0.0}
QUIET = settings(max_examples=8, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), max_size=12)
HARD_TEXTS = st.sampled_from(
    [
        "=1+1",
        "+86",
        "-5",
        "@me",
        "'=x",
        "'",
        '"',
        'a"b',
        "a,b;c",
        "NA",
        "null",
        "True",
        "001",
        "1e5",
        "库存错配",
        "é",
        "'-",
        "\u00e4\u4e2d",
    ]
)
NUMBERS = (
    st.floats(-1e12, 1e12, allow_nan=False) | st.just(float("nan")) | st.sampled_from([0.1 + 0.2, 1 / 3, 5e-324, 1e-7])
)
CELLS = {
    "number": NUMBERS,
    "whole": st.integers(-(2**50), 2**50),
    "date": st.dates(pd.Timestamp("1970-01-01").date(), pd.Timestamp("2199-12-31").date()) | st.none(),
    "flag": st.booleans(),
}


@pytest.mark.parametrize(("name", "format"), FORMATS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_starter_survives(tmp_path, name, format, language):
    write(make.STARTER, tmp_path / name, format, language=language)
    make.same(read(tmp_path / name), make.STARTER)


def wild_frame(draw, table, rows):
    columns = {}
    for column in table.columns:
        if column.kind in CELLS:
            values = draw(st.lists(CELLS[column.kind], min_size=rows, max_size=rows))
        else:
            values = draw(st.lists(TEXTS | HARD_TEXTS, min_size=rows, max_size=rows))
        columns[column.name] = typed_values(column, values)
    return pd.DataFrame(columns, index=pd.RangeIndex(rows))


def typed_values(column, values):
    if column.kind == "number":
        series = pd.Series(values, dtype="float64")
        return series if column.default is None else series.fillna(column.default)
    if column.kind == "whole":
        return pd.Series(values, dtype="float64" if column.optional else "int64")
    if column.kind == "date":
        return pd.Series(values, dtype="datetime64[ns]")
    if column.kind == "flag":
        return pd.Series(values, dtype=bool)
    texts = pd.Series(values, dtype=object).astype(str)
    return texts.where(texts != "", column.default or "") if isinstance(column.default, str) else texts


@st.composite
def wild_scenarios(draw):
    """Any values that the types allow, whether they make sense or not; no row is empty."""
    frames = {}
    for table in TABLES:
        frame = wild_frame(draw, table, draw(st.integers(0, 3)))
        first = table.columns[0].name
        if table.columns[0].kind not in CELLS:  # an empty text there would make the row an empty one
            texts = [f"{place}{text}" for place, text in enumerate(frame[first])]
            frame = frame.assign(**{first: pd.Series(texts, dtype=object).astype(str)})
        frames[table.name] = frame
    return Scenario(make.STARTER.settings, frames)


def read_back(folder):
    """The typed tables of a folder, without the rules on what they say."""
    return {
        table.name: typed_table(
            table,
            read_csv(table, (folder / f"{table.name}.csv").read_bytes())[0]
            if (folder / f"{table.name}.csv").exists()
            else None,
        )
        for table in TABLES
    }


@QUIET
@given(wild_scenarios())
def test_whatever_a_csv_folder_can_hold_survives(tmp_path_factory, scenario):
    folder = tmp_path_factory.mktemp("round") / "s"
    write_folder(scenario, folder, "csv")
    for name, typed in read_back(folder).items():
        wanted = scenario[name]
        broken = {problem.rule for problem in typed.problems}
        assert broken <= {"it must be filled"}, typed.problems
        pd.testing.assert_frame_equal(typed.frame, wanted)


@QUIET
@given(wild_scenarios())
def test_whatever_a_workbook_can_hold_survives(tmp_path_factory, scenario):
    path = tmp_path_factory.mktemp("round") / "s.xlsx"
    write(scenario, path)
    source = read_workbook(path, 10**9)
    assert source.problems == []
    for name in SCHEMA:
        typed = typed_table(SCHEMA[name], source.tables.get(name))
        pd.testing.assert_frame_equal(typed.frame, scenario[name], **SIXTEEN_DIGITS)


CELL_TEXTS = st.text(max_size=20) | HARD_TEXTS | st.sampled_from(
    ["NaN", "inf", "-inf", "1e400", "1,200", "2026-02-30", "9999-99-99", "0", "-1", "1e300", "９９", "٣", "²", "9" * 20]
)  # fmt: skip
PLACES = st.sampled_from(
    [(table.name, column.name) for table in TABLES for column in table.columns if len(make.STARTER[table.name])]
)


@settings(QUIET, max_examples=20)
@given(PLACES, CELL_TEXTS, st.integers(0, 100))
def test_whatever_stands_in_a_cell_the_folder_is_read_or_refused(tmp_path_factory, place, text, row):
    table, column = place
    folder = make.starter_folder(tmp_path_factory.mktemp("cells"))
    frame = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame[column] = frame[column].astype(object)
    frame.loc[row % len(frame), column] = text
    frame.to_csv(folder / f"{table}.csv", index=False)
    read_or_refused(folder)


@settings(QUIET, max_examples=60)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_stands_in_a_file_it_is_read_or_refused(data):
    raw, problems = read_csv(SCHEMA["lanes"], data)
    assert raw is not None or problems


@settings(QUIET, max_examples=12)
@given(st.lists(st.tuples(st.integers(0, 20_000), st.binary(min_size=1, max_size=3)), min_size=1, max_size=4))
def test_a_damaged_workbook_is_read_or_refused(tmp_path_factory, damage):
    path = tmp_path_factory.mktemp("damage") / "s.xlsx"
    write(make.STARTER, path)
    data = bytearray(path.read_bytes())
    for place, patch in damage:
        data[place % len(data) : place % len(data) + len(patch)] = patch
    path.write_bytes(data)
    read_or_refused(path)


def read_or_refused(path):
    try:
        assert isinstance(read(path), Scenario)
    except Refused as error:
        assert error.problems
        assert all(problem.rule and problem.remedy and str(problem) for problem in error.problems)


def test_a_parquet_file_with_other_types_is_read(tmp_path):
    write(make.STARTER, tmp_path / "s", "parquet")
    file = tmp_path / "s" / "skus.parquet"
    skus = pd.read_parquet(file)
    skus["case_pack"] = skus["case_pack"].astype("Int64")
    skus["unit_weight_kg"] = skus["unit_weight_kg"].astype(object)
    skus["name"] = pd.Categorical(skus["name"])
    skus.to_parquet(file, index=False)
    make.same(read(tmp_path / "s"), make.STARTER)


def test_a_parquet_file_that_is_none_is_refused(tmp_path):
    folder = make.starter_folder(tmp_path)
    (folder / "skus.csv").rename(folder / "skus.parquet")
    found = make.refused(folder)
    assert [problem.table for problem in found] == ["skus"]
    assert found[0].rule.startswith("the file is not a Parquet table")


def test_the_two_starters_differ_in_their_language_only():
    make.same(dataclasses.replace(starter("zh"), settings=make.STARTER.settings), make.STARTER)
    assert np.isnan(make.STARTER["skus"]["declared_value"]).all()
