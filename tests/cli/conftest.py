"""What the tests of the command line share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from optimizer import solve
from optimizer.cli.main import run
from optimizer.plan.folder import read_plan
from optimizer.plan.plan import Plan
from optimizer.scenario.fingerprint import fingerprint
from optimizer.scenario.scenario import Scenario
from tests.cli.running import Ran, command, toy_folder


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests counts."""
    for name in os.environ:
        if name.startswith("OPTIMIZER_") or name == "NO_COLOR":
            monkeypatch.delenv(name)


@pytest.fixture
def ran(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command in this process."""
    return command(capfd)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a scenario that is planned in no time; to be read only."""
    return toy_folder(tmp_path_factory.mktemp("shop") / "shop")


@pytest.fixture(scope="session")
def made(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the plan of the shop; to be read only."""
    folder = tmp_path_factory.mktemp("made") / "plan"
    assert run(["plan", str(shop), "--quiet", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def plan(made: Path, tmp_path: Path) -> Path:
    """The same in a folder of its own, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "plan"))


@pytest.fixture
def found(made: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The plan of the shop, which every search finds at once: for tests of what comes after it."""
    plan = read_plan(made)
    monkeypatch.setattr(solve, "plan", lambda *words, **more: plan)
    return plan


#: Plans by their input.
PLANS: dict[str, Plan] = {}


@pytest.fixture
def searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each input be searched once in all tests of this process that ask for it: for what is around a search."""
    searched = solve.plan

    def plan(scenario: Scenario, **more: Any) -> Plan:
        mark = fingerprint(scenario)
        if mark not in PLANS:
            PLANS[mark] = searched(scenario, **more)
        return PLANS[mark]

    monkeypatch.setattr(solve, "plan", plan)


@pytest.fixture
def own_shop(tmp_path: Path) -> Path:
    """The same, to be changed."""
    return toy_folder(tmp_path / "shop")
