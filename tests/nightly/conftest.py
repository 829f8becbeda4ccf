"""What the tests of the nightly run share: a shop that is planned in no time, and stores of both kinds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from optimizer.nightly import planning
from optimizer.plan.plan import Plan
from optimizer.report.briefing import Briefing
from optimizer.scenario import database_engine
from tests.cli.conftest import PLANS, plain_environment, ran, searched_once
from tests.cli.running import Ran, toy_folder

__all__ = ["plain_environment", "ran", "searched_once"]


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


def of_night(ran: Callable[..., Ran], shop: Path, store: str, day: int = 1, *words: object) -> Ran:
    """Runs the night of a day of June, without the reasons of what has changed."""
    date = f"2026-06-{day:02d}"
    usual = ("--quiet", "--stock-days", 30, "--reasons", 0)
    return ran("nightly", shop, "--store", store, "--night", date, *usual, *words)


@pytest.fixture
def night(ran: Callable[..., Ran], shop: Path, store: str) -> Callable[..., Ran]:
    """Runs the night of a day of June, which is the first one where none is named."""
    return partial(of_night, ran, shop, store)


#: What is told of plans that are never forgotten, by their identity and the language.
BRIEFINGS: dict[tuple[int, str], Briefing] = {}
#: Their folders, by the same.
FOLDERS: dict[tuple[int, str], Path] = {}
#: Stores of each kind in which the first night of the shop is done; to be copied.
DONE: dict[str, str] = {}


@pytest.fixture
def first_night(
    ran: Callable[..., Ran], store: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The night of the first of June is done: run 1 is in force. All tests of this process share the work of it."""
    kind = store.partition(":")[0]
    sqlite = kind == "sqlite"
    if kind not in DONE:
        place = tmp_path_factory.mktemp("first")
        kept = f"sqlite:///{place / 'plans.db'}" if sqlite else request.getfixturevalue("postgres")()
        assert of_night(ran, toy_folder(place / "shop"), kept).code == 0
        DONE[kind] = kept
    copy = copied_file if sqlite else request.getfixturevalue("postgres_server").copy
    copy(DONE[kind], store)


def copied_file(store: str, other: str) -> None:
    """Copy a store in a file to another address."""
    shutil.copyfile(*(address.removeprefix("sqlite:///") for address in (store, other)))


@pytest.fixture(autouse=True)
def nobody_waits_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is committed is there for whoever reads it next; that it outlives a power failure no test can see."""
    usual = database_engine._set_up

    def set_up(connection: Any, record: Any) -> None:
        usual(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(database_engine, "_set_up", set_up)


@pytest.fixture(autouse=True)
def each_input_is_searched_once(
    searched_once: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What a night does around its search does not depend on searching again, nor on telling or writing the same plan
    again.
    """
    usual, usual_write = planning.brief, planning.write_plan_files

    def brief(plan: Plan, language: str) -> Briefing:
        if not any(plan is known for known in PLANS.values()):
            return usual(plan, language)
        if (id(plan), language) not in BRIEFINGS:
            BRIEFINGS[id(plan), language] = usual(plan, language)
        return BRIEFINGS[id(plan), language]

    def write(told: Briefing, folder: Path, language: str, kept: Mapping[str, pd.DataFrame]) -> None:
        key = (id(told.plan), language)
        if kept or told is not BRIEFINGS.get(key):
            return usual_write(told, folder, language, kept)
        if key not in FOLDERS:
            made = tmp_path_factory.mktemp("written") / "plan"
            usual_write(told, made, language, kept)
            FOLDERS[key] = made
        shutil.copytree(FOLDERS[key], folder)
        return None

    monkeypatch.setattr(planning, "brief", brief)
    monkeypatch.setattr(planning, "write_plan_files", write)
