"""One run at a time: who waits, who is refused, and what becomes of the lock of a run that was killed."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace

import pytest
from sqlalchemy import text

from optimizer import solve
from optimizer.errors import Held
from optimizer.nightly.keep import begin
from optimizer.nightly.lock import lock
from optimizer.nightly.record import runs
from optimizer.nightly.standing import as_they_stand
from optimizer.nightly.store import open_store
from tests.cli.running import environment
from tests.nightly.test_nightly_run import listed, rows

HOLDS = """
    import sys, time, datetime as dt
    from optimizer.nightly.keep import begin
    from optimizer.nightly.lock import lock
    from optimizer.nightly.store import open_store
    store = open_store(sys.argv[1], make=True)
    with lock(store, 0, lambda: "held"):
        begin(store, dt.date(2026, 6, 1), "shop", {})
        print("held", flush=True)
        time.sleep(600)
"""


@pytest.fixture
def holder(store):
    """A process that is at work on the store."""
    words = [sys.executable, "-c", textwrap.dedent(HOLDS), store]
    with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_second_run_is_refused_and_told_who_is_at_work(ran, night, holder, store):
    done = night(1, "--wait", 0)
    done.assert_told(7, "Run 1 (night of 2026-06-01) is at work on the store", f"as process {holder.pid} on")
    ran("runs", "prune", "--keep", 0, "--store", store, "--json")
    assert [run["state"] for run in listed(ran, store)] == ["running"]


def test_pruning_waits_for_no_run(ran, holder, store, monkeypatch):
    from optimizer.nightly import prune

    monkeypatch.setattr(prune.prune, "__defaults__", (0.0,))
    ran("runs", "prune", "--keep", 0, "--store", store).assert_told(7, "nothing was removed")


def test_a_run_waits_as_long_as_it_may(night, holder):
    began = time.monotonic()
    night(1, "--wait", 1).assert_told(7)
    assert time.monotonic() - began >= 1


def test_the_lock_of_a_killed_run_is_taken_over_and_its_death_is_recorded(ran, night, holder, store):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    done = night()
    assert done.code == 0 and "Run 1 has died before it ended" in done.err
    assert [(run["run"], run["state"]) for run in listed(ran, store)] == [(2, "complete"), (1, "died")]


def test_a_killed_run_is_listed_as_dead_at_once_and_nothing_is_written(ran, holder, store, tmp_path):
    words = ("--store", store)
    assert [run["state"] for run in listed(ran, store)] == ["running"]
    assert "running" in ran("runs", "show", 1, *words).out
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    deadline = time.monotonic() + 30  # a server takes a moment to notice
    while listed(ran, store)[0]["state"] == "running" and time.monotonic() < deadline:
        time.sleep(0.2)
    (run,) = listed(ran, store)
    assert (run["state"], run["ended_at"]) == ("died", None) and "It was killed" in run["message"]
    assert "died" in ran("runs", "list", *words).out and "died" in ran("runs", "show", 1, *words).out
    with open_store(store).reads() as connection:
        assert connection.execute(text("SELECT state FROM optimizer_runs")).scalar_one() == "running"


def test_a_run_that_ends_while_it_is_looked_at_has_not_died(ran, first_night, store, monkeypatch):
    there = open_store(store)
    with there.reads() as connection:
        before = [replace(run, state="running") for run in runs(connection)]
    assert [run.state for run in as_they_stand(there, before)] == ["complete"]


def test_a_lock_is_free_when_its_holder_is_done_or_has_failed(store):
    there = open_store(store, make=True)
    with pytest.raises(ValueError), lock(there, 0, lambda: "held"):
        with pytest.raises(Held, match="by somebody"), lock(there, 0, lambda: "by somebody"):
            pass
        raise ValueError
    with lock(there, 0, lambda: "held"):
        pass


def test_a_run_that_has_lost_the_store_to_another_keeps_nothing(ran, night, store, monkeypatch):
    """A network that is cut for long frees the lock on the server: the run that began since then is the one."""
    night()
    planned = solve.plan

    def another_begins(*words, **more):
        begin(open_store(store), dt.date(2026, 6, 2), "elsewhere", {})
        return planned(*words, **more)

    monkeypatch.setattr(solve, "plan", another_begins)
    night(2).assert_told(7, "Run 2 has lost the store to another run", "The plan of run 1")
    assert set(rows(store, "costs")["run"]) == {1}
    assert [run["run"] for run in listed(ran, store) if run["in_force"]] == [1]


def test_two_stores_in_two_schemas_of_a_server_do_not_lock_each_other(postgres):
    address = postgres()
    with open_store(address, make=True).writes() as connection:
        connection.execute(text("CREATE SCHEMA other"))
    there = open_store(f"{address}&options=-c%20search_path%3Dother", make=True)
    with lock(open_store(address), 0, lambda: "held"), lock(there, 0, lambda: "held"):
        pass
    with there.reads() as connection:
        assert connection.execute(text("SELECT count(*) FROM other.optimizer_store")).scalar_one() == 1
