"""Standard output stays clean, down to the descriptor."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from optimizer.solvers.quiet import quiet

_NOISY = """
import ctypes, os, sys
from optimizer.solvers.quiet import quiet
libc = ctypes.CDLL(None)
print("before")
with quiet(to_stderr={to_stderr}):
    print("python noise")
    libc.printf(b"c noise\\n")
    os.write(1, b"descriptor noise\\n")
    with quiet():
        libc.printf(b"nested noise\\n")
    libc.printf(b"later noise\\n")
print("after")
"""

_SOLVE = """
import json
from tests.solvers.conftest import program
from optimizer.solvers.registry import solver
from optimizer.solvers.solver import Limits
form = program([2, 3], [[1, 1]], [4.5], [float("inf")], [0, 0], [10, 10], [0, 1])
print(json.dumps([solver(name).solve(form, Limits()).objective for name in ("highs", "cbc", "pulp:HiGHS")]))
"""


def outputs(script: str) -> tuple[str, str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the C library is found otherwise")
@pytest.mark.parametrize("to_stderr", [False, True])
def test_what_python_and_c_print_meanwhile_does_not_reach_standard_output(to_stderr):
    clean, errors = outputs(_NOISY.format(to_stderr=to_stderr))
    assert clean.split() == ["before", "after"]
    assert sorted(errors.splitlines()) == sorted(
        ["python noise", "c noise", "descriptor noise", "nested noise", "later noise"] if to_stderr else []
    )


def test_solvers_print_nothing_so_that_json_stays_json():
    clean, errors = outputs(_SOLVE)
    assert [round(value, 4) for value in json.loads(clean)] == [9.0, 9.0, 9.0]
    assert errors == ""


def test_standard_output_comes_back_after_an_error(capfd):
    with pytest.raises(ZeroDivisionError), quiet():
        os.write(1, b"noise\n")
        raise ZeroDivisionError
    os.write(1, b"back\n")
    assert capfd.readouterr().out == "back\n"
