"""What was compiled is told from what has changed since."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from optimizer.pricing import stamp as stamps


class Read(NamedTuple):
    first: int
    second: int


class Swapped(NamedTuple):
    second: int
    first: int


@pytest.fixture
def family(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "__file__", str(tmp_path / "stamp.py"))
    (tmp_path / "some_compiled.py").write_text("compiled = 1")
    (tmp_path / "some_kernel.py").write_text("from optimizer.pricing.some_compiled import compiled")
    (tmp_path / "some_tables.py").write_text("import pandas")
    return tmp_path


@pytest.mark.parametrize("name", ["some_compiled.py", "some_kernel.py"])
def test_a_change_of_what_is_compiled_changes_the_stamp(family, name) -> None:
    before = stamps.stamp("some", Read)
    path = family / name
    path.write_text(path.read_text() + "\n# more")
    assert stamps.stamp("some", Read) != before


def test_a_change_of_what_is_not_compiled_leaves_the_stamp(family) -> None:
    before = stamps.stamp("some", Read)
    (family / "some_tables.py").write_text("import numpy")
    assert stamps.stamp("some", Read) == before


def test_fields_that_change_places_change_the_stamp(family) -> None:
    Swapped.__name__ = "Read"
    assert stamps.stamp("some", Read) != stamps.stamp("some", Swapped)
