"""The store: versions and migration, and databases that are away, read-only or full."""

from __future__ import annotations

import json
import sqlite3

import pytest
from sqlalchemy import inspect, text

from optimizer.errors import StoreError, UsageError
from optimizer.nightly import migrations
from optimizer.nightly.migrations import STEPS
from optimizer.nightly.store import open_store
from optimizer.scenario import database_engine
from tests.nightly.test_nightly_run import listed, rows


def version(store):
    with open_store(store).reads() as connection:
        return connection.execute(text("SELECT schema_version FROM optimizer_store")).scalar_one()


def add_a_column(connection):
    connection.execute(text("ALTER TABLE optimizer_runs ADD COLUMN weather text"))
    connection.execute(text("UPDATE optimizer_runs SET weather = 'fair'"))


def test_an_empty_database_becomes_a_store_only_for_a_run(store):
    with pytest.raises(StoreError, match="holds no plans|There is no store"):
        open_store(store)
    open_store(store, make=True)
    assert version(store) == len(STEPS)


def test_a_store_of_an_older_version_is_migrated_and_keeps_its_plans(ran, first_night, store, monkeypatch):
    monkeypatch.setattr(migrations, "STEPS", (*STEPS, add_a_column))
    monkeypatch.setattr("optimizer.nightly.store.STEPS", (*STEPS, add_a_column))
    assert version(store) == len(STEPS) + 1
    with open_store(store).reads() as connection:
        assert connection.execute(text("SELECT weather FROM optimizer_runs")).scalar_one() == "fair"
    assert len(rows(store, "costs"))


def test_a_migration_that_fails_changes_nothing(first_night, store, monkeypatch):
    def half(connection):
        add_a_column(connection)
        connection.execute(text("UPDATE nowhere SET weather = 'foul'"))

    monkeypatch.setattr(migrations, "STEPS", (*STEPS, half))
    monkeypatch.setattr("optimizer.nightly.store.STEPS", (*STEPS, half))
    with pytest.raises(StoreError, match="nowhere"):
        open_store(store)
    monkeypatch.undo()
    assert version(store) == len(STEPS)
    with open_store(store).reads() as connection:
        assert "weather" not in {column["name"] for column in inspect(connection).get_columns("optimizer_runs")}


def test_a_store_of_a_newer_version_is_refused_and_left_alone(ran, first_night, night, store):
    with open_store(store).writes() as connection:
        connection.execute(text("UPDATE optimizer_store SET schema_version = 99"))
    for words in (("runs", "list"), ("runs", "prune", "--keep", 0), ("runs", "show")):
        ran(*words, "--store", store).assert_told(9, "is of version 99", "Nothing was changed")
    night(2).assert_told(9, "is of version 99")


def read_only(store, monkeypatch):
    """Let every later connection refuse to write."""
    if store.startswith("sqlite"):
        before = database_engine._set_up

        def set_up(connection, record):
            before(connection, record)
            connection.execute("PRAGMA query_only = ON")

        monkeypatch.setattr(database_engine, "_set_up", set_up)
    else:
        with open_store(store).writes() as connection:
            connection.execute(text(f"ALTER DATABASE {connection.engine.url.database} SET "
                                    "default_transaction_read_only = on"))  # fmt: skip


def test_a_read_only_store_can_be_read_but_not_planned_into(ran, first_night, night, store, monkeypatch):
    read_only(store, monkeypatch)
    night(2).assert_told(9, "cannot be written", "It is read-only", "The plan of run 1 (night of 2026-06-01) stays")
    assert len(listed(ran, store)) == 1


@pytest.mark.parametrize("lock_there", [False, True], ids=["folder", "file"])
def test_a_store_in_a_read_only_place_is_told_with_the_plan_in_force(ran, shop, tmp_path, monkeypatch, lock_there):
    """Who runs the tests may be allowed everything: so the answers of SQLite and of the system are those of others."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ("nightly", shop, "--store", place / "plans.db", "--quiet", "--night", "2026-06-01")
    ran(*words)
    connect, beside = sqlite3.connect, place / "plans.db.lock"

    def shut(database, *more, **options):
        if str(database).endswith(".lock"):
            raise sqlite3.OperationalError("unable to open database file")
        return connect(database, *more, **options)

    monkeypatch.setattr("optimizer.nightly.lock.sqlite3.connect", shut)
    closed = beside if lock_there else place
    monkeypatch.setattr("optimizer.nightly.lock.os.access", lambda path, mode: path != closed)
    what = f"the file {beside}" if lock_there else f"the folder {place}"
    done = ran(*words)
    done.assert_told(9, "is read-only", f"nothing can be written to {what}.", "The plan of run 1", "stays in force")
    assert "unable to open" not in done.err


@pytest.mark.parametrize("table", ["plan_costs", "optimizer_contents", "optimizer_runs"])
def test_a_full_disk_loses_nothing(ran, first_night, night, store, monkeypatch, table):
    """The database itself says that its disk is full, while it writes the rows, the files or the figures."""
    monkeypatch.setattr("optimizer.nightly.planning.TRIES", ())
    monkeypatch.setattr("optimizer.nightly.planning._rescued", lambda folder: "a safe place")
    event = "UPDATE" if table == "optimizer_runs" else "INSERT"
    with open_store(store).writes() as connection:
        if store.startswith("sqlite"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER full BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
            )
        else:
            connection.exec_driver_sql(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'disk is full' USING ERRCODE = '53100'; END $$"
            )
            connection.exec_driver_sql(
                f"CREATE TRIGGER full_disk BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
    done = night(1, "--again", "--seed", 2)
    done.assert_told(9, "disk is full", "stands in a safe place")
    assert set(rows(store, "costs")["run"]) == {1}
    assert [run["run"] for run in listed(ran, store) if run["in_force"]] == [1]


def test_a_file_of_sqlite_that_can_grow_no_more_keeps_what_it_had(ran, shop, monkeypatch, tmp_path):
    store = f"sqlite:///{tmp_path / 'plans.db'}"
    words = ("nightly", shop, "--store", store, "--quiet", "--night")
    ran(*words, "2026-06-01")
    with open_store(store).reads() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    before = database_engine._set_up

    def small(connection, record):
        before(connection, record)
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")

    monkeypatch.setattr(database_engine, "_set_up", small)
    monkeypatch.setattr("optimizer.nightly.planning.TRIES", ())
    monkeypatch.setattr("optimizer.nightly.planning._rescued", lambda folder: "a safe place")
    ran(*words, "2026-06-02").assert_told(9, "database or disk is full", "stands in a safe place")
    assert [run["run"] for run in listed(ran, store) if run["in_force"]] == [1]


def test_a_server_that_is_away_is_told_in_one_line(ran, night, postgres_server, postgres, shop):
    store = postgres()
    words = ("nightly", shop, "--store", store, "--night", "2026-06-01", "--quiet")
    assert ran(*words).code == 0
    postgres_server.stop()
    try:
        done = ran(*words)
        done.assert_told(9, "cannot be read: connection")
        assert len(done.err.splitlines()) == 1
    finally:
        postgres_server.start()
    assert "Nothing to do" in ran(*words).out


def test_a_server_that_restarts_during_the_search_gets_the_plan(ran, postgres_server, postgres, shop, monkeypatch):
    from optimizer import solve

    store, planned = postgres(), solve.plan

    def restarted(*words, **more):
        postgres_server.stop("immediate")
        postgres_server.start()
        return planned(*words, **more)

    monkeypatch.setattr(solve, "plan", restarted)
    done = ran("nightly", shop, "--store", store, "--night", "2026-06-01", "--quiet")
    assert done.code == 0, done
    assert listed(ran, store)[0]["in_force"]


@pytest.mark.parametrize("address", ["mysql://host/plans", "sqlite://", "sqlite:///:memory:", "plans://"])
def test_what_is_no_store_is_wrong_use(address):
    with pytest.raises(UsageError):
        open_store(address, make=True)


def test_a_file_that_is_no_database_is_not_touched(ran, tmp_path, shop):
    (tmp_path / "plans.db").write_text("plans\n" * 1000)
    done = ran("nightly", shop, "--store", tmp_path / "plans.db", "--quiet")
    done.assert_told(9, "file is not a database")
    assert (tmp_path / "plans.db").read_text() == "plans\n" * 1000


@pytest.mark.parametrize("gone", ["gone", "gone/deeper", "file"])
def test_no_store_is_made_where_its_folder_is_not_there(ran, tmp_path, shop, gone):
    """A disk that is not mounted must not lose the plans that are on it without a word."""
    (tmp_path / "file").write_text("")
    done = ran("nightly", shop, "--store", f"sqlite:///{tmp_path / gone / 'plans.db'}", "--quiet")
    done.assert_told(9, f"there is no folder {tmp_path / gone}", "Mount the disk")
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("language, words", [("en", "is new: there was none"), ("zh", "为新建")])
def test_a_new_store_is_told_kept_and_logged_once(ran, night, store, tmp_path, language, words):
    log = tmp_path / "log.jsonl"
    first = night(1, "--language", language, "--log-format", "json", "--log-file", log)
    assert first.code == 0 and first.err.count(words) == 1
    assert words in " ".join(json.loads(line)["message"] for line in log.read_text("utf-8").splitlines())
    assert words in listed(ran, store)[0]["notes"][0]
    assert words not in night(2, "--language", language).err


def test_a_folder_in_the_way_is_told(ran, tmp_path, shop):
    ran("nightly", shop, "--store", tmp_path, "--quiet").assert_told(9, "cannot be")


def test_psycopg_that_is_not_installed_is_told_in_one_line(monkeypatch):
    monkeypatch.setattr("optimizer.scenario.database_address.find_spec", lambda name: None)
    with pytest.raises(UsageError, match="PostgreSQL needs the package psycopg"):
        open_store("postgresql://host/plans")
