"""Exported programs are read by others as the same programs."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
import pulp
import pytest

from optimizer.errors import StoreError, UsageError
from optimizer.solvers.export import export
from optimizer.solvers.highs import Highs
from optimizer.solvers.quiet import quiet
from optimizer.solvers.solver import Limits

INF = np.inf
SUFFIXES = ["mps", "lp"]


def costs_in_highs(path: Path) -> float:
    with quiet():
        engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    assert engine.readModel(str(path)) != highspy.HighsStatus.kError
    engine.run()
    return engine.getInfo().objective_function_value


def costs_in_cbc(path: Path) -> float:
    """What the CBC that comes with PuLP makes of the file."""
    solution = path.with_suffix(".solution")
    subprocess.run(
        [pulp.PULP_CBC_CMD.pulp_cbc_path, str(path), "-solve", "-solution", str(solution)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    head = solution.read_text().splitlines()[0].split()
    assert head[0] == "Optimal"
    return float(head[-1])


@pytest.fixture
def telling(make_program):
    """A range, a free row, an equality, a free column, whole and binary columns, an offset, awkward names."""
    matrix = [[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 2, 2]]
    form = make_program(
        [2, 3, -1.123456789012345, 0.1],
        matrix,
        [4.5, -20, -INF, -INF, 5],
        [INF, 7.25, 3, INF, 5],
        [0, 0, -INF, 0],
        [10, 10, INF, 1],
        [0, 1, 0, 1],
        5.5,
    )
    rows, columns = {"stock balance": slice(0, 2), "e1": slice(2, 5)}, {"ship": slice(0, 2), "end": slice(2, 4)}
    return replace(form, rows=rows, columns=columns)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_exported_program_has_the_same_optimum_in_highs_and_in_cbc(telling, tmp_path, suffix):
    path = export(telling, tmp_path / f"program.{suffix}")
    optimum = Highs().solve(telling, Limits()).objective
    assert costs_in_highs(path) == pytest.approx(optimum, abs=1e-6)
    assert costs_in_cbc(path) == pytest.approx(optimum, abs=1e-6)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_random_programs_survive_the_export(make_random_program, tmp_path, suffix):
    compared = 0
    for seed in range(25):
        form = make_random_program(seed)
        answer = Highs().solve(form, Limits())
        if answer.status == "optimal":
            path = export(form, tmp_path / f"{seed}.{suffix}")
            assert costs_in_highs(path) == pytest.approx(answer.objective, abs=1e-5)
            assert costs_in_cbc(path) == pytest.approx(answer.objective, abs=1e-5)
            compared += 1
    assert compared >= 10


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_rows_and_columns_are_named_by_range_and_place(telling, tmp_path, suffix):
    text = export(telling, tmp_path / f"program.{suffix}").read_text()
    assert all(name in text for name in ("stock_balance(0)", "x_e1(0)", "ship(1)", "end(1)", "offset(0)"))
    assert "x_e1(1)" not in text  # a row without bounds says nothing


def test_pulp_reads_an_exported_program_as_well(make_program, tmp_path):
    form = make_program([2, 3], [[1, 1], [1, -1]], [4.5, -INF], [INF, 3], [0, 0], [10, 10], [0, 0], offset=4.0)
    _, problem = pulp.LpProblem.fromMPS(str(export(form, tmp_path / "program.mps")))
    problem.solve(pulp.COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False))
    assert pulp.value(problem.objective) == pytest.approx(Highs().solve(form, Limits()).objective)


def test_another_ending_is_refused(telling, tmp_path):
    with pytest.raises(UsageError, match=r"\.mps or \.lp"):
        export(telling, tmp_path / "program.txt")


def test_a_folder_that_is_not_there_is_a_store_error_and_leaves_nothing(telling, tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        export(telling, tmp_path / "away" / "program.mps")
    assert list(tmp_path.iterdir()) == []


def test_an_export_leaves_only_the_file_and_replaces_an_older_one(telling, tmp_path):
    path = tmp_path / "program.lp"
    path.write_text("old")
    export(telling, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["program.lp"] and "old" not in path.read_text()
