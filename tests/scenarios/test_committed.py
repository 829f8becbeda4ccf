"""The committed samples are those that the generator writes, can be planned, and are what their READMEs say."""

import re
from pathlib import Path

import pandas as pd
import pytest

import scenarios
from optimizer.scenario.generator.samples import COMMITTED, presets
from optimizer.scenario.generator.samples.online_retail import online_retail
from optimizer.scenario.read import read
from optimizer.scenario.write import write
from optimizer.solve import check
from scenarios.sizes import committed, size_of_program, size_of_tables

HERE = Path(scenarios.__file__).parent
NUMBER = r"([\d,]+)"


@pytest.fixture(scope="module", params=list(COMMITTED))
def folder(request):
    return HERE / request.param


@pytest.fixture(scope="module")
def sample(folder):
    return read(folder)


@pytest.fixture(scope="module")
def readme(folder):
    """The words of the README in one line."""
    return " ".join((folder / "README.md").read_text(encoding="utf-8").split())


def test_the_folders_with_tables_are_those_of_the_presets():
    assert {folder.name for folder in committed()} == set(COMMITTED)


def test_every_preset_has_a_readme_here():
    assert {file.parent.name for file in HERE.glob("*/README.md")} == set(presets())


def test_the_tables_are_what_the_preset_writes_now(folder, sample):
    """If this fails: `optimizer generate --preset NAME --out` another folder, and take its tables."""
    made = COMMITTED[folder.name]()
    assert sample.settings == made.settings
    for name, table in made.tables.items():
        pd.testing.assert_frame_equal(sample[name], table, rtol=1e-9, obj=f"{folder.name}/{name}")


def test_the_files_are_those_that_are_written_for_it(folder, sample, tmp_path):
    write(sample, tmp_path / folder.name)
    written = {file.name for file in (tmp_path / folder.name).iterdir()}
    assert {file.name for file in folder.iterdir()} == written | {"README.md"}


def test_nothing_keeps_it_from_being_planned(sample):
    assert check(sample) == []


def test_the_readme_says_how_large_the_tables_are(sample, readme):
    """If this fails: `python -m scenarios.sizes` prints what to write."""
    assert size_of_tables(sample) in readme


def test_the_readme_says_about_how_large_the_program_is(sample, readme):
    """Within a fifth, since the formulation may be tightened; `python -m scenarios.sizes` prints the figures."""
    sentence = f"The program has {NUMBER} rows and {NUMBER} columns, {NUMBER} of them whole"
    told, counted = (numbers(re.search(sentence, text)) for text in (readme, size_of_program(sample)))
    assert told == pytest.approx(counted, rel=0.2)


def test_the_best_known_bound_is_below_the_best_known_cost(readme):
    cost, bound = numbers(re.search(f"cost {NUMBER}, bound {NUMBER}", readme))
    assert 0.9 * cost < bound <= cost


def test_the_table_of_samples_repeats_what_their_readmes_say(folder, readme):
    table = (HERE / "README.md").read_text(encoding="utf-8")
    cost, bound = re.search(f"cost {NUMBER}, bound {NUMBER}", readme).groups()
    row = next(line for line in table.splitlines() if f"[{folder.name}]" in line)
    assert f"| {cost} | {bound} |" in row
    assert f"| {len(read(folder)['skus'])} |" in row


def test_the_sample_of_real_demand_has_no_tables_here():
    assert [file.name for file in (HERE / "online-retail").iterdir()] == ["README.md"]


def test_the_readme_of_the_real_demand_says_how_large_its_tables_are(data):
    text = " ".join((HERE / "online-retail" / "README.md").read_text(encoding="utf-8").split())
    assert size_of_tables(online_retail(data)) in text


def numbers(found):
    return [int(text.replace(",", "")) for text in found.groups()]
