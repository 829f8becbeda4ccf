"""Workers in other processes answer as in this one; those that die are replaced, and what cannot be is told."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
import pytest

from optimizer.decomposition.crew import Abandoned, Alone, Each, Processes, WorkersLost, crew_of, workers_of
from optimizer.decomposition.hired import Lost
from optimizer.decomposition.patience import over
from optimizer.decomposition.pool import Pool
from tests.decomposition.counting import Counter


@pytest.fixture
def crew():
    found = Processes(Counter, [1, 2])
    yield found
    found.close()


def test_both_crews_answer_alike_in_the_order_of_their_descriptions(crew):
    assert crew.call("plus", 10) == Alone(Counter, [1, 2]).call("plus", 10) == [11, 12]


def test_each_worker_is_told_its_own_part_of_an_argument_also_when_it_is_made_anew(crew):
    assert crew.call("plus", Each([10, 20])) == Alone(Counter, [1, 2]).call("plus", Each([10, 20])) == [11, 22]
    os.kill(crew.call("process")[1], signal.SIGKILL)
    assert crew.call("plus", Each([0, 1])) == [1, 3]


def test_a_worker_that_dies_is_replaced_and_asked_again(crew, tmp_path):
    assert crew.call("die_once", str(tmp_path / "died")) == [1, 2]
    assert crew.call("plus", 1) == [2, 3]


def test_a_worker_that_is_killed_between_two_calls_is_replaced(crew):
    before = crew.call("process")
    os.kill(before[1], signal.SIGKILL)
    assert crew.call("plus", 1) == [2, 3]
    after = crew.call("process")
    assert after[0] == before[0] and after[1] != before[1]


@pytest.mark.parametrize(
    ("method", "how"), [("die", r"was killed by signal 9 \(Killed\)"), ("leave", "ended with exit code 3")]
)
def test_a_worker_that_dies_twice_is_told_with_a_remedy(crew, method, how):
    with pytest.raises(WorkersLost, match=f"asked for '{method}'.*its process {how}. .*fewer --threads") as lost:
        crew.call(method)
    assert lost.value.exit_code == 4
    assert crew.call("plus", 1) == [2, 3], "the crew is of use again"


@pytest.mark.parametrize("kind", [Alone, Processes])
def test_memory_that_runs_out_is_told_with_a_remedy_and_the_workers_live_on(kind):
    crew = kind(Counter, [1, 2])
    try:
        with pytest.raises(WorkersLost, match=r"Memory ran out in .* \(asked for 'hoard'\). Use fewer --threads"):
            crew.call("hoard")
        assert crew.call("plus", 1) == [2, 3]
    finally:
        crew.close()


def test_what_a_worker_raises_reaches_the_caller_with_its_traceback(crew):
    with pytest.raises(ValueError, match="no") as raised:
        crew.call("fail")
    assert "in fail" in raised.value.__notes__[0]
    assert crew.call("plus", 1) == [2, 3]


def test_errors_and_answers_that_cannot_be_sent_are_told_in_words(crew):
    with pytest.raises(RuntimeError, match="Strange: of a class that only the worker knows"):
        crew.call("fail_strangely")
    with pytest.raises(Exception, match="[Pp]ickle"):
        crew.call("answer_strangely")
    assert crew.call("plus", 1) == [2, 3]


def test_a_state_that_cannot_be_made_says_why_at_every_call():
    crew = Processes(Counter, [1, -2])
    try:
        for _ in range(2):
            with pytest.raises(ValueError, match="-2 is below nothing"):
                crew.call("plus", 1)
    finally:
        crew.close()


def test_messages_larger_than_any_buffer_go_both_ways(crew):
    large = np.arange(3_000_000.0)
    found = crew.call("plus", large)
    assert [part[-1] for part in found] == [3_000_000.0, 3_000_001.0]


def test_nobody_waits_for_answers_that_are_not_wanted_any_more(crew, tmp_path):
    crew.call("plus", 1)
    begun = time.monotonic()
    with pytest.raises(Abandoned):
        crew.call("wait", 60.0, str(tmp_path / "waited"), until=lambda: time.monotonic() > begun + 0.3)
    crew.close()
    assert time.monotonic() - begun < 30
    assert not (tmp_path / "waited").exists()


def test_after_an_abandoned_call_the_next_one_gets_its_own_answers(crew, tmp_path):
    with pytest.raises(Abandoned):
        crew.call("wait", 1.0, str(tmp_path / "waited"), until=lambda: True)
    assert crew.call("plus", 1) == [2, 3]
    assert (tmp_path / "waited").exists()


@pytest.mark.parametrize(("seconds", "same"), [(0.2, False), (30.0, True)])
def test_who_is_at_work_longer_than_anybody_wants_to_wait_is_replaced(crew, tmp_path, seconds, same):
    before, begun = crew.call("process"), time.monotonic()
    with pytest.raises(Abandoned):
        crew.call("wait", 1.0 if same else 60.0, str(tmp_path / "waited"), until=lambda: True)
    crew.free(seconds)
    after = crew.call("process")
    assert time.monotonic() - begun < 25
    assert [new == old for new, old in zip(after, before, strict=True)] == [same, same]
    assert alive(before[0]) == same and (tmp_path / "waited").exists() == same


def test_where_nobody_takes_the_place_of_who_is_at_work_that_is_told_with_the_next_question(crew, tmp_path):
    def gone(description):
        raise Lost("nobody is left")

    with pytest.raises(Abandoned):
        crew.call("wait", 60.0, str(tmp_path / "waited"), until=lambda: True)
    crew._hire = gone
    crew.free(0.1)
    with pytest.raises(WorkersLost, match="nobody is left"):
        crew.call("plus", 1)


def test_a_question_that_is_sent_in_part_is_not_taken_for_the_beginning_of_the_next_one(crew, monkeypatch):
    before = crew.call("process")

    class Cut:
        def send_bytes(self, sent):
            line._send(sent[:7])
            raise KeyboardInterrupt

    hand = crew._hands[0]
    line = hand._line
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(hand, "_line", Cut())
        crew.call("plus", 1)
    assert crew.call("plus", 1) == [2, 3]
    assert crew.call("process")[0] != before[0] and not alive(before[0])


def test_a_question_whose_answer_nobody_has_heard_is_not_answered_in_place_of_the_next_one(crew, monkeypatch):
    usual, hand = crew._hands[0].ask, crew._hands[0]

    def ask(method, arguments):
        usual(method, arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(hand, "ask", ask)
        crew.call("plus", 1)
    assert crew.call("plus", 5) == [6, 7]


def test_a_worker_is_not_at_work_where_memory_ran_out_before_it_was_asked(crew, monkeypatch):
    def ask(method, arguments):
        raise MemoryError

    with monkeypatch.context() as patch, pytest.raises(MemoryError):
        patch.setattr(crew._hands[0], "ask", ask)
        crew.call("plus", 1)
    before = crew.call("process")
    crew.free(0.0)
    assert crew.call("process") == before


def test_a_state_of_this_process_ends_early_what_nobody_waits_for_any_more():
    class Patient:
        def __init__(self, number):
            self.number = number

        def work(self, seconds):
            begun = time.monotonic()
            while not over(begun + seconds):
                time.sleep(0.01)
            return self.number

    begun = time.monotonic()
    assert Alone(Patient, [1]).call("work", 60.0, until=lambda: time.monotonic() > begun + 0.3) == [1]
    assert time.monotonic() - begun < 30
    assert not over(time.monotonic() + 60), "what was asked within a call is forgotten after it"


def test_this_process_abandons_a_call_between_two_states(tmp_path):
    with pytest.raises(Abandoned):
        Alone(Counter, [1, 2]).call("plus", 1, until=lambda: True)


def test_ctrl_c_leaves_a_call_and_the_workers_end_with_their_crew(tmp_path):
    crew = Processes(Counter, [1, 2])
    processes = crew.call("process")

    def pressed():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crew.call("wait", 60.0, str(tmp_path / "waited"), until=pressed)
    crew.close()
    assert not any(alive(process) for process in processes)


def test_a_crew_of_one_works_in_this_process_and_a_larger_one_in_others():
    alone, two = crew_of(Counter, [1]), crew_of(Counter, [1, 2])
    try:
        assert alone.call("process") == [os.getpid()]
        assert len({os.getpid(), *two.call("process")}) == 3
    finally:
        two.close()


def test_without_a_cluster_there_are_as_many_workers_as_threads():
    assert workers_of(None, 3) == 3


def test_workers_of_a_pool_take_the_states_of_the_next_crew_and_end_with_the_pool():
    with Pool() as pool:
        first = Processes(Counter, [1, 2], pool)
        before = set(first.call("process"))
        first.call("grow", 5)
        first.close()
        second = Processes(Counter, [3, 4, 5], pool)
        assert second.call("plus", 0) == [3, 4, 5], "nothing is left of the states before"
        assert before < set(second.call("process"))
    assert second.call("plus", 0) == [3, 4, 5], "who is at work when the pool is closed goes on"
    now = second.call("process")
    second.close()
    assert not any(alive(process) for process in now)


def test_a_pool_gives_nobody_a_worker_that_has_died_or_is_at_work(tmp_path):
    with Pool() as pool:
        first = Processes(Counter, [1, 2], pool)
        before = first.call("process")
        with pytest.raises(Abandoned):
            first.call("wait", 60.0, str(tmp_path / "waited"), until=lambda: True)
        first.close()
        assert not any(alive(process) for process in before)
        second = Processes(Counter, [1, 2], pool)
        killed = second.call("process")[0]
        second.close()
        os.kill(killed, signal.SIGKILL)
        third = Processes(Counter, [5, 6], pool)
        assert third.call("plus", 0) == [5, 6] and killed not in third.call("process")
        third.close()


def test_a_state_that_cannot_be_made_leaves_its_worker_to_the_next_one():
    with Pool() as pool:
        first = Processes(Counter, [-1], pool)
        with pytest.raises(ValueError, match="-1 is below nothing"):
            first.call("plus", 1)
        first.close()
        second = Processes(Counter, [1], pool)
        assert second.call("plus", 1) == [2]
        second.close()


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
