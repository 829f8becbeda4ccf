"""Where the real data is, and what all tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from tests.postgres_server import PostgresServer, started

#: How pandas keeps texts: as without the package pyarrow, which few installations have and which makes small tables a
#: fifth slower; `.ci/run` has the slow tests keep them by pyarrow.
pd.set_option("mode.string_storage", os.environ.get("OPTIMIZER_TEST_STRINGS", "python"))

DATA = Path(os.environ.get("OPTIMIZER_DATA", Path(__file__).parents[1] / ".." / "shared" / "data")).resolve()


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never again among thousands of collected tests: small tables make little of it."""
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data and published instances; tests that need it are skipped without it."""
    if not DATA.is_dir():
        pytest.skip(f"the real data is not at {DATA}: set OPTIMIZER_DATA")
    return DATA


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A private PostgreSQL server; tests that need it are skipped where it is not installed, unless the environment
    says OPTIMIZER_TEST_POSTGRES=required.
    """
    with started() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> Callable[[], str]:
    """Makes an empty database of that server and tells its address."""
    return postgres_server.database
