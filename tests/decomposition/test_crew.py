"""Workers in other processes answer as in this one, and a process that dies is replaced."""

from __future__ import annotations

import os

import pytest

from optimizer.decomposition.crew import Alone, Processes


class Counter:
    """Adds what it is told to a number of its own."""

    def __init__(self, start: int) -> None:
        self.start = start

    def plus(self, more: int) -> int:
        return self.start + more

    def die_once(self, path: str) -> int:
        if not os.path.exists(path):
            open(path, "w").close()
            os._exit(9)
        return self.start

    def die(self) -> None:
        os._exit(9)

    def fail(self) -> None:
        raise ValueError("no")


@pytest.fixture
def crew():
    found = Processes(Counter, [1, 2])
    yield found
    found.close()


def test_both_crews_answer_alike_in_the_order_of_their_descriptions(crew):
    assert crew.call("plus", 10) == Alone(Counter, [1, 2]).call("plus", 10) == [11, 12]


def test_a_worker_that_dies_is_replaced_and_asked_again(crew, tmp_path):
    assert crew.call("die_once", str(tmp_path / "died")) == [1, 2]
    assert crew.call("plus", 1) == [2, 3]


def test_a_worker_that_always_dies_is_an_error(crew):
    with pytest.raises(Exception, match="terminated abruptly"):
        crew.call("die")


def test_what_a_worker_raises_reaches_the_caller(crew):
    with pytest.raises(ValueError, match="no"):
        crew.call("fail")
