"""What the tests of the nightly run share: a shop that is planned in no time, and stores of both kinds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from optimizer import solve
from optimizer.plan.plan import Plan
from optimizer.scenario.fingerprint import fingerprint
from optimizer.scenario.scenario import Scenario
from tests.cli.conftest import plain_environment, ran
from tests.cli.running import Ran, toy_folder

__all__ = ["plain_environment", "ran"]


@pytest.fixture(autouse=True)
def own_temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans that no store takes are left in the temporary folder, here and in commands: let it be that of the tests."""
    place = str(tmp_path_factory.mktemp("temporary"))
    monkeypatch.setenv("TMPDIR", place)
    monkeypatch.setattr(tempfile, "tempdir", place)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The folder of a scenario that is planned in no time, to be changed."""
    return toy_folder(tmp_path / "shop")


#: Of a test in which nothing depends on the kind of store: a night with PostgreSQL takes seconds.
ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there yet, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'plans.db'}"
    return request.getfixturevalue("postgres")()


@pytest.fixture
def night(ran: Callable[..., Ran], shop: Path, store: str) -> Callable[..., Ran]:
    """Runs the night of a day of June."""

    def of(day: int = 1, *words: object) -> Ran:
        date = f"2026-06-{day:02d}"
        return ran("nightly", shop, "--store", store, "--night", date, "--quiet", "--stock-days", 30, *words)

    return of


#: Plans by their input: what a night does around its search does not depend on searching again.
PLANS: dict[str, Plan] = {}


@pytest.fixture(autouse=True)
def searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each input be searched once in all tests of this process."""
    searched = solve.plan

    def plan(scenario: Scenario, **more: Any) -> Plan:
        mark = fingerprint(scenario)
        if mark not in PLANS:
            PLANS[mark] = searched(scenario, **more)
        return PLANS[mark]

    monkeypatch.setattr(solve, "plan", plan)
