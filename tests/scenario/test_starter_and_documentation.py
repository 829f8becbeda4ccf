"""The starter scenario and the documentation that comes with it."""

import pytest

from optimizer.errors import UsageError
from optimizer.scenario.documentation import documentation
from optimizer.scenario.names import did_you_mean, table_named
from optimizer.scenario.read import read
from optimizer.scenario.schema import TABLES
from optimizer.scenario.settings_schema import NIGHTLY, SETTINGS, SOLVE
from optimizer.scenario.template import starter, write_starter
from tests.scenario import starter_files as make


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["new", "new.xlsx"])
def test_a_written_starter_is_read_without_a_problem(tmp_path, name, language):
    write_starter(tmp_path / name, language)
    make.same(read(tmp_path / name), starter(language))


def test_a_starter_does_not_overwrite(tmp_path):
    write_starter(tmp_path / "new")
    with pytest.raises(UsageError):
        write_starter(tmp_path / "new")


def test_there_is_no_starter_in_french():
    with pytest.raises(UsageError, match="choose one of en, zh"):
        starter("fr")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_readme_names_every_table_and_column(tmp_path, language):
    write_starter(tmp_path / "new", language)
    text = (tmp_path / "new" / "README.md").read_text("utf-8")
    assert documentation(language) in text
    for table in TABLES:
        section = text.split(f"### `{table.name}` ({table.chinese})")[1].split("\n#")[0]
        for column in table.columns:
            assert f"| `{column.name}` | {column.chinese} |" in section
    for setting in (*SETTINGS, *SOLVE, *NIGHTLY):
        assert f"| `{setting.name}` |" in text


def test_the_settings_of_the_starter_say_what_they_mean(tmp_path):
    write_starter(tmp_path / "new")
    lines = (tmp_path / "new" / "scenario.toml").read_text("utf-8").splitlines()
    assert 'periods = ["12 x 7d"]  # lengths of the periods, such as ["14 x 1d", "14 x 7d"] or [7, 7, 7]' in lines
    assert all("  # " in line for line in lines if "=" in line)


def test_every_row_of_the_documentation_has_seven_cells():
    for language in ("en", "zh"):
        rows = [line for line in documentation(language).splitlines() if line.startswith("|")]
        assert {line.replace("\\|", "").count("|") for line in rows} == {8}


def test_the_starter_has_what_a_seller_has():
    scenario = starter()
    assert set(scenario["locations"]["kind"]) == {"supplier", "domestic", "overseas"}
    assert set(scenario["lanes"]["mode"]) == {"truck", "sea", "air"}
    assert set(scenario["delivery_lanes"]["kind"]) == {"local", "cross_border"}
    assert set(scenario["duty_rates"]["kind"]) == {"freight", "parcel"}
    assert scenario["storage_rates"]["from_age_days"].max() > 100


def test_names_are_found_whatever_their_case():
    assert table_named(" SKUs\ufeff") is table_named("商品") is table_named("skus")
    assert table_named("sku") is None


@pytest.mark.parametrize(
    ("text", "known", "answer"),
    [
        ("lane", ["lanes", "locks"], "Did you mean 'lanes'"),
        ("LANES", ["lanes"], "Did you mean 'lanes'"),
        ("xyz", ["b", "a"], "Known are: a, b"),
        ("xyz", [], "There is none to choose from"),
        (
            "xyz",
            [f"key{place}" for place in range(10)],
            "Known are: key0, key1, key2, key3, key4, key5, key6, key7 and 2",
        ),
    ],
)
def test_the_remedy_for_an_unknown_name_is_the_nearest_known_one(text, known, answer):
    assert did_you_mean(text, known).startswith(answer)
