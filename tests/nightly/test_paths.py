"""Nights that plan for several sample paths: what is kept of them, held, compared, and planned anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import inspect, select, text

from optimizer.nightly.migrations import STEPS
from optimizer.nightly.store import open_store
from optimizer.nightly.tables import BY_PATH, FOUND, VERSION_1
from optimizer.plan.folder import read_plan
from optimizer.plan.plan import PATH_TABLES
from optimizer.scenario.database_address import database_address
from optimizer.scenario.database_engine import database_engine
from tests.cli.running import toy_folder
from tests.nightly.conftest import ONE_STORE
from tests.nightly.test_nightly_run import listed, rows, states
from tests.nightly.test_versions import make


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A seller who does not know how much is wanted in two weeks' time, and in three."""
    return unsure(tmp_path / "shop")


def unsure(folder: Path, first: float = 0, **changes) -> Path:
    demand = [
        {"sku": "A", "region": "W", "starts_on": f"2026-06-{day:02d}", "days": 7, "mean": mean, "spread": mean / 2}
        for day, mean in ((1, first), (8, 10), (15, 20))
    ]
    return toy_folder(folder, demand=demand, commit_days=7, **changes)


def kept(store, name):
    with open_store(store).reads() as connection:
        return pd.DataFrame(connection.execute(select(BY_PATH[name])).mappings().all())


def test_the_store_has_a_table_for_every_table_of_paths_as_the_plan_has_them():
    found = {name: tuple(column.name for column in table.columns)[1:] for name, table in BY_PATH.items()}
    assert found == PATH_TABLES, "what a plan holds has changed: the store needs a migration"


def test_a_night_keeps_what_happens_on_each_path_and_what_is_expected(ran, night, store, tmp_path):
    done = night(1, "--paths", 3)
    assert done.code == 0, done
    (run,) = listed(ran, store)
    assert run["options"]["paths"] == 3 and run["total_cost"] >= run["bound"] - 1e-6
    assert ran("runs", "show", "--store", store, "--out", tmp_path / "out").code == 0
    plan = read_plan(tmp_path / "out")
    for name in PATH_TABLES:
        assert len(kept(store, name)) == len(plan[name])
    assert set(kept(store, "path_deliver")["path"]) == {1, 2, 3}
    weights = plan.scenario["paths"].set_index("path")["weight"]
    on_paths = kept(store, "path_deliver")
    expected = (on_paths["units"] * on_paths["path"].map(weights)).sum()
    assert expected == pytest.approx(rows(store, "deliver")["units"].sum())
    assert ran("verify", tmp_path / "out").code == 0


@ONE_STORE
def test_shipments_and_purchases_are_those_that_are_decided_now(night, store):
    night(1, "--paths", 3)
    later = kept(store, "path_ship")
    assert len(later) and later["period"].min() >= 1
    assert rows(store, "purchases")["order_on"].max() < pd.Timestamp("2026-06-08").date()
    assert rows(store, "ship")["period"].max() >= 1


@ONE_STORE
def test_the_same_night_is_planned_anew_for_another_number_of_paths_alone(ran, night, store):
    night(1)
    assert "Nothing to do" in night(1, "--paths", 1).out
    assert "is in force" in night(1, "--paths", 3).out
    assert "Nothing to do" in night(1, "--paths", 3).out
    assert [told[1:] for told in states(ran, store)] == [("complete", True), ("complete", False)]


@ONE_STORE
def test_the_fence_holds_what_was_settled_and_nothing_that_was_only_expected(ran, night, store, shop, tmp_path):
    shutil.rmtree(shop)
    unsure(shop, frozen_days=14, change_rate=0.01)
    assert night(1, "--paths", 3).code == 0
    done = night(2, "--paths", 3)
    assert done.code == 0, done
    ran("runs", "show", 2, "--store", store, "--out", tmp_path / "out")
    locks = pd.read_csv(tmp_path / "out" / "inputs" / "locks.csv", encoding="utf-8-sig")
    first = rows(store, "ship")
    settled = first[(first["run"] == 1) & (first["period"] == 0)]
    assert sorted(zip(locks["lane"], locks["least"], strict=True)) == sorted(
        zip(settled["lane"], settled["units"], strict=True)
    )
    assert ran("verify", tmp_path / "out").code == 0


@ONE_STORE
def test_what_is_not_settled_yet_is_no_change(ran, night, store, shop):
    night(1, "--paths", 3)
    done = night(2, "--paths", 3, "--seed", 7)  # other paths are drawn
    assert done.code == 0, done
    changes = listed(ran, store)[0]["changes"]
    assert all(line.get("departs_on", line.get("departs_before")) < "2026-06-08" for line in changes["lines"])
    assert changes["beyond_units"] > 0
    told = ran("diff", "run:1", "run:2", "--store", store, "--json").document
    assert told["counts"] == changes["counts"]


@ONE_STORE
def test_reasons_add_up_over_paths(ran, night, store, shop):
    night(1, "--paths", 3)
    text_of = (shop / "demand.csv").read_text("utf-8-sig")
    (shop / "demand.csv").write_text(text_of.replace(",10.0,", ",16.0,").replace(",10,", ",16,"), "utf-8")
    night(2, "--paths", 3, "--reasons", 30)
    after, before = listed(ran, store)
    parts = after["changes"]["reasons"]
    assert sum(part["money"] for part in parts) == pytest.approx(after["total_cost"] - before["total_cost"], abs=0.01)
    assert any("demand" in part["reason"] for part in parts)


@ONE_STORE
def test_alerts_tell_the_units_that_are_expected_to_be_lost(ran, night, store, shop):
    shutil.rmtree(shop)
    unsure(shop, first=4)  # before anything can be there, on any path
    night(1, "--paths", 3)
    run = ran("runs", "show", "--store", store, "--json").document
    (alert,) = [one for one in run["alerts"] if one["kind"] == "out_of_reach"]
    assert (alert["units"], alert["money"]) == (pytest.approx(4), pytest.approx(4 * 20))
    assert "A runs out in W: 4 units are lost" in alert["says"]


def test_pruning_removes_what_happens_on_paths_too(ran, night, store):
    night(1, "--paths", 3)
    night(2, "--paths", 3)
    assert ran("runs", "prune", "--keep", 0, "--store", store).code == 0
    assert set(kept(store, "path_deliver")["run"]) == {2}


def test_a_store_of_version_2_is_migrated_keeps_its_plan_and_takes_plans_for_paths(ran, shop, store, tmp_path):
    source = f"sqlite:///{tmp_path / 'source.db'}"
    words = ("nightly", shop, "--quiet", "--stock-days", 30, "--night")
    assert ran(*words, "2026-06-01", "--store", source).code == 0
    old = database_engine(database_address(store))
    with open_store(source).reads() as known, old.begin() as connection:
        make(connection, 2)
        connection.execute(text("DELETE FROM optimizer_store"))
        for table in (*VERSION_1, *FOUND.values()):
            if found := [dict(row) for row in known.execute(select(table)).mappings()]:
                connection.execute(table.insert(), found)
        connection.execute(text("UPDATE optimizer_store SET schema_version = 2"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval('optimizer_runs_run_seq', 1)"))
    assert states(ran, store) == [(1, "complete", True)]
    with open_store(store).reads() as connection:
        assert connection.execute(text("SELECT schema_version FROM optimizer_store")).scalar_one() == len(STEPS)
        assert set(PATH_TABLES) <= {name.removeprefix("plan_") for name in inspect(connection).get_table_names()}
    done = ran(*words, "2026-06-02", "--store", store, "--paths", 3)
    assert done.code == 0 and "run 1" in done.out and "without the plan" not in done.err, done
    assert set(kept(store, "path_deliver")["run"]) == {2}
