"""A Dask cluster on loopback runs the same rounds as this process, whichever of its workers die."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from optimizer.decomposition import cluster as clusters
from optimizer.decomposition import cluster_link
from optimizer.decomposition.crew import Abandoned, Alone, WorkersLost, crew_of, workers_of
from optimizer.decomposition.hired import Lost
from optimizer.errors import UsageError
from tests.decomposition.counting import Chooser, Counter, prices_after

distributed = pytest.importorskip("distributed")


def local(workers: int):
    """A cluster of worker processes on this machine, which starts anew those that die."""
    return distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1",
        silence_logs=50, memory_limit=None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def cluster():
    with local(2) as found:
        yield found.scheduler_address


@pytest.fixture
def crew(cluster):
    wait_for(cluster, 2)
    found = crew_of(Counter, [1, 2], cluster)
    yield found
    found.close()


def wait_for(cluster: str, workers: int) -> None:
    """Wait until those that the last test has killed are there again."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            if workers_of(cluster, 1) == workers:
                return
        except UsageError:
            pass
        time.sleep(0.1)
    raise AssertionError("the workers did not come back")


def test_a_cluster_answers_as_this_process_does(crew):
    assert crew.call("plus", 10) == Alone(Counter, [1, 2]).call("plus", 10) == [11, 12]


@pytest.mark.slow
def test_states_are_dealt_out_to_all_workers_in_turn(cluster):
    wait_for(cluster, 2)
    crew = crew_of(Counter, [1, 2, 3, 4], cluster)
    try:
        places = crew.call("process")
        assert places[0] == places[2] != places[1] == places[3]
        assert os.getpid() not in places
    finally:
        crew.close()


def test_there_are_as_many_states_as_workers(cluster):
    wait_for(cluster, 2)
    assert workers_of(cluster, 7) == 2


def test_states_stay_on_their_workers_and_end_with_their_crew(crew, cluster):
    before = crew.call("process")
    assert crew.call("grow", 5) == [6, 7]
    assert crew.call("plus", 0) == [6, 7]
    assert crew.call("process") == before
    other = crew_of(Counter, [1, 2], cluster)
    assert other.call("plus", 0) == [1, 2]
    other.close()
    assert crew.call("plus", 0) == [6, 7]


def test_a_worker_that_dies_in_a_call_is_replaced_and_asked_again(crew, tmp_path):
    before = crew.call("process")
    assert crew.call("die_once", str(tmp_path / "died")) == [1, 2]
    after = crew.call("process")
    assert len(set(before) & set(after)) >= 1 and after != before


def test_a_worker_that_dies_between_two_calls_is_replaced(crew):
    os.kill(crew.call("process")[0], signal.SIGKILL)
    assert crew.call("plus", 1) == [2, 3]


@pytest.mark.slow
def test_a_worker_that_dies_twice_is_told_with_a_remedy(crew):
    with pytest.raises(WorkersLost, match="asked for 'die'.*the worker at tcp://.* is lost .*more of it"):
        crew.call("die")


def test_what_a_worker_raises_reaches_the_caller_with_its_traceback(crew):
    with pytest.raises(ValueError, match="no") as raised:
        crew.call("fail")
    assert "in fail" in raised.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Strange: of a class"):
        crew.call("fail_strangely")
    with pytest.raises(WorkersLost, match="Memory ran out in a worker"):
        crew.call("hoard")
    assert crew.call("plus", 1) == [2, 3]


def test_a_state_that_cannot_be_made_says_why(cluster):
    wait_for(cluster, 2)
    crew = crew_of(Counter, [1, -2], cluster)
    try:
        with pytest.raises(ValueError, match="-2 is below nothing"):
            crew.call("plus", 1)
    finally:
        crew.close()


@pytest.mark.slow
def test_nobody_waits_for_answers_that_are_not_wanted_any_more(crew, tmp_path):
    crew.call("plus", 1)
    with pytest.raises(Abandoned):
        crew.call("wait", 1.5, str(tmp_path / "waited"), until=lambda: True)
    assert not (tmp_path / "waited").exists()
    assert crew.call("plus", 1) == [2, 3]


def test_why_the_last_worker_took_no_actor_is_told(monkeypatch):
    monkeypatch.setattr(clusters, "GRACE_SECONDS", 0.0)
    places = clusters.Places(SimpleNamespace(workers=lambda: ["tcp://one:1"], address="tcp://all:2"))
    places.leave(places.take(), True, "its disk is full")
    with pytest.raises(Lost, match=r"tcp://all:2 has no workers left \(tcp://one:1: its disk is full\)"):
        places.take()


@pytest.mark.slow
def test_without_any_worker_left_it_says_so(monkeypatch):
    monkeypatch.setattr(clusters, "GRACE_SECONDS", 1.0)
    with local(1) as found:
        crew = crew_of(Counter, [1, 2], found.scheduler_address)
        try:
            assert crew.call("plus", 1) == [2, 3]
            found.scale(0)
            while found.scheduler.workers:
                time.sleep(0.05)
            with pytest.raises(WorkersLost, match="has no workers left"):
                crew.call("plus", 1)
        finally:
            crew.close()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["cluster", "processes"])
def test_rounds_in_which_a_worker_is_killed_end_as_those_of_this_process(kind, cluster):
    known = prices_after(Alone(Chooser, [1, 2]), 40)
    wait_for(cluster, 2)
    crew = crew_of(Chooser, [1, 2], cluster if kind == "cluster" else None)
    try:
        victim = crew.call("process")[1]
        # A round takes 20 ms and more at a worker: this falls into the one after the tenth.
        killer = threading.Timer(0.01, os.kill, (victim, signal.SIGKILL))
        found = prices_after(crew, 40, lambda number: killer.start() if number == 10 else None)
        killer.join()
        assert victim not in crew.call("process")
    finally:
        crew.close()
    assert known.tolist() == found.tolist() and known.min() > 0


@pytest.mark.parametrize("address", ["foo", "tcp://", "tcp://host", "http://host:1", "tcp://host:port", "host:8786"])
def test_what_is_no_address_is_told(address):
    with pytest.raises(UsageError, match="is no address of a cluster: write tcp://HOST:PORT"):
        workers_of(address, 1)


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(cluster_link, "CONNECT_SECONDS", 1)


def test_an_address_at_which_nobody_answers_is_told(hurried):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(UsageError, match=f"No Dask scheduler answers at tcp://127.0.0.1:{port}"):
        crew_of(Counter, [1], f"tcp://127.0.0.1:{port}")


def test_a_server_of_another_kind_is_told(hurried):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(UsageError, match="No Dask scheduler answers"):
            crew_of(Counter, [1], f"tcp://127.0.0.1:{port}")


def test_a_cluster_without_workers_is_told():
    with local(0) as found, pytest.raises(UsageError, match="has no workers: start some with `dask worker tcp://"):
        workers_of(found.scheduler_address, 2)


def test_workers_of_another_version_are_told(cluster, monkeypatch):
    wait_for(cluster, 2)
    here = {**cluster_link.versions(), "numpy": "1.0"}
    monkeypatch.setattr(cluster_link, "expected", lambda: here)
    with pytest.raises(UsageError, match=r"The worker tcp://.* runs other versions: numpy .* \(here 1.0\)\. Install"):
        crew_of(Counter, [1], cluster)


def test_without_dask_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"needs Dask, which is not installed: pip install .*\[cluster\]"):
        workers_of("tcp://127.0.0.1:8786", 1)
