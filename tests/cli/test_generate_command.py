"""`optimizer generate`: options of the generator, presets, and what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from optimizer.scenario.generator import samples
from optimizer.scenario.read import read
from tests.cli.running import toy_folder
from tests.formulation.toys import toy


@pytest.fixture
def preset(monkeypatch):
    """A preset that is made in no time, and one that takes data and a size."""
    taken = {}

    def sized(data=None, skus=500, seed=1):
        taken.update(data=data, skus=skus, seed=seed)
        return toy()

    monkeypatch.setattr(samples, "presets", lambda: {"tiny": toy, "sized": sized})
    return taken


def test_options_of_the_generator_are_typed_as_it_wants_them(ran, tmp_path):
    options = {
        "weeks": "2", "overseas": "1", "modes": "2", "containers": "no", "sigma": "0.5", "suppliers": "2",
        "channels": "amazon, own shop", "starts_on": "2026-03-02", "name": "spring",
    }  # fmt: skip
    words = [word for name, value in options.items() for word in ("--set", f"{name}={value}")]
    assert ran("generate", "--skus", 2, "--out", tmp_path / "g", *words).code == 0
    made = read(tmp_path / "g")
    assert (made.settings.name, made.settings.starts_on) == ("spring", dt.date(2026, 3, 2))
    assert made.settings.periods == (7, 7)
    assert set(made["regions"].query("kind == 'customers'")["channel"]) == {"amazon", "own shop"}
    assert (made["locations"]["kind"] == "supplier").sum() == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--skus", "0"), "skus = 0: it must lie between 1 and 10000000"),
        (("--skus", "many"), "'many' is not a valid integer"),
        (("--seed", "-1"), "seed = -1: it must lie between"),
        (("--set", "overseas"), "'overseas' is not NAME=VALUE"),
        (("--set", "nonsense=1"), "there is no 'nonsense'; there are skus, seed, overseas"),
        (("--set", "overseas=99"), "overseas = 99: it must lie between 1 and 8"),
        (("--set", "overseas=two"), "overseas = 'two': invalid literal for int()"),
        (("--set", "sigma=nan"), "sigma = nan: it must lie between"),
        (("--set", "containers=perhaps"), "containers = 'perhaps': write true or false"),
        (("--set", "starts_on=2026-02-30"), "starts_on = '2026-02-30': "),
        (("--set", "channels=carrier pigeon"), "channels = ('carrier pigeon',): one or more of"),
        (("--preset", "nowhere"), "There is no preset 'nowhere'; there are tiny, sized"),
        (("--preset", "tiny", "--skus", "5"), "The preset tiny takes no --skus"),
        (("--preset", "tiny", "--seed", "5"), "The preset tiny takes no --seed"),
        (("--preset", "tiny", "--set", "weeks=3"), "A preset takes no --set"),
        (("--format", "xml"), "'xml' is not one of 'csv', 'parquet'"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_what_the_generator_does_not_take_is_wrong_use(ran, tmp_path, preset, words, says):
    ran("generate", "--out", tmp_path / "g", *words).assert_told(2, says)
    assert list(tmp_path.iterdir()) == []


def test_a_preset_gets_the_options_that_it_takes(ran, tmp_path, preset, monkeypatch):
    monkeypatch.setenv("OPTIMIZER_DATA", str(tmp_path / "data"))
    assert ran("generate", "--preset", "sized", "--skus", 7, "--seed", 3, "--out", tmp_path / "g").code == 0
    assert preset == {"data": str(tmp_path / "data"), "skus": 7, "seed": 3}
    assert ran("generate", "--preset", "tiny", "--out", tmp_path / "t").code == 0, "data that it needs not do no harm"


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_files_are_written_in_the_format_that_was_asked_for(ran, tmp_path, preset, form):
    assert ran("generate", "--preset", "tiny", "--format", form, "--out", tmp_path / "t").code == 0
    assert (tmp_path / "t" / f"skus.{form}").is_file()
    assert ran("check", tmp_path / "t").code == 0


def test_a_scenario_is_replaced_only_when_asked(ran, tmp_path, preset):
    shop = toy_folder(tmp_path / "shop")
    ran("generate", "--preset", "tiny", "--out", shop).assert_told(2, "is there already")
    assert (shop / "sourcing.csv").is_file()
    assert ran("generate", "--preset", "tiny", "--out", shop, "--replace").code == 0
    assert not (shop / "sourcing.csv").exists(), "the tiny one has none"


def test_what_is_no_scenario_is_never_replaced(ran, tmp_path, preset):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_text("meow")
    done = ran("generate", "--preset", "tiny", "--out", tmp_path / "photos", "--replace")
    done.assert_told(2, "is not replaced: it holds cat.jpg")
    assert (tmp_path / "photos" / "cat.jpg").is_file()


def test_a_place_that_cannot_be_written_to_is_told(ran, tmp_path, preset):
    (tmp_path / "file").write_text("text")
    ran("generate", "--preset", "tiny", "--out", tmp_path / "file" / "t").assert_told(9, "Cannot write")
    ran("new", tmp_path / "file" / "t").assert_told(9, "Cannot write")
