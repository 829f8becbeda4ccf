"""Stores as earlier versions made them, in their own words: each is brought up to date, and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect

from optimizer.nightly.migrations import STEPS
from optimizer.nightly.store import open_store
from optimizer.scenario.database_address import database_address
from optimizer.scenario.database_engine import database_engine
from tests.nightly.test_nightly_run import states

VERSIONS = Path(__file__).parent / "versions"
#: A run whose plan is in force, as every version has kept one.
KEPT = """
    INSERT INTO optimizer_runs (run, night, state, scenario, source, began_at, host, process, currency, total_cost,
        mission_cost, details)
    VALUES (1, '2026-05-31', 'complete', 'toy', 'shop', '2026-05-31 02:30:00.000000', 'server', 7, 'USD', 25.0, 25.0,
        '{"notes": ["as it was"]}');
    INSERT INTO plan_costs (run, line, amount) VALUES (1, 'purchase', 25.0);
    UPDATE optimizer_store SET in_force = 1, scenario = 'toy';
"""


def make(connection, version):
    """Make the tables of a store as that version would have."""
    for number in range(1, version + 1):
        execute(connection, (VERSIONS / f"{number}_{connection.dialect.name}.sql").read_text("utf-8"))


def execute(connection, text):
    for statement in text.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def as_it_was(store, version):
    """Make a store as that version would have, with a run."""
    engine = database_engine(database_address(store))
    with engine.begin() as connection:
        make(connection, version)
        execute(connection, KEPT)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT setval('optimizer_runs_run_seq', 1)")
    engine.dispose()


def shape(store):
    """Tables, columns with their types, keys and indexes of a store."""
    with open_store(store, make=True).reads() as connection:
        found = inspect(connection)
        return {
            name: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(name)],
                found.get_pk_constraint(name)["constrained_columns"],
                sorted((key["constrained_columns"], key["referred_table"]) for key in found.get_foreign_keys(name)),
                sorted((index["name"] or "", index["column_names"]) for index in found.get_indexes(name)),
            )
            for name in sorted(found.get_table_names())
        }


@pytest.fixture
def fresh(store, request, tmp_path):
    """The address of another store of the same kind."""
    if store.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'fresh.db'}"
    return request.getfixturevalue("postgres")()


def test_every_version_of_the_store_stands_here_in_its_own_words():
    known = {f"{number}_{kind}.sql" for number in range(1, len(STEPS) + 1) for kind in ("sqlite", "postgresql")}
    assert {path.name for path in VERSIONS.iterdir()} == known


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_a_store_of_any_version_becomes_what_a_new_one_is_and_keeps_its_runs(ran, night, store, fresh, version):
    as_it_was(store, version)
    assert shape(store) == shape(fresh), "the tables of the store have changed: that needs a migration"
    shown = ran("runs", "show", "--store", store, "--json").document
    assert (shown["run"], shown["in_force"], shown["notes"], shown["alerts"]) == (1, True, ["as it was"], [])
    done = night(1)
    assert done.code == 0 and states(ran, store) == [(2, "complete", True), (1, "complete", False)], done
