"""scenario.toml: what it may say, and what is said where it says something else."""

import datetime as dt
import tomllib

import pytest

from optimizer.scenario.check import problems
from optimizer.scenario.periods import period_lengths, periods_text
from optimizer.scenario.settings import NightlySettings, Settings, SolveSettings
from optimizer.scenario.settings_read import read_settings
from optimizer.scenario.settings_write import settings_rows, settings_toml
from tests.scenario import starter_files as make

GOOD = {"name": "a", "currency": "USD", "starts_on": dt.date(2026, 1, 5), "periods": ["2 x 7d"]}


def lines(**changes):
    return [str(problem) for problem in read_settings({**GOOD, **changes}, "scenario.toml")[1]]


@pytest.mark.parametrize(
    ("given", "lengths"),
    [
        (["14 x 1d", "2 x 7d"], (1,) * 14 + (7, 7)),
        ("3 x 7d", (7, 7, 7)),
        ("14 x 1d, 2 x 7d", (1,) * 14 + (7, 7)),
        ([7, 7, 7], (7, 7, 7)),
        (["2x2w", 5], (14, 14, 5)),
        ("[7, 7]", (7, 7)),
        ("4 × 7天", (7,) * 4),
        ("2 x 1周，7", (7, 7, 7)),
        ([7.0], (7,)),
        (28, (28,)),
    ],
)
def test_periods_are_read_as_people_write_them(given, lengths):
    assert period_lengths(given) == (None, lengths)


@pytest.mark.parametrize(
    "given", ["", [], ["0 x 7d"], [0], [-7], ["x"], ["7 months"], [True], {"a": 1}, [[7]], [7.5], None]
)
def test_periods_that_make_no_sense_are_refused(given):
    problem, lengths = period_lengths(given)
    assert problem is not None and lengths is None


def test_a_horizon_beyond_three_years_is_refused():
    assert lines(periods=["200 x 7d"])[0].startswith("scenario.toml, periods = \"['200 x 7d']\": the horizon is longer")
    assert lines(periods=["9999 x 9999d"])[0].startswith("scenario.toml, periods")


def test_periods_are_written_as_they_are_read():
    assert periods_text((1,) * 14 + (7, 7)) == ["14 x 1d", "2 x 7d"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"perods": 3}, "scenario.toml, perods: there is no such setting. Did you mean 'periods'."),
        ({"solve": {"gaps": 3}}, "scenario.toml, solve.gaps: there is no such setting. Did you mean 'gap'."),
        ({"solve": 3}, "scenario.toml, solve = '3': it is a section, not a value. Write it as [solve]."),
        ({"currency": ""}, "scenario.toml, currency: it is missing."),
        ({"starts_on": "2026-02-30"}, "scenario.toml, starts_on = '2026-02-30': no such date exists."),
        ({"starts_on": "Monday"}, "scenario.toml, starts_on = 'Monday': it is not a date."),
        ({"starts_on": dt.datetime(2026, 1, 5, 12)}, "scenario.toml, starts_on = '2026-01-05 12:00:00': it has a time"),
        ({"capital_rate": 12}, "scenario.toml, capital_rate = '12': it is above 5."),
        ({"capital_rate": float("nan")}, "scenario.toml, capital_rate = 'nan': it is not a number."),
        ({"capital_rate": "12%"}, "scenario.toml, capital_rate = '12%': it is not a number: a share"),
        ({"capital_rate": dt.date(2026, 1, 1)}, "scenario.toml, capital_rate = '2026-01-01': it is not a number."),
        ({"capital_rate": True}, "scenario.toml, capital_rate = 'True': it is not a number."),
        ({"review_days": 0}, "scenario.toml, review_days = '0': it is below 1."),
        ({"review_days": 1.5}, "scenario.toml, review_days = '1.5': it is not a whole number."),
        ({"commit_days": 400}, "scenario.toml, commit_days = '400': it is above 366."),
        ({"end_stock": "none"}, "scenario.toml, end_stock = 'none': it is none of matched, zero."),
        ({"rent_on": 3}, "scenario.toml, rent_on = '3': it is not a choice."),
        ({"language": "de"}, "scenario.toml, language = 'de': it is none of en, zh."),
        ({"solve": {"gap": -0.1}}, "scenario.toml, solve.gap = '-0.1': it is negative."),
        ({"solve": {"gap": 1.5}}, "scenario.toml, solve.gap = '1.5': it is above 1."),
        ({"solve": {"seconds": 0}}, "scenario.toml, solve.seconds = '0': it is not above 0."),
        ({"solve": {"threads": 0}}, "scenario.toml, solve.threads = '0': it is below 1."),
        ({"solve": {"paths": 0}}, "scenario.toml, solve.paths = '0': it is below 1."),
    ],
)
def test_a_bad_setting_is_named(changes, expected):
    found = lines(**changes)
    assert len(found) == 1
    assert found[0].startswith(expected), found[0]


def test_all_bad_settings_come_together():
    assert len(lines(currency="", periods=[], solve={"gap": 9, "paths": 0})) == 4


def test_what_is_left_out_has_its_default():
    settings, found = read_settings(GOOD, "scenario.toml")
    assert not found
    assert settings == Settings("a", "USD", dt.date(2026, 1, 5), (7, 7))


def test_chinese_keys_are_read():
    chinese = {"名称": "a", "币种": "USD", "开始日期": "2026-01-05", "周期": "2 x 7d"}
    assert read_settings(chinese, "settings") == read_settings(GOOD, "scenario.toml")


SETTINGS = Settings(
    'quotes " and \\ and 中文\ttab',
    "USD",
    dt.date(2026, 1, 5),
    (1,) * 14 + (7,) * 3,
    review_days=14,
    capital_rate=0.1 + 0.2,
    end_stock="zero",
    rent_on="end_and_half_deliveries",
    language="zh",
    solve=SolveSettings(1e-4, 33.5, 1, 7, 1),
    nightly=NightlySettings(5, 0, "warn"),
)


@pytest.mark.parametrize("comments", [False, True])
def test_settings_written_as_toml_are_read_back(comments):
    text = settings_toml(SETTINGS, comments=comments)
    assert read_settings(tomllib.loads(text), "scenario.toml") == (SETTINGS, [])


def test_every_field_of_settings_is_written():
    written = {key for key, _, _ in settings_rows(SETTINGS)}
    assert written == {
        *Settings.__dataclass_fields__,
        *(f"solve.{name}" for name in SolveSettings.__dataclass_fields__),
        *(f"nightly.{name}" for name in NightlySettings.__dataclass_fields__),
    } - {"solve", "nightly"}


def test_settings_made_in_python_are_checked_too():
    scenario = type(make.STARTER)(Settings("a", "USD", dt.date(2026, 1, 5), ()), make.STARTER.tables)
    assert [problem.column for problem in problems(scenario)] == ["periods"]


def test_a_broken_toml_file_is_refused(tmp_path):
    folder = make.starter_folder(tmp_path)
    (folder / "scenario.toml").write_text('name = "unfinished\n')
    assert make.refused(folder)[0].rule.startswith("it cannot be read as TOML")
    (folder / "scenario.toml").unlink()
    assert make.refused(folder)[0].rule == "the file is missing"


def test_tables_are_checked_even_where_the_settings_are_broken(tmp_path):
    folder = make.starter_folder(tmp_path)
    (folder / "scenario.toml").write_text("nothing = 1\n")
    make.swap(folder, "regions", ",0.05,", ",1.05,")
    assert {problem.table for problem in make.refused(folder)} == {"scenario.toml", "regions"}
