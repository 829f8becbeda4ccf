"""Tasks in worker processes: all are done once, whatever becomes of a worker."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from optimizer.errors import Problem, Refused, WorkersLost
from optimizer.simulation.backtest.hands import dealt


class Doubler:
    """The state of a worker: doubles numbers; a folder tells which tasks somebody has begun before."""

    def __init__(self, folder):
        self.folder = folder

    def double(self, number):
        return 2 * number

    def fragile(self, number):
        """Worker dies at 3 the first time."""
        seen = Path(self.folder, str(number))
        if number == 3 and not seen.exists():
            seen.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number

    def deadly(self, number):
        os.kill(os.getpid(), signal.SIGKILL)

    def refuse(self, number):
        raise Refused([Problem("sales", 1, "date", "x", "a rule", "a remedy")])

    def process(self, number):
        return os.getpid()


def test_one_worker_works_in_this_process_and_in_order(tmp_path):
    assert [*dealt(Doubler, tmp_path, "process", [1, 2], 1)] == [(1, os.getpid()), (2, os.getpid())]


def test_nothing_to_do_makes_nothing():
    def never(description):
        raise AssertionError("made")

    assert [*dealt(never, None, "double", [], 4)] == []


def test_several_workers_do_each_task_once_in_other_processes(tmp_path):
    made = [*dealt(Doubler, tmp_path, "double", range(7), 2)]
    assert sorted(made) == [(number, 2 * number) for number in range(7)]


def test_the_task_of_a_worker_that_dies_is_done_by_another(tmp_path):
    assert sorted(dealt(Doubler, tmp_path, "fragile", [1, 2, 3, 4], 2)) == [(1, 2), (2, 4), (3, 6), (4, 8)]


def test_a_task_that_kills_its_worker_twice_is_told(tmp_path):
    with pytest.raises(WorkersLost, match="fewer --workers"):
        [*dealt(Doubler, tmp_path, "deadly", [1, 2], 2)]
    assert not multiprocessing.active_children()


def test_an_error_of_a_task_keeps_its_kind_and_ends_the_workers(tmp_path):
    with pytest.raises(Refused):
        [*dealt(Doubler, tmp_path, "refuse", [1, 2], 2)]
    assert not multiprocessing.active_children()


def test_an_iteration_that_is_left_early_ends_the_workers(tmp_path):
    some = dealt(Doubler, tmp_path, "double", range(50), 2)
    next(some)
    some.close()
    assert not multiprocessing.active_children()
