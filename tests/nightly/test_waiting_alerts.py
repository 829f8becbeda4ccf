"""Alerts of runs that were killed before they were sent, and nights of which the store knows nothing."""

from __future__ import annotations

import os
import stat

import pytest

from optimizer import solve
from optimizer.nightly import nightly as nightly_module
from optimizer.nightly.lock import PLANS, SEND, lock
from optimizer.nightly.store import open_store
from tests.nightly.conftest import ONE_STORE
from tests.nightly.listening import hook
from tests.nightly.test_nightly_run import listed, states
from tests.nightly.test_notify import no_pauses, settings, short, to
from tests.nightly.test_store import read_only

__all__ = ["no_pauses", "settings", "short"]


@pytest.fixture
def killed(night, monkeypatch):
    """Runs a night that is killed once its plan is kept, before anything is sent."""

    def kill(*_):
        raise KeyboardInterrupt

    def run(day, *words):
        with monkeypatch.context() as context:
            context.setattr(nightly_module, "tell_others", kill)
            return night(day, *words)

    return run


@pytest.fixture
def killed_early(night, monkeypatch):
    """Runs a night that is killed before it has a plan, too suddenly to record even that."""

    def kill(*_, **more):
        raise KeyboardInterrupt

    def run(day, *words):
        with monkeypatch.context() as context:
            context.setattr(solve, "plan", kill)
            context.setattr(nightly_module, "_record", lambda *_: None)
            return night(day, *words)

    return run


def nights(there):
    return [(document["run"], document["night"], document["event"]) for document in there.documents]


def test_alerts_that_were_kept_and_not_sent_are_sent_once_by_the_same_night_run_again(
    ran, store, night, killed, short, settings
):
    with hook() as there:
        words = ("--notify", settings(to(there)))
        assert killed(1, *words).code == 130
        assert states(ran, store) == [(1, "complete", True)] and there.got == []
        assert "NOT sent yet" in ran("runs", "show", "--store", store).out
        assert "Nothing to do" in night(1, *words).out
        assert nights(there) == [(1, "2026-06-01", "planned")]
        assert "to_send" not in there.documents[0]
        night(1, *words)
        assert len(there.got) == 1
    assert "Sent: webhook" in ran("runs", "show", "--store", store).out


@ONE_STORE
def test_alerts_that_were_not_sent_are_sent_by_the_next_night_which_says_that_another_plan_is_in_force(
    night, killed, short, settings
):
    with hook() as there:
        words = ("--notify", settings(to(there)))
        killed(1, *words)
        assert night(2, *words).code == 0
        assert [run for run, _, _ in nights(there)] == [1, 2]
        assert [document["plan_in_force"]["run"] for document in there.documents] == [2, 2]
        slack = ("--notify", settings(to(there, "format = 'slack'")))
        killed(3, *slack)
        night(4, *slack)
    told = [document["text"] for document in there.documents[2:]]
    assert "a plan was made, and another one is in force since" in told[0] and "the plan is in force" in told[1]


@ONE_STORE
def test_what_waits_is_sent_by_the_command_and_not_again_by_the_next_run(ran, store, night, killed, short, settings):
    with hook() as there:
        words = ("--notify", settings(to(there)))
        killed(1, *words)
        killed(2, *words)
        done = ran("runs", "send", *words, "--store", store, "--json")
        assert [one["run"] for one in done.document["runs"]] == [1, 2]
        night(2, *words)
    assert [run for run, _, _ in nights(there)] == [1, 2]


@ONE_STORE
def test_what_nobody_wants_to_hear_waits_no_longer(ran, store, night, killed, shop, settings):
    with hook() as there:
        words = ("--notify", settings("when = 'urgent'\n" + to(there)))
        killed(1, *words)
        night(1, *words)
    assert there.got == [] and listed(ran, store)[0]["to_send"] is False


@ONE_STORE
def test_a_night_that_was_killed_before_its_plan_was_kept_is_told_by_the_next_one(
    night, killed_early, store, short, settings
):
    with hook() as there:
        words = ("--notify", settings("when = 'always'\n" + to(there)))
        assert killed_early(1, *words).code == 130
        night(2, *words)
    assert nights(there) == [(1, "2026-06-01", "not_planned"), (2, "2026-06-02", "planned")]
    assert there.documents[0]["state"] == "died"


@ONE_STORE
def test_of_a_run_that_was_killed_nothing_is_told_where_its_night_has_a_plan(night, killed_early, short, settings):
    with hook() as there:
        words = ("--notify", settings("when = 'always'\n" + to(there)))
        assert killed_early(1, *words).code == 130
        night(1, *words)
    assert nights(there) == [(2, "2026-06-01", "planned")]


def test_a_night_whose_store_cannot_be_opened_is_told_all_the_same(ran, shop, tmp_path, settings):
    (tmp_path / "plans.db").write_text("plans\n" * 1000)
    with hook() as there:
        words = ("--night", "2026-06-01", "--quiet", "--notify", settings(to(there)))
        ran("nightly", shop, "--store", tmp_path / "plans.db", *words).assert_told(9, "file is not a database")
        ran("nightly", shop, "--store", "mysql://me:hunter2@host/plans", *words).assert_told(2)
    assert nights(there) == [(None, "2026-06-01", "not_planned")] * 2
    assert "file is not a database" in there.documents[0]["message"]
    assert there.documents[0]["plan_in_force"] is None and "hunter2" not in str(there.documents)


def test_a_night_whose_store_goes_away_is_told_without_saying_what_is_in_force(
    ran, shop, tmp_path, settings, monkeypatch
):
    file, planned = tmp_path / "plans.db", solve.plan

    def away(*words, **more):
        file.write_bytes(b"no more" * 1000)
        return planned(*words, **more)

    monkeypatch.setattr("optimizer.nightly.planning.TRIES", ())
    monkeypatch.setattr("optimizer.nightly.planning._rescued", lambda folder: "a safe place")
    with hook() as there:
        words = ("--night", "2026-06-01", "--quiet", "--notify", settings(to(there, "format = 'slack'")))
        monkeypatch.setattr(solve, "plan", away)
        ran("nightly", shop, "--store", file, *words).assert_told(9, "stands in a safe place")
    (document,) = there.documents
    assert "NO PLAN" in document["text"] and "only the store can say" in document["text"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes where it likes")
def test_what_cannot_be_marked_as_sent_is_not_sent_every_night(ran, shop, tmp_path, settings):
    file = tmp_path / "plans.db"
    with hook() as there:
        words = ("--night", "2026-06-01", "--quiet", "--notify", settings(to(there)))
        ran("nightly", shop, "--store", file, *words)
        file.chmod(stat.S_IREAD)
        ran("nightly", shop, "--store", file, "--again", *words)
    assert len(there.got) == 1


@ONE_STORE
def test_a_run_that_finds_another_one_at_work_leaves_the_word_to_that_one(night, store, settings):
    open_store(store, make=True)
    with hook() as there, lock(open_store(store), 0, lambda: "", PLANS):
        assert night(1, "--notify", settings("when = 'always'\n" + to(there)), "--wait", 0).code == 7
    assert there.got == []


def test_while_another_command_sends_nothing_is_sent_twice(ran, store, killed, short, settings, monkeypatch):
    with hook() as there:
        words = ("--notify", settings(to(there)))
        killed(1, *words)
        monkeypatch.setattr("optimizer.nightly.telling.WAIT", 0.0)
        with lock(open_store(store), 0, lambda: "", SEND):
            ran("runs", "send", *words, "--store", store).assert_told(7, "Another command sends the alerts")
    assert there.got == []


@ONE_STORE
def test_a_run_at_work_has_nothing_to_send(ran, store, night, settings, monkeypatch):
    monkeypatch.setattr(nightly_module, "_record", lambda *_: None)
    monkeypatch.setattr(nightly_module, "keep_plan", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    night(1)
    with hook() as there, lock(open_store(store), 0, lambda: "", PLANS):
        ran("runs", "send", 1, "--notify", settings(to(there)), "--store", store).assert_told(2, "still at work")
    assert there.got == []


@ONE_STORE
def test_a_night_with_a_read_only_store_is_sent_with_the_plan_in_force(
    store, first_night, night, settings, monkeypatch
):
    read_only(store, monkeypatch)
    with hook() as there:
        assert night(2, "--notify", settings(to(there))).code == 9
    assert nights(there) == [(None, "2026-06-02", "not_planned")]
    assert there.documents[0]["plan_in_force"] == {"run": 1, "night": "2026-06-01"}
