"""Solvers are found by name, and a missing one is told with its remedy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from optimizer.errors import UsageError
from optimizer.solvers import pulp_engine, registry
from optimizer.solvers.registry import available, solver


def test_highs_and_cbc_are_always_there():
    assert {"highs", "cbc"} <= set(available())
    assert [solver(name).name for name in ("highs", "HiGHS", "cbc")] == ["highs", "highs", "PULP_CBC_CMD"]


def test_any_name_of_pulp_will_do():
    assert solver("pulp:HiGHS").name == "HiGHS"


def test_a_solver_that_is_not_installed_says_what_to_install_and_what_is_there(monkeypatch):
    monkeypatch.setattr(pulp_engine, "runs_here", lambda name: name == "PULP_CBC_CMD")
    with pytest.raises(UsageError, match=r"scip is not installed: pip install pyscipopt.*Installed here: highs, cbc\."):
        solver("scip")


def test_a_misspelt_solver_is_answered_with_the_nearest_name():
    with pytest.raises(UsageError, match="Did you mean gurobi"):
        solver("gurobbi")


def test_a_name_that_pulp_does_not_know_is_refused():
    with pytest.raises(UsageError, match="NO_SUCH"):
        solver("pulp:NO_SUCH")


def test_every_short_name_stands_for_solvers_that_pulp_knows():
    import pulp

    known = set(pulp.listSolvers())
    assert all(set(names) <= known for names, _ in registry._THROUGH_PULP.values())


def test_looking_for_a_solver_loads_none():
    script = "import sys, optimizer.solvers.registry; print([m for m in ('highspy', 'pulp') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_no_solver_of_ours_loads_ortools_beside_highspy():
    script = (
        "import sys; from optimizer.solvers.registry import solver, available; available(); solver('highs');"
        "print('highspy' in sys.modules, 'ortools' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["True", "False"]
