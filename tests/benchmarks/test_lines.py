"""Results are kept as lines and read back; tables are made from the newest."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.lines import append, newest, read_lines
from benchmarks.registry import suite
from optimizer.errors import StoreError
from tests.benchmarks.making import FIRST, LATER, built

BUILD = suite("build")


def test_lines_are_added_at_the_end_and_read_back_as_they_were(tmp_path: Path) -> None:
    lines = [built("skus", 50, "arrays", 100, 0.5), built("skus", 50, "loops", 100, 5.0)]
    for made in lines:
        append(tmp_path / "results", made)
    assert read_lines(tmp_path / "results", "build") == lines
    assert read_lines(tmp_path / "results", "plan") == []


def test_lines_of_another_schema_are_not_read(tmp_path: Path) -> None:
    append(tmp_path, {**built("skus", 50, "arrays", 100, 0.5), "schema_version": 0})
    assert read_lines(tmp_path, "build") == []


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    append(tmp_path, built("skus", 50, "arrays", 100, 0.5))
    with (tmp_path / "build.jsonl").open("a") as file:
        file.write("{half a line\n")
    with pytest.raises(StoreError, match=r"build\.jsonl, line 2 is no line of results"):
        read_lines(tmp_path, "build")


def test_what_stands_side_by_side_is_of_one_run_the_newest() -> None:
    old = [built("skus", 50, method, 100, 9.0, FIRST) for method in ("arrays", "loops")]
    new = [built("skus", 50, "arrays", 100, 0.5, LATER)]
    other_size = [built("skus", 100, "arrays", 100, 9.0, FIRST)]
    assert newest(BUILD, [*new, *old, *other_size]) == [*new, *other_size]


def test_lines_come_in_the_order_of_the_registry_and_without_specs_that_are_no_more() -> None:
    found = newest(
        BUILD, [built(*key, "arrays", 1, 1.0) for key in (("weeks", 8), ("gone", 1), ("skus", 300), ("skus", 50))]
    )
    assert [(made["spec"], made["size"]) for made in found] == [("skus", 50), ("skus", 300), ("weeks", 8)]
