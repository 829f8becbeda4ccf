"""Where the real data is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("OPTIMIZER_DATA", Path(__file__).parents[1] / ".." / "shared" / "data")).resolve()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data and published instances; tests that need it are skipped without it."""
    if not DATA.is_dir():
        pytest.skip(f"the real data is not at {DATA}: set OPTIMIZER_DATA")
    return DATA
