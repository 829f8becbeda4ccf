"""A run can be left behind, interrupted, and heard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import highspy
import numpy as np
import pytest

from optimizer.solvers import attended_run as room
from optimizer.solvers.attended_run import attended_run

_SCRIPT = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background would have it ignored
from tests.solvers.conftest import hard_knapsack
from optimizer.solvers.registry import solver
from optimizer.solvers.solver import Limits
form = hard_knapsack()
chosen = solver(sys.argv[1])
print("started", file=sys.stderr, flush=True)
answer = chosen.solve(form, Limits(seconds=100, threads=1))
print(answer.status, answer.objective, answer.bound, form.violation(answer.x), flush=True)
"""


class DeafEngine:
    """Stands for a HiGHS that looks neither at its clock nor at what it is told."""

    def __init__(self):
        self.wakened = threading.Event()

    def setCallback(self, hear, context):
        self.hear = hear

    def startCallback(self, kind):
        return highspy.HighsStatus.kOk

    def run(self):
        said = type("Said", (), {"mip_solution": np.array([1.0, 2.0]), "objective_function_value": 5.0})()
        self.hear(highspy.cb.HighsCallbackType.kCallbackMipImprovingSolution, "", said, None, None)
        self.wakened.wait(20)
        return highspy.HighsStatus.kOk


def test_a_solver_that_does_not_look_at_its_clock_is_left_behind_with_its_best_answer(monkeypatch):
    monkeypatch.setattr(room, "_grace", lambda seconds: 0.2)
    engine, started = DeafEngine(), time.monotonic()
    pulse = attended_run(engine, 0.1)
    assert time.monotonic() - started < 10
    assert not pulse.returned and pulse.best.tolist() == [1.0, 2.0] and pulse.objective == 5.0
    engine.wakened.set()


def test_what_the_solver_raises_reaches_the_caller():
    engine = DeafEngine()
    engine.run = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        attended_run(engine, 5.0)


@pytest.mark.skipif(os.name == "nt", reason="signals to process groups")
@pytest.mark.parametrize("name", ["highs", "cbc"])
def test_ctrl_c_stops_the_solver_and_keeps_its_best_answer(name):
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, name],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stderr.readline() == "started\n"
        time.sleep(3)
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=40)
    finally:
        process.kill()
        process.communicate()
    status, objective, bound, violation = output.split()
    assert status == "feasible" and process.returncode == 0
    assert float(objective) < -4500 and float(bound) <= -5004 and float(violation) <= 1e-6
