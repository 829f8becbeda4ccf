"""Options come before environment variables, these before scenario.toml, that before the defaults."""

from __future__ import annotations

import pytest

from optimizer import solve
from optimizer.errors import NoPlan
from optimizer.scenario.read import read
from optimizer.scenario.settings import SolveSettings

DEFAULTS = SolveSettings()


@pytest.fixture
def solve_settings(ran, monkeypatch):
    """Tells with which settings a plan is looked for."""

    def told(shop, *options):
        asked = []

        def listens(scenario, **more):
            asked.append(scenario.settings.solve)
            raise NoPlan("It was not looked for.")

        with monkeypatch.context() as instead:
            instead.setattr(solve, "plan", listens)
            ran("plan", shop, "--quiet", *options).assert_told(4)
        return asked[0]

    return told


@pytest.fixture
def told_in_toml(own_shop):
    text = (own_shop / "scenario.toml").read_text("utf-8").split("[solve]")[0]
    lines = ["[solve]", "gap = 0.25", "seconds = 30", "threads = 1", "seed = 7"]
    (own_shop / "scenario.toml").write_text(text + "\n".join(lines) + "\n", "utf-8")
    return own_shop


def test_without_anything_the_defaults_hold(solve_settings, own_shop):
    text = (own_shop / "scenario.toml").read_text("utf-8").split("[solve]")[0]
    (own_shop / "scenario.toml").write_text(text, "utf-8")
    assert solve_settings(own_shop) == DEFAULTS


def test_the_toml_file_comes_before_the_defaults(solve_settings, told_in_toml):
    assert solve_settings(told_in_toml) == SolveSettings(0.25, 30.0, 1, 7)


@pytest.fixture
def told_in_the_environment(told_in_toml, monkeypatch):
    for name, value in {"GAP": "0.125", "SECONDS": "20.5", "THREADS": "2", "SEED": "8"}.items():
        monkeypatch.setenv(f"OPTIMIZER_{name}", value)
    return told_in_toml


def test_the_environment_comes_before_the_toml_file(solve_settings, told_in_the_environment):
    assert solve_settings(told_in_the_environment) == SolveSettings(0.125, 20.5, 2, 8)


def test_options_come_before_the_environment(solve_settings, told_in_the_environment):
    options = ("--gap", 0.5, "--seconds", 10, "--threads", 1, "--seed", 9)
    assert solve_settings(told_in_the_environment, *options) == SolveSettings(0.5, 10.0, 1, 9)


def test_each_setting_comes_from_the_first_place_that_tells_it(solve_settings, told_in_toml, monkeypatch):
    monkeypatch.setenv("OPTIMIZER_SECONDS", "20.5")
    monkeypatch.setenv("OPTIMIZER_GAP", "")
    assert solve_settings(told_in_toml, "--seed", 9) == SolveSettings(0.25, 20.5, 1, 9)


def test_the_settings_that_were_asked_for_are_kept_with_the_plan(ran, shop, tmp_path):
    options = ("--gap", 0.5, "--seconds", 10, "--threads", 1, "--seed", 9)
    assert ran("plan", shop, "--quiet", "--out", tmp_path / "plan", *options).code == 0
    assert read(tmp_path / "plan" / "inputs").settings.solve == SolveSettings(0.5, 10.0, 1, 9)


def test_nonsense_in_the_environment_is_wrong_use(ran, shop, monkeypatch):
    monkeypatch.setenv("OPTIMIZER_SECONDS", "soon")
    ran("plan", shop).assert_told(2, "'soon' is not a number")


def test_the_language_follows_the_same_order(ran, own_shop, found, monkeypatch):
    text = (own_shop / "scenario.toml").read_text("utf-8")
    (own_shop / "scenario.toml").write_text(text.replace('language = "en"', 'language = "zh"'), "utf-8")
    assert ran("plan", own_shop, "--quiet").out.startswith("toy：")
    monkeypatch.setenv("OPTIMIZER_LANGUAGE", "en")
    assert ran("plan", own_shop, "--quiet").out.startswith("toy: plan from")
    assert ran("plan", own_shop, "--quiet", "--language", "zh").out.startswith("toy：")


def test_the_solver_may_be_told_by_the_environment(ran, shop, monkeypatch):
    monkeypatch.setenv("OPTIMIZER_SOLVER", "cbc")
    assert ran("plan", shop, "--json", "--quiet").document["solver"] == "PULP_CBC_CMD"
