"""The what-if files that come with the samples run on every sample that they name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import scenarios
from optimizer.scenario.changes.applying import applied
from optimizer.scenario.changes.question import what_ifs
from optimizer.scenario.changes.what_if_file import read_what_if
from optimizer.scenario.read import read
from optimizer.solve import check
from tests.cli.running import process

HERE = Path(scenarios.__file__).parent
FILES = sorted((HERE / "what-if").glob("*.toml"))
#: What a planner asks, by the words in the names of the files.
ASKED = ("tariff", "exemption", "red-sea", "new-year", "border", "warehouse", "demand", "fuel", "container")

base = cache(read)


def cases():
    return [(file, name) for file in FILES for name in read_what_if(file).bases]


def test_there_is_one_for_everything_that_planners_ask():
    assert [word for word in ASKED if not any(word in file.stem for file in FILES)] == []


@pytest.mark.parametrize("file, name", cases(), ids=lambda value: Path(value).stem)
def test_it_changes_the_sample_into_one_that_can_be_planned(file, name):
    problems = []
    (asked,) = what_ifs(read_what_if(file).questions[0], problems)
    made, wrong = applied(asked, base(name), check)
    assert not problems and not wrong and made is not None
    assert any(not made[table].equals(base(name)[table]) for table in made.tables), "nothing has changed"
    assert asked.name != asked.name_zh and asked.description and asked.description_zh


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_readme_tells_of_it(file):
    assert f"(what-if/{file.name})" in (HERE / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_all_that_are_about_the_migration_are_planned_side_by_side():
    about = [file for file in FILES if str(HERE / "temu-migration") in read_what_if(file).bases]
    done = process("what-if", HERE / "temu-migration", *about, "--seconds", 600, "--gap", 0.02, "--quiet", "--json",
                   timeout=900)  # fmt: skip
    assert done.code == 0, done.err
    found = {one["name"]: one["difference"] for one in done.document["what_ifs"]}
    assert len(found) == len(about) > 4
    assert found["Tariff 145 %"]["certain"] and found["Tariff 145 %"]["total_cost"] > 0
    assert found["Fuel: freight +30 %"]["total_cost"] > 0
